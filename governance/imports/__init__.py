"""Needs from a sheet: each new row is written down as a need; what is known is not changed by a sheet."""
