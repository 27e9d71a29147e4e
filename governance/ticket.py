"""The number of a hotline ticket: one ticket has one, however it was typed."""

from kernel.text import ascii_digits


def plain(typed: str) -> str:
    """Its letters and digits alone, small and full-width ones as capitals: “６１０－2026 ab” is 6102026AB."""
    return "".join(sign for sign in ascii_digits(typed) if sign.isalnum()).upper()
