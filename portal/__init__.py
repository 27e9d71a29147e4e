"""All of it seen at once: home, the desk of the day, lists, feeds, search."""
