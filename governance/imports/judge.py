"""Judging the rows of a sheet of needs one by one: new, as it is, or wrong, and then why."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from communities.place import Place
from kernel import clock, paper_number
from kernel.i18n import _
from kernel.sheets import SheetProblem
from partners.imports.cells import Wrong, line, lines, phone
from partners.imports.naming import entry
from partners.imports.sheet import Given, Partners

from .. import ticket
from ..need import Need
from ..need_state import Source
from ..receiving import NumberNeeded
from .cells import READERS
from .known import Known, known, last_word
from .sheet import TAKEN

LINES = {"name": 80, "behalf_of": 80}
WORDS, TICKET = 1000, 40  # as in the form
NEEDED = ("said_on", "place", "words")


@dataclass
class Row:
    """One row that is to be written: where it is, and its facts."""

    given: Given
    place: Place
    facts: dict[str, Any]

    @property
    def source(self) -> Source:
        """How it came to be known: what has a ticket came by the hotline, what does not say was heard on a visit."""
        usual = Source.HOTLINE if self.facts.get("external_number") else Source.VISIT
        return self.facts.get("source", usual)


@dataclass
class Plan:
    """What a sheet would do."""

    problems: list[SheetProblem]
    labels: dict[int, str] = field(default_factory=dict)  # of places
    new: list[Row] = field(default_factory=list)
    unchanged: int = 0


def plan(sheet: Partners, by) -> Plan:
    """Compare the rows with what is stored; nothing is written. An empty cell leaves a known fact alone."""
    judge = Judge(sheet, known(sheet.rows, by))
    for given in sheet.rows:
        judge.judge(given)
    judge.plan.problems.sort(key=lambda problem: problem.row)
    return judge.plan


class Judge:
    """One row at a time: its problems go to the plan, its facts are collected as long as there are none."""

    def __init__(self, sheet: Partners, found: Known):
        self.sheet, self.found = sheet, found
        self.plan = Plan(list(sheet.sheet.problems), found.labels)
        self.claimed: dict[Any, int] = {}

    def wrong(self, given: Given, key: str, sentence) -> None:
        """Note a problem of a cell."""
        column = str(self.sheet.sheet.headers.get(key, TAKEN[key]))
        self.plan.problems.append(SheetProblem(given.number, column, sentence))

    def judge(self, given: Given) -> None:
        """Whether a row is new, known, or wrong."""
        before = len(self.plan.problems)
        need = self.numbered(given)
        facts = self.read(given, need)
        need = need or self.meant(facts)
        self.once(given, need, facts)
        if need is not None:
            self.compare(given, need, facts)
        elif not given["number"]:
            self.complete(given, facts)
        if len(self.plan.problems) > before:
            return
        if need is not None:
            self.plan.unchanged += 1
        else:
            self.plan.new.append(Row(given, facts.pop("place"), facts))

    def numbered(self, given: Given) -> Need | None:
        """The need whose number was typed."""
        need = self.found.numbers.get(paper_number.plain(given["number"]))
        if need is None and given["number"]:
            self.wrong(given, "number", _("编号“%(number)s”不是您这里的；新记的请空着。", number=given["number"][:20]))
        return need

    def read(self, given: Given, need: Need | None) -> dict[str, Any]:
        """The facts of a row that are there, as far as they can be read."""
        facts: dict[str, Any] = {}
        for key in TAKEN:
            if key == "number" or not given[key]:
                continue
            if key == "place" and need is not None and given[key] == need.place.name:
                continue  # as a ledger writes it, where a code would say it better
            try:
                facts[key] = self.meaning(key, given[key])
            except Wrong as wrong:
                self.wrong(given, key, wrong.sentence)
        return facts

    def meaning(self, key: str, text: str) -> Any:
        """The value of one cell. Raises `Wrong`."""
        if key in LINES:
            return line(text, LINES[key])
        if key == "category":
            return entry(text, self.found.categories)
        if key == "external_number":
            return ticket.plain(line(text, TICKET))
        if key == "words":
            return lines(text, WORDS)
        readers: dict[str, Callable[[str], Any]] = {"place": self.place, "phone": phone, **READERS}
        return readers[key](text)

    def place(self, text: str) -> Place:
        """The one place of this name or code where the importer decides. Raises `Wrong`."""
        last, around = last_word(text), text.split()[:-1]
        here = [place for place in self.found.places.get(last, []) if self.lies_in(place, around)]
        if not here:
            raise Wrong(_("您管的范围里没有“%(place)s”，请写全名或编码。", place=text[:40]))
        if len(here) > 1:
            sentence = _("有 %(count)s 个地方叫“%(place)s”，请连小区一起写，例如“31小区 1号楼”，或者写编码。")
            raise Wrong(str(sentence) % {"count": len(here), "place": text[:40]})
        return here[0]

    def lies_in(self, place: Place, around: list[str]) -> bool:
        """Whether it lies in all that was named before it."""
        names = self.found.labels[place.id].split()
        return all(word in names for word in around)

    def meant(self, facts: dict[str, Any]) -> Need | None:
        """The need that a row without a number means: by its ticket, else by place, day and words."""
        if facts.get("external_number"):
            return self.found.tickets.get(facts["external_number"])
        return self.found.said.get(key_of(facts)) if "place" in facts else None

    def once(self, given: Given, need: Need | None, facts: dict[str, Any]) -> None:
        """Two rows of a sheet do not mean the same."""
        claim = need.id if need else facts.get("external_number") or key_of(facts)
        first = self.claimed.setdefault(claim, given.number)
        if first != given.number:
            self.wrong(given, "words", _("和第 %(row)s 行是同一件事。", row=first))

    def compare(self, given: Given, need: Need, facts: dict[str, Any]) -> None:
        """A sheet does not change what is known: it goes its way on its own page."""
        now = stored(need)
        for key in [key for key, value in facts.items() if value != now[key]]:
            sentence = _("%(number)s 已经记下了，这一格和现在的不一样。表不改已有的事：请打开它办，或者空着这一格。")
            self.wrong(given, key, str(sentence) % {"number": need.shown_number})

    def complete(self, given: Given, facts: dict[str, Any]) -> None:
        """A new row says what, where and when; a ticket of the hotline has a number that nobody has written down."""
        for key in NEEDED:
            if not given[key]:
                self.wrong(given, key, _("新记的事要填这一项。"))
        if facts.get("source") is Source.HOTLINE and not facts.get("external_number"):
            self.wrong(given, "external_number", NumberNeeded.message)
        if facts.get("external_number") in self.found.elsewhere:
            self.wrong(given, "external_number", _("这张 12345 工单别的社区已经记过了，请问一下街道归谁办。"))


def key_of(facts: dict[str, Any]) -> tuple:
    """Where, when and in which words: what makes a row without a ticket the same."""
    place = facts.get("place")
    return place.id if place else None, facts.get("said_on"), facts.get("words")


def stored(need: Need) -> dict[str, Any]:
    """The facts of a need as a row gives them."""
    voice, same = need.voice, ("place", "category", "source", "external_number", "matter", "households")
    facts = {key: getattr(need, key) for key in same} | {"said_on": clock.local(need.said_at).date()}
    return facts | {key: getattr(voice, key) for key in ("words", "name", "phone", "behalf_of")}
