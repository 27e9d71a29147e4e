"""小区通知: who tells, what is refused, what pages, feeds and the group see; a state machine beside a plain model."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from icalendar import Calendar

from communities.journal import Audience, Line
from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from partners.announcement import Announcement
from partners.announcement_text import group_text
from partners.announcement_words import (
    MOVES,
    EndsBeforeItBegins,
    Kind,
    NotHere,
    NothingChanged,
    NotInThisState,
    OverAlready,
    SaidAlready,
    SayWhat,
    State,
    TooLong,
)
from partners.kind import Kind as PartnerKind
from partners.member import Role
from partners.partner import Partner
from tests.support.moves import attempt
from tests.support.pages import HTMX, part
from tests.support.statements import counted

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
QUICK = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


def text(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def hours(days=2, length=8 * HOUR):
    start = clock.at(clock.today() + days * DAY, time(9))
    return {"starts_at": start, "until": start + length}


def told(world, kind=Kind.WATER, place=None, **more):
    facts = {"kind": kind, "words": "请提前接好水"} | hours() | more
    return Announcement.announce(place or world.compound, by=world.lin, **facts)


def events(answer):
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


@pytest.fixture
def manager(world):
    """A property manager of the compound, for which 周师傅 speaks."""
    with work():
        facts = {"credit_code": "9144030071526726XG", "compounds": [world.compound]}
        firm = Partner.apply(PartnerKind.PROPERTY_MANAGER, "安居物业（示例）", world.community, by=None, **facts)
        firm.verify(by=world.lin)
        firm.join(world.zhou, Role.MANAGER, by=world.lin)
    return firm.id


def sent(world, **more):
    """The form as a browser sends it."""
    day = (clock.today() + 2 * DAY).isoformat()
    facts = {"kind": "water", "place_id": world.compound.id, "day": day, "begins": "09:00", "last_day": day}
    return facts | {"ends": "17:00", "words": "请提前接好水"} | more


def url(world):
    return f"/places/{world.compound.code}/announcements"


def test_what_makes_no_sense_is_refused_with_a_sentence(world):
    with work():
        told(world)
        for wrong, facts in (
            (NotHere, {"place": world.community}),
            (EndsBeforeItBegins, hours(3, timedelta())),
            (OverAlready, hours(-2)),
            (TooLong, hours(3, 30 * DAY + HOUR)),
            (SayWhat, {"kind": Kind.OTHER, "words": ""}),
            (SaidAlready, {"words": "别的话"}),
            (SaidAlready, hours(2, 2 * DAY)),
        ):
            with pytest.raises(wrong) as refusal:
                told(world, **facts)
            assert str(refusal.value).endswith("。")
        assert db.session.query(Announcement).count() == 1


def test_what_may_be_twice_is_told_twice(world):
    with work():
        told(world)
        told(world, place=world.building1)
        told(world, Kind.POWER)
        told(world, **hours(5))
        told(world, Kind.UPKEEP, words="1 号梯")
        told(world, Kind.UPKEEP, words="2 号梯")
        with pytest.raises(SaidAlready, match="31小区这段时间的“维保”"):
            told(world, Kind.UPKEEP, words="2 号梯")
        told(world, **hours(9, 30 * DAY))


def test_it_may_have_begun_but_not_be_over(world):
    with work():
        one = told(world, starts_at=clock.now() - HOUR, until=clock.now() + HOUR)
    with time_machine.travel(one.until), work():
        for act in (lambda: one.call_off(by=world.lin), lambda: one.change(world.compound, by=world.lin, **later(one))):
            with pytest.raises(OverAlready):
                act()


def later(one, by=DAY):
    return {"words": one.words, "starts_at": one.starts_at + by, "until": one.until + by}


def test_a_change_of_time_or_place_is_another_sequence_and_other_words_are_not(world):
    with work():
        one = told(world)
        with pytest.raises(NothingChanged):
            one.change(world.compound, by=world.lin, **later(one, timedelta()))
        before = one.changed_at
        one.change(world.compound, by=world.lin, **later(one, timedelta()) | {"words": "改成用水高峰后"})
        assert (one.sequence, one.state) == (0, State.ANNOUNCED)
        assert one.changed_at > before
        one.change(world.compound, by=world.lin, **later(one))
        one.change(world.building1, by=world.lin, **later(one, timedelta()))
        assert (one.sequence, one.state, one.place) == (2, State.CHANGED, world.building1)
        one.call_off(by=world.lin)
        assert (one.sequence, one.is_called_off) == (3, True)
        for act in (lambda: one.call_off(by=world.lin), lambda: one.change(world.compound, by=world.lin, **later(one))):
            with pytest.raises(NotInThisState):
                act()
        told(world, place=world.building1, starts_at=one.starts_at, until=one.until)  # it is cut after all


def test_each_move_is_a_public_line_that_names_no_person(enter, world):
    with work():
        one = told(world, place=world.building1)
        one.change(world.building1, by=world.lin, **later(one))
        one.call_off(by=world.lin)
    lines = list(db.session.scalars(db.select(Line).where(Line.subject == "announcement").order_by(Line.id)))
    assert [line.verb for line in lines] == [f"announcement.{verb}" for verb in ("made", "changed", "called_off")]
    assert {line.audience for line in lines} == {Audience.PUBLIC}
    page = text(enter().get("/journal/"))
    assert "31小区1号楼的小区通知：停水" in page
    assert f'href="/announcements/{one.id}"' in page
    assert world.lin.called not in page.split("31小区1号楼的小区通知")[1][:80]


@pytest.mark.parametrize(
    ("name", "status"),
    [("committee", 303), ("subdistrict", 303), ("other-committee", 403), ("grid", 403), ("volunteer", 403)],
)
def test_staff_of_the_place_tell(enter, world, name, status):
    assert enter(name).post(url(world), data=sent(world)).status_code == status
    assert ("发一条通知" in text(enter(name).get(url(world)))) is (status == 303)


def test_who_is_not_signed_in_reads_and_tells_nothing(enter, world):
    assert text(enter().get(url(world)))
    assert enter().post(url(world), data=sent(world)).status_code == 303
    db.session.rollback()
    assert db.session.query(Announcement).count() == 0


def test_the_property_manager_tells_in_its_name_and_changes_its_own_only(enter, world, manager):
    zhou, lin = enter("volunteer2"), enter("committee")
    answer = zhou.post(url(world), data=sent(world, place_id=world.building2.id), headers=HTMX)
    assert part(answer, "announcements") == part(zhou.get(url(world)), "announcements")
    lin.post(url(world), data=sent(world))
    db.session.rollback()
    own, theirs = db.session.query(Announcement).order_by(Announcement.id)
    assert (own.partner_id, own.place, theirs.partner_id) == (manager, world.building2, None)
    assert "安居物业（示例）" in text(enter().get(f"/announcements/{own.id}"))
    day = (clock.today() + 4 * DAY).isoformat()
    moved = sent(world, day=day, last_day=day)
    ids = own.id, theirs.id
    assert zhou.post(f"/announcements/{ids[1]}", data=moved).status_code == 403
    assert zhou.post(f"/announcements/{ids[1]}/calling-off").status_code == 403
    answer = zhou.post(f"/announcements/{ids[0]}", data=moved | {"place_id": world.building2.id}, headers=HTMX)
    assert part(answer, "announcement") == part(zhou.get(f"/announcements/{ids[0]}"), "announcement")
    assert "改过时间或地方" in part(answer, "announcement")
    assert lin.post(f"/announcements/{ids[0]}/calling-off").location == f"/announcements/{ids[0]}"
    again = lin.post(f"/announcements/{ids[0]}/calling-off", headers=HTMX)
    assert again.status_code == 409
    assert "已经取消了" in again.get_data(as_text=True)


def test_the_manager_of_another_compound_tells_nothing_here(enter, world, manager):
    zhou = enter("volunteer2")
    zhou.post(url(world), data=sent(world))
    with work():
        db.session.get_one(Partner, manager).compounds = []
    db.session.rollback()
    [own] = db.session.query(Announcement)
    id = own.id
    assert zhou.post(url(world), data=sent(world)).status_code == 403
    assert zhou.post(f"/announcements/{id}/calling-off").status_code == 403


def test_a_building_of_another_compound_cannot_be_named(enter, world):
    with work():
        elsewhere = world.grid.add(world.compound.kind, "610102004003-G1-Y32", "32小区")
    lin = enter("committee")
    assert lin.post(url(world), data=sent(world, place_id=elsewhere.id)).status_code in (404, 422)
    assert lin.get(f"/places/{world.community.code}/announcements").status_code == 404
    assert lin.get(f"/places/{world.building1.code}/announcements").location == url(world)


def test_what_is_wrong_stands_beside_its_field(enter, world):
    lin = enter("committee")
    for more, sentence in (
        ({"ends": "08:00"}, "结束的时间要比开始晚"),
        ({"kind": "other", "words": ""}, "请写一句是什么事"),
    ):
        answer = lin.post(url(world), data=sent(world, **more), headers=HTMX)
        assert answer.status_code == 409
        assert sentence in part(answer, "announcements")
    assert lin.post(url(world), data=sent(world, words="长" * 101), headers=HTMX).status_code == 422


def test_pages_of_compound_and_building_show_what_is_to_come(enter, world):
    with work():
        told(world)
        told(world, Kind.UPKEEP, world.building1, words="1 号梯检修")
    for place, shown in ((world.compound, True), (world.building1, True), (world.building2, False)):
        page = text(enter().get(f"/places/{place.code}"))
        assert "请提前接好水" in page
        assert ("1 号梯检修" in page) is shown
    assert "小区通知" not in text(enter().get(f"/places/{world.community.code}"))
    with time_machine.travel(clock.now() + 9 * DAY):
        assert "请提前接好水" not in text(enter().get(f"/places/{world.compound.code}"))
        assert "过了" in text(enter().get(url(world)))


def test_the_public_feeds_have_it_and_keep_it_as_called_off(enter, world):
    with work():
        one = told(world, place=world.building1)
    uid = f"notice-{one.id}@hehuo"
    phone = enter()
    for place, there in (
        (world.building1, True),
        (world.building2, False),
        (world.compound, True),
        (world.community, True),
    ):
        found = events(phone.get(f"/places/{place.code}.ics"))
        assert (uid in found) is there
    first = phone.get(f"/places/{world.building1.code}.ics")
    event = events(first)[uid]
    assert (event.start, event.end) == (clock.local(one.starts_at), clock.local(one.until))
    assert (str(event["SUMMARY"]), event["SEQUENCE"], str(event["TRANSP"])) == ("停水 · 31小区1号楼", 0, "TRANSPARENT")
    assert world.lin.name not in first.text
    with work():
        one.call_off(by=world.lin)
    second = phone.get(f"/places/{world.building1.code}.ics", headers={"If-None-Match": first.headers["ETag"]})
    event = events(second)[uid]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert phone.get(f"/places/{world.compound.code}.ics?kinds=notice").status_code == 200


def test_the_group_is_told_what_it_is_now(enter, world):
    with work():
        one = told(world, place=world.building1)
    first = group_text(one, "http://x/1")
    assert first.startswith("【31小区1号楼】停水\n")
    assert first.endswith("谁通知的：社区\nhttp://x/1")
    with work():
        one.change(world.building1, by=world.lin, **later(one))
    assert "【31小区1号楼】停水，时间或地方改了" in group_text(one, "u")
    with work():
        one.call_off(by=world.lin)
    assert group_text(one, "u").startswith("【31小区1号楼】停水取消了")
    assert "停水取消了" in text(enter().get(f"/announcements/{one.id}/share"))


def test_lists_cost_the_same_however_long_they_are(enter, world):
    lin, page = enter("committee"), f"/places/{world.compound.code}"
    costs = {}
    for number in range(3):
        with work():
            told(world, **hours(2 + 3 * number))
            told(world, place=world.building1, **hours(2 + 3 * number))
        for address in (url(world), page, "/announcements/1"):
            with counted() as said:
                text(lin.get(address))
            costs.setdefault(address, set()).add(len(said))
    assert {address: len(found) for address, found in costs.items()} == dict.fromkeys(costs, 1)
    assert max(costs[url(world)]) <= 8
    assert max(costs["/announcements/1"]) <= 8


def test_the_rest_of_a_long_list_is_a_page_away(enter, world):
    with work():
        for number in range(27):
            told(world, Kind.OTHER, words=f"第 {number} 件事")
    page = text(enter().get(url(world)))
    assert page.count('href="/announcements/') == 25
    following = page.split('class="button plain" href="')[1].split('"')[0]
    assert text(enter().get(following.replace("&amp;", "&"))).count('href="/announcements/') == 2


def machine(site, world):
    """Whatever is told, changed and called off in whatever order: beside it a list of (kind, place, first, last)."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("world")
            self.start = clock.at(clock.today() + 3 * DAY)
            self.model: dict[int, list] = {}

        def spans(self, first, length):
            return {"starts_at": self.start + first * HOUR, "until": self.start + (first + length) * HOUR}

        def clashes(self, kind, place, first, length, own=None):
            return any(
                id != own and row[0] == kind and row[1] == place and row[2] < first + length and row[3] > first
                for id, row in self.model.items()
                if row[4] is not State.CALLED_OFF
            )

        @rule(
            kind=st.sampled_from([Kind.WATER, Kind.POWER]),
            place=st.integers(0, 1),
            first=st.integers(0, 3),
            length=st.integers(0, 2),
        )
        def tell(self, kind, place, first, length):
            wrong = length <= 0 or self.clashes(kind, place, first, length)
            spot = (world.compound, world.building1)[place]
            made = []
            attempt(
                lambda: made.append(
                    Announcement.announce(spot, by=world.lin, kind=kind, words="", **self.spans(first, length)).id
                )
            )
            assert bool(made) is not wrong
            if made:
                self.model[made[0]] = [kind, place, first, first + length, State.ANNOUNCED, 0]

        @rule(which=st.integers(0, 9), place=st.integers(0, 1), first=st.integers(0, 3), length=st.integers(0, 2))
        def change(self, which, place, first, length):
            if not self.model:
                return
            id = sorted(self.model)[which % len(self.model)]
            row = self.model[id]
            same = (place, first, first + length) == tuple(row[1:4])
            closed = not MOVES[row[4]]
            wrong = closed or same or length <= 0 or self.clashes(row[0], place, first, length, own=id)
            spot, done = (world.compound, world.building1)[place], []

            def act():
                one = db.session.get_one(Announcement, id)
                one.change(spot, by=world.lin, words="", **self.spans(first, length))
                done.append(one)

            attempt(act)
            assert bool(done) is not wrong
            if done:
                self.model[id] = [row[0], place, first, first + length, State.CHANGED, row[5] + 1]

        @rule(which=st.integers(0, 9))
        def call_off(self, which):
            if self.model:
                id = sorted(self.model)[which % len(self.model)]
                row = self.model[id]
                attempt(lambda: db.session.get_one(Announcement, id).call_off(by=world.lin))
                if row[4] is not State.CALLED_OFF:
                    row[4], row[5] = State.CALLED_OFF, row[5] + 1

        @invariant()
        def it_is_as_the_model_says(self):
            db.session.rollback()
            spots = {world.compound.id: 0, world.building1.id: 1}
            found = {
                one.id: [
                    one.kind,
                    spots[one.place_id],
                    *map(self.hour, (one.starts_at, one.until)),
                    one.state,
                    one.sequence,
                ]
                for one in db.session.query(Announcement)
            }
            assert found == self.model

        def hour(self, moment: datetime) -> int:
            return round((moment - self.start) / HOUR)

        def teardown(self):
            db.session.rollback()

    return Machine


@pytest.mark.databases("sqlite")
def test_whatever_is_told_in_whatever_order(site, world):
    run_state_machine_as_test(machine(site, world), settings=QUICK)


def test_every_refusal_of_the_verbs_is_a_sentence():
    for refusal in (NotHere, EndsBeforeItBegins, OverAlready, TooLong, SayWhat, NothingChanged, NotInThisState):
        assert issubclass(refusal, Refusal)
        assert str(refusal()).endswith("。")
