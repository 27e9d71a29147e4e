"""What the parts of the demo data know of each other while they are built."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from communities.channel import Channel
from communities.journal import Audience, Line
from communities.notice import Notice
from communities.person import Person
from communities.working_day import working_days_after
from kernel import clock
from kernel.bigrams import bigrams, plain
from kernel.search import Entry, Gram

from .community import Community, Taker
from .names import Named
from .rows import Rows
from .scale import Scale

DECIDING = ("committee", "district")


@dataclass
class Town:
    """Everything: the rows, the communities, the catalogues by code, and the journal that is written last."""

    scale: Scale
    seed: int
    tick: Callable[[], None]
    rows: Rows = field(default_factory=Rows)
    now: datetime = field(default_factory=clock.now)
    today: date = field(default_factory=clock.today)
    categories: dict[str, int] = field(default_factory=dict)
    capabilities: dict[str, int] = field(default_factory=dict)
    districts: list[tuple[int, str]] = field(default_factory=list)
    subdistricts: dict[int, tuple[str, int]] = field(default_factory=dict)  # name, district
    communities: list[Community] = field(default_factory=list)
    cast: dict[str, int] = field(default_factory=dict)  # the people of the stories
    ways: dict[int, Channel] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)
    raised: list[Taker] = field(default_factory=list)  # the firms of the incubator
    repair: int = 0  # the repair project of the stories
    prompt: set[int] = field(default_factory=set)  # duties whose hours are confirmed by now, however near they are
    corrected: int = 0  # the sign-up whose hours were put right
    holders: dict[tuple[str, int], int] = field(default_factory=dict)
    journal: list[tuple[dict, list[int]]] = field(default_factory=list)
    dues: dict[date, date] = field(default_factory=dict)

    @property
    def actors(self) -> set[int]:
        """Whose days are told by the stories."""
        return set(self.cast.values())

    def rng(self, what: str) -> Random:
        """Chance for one part of the data, the same at every scale."""
        return Random(f"{self.seed}:{what}")

    def community(self, code: str) -> Community:
        """The community with this code."""
        return next(community for community in self.communities if community.code == code)

    def lead_of(self, place: int) -> int | None:
        """Who decides at a community or district."""
        return next((self.holders[key] for office in DECIDING if (key := (office, place)) in self.holders), None)

    def person(self, named: Named, home: int | None = None, told_by=Channel.INBOX, days: int = 500) -> int:
        """A new person with a phone number that does not exist, known for so many days."""
        number = self.rows.next(Person)
        since = self.now - timedelta(days=days)
        self.called[number], self.ways[number] = named.called, told_by
        return self.rows.add(
            Person,
            name=named.name,
            called=named.called,
            phone=f"100{number:08}",
            home_id=home,
            told_by=told_by,
            since=since,
        )

    def due(self, day: date) -> date:
        """Two working days after a day."""
        if day not in self.dues:
            self.dues[day] = working_days_after(day, 2)
        return self.dues[day]

    def index(self, kind: str, ref: int, title: str, *more: str) -> None:
        """What `kernel.search.index` writes, without asking first whether it is there."""
        text = plain(" ".join((title, *filter(None, more))))
        entry = self.rows.add(Entry, kind=kind, ref=ref, title=title[:200], text=text)
        for gram in bigrams(text).split():
            self.rows.add(Gram, gram=gram, entry_id=entry)

    def note(self, at: datetime, verb: str, subject: str, id: int, *, by, place, public=False, tell=(), **ids) -> None:
        """A line of the journal, written when all are known, so that their order is that of time."""
        audience = Audience.PUBLIC if public else Audience.PLACE
        line = {"at": at, "verb": verb, "by_id": by, "place_id": place, "audience": audience}
        self.journal.append((line | {"subject": subject, "subject_id": id, "ids": ids}, tell))

    def write_journal(self) -> None:
        """All lines in the order of time; what was told in the last days is not read yet."""
        for line, tell in sorted(self.journal, key=lambda noted: noted[0]["at"]):
            id = self.rows.add(Line, **line)
            for person in tell if self.now - line["at"] < timedelta(days=20) else ():
                for way in sorted({Channel.INBOX, self.ways[person]}):
                    self.rows.add(Notice, line_id=id, person_id=person, channel=way, at=line["at"])
