"""Agreements: where one stands follows from its days, a renewal names the one before, and nobody is told twice."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from communities.post import Office
from kernel import clock, jobs, scan
from kernel.db import db
from kernel.stored_file import StoredFile
from kernel.work import Refusal, work
from partners.agreements.agreement import Agreement
from partners.agreements.listed import Agreements
from partners.agreements.party import Party
from partners.agreements.signing import (
    ChangedMeanwhile,
    DaysDisagree,
    NoEnd,
    NotThatDay,
    OverAlready,
    RenewedAlready,
    TooFewParties,
    WhyEnded,
)
from partners.agreements.sweep import remind_of_agreements
from partners.agreements.term import SOON, State
from tests.support.scans import JPEG, PDF

TODAY = date(2026, 11, 23)
MORNING = "2026-11-23 09:00 +0800"
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MORNING, tick=False) as time:
        yield time


def two(world):
    """东方社区党委 and 白鹭科技."""
    return [Party(partner_id=world.egret.id), Party(place_id=world.community.id, office=Office.COMMITTEE)]


def signed(world, *, until=TODAY + timedelta(days=100), **facts):
    """An agreement of these two, signed a year ago."""
    year_ago = TODAY - timedelta(days=365)
    facts = {"title": "家电便民服务合作协议", "signed_on": year_ago, "since": year_ago, "until": until} | facts
    return Agreement.record(world.community, two(world), by=world.lin, **facts)


@pytest.fixture
def agreement(world):
    with work():
        id = signed(world).id
    return lambda: db.session.get_one(Agreement, id)


def verbs(thing):
    return [line.verb for line in db.session.scalars(Line.about(thing))]


def told(verb):
    """Who was told of the newest line with this verb."""
    line = db.session.scalars(select(Line).where(Line.verb == verb).order_by(Line.id.desc())).first()
    return {notice.person_id for notice in line.notices} if line else set()


class TestStanding:
    @pytest.mark.parametrize(
        ("since", "until", "ended", "state"),
        [
            (1, 100, None, State.COMING),
            (0, None, None, State.VALID),
            (0, SOON + 1, None, State.VALID),
            (0, SOON, None, State.ENDING),
            (-30, 0, None, State.ENDING),
            (-30, -1, None, State.EXPIRED),
            (-30, 100, 0, State.ENDED),
            (-30, 100, 1, State.VALID),
            (5, 100, -1, State.ENDED),
        ],
    )
    def test_it_follows_from_the_days(self, since, until, ended, state):
        def day(days):
            return None if days is None else TODAY + timedelta(days=days)

        assert Agreement(since=day(since), until=day(until), ended_on=day(ended)).state is state

    def test_the_condition_says_the_same_as_the_property(self, site, world):
        spans = [(s, u, e) for s in (-90, 0, 1) for u in (None, -1, 0, SOON, SOON + 1, 400) for e in (None, -2, 0, 1)]
        with work():
            for since, until, ended in spans:
                if until is None or until >= since:
                    days = {"since": TODAY + timedelta(days=since), "signed_on": TODAY - timedelta(days=100)}
                    days["until"] = None if until is None else TODAY + timedelta(days=until)
                    one = signed(world, **days)
                    one.ended_on = None if ended is None else TODAY + timedelta(days=ended)
        everything = set(db.session.scalars(select(Agreement)))
        sorted_out = {
            state: set(db.session.scalars(select(Agreement).where(Agreement.stands(state, TODAY)))) for state in State
        }
        assert {state: {one for one in everything if one.state is state} for state in State} == sorted_out
        assert Agreements().counts(world.lin) == {state: len(found) for state, found in sorted_out.items()}

    @FEW
    @given(since=DAYS, days=st.none() | st.integers(0, 300), ended=st.none() | DAYS, on=DAYS)
    def test_it_goes_one_way(self, since, days, ended, on):
        until = None if days is None else since + timedelta(days=days)
        agreement = Agreement(since=since, until=until, ended_on=ended)
        way = [State.COMING, State.VALID, State.ENDING, State.EXPIRED, State.ENDED]
        today, tomorrow = agreement.state_on(on), agreement.state_on(on + timedelta(days=1))
        assert way.index(today) <= way.index(tomorrow)
        if ended is None:
            assert State.ENDED not in (today, tomorrow)


class TestSigning:
    def test_it_is_written_down_once_and_both_sides_are_told(self, world, agreement):
        assert verbs(agreement()) == ["agreement.recorded"]
        assert [party.label for party in agreement().parties] == ["白鹭科技（示例）", "东方社区党委"]
        assert told("agreement.recorded") == {world.zhao.id}
        assert agreement().state is State.VALID

    def test_a_party_from_outside_is_a_name(self, world):
        with work():
            parties = [*two(world), Party(outside="西安市红会医院（示例）")]
            facts = {"title": "卫星医院", "signed_on": TODAY, "since": TODAY, "until": None}
            one = Agreement.record(world.community, parties, by=world.lin, **facts)
        assert [party.label for party in one.parties][2] == "西安市红会医院（示例）"
        assert (one.state, one.days_left) == (State.VALID, None)

    @pytest.mark.parametrize("parties", [0, 1, "twice"])
    def test_nobody_signs_with_himself(self, world, parties):
        both = two(world)
        chosen = [both[0], Party(partner_id=world.egret.id)] if parties == "twice" else both[:parties]
        with pytest.raises(TooFewParties), work():
            Agreement.record(world.community, chosen, by=world.lin, title="x", signed_on=TODAY, since=TODAY, until=None)

    @pytest.mark.parametrize(
        "days", [{"signed_on": TODAY + timedelta(days=1)}, {"since": TODAY, "until": TODAY - timedelta(days=1)}]
    )
    def test_its_days_agree(self, world, days):
        with pytest.raises(DaysDisagree), work():
            signed(world, **days)

    def test_a_correction_keeps_the_parties_that_stay(self, world, agreement):
        with work():
            kept = agreement().parties[0].id
            parties = [two(world)[0], Party(outside="某律所（示例）")]
            agreement().amend(parties, version=1, by=world.lin, title="家电便民服务协议", scope="每月两次")
        assert [party.label for party in agreement().parties] == ["白鹭科技（示例）", "某律所（示例）"]
        assert agreement().parties[0].id == kept
        assert (agreement().title, agreement().scope, agreement().version) == ("家电便民服务协议", "每月两次", 2)

    def test_a_save_over_a_colleague_is_refused(self, world, agreement):
        with work():
            agreement().amend(two(world), version=1, by=world.lin, scope="甲")
        with pytest.raises(ChangedMeanwhile), work():
            agreement().amend(two(world), version=1, by=world.lin, scope="乙")
        assert agreement().scope == "甲"

    def test_other_days_are_reminded_of_anew(self, world, agreement):
        with work():
            agreement().reminded_days = 30
        with work():
            agreement().amend(two(world), version=2, by=world.lin, until=TODAY + timedelta(days=300))
        assert agreement().reminded_days is None


class TestTheEnd:
    def test_a_renewal_names_the_one_before(self, world, agreement):
        with work():
            days = {"signed_on": TODAY, "since": TODAY + timedelta(days=101), "until": TODAY + timedelta(days=466)}
            new = agreement().renew(two(world), by=world.lin, title="家电便民服务合作协议（续）", **days)
        assert (new.renews, agreement().renewal, new.state) == (agreement(), new, State.COMING)
        assert verbs(new) == ["agreement.renewed"]
        with pytest.raises(RenewedAlready), work():
            agreement().renew(two(world), by=world.lin, title="又一份", **days)

    def test_a_renewal_that_was_ended_makes_room_for_another(self, world, agreement):
        days = {"title": "续", "signed_on": TODAY, "since": TODAY, "until": TODAY + timedelta(days=400)}
        with work():
            agreement().renew(two(world), by=world.lin, **days).end(TODAY, "写错了", by=world.lin)
            again = agreement().renew(two(world), by=world.lin, **days)
        assert agreement().renewal is again

    def test_what_ends_early_says_why_and_since_when(self, world, agreement):
        with pytest.raises(WhyEnded), work():
            agreement().end(TODAY, " ", by=world.lin)
        for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=366)):
            with pytest.raises(NotThatDay), work():
                agreement().end(day, "搬走了", by=world.lin)
        with work():
            agreement().end(TODAY, "搬走了", by=world.lin)
        assert (agreement().state, agreement().reason) == (State.ENDED, "搬走了")
        assert verbs(agreement())[-1] == "agreement.ended"

    @pytest.mark.parametrize("verb", ["amend", "renew", "let_run_out", "end"])
    def test_what_is_over_stays_as_it_was(self, world, agreement, verb):
        with work():
            agreement().end(TODAY, "搬走了", by=world.lin)
        given_to = {
            "amend": lambda one: one.amend(two(world), version=one.version, by=world.lin),
            "renew": lambda one: one.renew(two(world), by=world.lin),
            "let_run_out": lambda one: one.let_run_out(by=world.lin),
            "end": lambda one: one.end(TODAY, "再来", by=world.lin),
        }
        with pytest.raises(OverAlready, match="现在是“提前终止”"), work():
            given_to[verb](agreement())

    def test_without_a_last_day_there_is_nothing_to_renew(self, world):
        with work():
            one = signed(world, until=None)
        for verb in (lambda: one.renew(two(world), by=world.lin), lambda: one.let_run_out(by=world.lin)):
            with pytest.raises(NoEnd), work():
                verb()


class TestReminders:
    def test_sixty_thirty_and_seven_days_before_once_each(self, world, agreement, monday):
        said = []
        for _day in range(102):
            remind_of_agreements()
            remind_of_agreements()
            lines = db.session.scalar(select(func.count()).where(Line.verb == "agreement.ending"))
            if lines > len(said):
                said.append(agreement().days_left)
            monday.shift(timedelta(days=1))
        assert said == [60, 30, 7]
        assert told("agreement.ending") == {world.zhao.id, world.lin.id}

    def test_the_line_says_how_many_days_are_left(self, world, agreement, monday):
        monday.shift(timedelta(days=45))
        jobs.sweep()
        line = db.session.scalars(Line.about(agreement())).all()[-1]
        assert (line.verb, line.ids["days"], line.by_id) == ("agreement.ending", 55, None)

    def test_what_was_recorded_late_is_said_once(self, world, monday):
        with work():
            one = signed(world, until=TODAY + timedelta(days=5))
        remind_of_agreements()
        monday.shift(timedelta(days=1))
        remind_of_agreements()
        assert verbs(one) == ["agreement.recorded", "agreement.ending"]

    @pytest.mark.parametrize("what", ["renewed", "runs out", "ended"])
    def test_what_is_settled_is_not_said_again(self, world, agreement, monday, what):
        with work():
            if what == "renewed":
                days = {"signed_on": TODAY, "since": TODAY, "until": TODAY + timedelta(days=900)}
                agreement().renew(two(world), by=world.lin, title="续", **days)
            elif what == "runs out":
                agreement().let_run_out(by=world.lin)
            else:
                agreement().end(TODAY, "搬走了", by=world.lin)
        before = db.session.scalar(select(func.count()).select_from(Notice))
        monday.shift(timedelta(days=50))
        remind_of_agreements()
        assert db.session.scalar(select(func.count()).select_from(Notice)) == before

    def test_nobody_is_woken(self, world, agreement, monday):
        monday.shift(timedelta(days=50, hours=-4))
        remind_of_agreements()
        assert verbs(agreement()) == ["agreement.recorded"]


class TestItsPaper:
    def test_the_bytes_are_kept_and_a_wrong_one_is_gone(self, world, agreement):
        with work():
            agreement().attach(scan.read(PDF, "合同.exe"), by=world.lin)
        assert (agreement().file.name, agreement().file.kind, agreement().file.payload) == (
            "合同.pdf",
            scan.Kind.PDF,
            PDF,
        )
        with work():
            agreement().attach(scan.read(JPEG, "照片.jpeg"), by=world.lin)
        assert (agreement().file.name, agreement().file.payload) == ("照片.jpg", JPEG)
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1
        assert verbs(agreement())[-2:] == ["agreement.filed"] * 2


class TestWhoKnows:
    @pytest.mark.parametrize(
        ("name", "knows"),
        [("zhao", True), ("lin", True), ("he", True), ("gao", True), ("wu", False), ("stranger_lin", False),
         ("sun", False), ("qian", False)],
    )  # fmt: skip
    def test_the_parties_and_the_staff_of_the_place(self, world, agreement, name, knows):
        rows, total = Agreements().page(getattr(world, name))
        assert (rows, total) == (([agreement()], 1) if knows else ([], 0))

    def test_an_office_of_another_place_that_has_signed(self, world, agreement):
        with work():
            party = Party(place_id=world.other_community.id, office=Office.COMMITTEE)
            agreement().amend([*two(world), party], version=1, by=world.lin)
        assert Agreements().page(world.stranger_lin)[0] == [agreement()]
        assert told("agreement.amended") == {world.zhao.id, world.stranger_lin.id}


@FEW
@given(
    moves=st.lists(
        st.sampled_from(["amend", "renew", "let_run_out", "end", "end for nothing", "remind", "month"]), max_size=8
    )
)
def test_whatever_is_done_each_move_has_a_line_and_each_refusal_a_sentence(site, world, moves):
    site.store.restore("world")
    with time_machine.travel(MORNING, tick=False) as time, work():
        one = signed(world)
        for move in moves:
            if move == "month":
                time.shift(timedelta(days=31))
                continue
            before, state = len(verbs(one)), one.state
            new = {"title": "续", "signed_on": clock.today(), "since": clock.today(), "until": None}
            verb = {
                "amend": lambda one=one: one.amend(two(world), version=one.version, by=world.lin),
                "renew": lambda one=one, new=new: one.renew(two(world), by=world.lin, **new),
                "let_run_out": lambda one=one: one.let_run_out(by=world.lin),
                "end": lambda one=one: one.end(clock.today(), "搬走了", by=world.lin),
                "end for nothing": lambda one=one: one.end(clock.today(), "", by=world.lin),
                "remind": one.remind,
            }[move]
            done, said = attempt(verb)
            if said:
                assert (len(verbs(one)), one.state) == (before, state)
            else:
                elsewhere = move == "renew" or (move == "remind" and not done)
                assert len(verbs(one)) == before + (0 if elsewhere else 1)
                assert (one.state is not state) == (move == "end")


def attempt(verb):
    """What it answers, and the sentence of its refusal."""
    try:
        return verb(), None
    except Refusal as refusal:
        said = str(refusal)
    assert said.endswith("。")
    assert "%(" not in said
    return None, said
