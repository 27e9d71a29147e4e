"""Who came: attendance, the ways to show it, and how a list is closed."""
