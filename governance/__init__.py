"""What is said and decided: needs, councils, visits, disputes, surveys, commitments."""
