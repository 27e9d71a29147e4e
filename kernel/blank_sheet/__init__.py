"""Empty sheets of others, read and filled without touching what they look like. Runs in a process of its own."""
