"""One need of the demo data: its row, its voice, its question and the lines of its way."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from communities.working_day import working_days_after
from governance.need import Need
from governance.need_state import RUNNING, Privacy, Source, State
from governance.recheck import LENGTH, Kind, Recheck, Way
from governance.voice import Voice
from kernel import clock
from kernel.paper_number import ALPHABET, GUESSES, check_sign
from kernel.tokens import keyed, token_hash

from . import names
from .catalogue import CATEGORIES, entries
from .community import Community
from .complaints import Complaint, answers
from .town import Town

REACHED = {State.ROUTED: 1, State.TAKEN: 2, State.SOLVED: 3, State.CONFIRMED: 4}
DAYS = {"safety": 3}  # working days; five for everything else
AWAKE = range(8, 20)  # hours of the day
TOKEN = 32  # random signs
DECLINED = next(answer.words for answer in answers() if answer.use == "declined")
NAMED = {row["code"]: row["name"] for row in entries(CATEGORIES)}


@dataclass
class Office:
    """Who is asked for what, by district or subdistrict and category; and days that were counted."""

    town: Town
    partners: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)  # id and manager
    counted: dict[tuple[date, int], date] = field(default_factory=dict)

    def asked(self, community: Community, category: str) -> tuple[int, int]:
        """The partner and its manager for this category here."""
        found = self.partners.get((community.subdistrict_id, category))
        return found or self.partners[community.district_id, category]

    def after(self, day: date, count: int) -> date:
        """So many working days later."""
        if (day, count) not in self.counted:
            self.counted[day, count] = working_days_after(day, count)
        return self.counted[day, count]


def said(
    town: Town, office: Office, community: Community, complaint: Complaint, rng: Random, *, state: State, days: int,
    source: Source, place: int, households: int = 1, partner: tuple[int, int] | None = None,
    solved: int | None = None, requester: int | None = None, **more: Any,
) -> int:  # fmt: skip
    """One need with its voice, its question and its lines; its id."""
    rows, id = town.rows, town.rows.next(Need)
    at = [min(clock.at(town.today - timedelta(days=days)) + timedelta(hours=rng.uniform(8, 18)), town.now)]
    for gap in (rng.uniform(1, 20), rng.uniform(1, 8), rng.uniform(2, 20), rng.uniform(24, 70), rng.uniform(3, 60)):
        at.append(min(by_day(at[-1] + timedelta(hours=gap)), town.now))
    if solved is not None:
        at[4:] = [clock.at(town.today - timedelta(days=solved - later), time(15)) for later in (0, 1)]
    to, manager = partner or office.asked(community, complaint.category)
    steps = REACHED.get(state, 0)
    known = state is not State.RECEIVED
    facts = standing(office, state, steps, at, DAYS.get(complaint.category, 5), town)
    facts |= {"answer": complaint.answer if steps > 2 else "", "partner_id": to if steps else None}
    facts["reason"] = DECLINED if state is State.DECLINED else ""
    public = known and rng.random() < 0.6
    facts |= {"privacy": Privacy.MATTER if public else Privacy.HANDLERS, "matter": complaint.matter if public else ""}
    number = f"{town.today.year:04}" + "".join(rng.choice(ALPHABET) for _place in range(GUESSES))
    number += check_sign(number)
    hotline = f"12345{rng.randint(100000, 999999)}示例" if source is Source.HOTLINE else ""
    rows.add(
        Need, place_id=place, category_id=town.categories[complaint.category] if known else None, state=state,
        source=source, external_number=hotline, number=number, said_at=at[0],
        households=households, **facts | more,
    )  # fmt: skip
    speak(town, id, complaint, rng, requester)
    label = NAMED[complaint.category] if known else ""
    town.index("need", id, facts["matter"] or label or number, number, facts["matter"], label)
    if steps > 2:
        ask(town, id, state, at, facts["solved_on"])
    tell(town, community, id, place, state, steps, at, source, to, manager)
    return id


def by_day(moment: datetime) -> datetime:
    """The same moment, or nine in the morning after a night: nobody handles needs in his sleep."""
    here = clock.local(moment)
    if here.hour in AWAKE:
        return moment
    return clock.at(here.date() + timedelta(days=here.hour >= AWAKE.stop), time(9, here.minute))


def standing(office: Office, state: State, steps: int, at: list[datetime], days: int, town: Town) -> dict[str, Any]:
    """The days of a need that has come so far."""
    on = [clock.local(moment).date() for moment in at]
    due = office.after(on[2], days) if steps else office.after(on[0], 2)
    running = state in RUNNING
    late = running and due < town.today
    return {
        "due": due if running else None,
        "late_for": due if late else None,
        "return_by": office.after(on[2], 1) if steps == 1 else None,
        "taken_on": on[3] if steps > 1 else None,
        "solved_on": on[4] if steps > 2 else None,
        "confirmed_on": on[5] if steps > 3 else None,
        "recheck_on": later if steps > 2 and (later := on[4] + timedelta(days=28)) > town.today else None,
    }


def speak(town: Town, id: int, complaint: Complaint, rng: Random, requester: int | None) -> None:
    """Who said it, three of four with a number; or somebody with an account."""
    called = town.called[requester] if requester else names.person(rng, old=rng.random() < 0.5).called
    reached = requester is not None or rng.random() < 0.75
    number = f"100{requester:08}" if requester else f"1009{rng.randint(0, 9_999_999):07}"
    hash = token_hash("".join(rng.choice(ALPHABET) for _sign in range(TOKEN)))
    facts = {"name": called if reached else "", "phone": number if reached else "", "person_id": requester}
    town.rows.add(Voice, need_id=id, words=complaint.words, token_hash=hash, **facts)


def ask(town: Town, id: int, state: State, at: list[datetime], on: date) -> None:
    """The question whether it is solved, answered on the telephone where it is confirmed."""
    question = town.rows.next(Recheck)
    hash = token_hash(keyed("recheck", str(id), str(question))[:LENGTH])
    done = {"answered_at": at[5], "solved": True, "way": Way.CALL} if state is State.CONFIRMED else {}
    town.rows.add(Recheck, need_id=id, kind=Kind.SOLVED, asked_on=on, token_hash=hash, **done)


def tell(
    town: Town, community: Community, id: int, place: int, state: State, steps: int, at: list[datetime],
    source: Source, partner: int, manager: int,
) -> None:  # fmt: skip
    """The lines of its way."""
    lead = community.lead_id
    first = ("need.said", None) if source is Source.SELF else ("need.noted", lead)
    lines = [(at[0], *first, {})]
    if state is State.DECLINED:
        lines.append((at[1], "need.declined", lead, {}))
    elif state is not State.RECEIVED:
        lines.append((at[1], "need.verified", lead, {}))
    ways = (("need.routed", lead), ("need.taken", manager), ("need.solved", manager), ("need.confirmed", lead))
    for number, (verb, by) in enumerate(ways[:steps], 2):
        lines.append((at[number], verb, by, {"partner": partner} if number < 4 else {}))
    for moment, verb, by, ids in lines:
        town.note(moment, verb, "need", id, by=by, place=place, need=id, **ids)
