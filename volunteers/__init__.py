"""Hands and hours: volunteers, duties, shifts and sign-ups."""
