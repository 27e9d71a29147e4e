"""What is sent to a group chat: plain text of at most 300 characters, with the address of its page at the end."""

from collections.abc import Iterable

MOST = 300  # characters: what a group's window shows without a tap


def written(lines: Iterable[object], url: str) -> str:
    """The lines that say something, cut where they are too long, and the address, which is never cut."""
    said = "\n".join(filter(None, map(str, lines)))
    return shortened(said, MOST - len(url) - 1) + "\n" + url


def shortened(text: str, most: int) -> str:
    """At most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
