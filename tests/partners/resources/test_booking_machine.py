"""Whatever groups and owners do in whatever order: a quarter has one owner, quotas hold, the queue is a queue.

Beside the resource stands a plain model of the published rule: a list of wishes on a grid of half hours.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from partners.kind import Kind
from partners.partner import Partner
from partners.resources.booking import Booking
from partners.resources.booking_words import HOLDING, State
from partners.resources.quarter import Quarter
from tests.support.lending import booker, facts, lend, span

GROUPS = st.integers(0, 3)
SLOTS = st.integers(0, 3)  # half hours from 09:00 on: few, so that many want the same
LENGTHS = st.integers(1, 2)
HOW = st.sampled_from(["at once", "queue", "every week", "every week"])  # only a series waits for its quota
WHICH = st.integers(0, 30)
QUICK = settings(
    max_examples=15, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@dataclass
class Wish:
    """What the model knows of a booking."""

    number: int
    group: int
    first: int
    last: int
    units: int
    asked_on: date
    state: str  # held, waiting, gone
    why: str = ""

    @property
    def slots(self):
        return range(self.first, self.last)

    @property
    def half_hours(self):
        return len(self.slots) * self.units


class Model:
    """The rule in plain words: who is first, who has to wait, what fits."""

    def __init__(self):
        self.wishes: list[Wish] = []
        self.quantity, self.quota, self.closed, self.healed = 1, 4, set(), 0

    def used(self, group) -> int:
        return sum(wish.half_hours for wish in self.wishes if wish.state == "held" and wish.group == group)

    def taken(self) -> Counter:
        return Counter(slot for wish in self.wishes if wish.state == "held" for slot in [*wish.slots] * wish.units)

    def rank(self, wish):
        return wish.asked_on, self.used(wish.group), wish.number

    def blocked(self, wish) -> str:
        taken = self.taken()
        if self.closed.intersection(wish.slots):
            return "closed"
        if any(taken[slot] + wish.units > self.quantity for slot in wish.slots):
            return "taken"
        if self.used(wish.group) + wish.half_hours > self.quota:
            return "quota"
        return "others" if self.has_to_wait(wish) else ""

    def has_to_wait(self, wish) -> bool:
        others = [
            one
            for one in self.wishes
            if one.state == "waiting"
            and one.group != wish.group
            and one.why not in ("quota", "closed")
            and set(one.slots) & set(wish.slots)
        ]
        groups = {one.group for one in self.wishes if one.state == "held"}
        groups |= {wish.group} | {one.group for one in others}
        mean = sum(self.used(group) for group in groups) / len(groups)
        return bool(others) and self.used(wish.group) > mean and min([wish, *others], key=self.rank) is not wish

    def heal(self, touches) -> None:
        """One after the other, those who are first; what is tried in vain learns why."""
        left = [wish for wish in self.wishes if wish.state == "waiting" and touches(wish)]
        while True:
            for wish in sorted(left, key=self.rank):
                wish.why = self.blocked(wish)
                if not wish.why:
                    wish.state = "held"
                    self.healed += 1
                    left.remove(wish)
                    break
            else:
                return

    def give_up(self, wish) -> None:
        wish.state = "gone"
        self.heal(lambda other: other.group == wish.group or bool(set(other.slots) & set(wish.slots)))


def machine(site, world):
    """The state machine over one hall on one day of a month to come."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("world")
            first = (clock.today().replace(day=1) + timedelta(days=62)).replace(day=1)
            self.travel = time_machine.travel(clock.at(first) + timedelta(hours=9), tick=False)
            self.traveller = self.travel.start()
            self.work = work()
            self.work.__enter__()
            self.day = first + timedelta(days=24)
            self.set_up()

        def set_up(self):
            lent = lend(world)
            self.hall, self.owner, self.people = lent.hall, world.qian, (world.wu, world.zhou, world.zhao, world.lin)
            third, fourth = (
                Partner.apply(Kind.TEAM, f"示例队{n}", world.community, by=person)
                for n, person in enumerate(self.people[2:])
            )
            for partner in (third, fourth):
                partner.verify(by=world.he)  # one of them is the secretary's own
            self.groups = (lent.choir, lent.dancers, third, fourth)
            self.hall.free_hours = 2
            self.model, self.bookings, self.closures = Model(), [], []
            for group, length in enumerate((0, 1, 1, 2)):  # what they used before is not alike
                if length:
                    self.book(group, 10 + 3 * group, length, 1, "at once")

        def teardown(self):
            self.work.__exit__(None, None, None)
            self.travel.stop()

        def when(self, first, last):
            return span(self.day, 9 + first / 2, 9 + last / 2)

        @rule(group=GROUPS, first=SLOTS, length=LENGTHS, units=st.integers(1, 2), how=HOW)
        def want(self, group, first, length, units, how):
            self.book(group, first, length, min(units, self.model.quantity), how)

        def book(self, group, first, length, units, how):
            """Ask for it; the answer and the line of the journal are those of the model."""
            wish = Wish(len(self.bookings), group, first, first + length, units, clock.today(), "waiting")
            twice = any(
                one.group == group and one.state != "gone" and set(one.slots) & set(wish.slots)
                for one in self.model.wishes
            )
            why = self.model.blocked(wish)
            waits_for = {"at once": (), "queue": ("taken", "others"), "every week": (why,)}[how]
            before, said, booking = self.lines(), None, None
            try:
                with db.session.begin_nested():
                    booking = self.ask(wish, how)
            except Refusal as refusal:
                said = str(refusal)
            assert (said is not None) == bool(twice or (why and why not in waits_for))
            if booking is None:
                assert said.endswith("。")
                assert "%(" not in said
                assert self.lines() == before
                return
            wish.why, wish.state = why, "waiting" if why else "held"
            self.model.wishes.append(wish)
            self.bookings.append(booking)
            assert self.lines() == before + 1

        def ask(self, wish, how) -> Booking:
            """A single time, or a series of just one date."""
            group, (start, end) = booker(self.groups[wish.group]), self.when(wish.first, wish.last)
            facts = {"units": wish.units, "by": self.people[wish.group]}
            if how != "every week":
                return self.hall.book(group, start, end, wait=how == "queue", **facts)
            days = {"weekdays": list(range(7)), "first": self.day, "last": self.day, "skip_holidays": False}
            starts, ends = clock.local(start).time(), clock.local(end).time()
            return self.hall.book_weekly(group, starts=starts, ends=ends, **days, **facts).dates[0]

        @precondition(lambda self: self.living)
        @rule(group=GROUPS, which=WHICH, later=st.integers(0, 1), length=LENGTHS, how=HOW)
        def want_what_another_has(self, group, which, later, length, how):
            """Most of the day is empty; the rule is about what several want."""
            wish = self.living[which % len(self.living)]
            self.book(group, wish.first + later, length, 1, how)

        @precondition(lambda self: any(wish.state == "waiting" for wish in self.living))
        @rule(group=GROUPS, which=WHICH, later=st.integers(0, 1), how=HOW)
        def want_a_part_of_what_somebody_waits_for(self, group, which, later, how):
            """It may be free: then whoever has used most waits all the same."""
            waiting = [wish for wish in self.living if wish.state == "waiting"]
            self.book(group, waiting[which % len(waiting)].first + later, 1, 1, how)

        @property
        def living(self):
            return [wish for wish in self.model.wishes if wish.state != "gone"]

        @precondition(lambda self: self.living)
        @rule(which=WHICH, by_owner=st.booleans())
        def give_up(self, which, by_owner):
            wish = self.living[which % len(self.living)]
            booking = self.bookings[wish.number]
            if by_owner and wish.state == "waiting":
                booking.refuse("人太多", by=self.owner)
                wish.state = "gone"
                self.model.heal(lambda other: bool(set(other.slots) & set(wish.slots)))
                return
            if by_owner:
                booking.release("另有安排", by=self.owner)
            else:
                booking.withdraw(by=self.people[wish.group])
            self.model.give_up(wish)

        @precondition(lambda self: len(self.living) < len(self.model.wishes))
        @rule(which=WHICH)
        def what_is_over_does_not_move(self, which):
            over = [wish for wish in self.model.wishes if wish.state == "gone"]
            booking = self.bookings[over[which % len(over)].number]
            before, state = self.lines(), booking.state
            for verb in (booking.withdraw, booking.grant, booking.confirm):
                with pytest.raises(Refusal) as said:
                    verb(by=self.owner)
                assert str(said.value).endswith("。")
            assert (self.lines(), booking.state) == (before, state)

        @precondition(lambda self: not self.closures and len(self.living) > 6)
        @rule(first=SLOTS, length=LENGTHS)
        def close(self, first, length):
            slots = set(range(first, first + length))
            self.closures.append(self.hall.close(*self.when(first, first + length), "检修", by=self.owner))
            self.model.closed = slots
            for wish in self.model.wishes:
                if wish.state == "held" and slots & set(wish.slots):
                    wish.state, wish.why = "waiting", "closed"

        @precondition(lambda self: self.closures)
        @rule()
        def open_again(self):
            self.hall.open_again(self.closures.pop(), by=self.owner)
            self.model.closed = set()
            self.model.heal(lambda wish: True)

        @precondition(lambda self: self.model.quantity < 2)
        @rule()
        def there_is_more_of_it(self):
            self.model.quantity, self.model.quota = 2, 6
            db.session.flush()
            self.hall.rewrite(version=self.hall.version, by=self.owner, **facts(quantity=2, free_hours=3))
            self.model.heal(lambda wish: True)

        @precondition(lambda self: clock.today() < self.day - timedelta(days=3))
        @rule(hours=st.integers(1, 20))
        def time_passes_and_the_sweep_runs(self, hours):
            self.traveller.shift(timedelta(hours=hours))
            self.hall.lapse()
            self.hall.run_out()

        def lines(self) -> int:
            return db.session.scalar(select(func.count()).select_from(Line))

        @invariant()
        def everybody_is_where_the_model_says(self):
            word = {State.GRANTED: "held", State.WAITING: "waiting"}
            states = [word.get(booking.state, "gone") for booking in self.bookings]
            assert states == [wish.state for wish in self.model.wishes]
            whys = [booking.why.value if booking.why else "" for booking in self.bookings]
            assert whys == [wish.why if wish.state == "waiting" else "" for wish in self.model.wishes]

        @invariant()
        def no_quarter_has_two_owners_and_every_owner_has_all_of_his(self):
            rows = db.session.execute(select(Quarter.quarter, Quarter.unit, Quarter.booking_id)).all()
            assert len({(quarter, unit) for quarter, unit, _id in rows}) == len(rows)
            assert all(1 <= unit <= self.hall.quantity for _quarter, unit, _id in rows)
            owned = Counter(id for _quarter, _unit, id in rows)
            wished = {self.bookings[wish.number].id: 2 * wish.half_hours for wish in self.model.wishes}
            holding = db.session.scalars(select(Booking.id).where(Booking.state.in_(HOLDING))).all()
            assert owned == {id: wished[id] for id in holding}

        @invariant()
        def no_quota_is_exceeded(self):
            used = self.hall.used(self.day)
            assert all(minutes <= 60 * self.hall.free_hours for minutes in used.values())

        @invariant()
        def whoever_got_a_time_was_told_once(self):
            told = select(func.count()).select_from(Notice).join(Notice.line).where(Line.verb == "booking.healed")
            assert db.session.scalar(told) == self.model.healed

    return Machine


def test_every_order_of_moves_keeps_the_rule(site, world):
    run_state_machine_as_test(machine(site, world), settings=QUICK)


@pytest.mark.long
@pytest.mark.databases("sqlite")
def test_and_forty_orders_more(site, world):
    run_state_machine_as_test(machine(site, world), settings=settings(QUICK, max_examples=40))
