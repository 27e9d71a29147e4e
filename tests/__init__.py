"""Sentences about a small named world, on both databases."""
