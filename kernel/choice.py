"""States and kinds are words with labels, never bare strings or flags."""

from enum import StrEnum

from sqlalchemy import Enum as EnumType


class Choice(StrEnum):
    """A closed list of words: `OPEN = "open", _("待认领")`. The value is stored, the label is shown."""

    label: str

    def __new__(cls, value, label=""):
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def pairs(cls):
        """(value, label) of every word, for a select field."""
        return [(word.value, word.label) for word in cls]


def stored(choice: type[Choice], length: int = 24) -> EnumType:
    """The column type of a Choice: its values as text, so that a new word needs no ALTER TYPE."""
    return EnumType(
        choice,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda words: [word.value for word in words],
    )
