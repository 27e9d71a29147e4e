"""Solvers: values in, values out; they know no database, no site and no other package."""
