"""Search without a dictionary: text as pairs of neighbouring characters, spelled so that any index can hold them.

Chinese has no spaces, and the indexes at hand find nothing for two characters. All pairs of a query select the
candidates; a LIKE for each word on the `plain` text then drops the false ones, and serves words of one character.
"""

from itertools import pairwise
from unicodedata import normalize

from .text import clean_line

LONGEST = 64  # characters of a query that count


def plain(text: str) -> str:
    """The form in which text is stored and asked for: width and case do not matter, white space is one space."""
    return normalize("NFKC", clean_line(normalize("NFKC", clean_line(text)).casefold()))


def bigrams(text: str) -> str:
    """The pairs of a text, each once, separated by spaces: “电梯” is `u7535u68af`, one word to every tokenizer."""
    return " ".join(pairs(plain(text).split()))


def words(query: str) -> list[str]:
    """The words of a query in plain form, for the LIKE; what exceeds 64 characters is not asked for."""
    return list(dict.fromkeys(plain(query)[:LONGEST].split()))


def query_bigrams(query: str) -> list[str]:
    """The pairs that a text must all have to hold the words of the query; none for words of one character."""
    return pairs(words(query))


def pairs(words: list[str]) -> list[str]:
    return list(dict.fromkeys(f"u{ord(one):x}u{ord(two):x}" for word in words for one, two in pairwise(word)))


def escape_like(word: str) -> str:
    r"""The word for `LIKE '%…%' ESCAPE '\'`, its own wildcards made literal."""
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
