"""Whatever people, organisers, mail servers and the clock do: the calendar of the mailbox ends as the sign-up is."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from icalendar import Calendar
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.mailbox import calendar_of, serving
from tests.support.moves import attempt
from volunteers.calendar_mail import CalendarMail
from volunteers.inviting import AGAIN_AFTER, MOST, TRIES, send_invitations
from volunteers.shift import Shift

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NAMES = st.sampled_from(["wu", "zhou"])


class Post(RuleBasedStateMachine):
    """A shift of one seat a month ahead and two people; what their mailboxes were sent is read letter by letter."""

    def __init__(self, site, world, mailbox):
        super().__init__()
        self.world, self.mailbox = world, mailbox
        site.store.restore("world")
        db.session.rollback()
        mailbox.clear()
        mailbox.refused.clear()
        self.travel = time_machine.travel(clock.at(clock.today()) + 9 * HOUR, tick=False)
        self.traveller = self.travel.start()
        with work():
            shift = world.shift
            shift.move_to(shift.starts_at + 720 * HOUR, shift.ends_at + 720 * HOUR, by=world.lin)
        for name in ("wu", "zhou"):
            self.choose(name, True)

    def teardown(self):
        db.session.rollback()
        self.travel.stop()

    def do(self, verb, *args, **named):
        attempt(lambda: verb(self.held(), *args, **named))

    def held(self):
        return db.session.get_one(Shift, self.world.shift.id, with_for_update=True)

    def person(self, name):
        return getattr(self.world, name)

    @rule(name=NAMES)
    def sign_up(self, name):
        self.do(lambda shift: shift.sign_up(self.person(name), by=self.person(name)))

    @rule(name=NAMES)
    def accept(self, name):
        self.do(lambda shift: shift.accept(self.person(name), by=self.person(name)))

    @rule(name=NAMES)
    def withdraw(self, name):
        self.do(lambda shift: shift.withdraw(self.person(name), by=self.person(name)))

    @rule(hours=st.integers(-3, 3))
    def move(self, hours):
        by = self.world.lin
        self.do(lambda shift: shift.move_to(shift.starts_at + hours * HOUR, shift.ends_at + hours * HOUR, by=by))

    @rule()
    def cancel(self):
        self.do(lambda shift: shift.cancel("下大雨", by=self.world.lin))

    @rule()
    def restore(self):
        self.do(lambda shift: shift.restore(by=self.world.lin))

    @rule(name=NAMES, wanted=st.booleans())
    def choose(self, name, wanted):
        with work():
            person = self.person(name)
            person.be_told(person.told_by, f"{name}@example.com", calendar_mail=wanted)

    @rule(name=NAMES)
    def be_full(self, name):
        self.mailbox.refused.add(f"{name}@example.com")

    @rule(name=NAMES)
    def be_emptied(self, name):
        self.mailbox.refused.discard(f"{name}@example.com")

    @rule(minutes=st.sampled_from([1, 6]))
    def pass_time(self, minutes):
        self.traveller.shift(minutes * MINUTE)
        send_invitations()
        db.session.rollback()

    def arrived(self, name):
        """The entries that came to a mailbox: method and sequence, in their order."""
        found = []
        for to, letter in zip(self.mailbox.rcpt, self.mailbox.letters, strict=True):
            if to == [f"{name}@example.com"]:
                calendar = Calendar.from_ical(calendar_of(letter))
                [event] = calendar.events
                found.append((str(calendar["METHOD"]), event["SEQUENCE"], event.start))
        return found

    @invariant()
    def each_step_is_said_once_and_nothing_is_taken_down_that_was_not_there(self):
        for name in ("wu", "zhou"):
            came = self.arrived(name)
            sequences = [sequence for _method, sequence, _start in came]
            assert sequences == sorted(set(sequences))
            methods = [method for method, *_rest in came]
            assert methods[:1] != ["CANCEL"]
            assert ("CANCEL", "CANCEL") not in zip(methods, methods[1:], strict=False)

    @rule()
    def settle(self):
        """Everybody can be reached, wants it, and a minute and a try later has it."""
        db.session.rollback()
        self.mailbox.refused.clear()
        for name in ("wu", "zhou"):
            self.choose(name, True)
        self.traveller.shift(AGAIN_AFTER + MINUTE)
        send_invitations()
        db.session.rollback()
        for name in ("wu", "zhou"):
            signup, came = self.world.shift.signup_of(self.person(name)), self.arrived(name)
            if self.was_given_up(signup) or len(came) >= MOST:
                continue
            if signup is not None and signup.is_appointed:
                shift = signup.shift
                assert came[-1] == ("REQUEST", shift.sequence + signup.sequence, shift.starts_at)
            else:
                assert [method for method, *_rest in came[-1:]] in ([], ["CANCEL"])

    def was_given_up(self, signup):
        row = signup and db.session.scalar(seen(select(CalendarMail).where(CalendarMail.signup_id == signup.id)))
        return row is not None and row.tries >= TRIES


@pytest.mark.databases("sqlite")
def test_the_calendar_of_a_mailbox_ends_as_the_sign_up_is(site, world, monkeypatch):
    quick = settings(
        max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    with serving() as (mailbox, address):
        monkeypatch.setitem(site.config, "MAIL_SERVER", address)
        monkeypatch.setitem(site.config, "MAIL_FROM", "calendar@hehuo.example")
        run_state_machine_as_test(lambda: Post(site, world, mailbox), settings=quick)
