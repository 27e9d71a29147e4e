"""What is to be done: projects, their parts, adoptions and outcomes."""
