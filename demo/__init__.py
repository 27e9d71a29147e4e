"""Demo data: a small named world, and the whole district."""
