"""Hours: what volunteers have given, in a ledger that only grows, and the certificates that rest on it."""
