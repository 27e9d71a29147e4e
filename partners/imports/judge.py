"""Judging the rows of a sheet of partners one by one: new, changed, as it is, or wrong, and then why."""

from dataclasses import dataclass, field
from typing import Any

from communities.person import Person
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel.i18n import _, both
from kernel.sheets import SheetProblem

from ..kind import ASKED, Fact, Kind
from ..member import Role
from ..standing import PAST, Stage
from .cells import Wrong, fact, kind_of, not_asked
from .known import Known, same
from .naming import Lists, members_of, place_of, rows_of
from .sheet import LISTED, PHONES, TAKEN, Given, Partners, as_read

FIXED = {"kind": _("类别不能用表改，请退出后重新登记。"), "stage": _("状态不能用表改，请到这家合伙人的页面上办。")}
STAGES = {word: stage for stage in Stage for word in both(stage.label)}
ALWAYS = ("contact_name", "contact_phone")
DEFAULTED = {Fact.CONSENTING.value}  # a team's own community has consented where nothing else is said


@dataclass(frozen=True)
class New:
    """A row that becomes a partner: its plain facts, its lists of rows, and who acts for it, the first as manager."""

    given: Given
    kind: Kind
    place: Place
    facts: dict[str, Any]
    lists: Lists
    people: list[Person]


@dataclass(frozen=True)
class Change:
    """A partner that a row changes: column → (as it is, as it will be) in words, its facts and lists, who joins."""

    given: Given
    id: int
    told: dict[str, tuple[str, str]]
    facts: dict[str, Any]
    lists: Lists
    people: list[Person]


@dataclass
class Plan:
    """What an import does: rows to add, partners to change, how many stay as they are, and what is wrong."""

    known: Known
    problems: list[SheetProblem]
    new: list[New] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0


