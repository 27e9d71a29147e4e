"""Benchmarks: our pages against a bare Flask floor, in one run on one machine, as ratios."""
