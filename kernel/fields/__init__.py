"""Fields: what every form of the site is made of; each error is a sentence that says what to do."""

from .choices import Pick, Picks, Tick, row_id
from .day import Clock, Day
from .file import Upload, drawn_anew, scanned
from .form import Form
from .number import Count
from .text import Line, Lines, Phone, Secret

__all__ = [
    "Clock",
    "Count",
    "Day",
    "Form",
    "Line",
    "Lines",
    "Phone",
    "Pick",
    "Picks",
    "Secret",
    "Tick",
    "Upload",
    "drawn_anew",
    "row_id",
    "scanned",
]