class Judge:
    """One row at a time: its problems go to the plan, its facts are collected as long as there are none."""

    def __init__(self, sheet: Partners, found: Plan, by):
        self.sheet, self.found, self.known, self.by = sheet, found, found.known, by
        self.claimed: dict[Any, int] = {}

    def wrong(self, given: Given, key: str, sentence) -> None:
        """Note a problem of a cell."""
        self.found.problems.append(SheetProblem(given.number, self.sheet.sheet.headers[key], sentence))

    def judge(self, given: Given) -> None:
        """Whether a row is new, a change, nothing, or wrong."""
        before = len(self.found.problems)
        id = self.meant(given)
        if len(self.found.problems) > before:
            return
        row = self.changing(given, id) if id else self.adding(given)
        if len(self.found.problems) > before:
            return
        if isinstance(row, New):
            self.found.new.append(row)
        elif isinstance(row, Change):
            self.found.changed.append(row)
        else:
            self.found.unchanged += 1

    def meant(self, given: Given) -> int | None:
        """The id of the partner that a row means, None for a new one."""
        if given["id"]:
            if given.id in self.known.partners:
                return given.id
            self.wrong(given, "id", _("编号“%(id)s”不是在您这里登记的合伙人；新登记的请空着。", id=given["id"][:20]))
            return None
        place = self.attempt(given, "place", lambda: place_of(given["place"], self.known, must=True))
        id = same(given, self.known, place, given[Fact.CREDIT_CODE.value])
        first = self.claimed.setdefault((given["name"], place.id if place else None), given.number)
        if first != given.number:
            self.wrong(given, "name", _("和第 %(row)s 行是同一家。", row=first))
        return id

    def attempt(self, given: Given, key: str, read):
        """What a cell means; None and a problem when it cannot be read."""
        try:
            return read()
        except Wrong as wrong:
            self.wrong(given, key, wrong.sentence)
            return None

    def adding(self, given: Given) -> New | None:
        """A row that is to be registered: everything that an application of its kind asks."""
        kind = self.attempt(given, "kind", lambda: kind_of(given["kind"]))
        place = place_of(given["place"], self.known, must=True)
        if not given["name"]:
            self.wrong(given, "name", _("请写名称，最多 80 个字。"))
        if given["stage"] and STAGES.get(given["stage"]) is not Stage.ACTIVE:
            self.wrong(given, "stage", FIXED["stage"])
        if kind is None:
            return None
        for key in (*ALWAYS, *(one.value for one in ASKED[kind])):
            if not given[key] and key not in DEFAULTED:
                self.wrong(given, key, _("%(kind)s要填这一项。", kind=kind.label))
        facts, lists = self.read(given, kind, place, {})
        people = self.attempt(given, PHONES, lambda: members_of(given[PHONES], self.known, self.by)) or []
        return New(given, kind, place, facts, lists, people)

    def changing(self, given: Given, id: int) -> Change | None:
        """A row about a partner that is registered: what is other than it is; an empty cell leaves it alone."""
        partner, now = self.known.partners[id], self.known.words[id]
        facts, lists = self.read(given, partner.kind, partner.place, now)
        people = self.attempt(given, PHONES, lambda: members_of(given[PHONES], self.known, self.by)) or []
        joined = [person for person in people if all(person.id != one.person_id for one in partner.living)]
        lists = {key: rows for key, rows in lists.items() if ids(rows) != ids(getattr(partner, key))}
        if facts.get(Fact.CONSENTING.value) == partner.consenting_id:
            facts.pop(Fact.CONSENTING.value, None)
        told = {key: (now[key], self.said(given, key, facts)) for key in (*facts, *lists)}
        if not (told or joined):
            return None
        if any(member.person_id == self.by.id and member.role is Role.MANAGER for member in partner.living):
            self.wrong(given, "name", _("您是“%(partner)s”的管理员，它的登记请同事来改。", partner=partner.name))
        if partner.stage in PAST:
            self.wrong(
                given,
                "stage",
                _("“%(partner)s”%(stage)s，不能用表改。", partner=partner.name, stage=partner.stage.label),
            )
        return Change(given, id, told, facts, lists, joined)

    def said(self, given: Given, key: str, facts: dict[str, Any]) -> str:
        """How a new fact is shown."""
        return given[key] if key in LISTED or key == Fact.CONSENTING.value else as_read(facts.get(key))

    def read(self, given: Given, kind: Kind, place: Place, now: dict[str, str]) -> tuple[dict[str, Any], Lists]:
        """The facts and lists of a row that are there and other than now."""
        facts: dict[str, Any] = {}
        lists: Lists = {}
        for key in TAKEN:
            text = given[key]
            if not text or text == now.get(key) or key in {"id", PHONES}:
                continue
            value = self.attempt(given, key, lambda key=key: self.meaning(key, given, kind, place, now))
            if value is None:
                continue
            (lists if key in LISTED else facts)[key] = value
        return self.otherwise(facts, now), lists

    def otherwise(self, facts: dict[str, Any], now: dict[str, str]) -> dict[str, Any]:
        """Without what only was written differently: 2026/1/2 for 2026-01-02."""
        if not now:
            return facts
        return {
            key: value
            for key, value in facts.items()
            if key in {Fact.CONSENTING.value} or as_read(value) != now.get(key)
        }

    def meaning(self, key: str, given: Given, kind: Kind, place: Place, now: dict[str, str]) -> Any:
        """The value of one cell; None where there is none. Raises `Wrong`."""
        text = given[key]
        if key in FIXED:
            return self.fixed(key, text, kind, now)
        if key == "place":
            return self.moved(text, place, now)
        not_asked(key, kind)
        if key in LISTED:
            return rows_of(key, text, self.known, place)
        if key == Fact.CONSENTING.value:
            return place_of(text, self.known, near=place, kind=PlaceKind.COMMUNITY).id
        value = fact(key, text, kind)
        if key == Fact.CREDIT_CODE.value:
            self.free(value, given, now)
        return value

    def fixed(self, key: str, text: str, kind: Kind, now: dict[str, str]) -> None:
        """Kind and stage are not changed by a sheet; of a new partner they were read before."""
        same = kind_of(text) is kind if key == "kind" else STAGES.get(text) is STAGES.get(now.get(key, ""))
        if now and not same:
            raise Wrong(FIXED[key])

    def moved(self, text: str, place: Place, now: dict[str, str]) -> None:
        """A partner stays where it is registered."""
        if now and place_of(text, self.known, must=True).id != place.id:
            raise Wrong(_("“所在”不能用表改：换地方由对方重新申请。"))

    def free(self, code: str, given: Given, now: dict[str, str]) -> None:
        """One legal person, one living entry in the register."""
        if code in self.known.elsewhere:
            raise Wrong(_("这个统一社会信用代码已经登记为“%(partner)s”。", partner=self.known.elsewhere[code]))
        if now and self.known.by_code.get(code, given.id) != given.id:
            raise Wrong(_("这个统一社会信用代码是您这里另一家合伙人的，请核对。"))


def ids(rows: list[Any]) -> set[int]:
    """Which rows these are."""
    return {row.id for row in rows}
