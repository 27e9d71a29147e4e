"""Texts that break files of calendars whose writer is careless, in every field that people can write."""

from unicodedata import category

from communities.catalogue import Category
from communities.person import Person
from communities.place import Place
from partners.agreements.agreement import Agreement
from partners.incubations.incubation import Incubation
from partners.incubations.milestone import Milestone as OfFirm
from partners.partner import Partner
from partners.resources.booking import Booking
from partners.resources.resource import Resource
from partners.resources.series import Series
from projects.milestone import Milestone
from projects.project import Project
from volunteers.duty import Duty
from volunteers.shift import Shift

MARK = "𠮷"
HOSTILE = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
    "甲\r乙\n丙\r\n丁\r\n 戊",
    "一\u2028二\u2029三\x85四\0五\x0b六\x0c七",
    '"引号";分号,逗号\\反斜杠:冒号\\n不是换行^n%0D%0A',
    "👩\u200d👩\u200d👧\u200d👦 集合🚶🏽 𡃁𪚥",
    "\u202e从右到左\u202c\u2066夹\u2069\ufeff",
    *("a" * pad + "汉" * 120 for pad in range(4)),
    *("a" * pad + "𪚥" * 60 for pad in range(4)),
)
FIELDS: dict[type, str] = {
    Agreement: "title scope",
    Booking: "purpose",
    Category: "name name_en",
    Duty: "activity role about risk_note meeting_point",
    Incubation: "name",
    Milestone: "title",
    OfFirm: "what",
    Partner: "name contact_name",
    Person: "called",
    Place: "name",
    Project: "title",
    Resource: "name spot contact_name",
    Series: "purpose",
    Shift: "reason",
}


def poison(rows, text: str) -> None:
    """Write the text into every field of these rows; nothing is stored."""
    for row in rows:
        for name in FIELDS.get(type(row), "").split():
            setattr(row, name, f"{MARK}{text}")


def letters(text: str) -> str:
    """What a person sees of a text: letters, digits, signs and pictures, without blanks and what is not drawn."""
    return "".join(sign for sign in text if category(sign)[0] in "LNPSM" and sign != "\u3000")
