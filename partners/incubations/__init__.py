"""The incubator: firms that a community raises, what it gives them, and what becomes of them."""
