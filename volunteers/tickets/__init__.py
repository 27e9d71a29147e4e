"""Two-sided events: residents take tickets for the same shifts for which volunteers take seats."""
