"""Appointments by mail, as a real mail server gets them: a life, retries, hostile text, and to nobody unasked."""

from datetime import time, timedelta
from itertools import permutations
from random import Random
from socket import create_server

import ics
import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from kernel import clock, mail
from kernel.calendar import feed_bytes
from kernel.db import db
from kernel.erasing import erase
from kernel.i18n import force_locale
from kernel.work import work
from tests.support.mailbox import calendar_of, serving
from tests.support.statements import counted
from tests.volunteers.test_series import write
from volunteers.calendar_mail import CalendarMail
from volunteers.event import event_of_signup
from volunteers.invitation import MOST
from volunteers.inviting import AGAIN_AFTER, TRIES, forget_invitations, send_invitations
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.signup import Signup
from volunteers.standing_place import StandingPlace

WU, FROM = "wu@example.com", "社区合伙人（示例） <calendar@hehuo.example>"


@pytest.fixture(scope="module")
def server():
    with serving() as found:
        yield found


@pytest.fixture
def mailbox(site, server, monkeypatch):
    """The server that is configured, empty."""
    found, address = server
    found.clear()
    found.refused.clear()
    monkeypatch.setitem(site.config, "MAIL_SERVER", address)
    monkeypatch.setitem(site.config, "MAIL_FROM", FROM)
    return found


@pytest.fixture
def chosen(world, mailbox):
    """吴阿姨 wants her appointments in the calendar of her mailbox."""
    choose(world.wu)
    return world


def choose(person, email=WU, calendar_mail=True):
    with work():
        person.be_told(person.told_by, email, calendar_mail=calendar_mail)


def do(verb, *args, **named):
    """One verb by itself, and the minute after it."""
    with work():
        verb(*args, **named)
    send_invitations()


def claim(world, shift=None):
    do((shift or world.shift).sign_up, world.wu, by=world.wu)


def said(mailbox):
    """What each letter says, in the order in which they came: method, UID, sequence, status."""
    return [facts(data) for data in mailbox.calendars()]


def facts(data):
    calendar = Calendar.from_ical(data)
    [event] = calendar.events
    return str(calendar["METHOD"]), str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])


@pytest.fixture
def life(chosen, mailbox):
    """Claimed, time moved, place moved, called off, restored; the letters stay in the mailbox."""
    world, hour = chosen, timedelta(hours=1)
    claim(world)
    shift = world.shift
    do(shift.move_to, shift.starts_at + hour, shift.ends_at + hour, by=world.lin)
    do(world.duty.revise, version=world.duty.version, by=world.lin, meeting_point="31小区西门")
    do(world.shift.cancel, "下大雨", by=world.lin)
    do(world.shift.restore, by=world.lin)
    return world


def test_a_life_is_one_event_whose_sequence_grows(life, mailbox):
    uid = f"shift-{life.shift.id}-person-{life.wu.id}@hehuo"
    methods = ["REQUEST", "REQUEST", "REQUEST", "CANCEL", "REQUEST"]
    statuses = ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    expected = [(method, uid, n, status) for n, (method, status) in enumerate(zip(methods, statuses, strict=True))]
    assert said(mailbox) == expected
    assert mailbox.rcpt == [[WU]] * 5
    subjects = [str(letter["Subject"]).partition("：")[0] for letter in mailbox.letters]
    assert subjects == ["已报名", "有变动", "有变动", "取消了", "已报名"]
    assert "31小区东门" in mailbox.letters[1].get_body(("plain",)).get_content()
    assert "31小区西门" in mailbox.letters[2].get_body(("plain",)).get_content()
    assert "原因：下大雨" in mailbox.letters[3].get_body(("plain",)).get_content()


def test_the_strict_reader_sees_the_same(life, mailbox):
    for data in mailbox.calendars():
        [event] = Calendar.from_ical(data).events
        [strict] = ics.Calendar(data.decode()).events
        assert (strict.uid, strict.begin.datetime) == (str(event["UID"]), event.start)
        assert (strict.end.datetime, strict.name) == (event.end, str(event["SUMMARY"]))
        assert len(strict.attendees) == 1


def test_a_letter_and_the_feed_say_the_same(life, mailbox):
    signup = db.session.scalar(select(Signup).where(Signup.person_id == life.wu.id))
    event = event_of_signup(signup, "http://localhost")
    [fed] = Calendar.from_ical(feed_bytes([event], name="x", language="zh")).events
    [mailed] = Calendar.from_ical(mailbox.calendars()[-1]).events
    assert mailed.pop("ORGANIZER") == "mailto:calendar@hehuo.example"
    assert mailed.pop("ATTENDEE") == f"mailto:{WU}"
    assert mailed.to_ical() == fed.to_ical()


def test_letters_that_come_repeated_and_out_of_order_end_in_the_right_state(life, mailbox):
    letters = mailbox.calendars()
    for order in permutations(letters):
        assert calendar_after(order) == facts(letters[-1])
    for seed in range(50):
        repeated = Random(seed).choices(letters, k=12) + Random(seed).sample(letters, 5)
        assert calendar_after(repeated) == facts(letters[-1])


def calendar_after(letters):
    """What a reader of mail has who does as RFC 5546 wants it: a lower sequence than the known one is old."""
    known = {}
    for data in letters:
        read = facts(data)
        if read[1] not in known or known[read[1]][2] <= read[2]:
            known[read[1]] = read
    [found] = known.values()
    return found


def test_a_letter_is_built_as_readers_of_mail_want_it(chosen, mailbox):
    claim(chosen)
    [letter], [raw] = mailbox.letters, mailbox.raw
    plain, calendar, file = [part for part in letter.walk() if not part.is_multipart()]
    assert letter.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["multipart/alternative", "application/ics"]
    assert calendar.get_content_type() == "text/calendar"
    assert (calendar.get_param("method"), calendar.get_content_charset()) == ("REQUEST", "utf-8")
    assert calendar["Content-Transfer-Encoding"] == "base64"
    data = calendar_of(letter)
    assert file.get_payload(decode=True) == data
    assert (file.get_filename(), data.count(b"\n")) == ("invite.ics", data.count(b"\r\n"))
    assert all(len(row) <= 75 for row in data.split(b"\r\n"))
    assert b"BEGIN:VTIMEZONE" in data
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    read = Calendar.from_ical(data)
    [event] = read.events
    assert {"NAME", "REFRESH-INTERVAL", "X-WR-CALNAME"} & read.keys() == set()
    assert event["ORGANIZER"].params["CN"] == "社区合伙人 · 东方社区"
    guest = event["ATTENDEE"].params
    assert (guest["CN"], guest["PARTSTAT"], guest["RSVP"]) == ("吴阿姨（示例）", "ACCEPTED", "FALSE")
    assert letter["From"].addresses[0].addr_spec == "calendar@hehuo.example"
    assert letter["From"].addresses[0].display_name == "社区合伙人 · 东方社区"
    assert letter["Message-ID"] == f"<shift-{chosen.shift.id}-person-{chosen.wu.id}.0.request@hehuo.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime


def test_the_words_say_all_that_is_to_be_known_and_name_nobody_else(chosen, mailbox):
    world = chosen
    with work():
        world.duty.lead_id = world.zhou.id
    do(world.shift2.sign_up, world.zhou, by=world.zhou)
    claim(world, world.shift2)
    [letter] = mailbox.letters
    text = letter.get_body(("plain",)).get_content()
    for part in ("吴阿姨（示例），您好：", "义剪 · 引导排队", "31小区东门，东方社区", "注意事项：无特殊风险",
                 f"这次去不了：http://localhost/no/{world.shift2.id}", "或者回信，我们收不到",
                 "http://localhost/me/account"):  # fmt: skip
        assert part in text
    assert "时间：" + clock.local(world.shift2.starts_at).strftime("%-m月%-d日") in text
    whole = text + str(letter["Subject"]) + calendar_of(letter).decode()
    assert [name for name in ("周师傅", "赵社长", "林书记", world.wu.phone) if name in whole] == []


def test_the_letter_is_in_the_language_of_its_reader(chosen, mailbox):
    with work():
        chosen.wu.language = "en"
    claim(chosen)
    event = Calendar.from_ical(mailbox.calendars()[0]).events[0]
    with force_locale("en"):
        signup = db.session.scalar(select(Signup).where(Signup.person_id == chosen.wu.id))
        assert str(event["DESCRIPTION"]) == event_of_signup(signup, "http://localhost").description
    assert b"PRODID:-//hehuo//calendar//EN" in mailbox.calendars()[0]


def test_nothing_is_mailed_twice(life, mailbox):
    before = len(mailbox.letters)
    for _minute in range(3):
        send_invitations()
    with time_machine.travel(clock.now() + timedelta(minutes=30), tick=False):
        send_invitations()
    assert len(mailbox.letters) == before


def test_several_changes_within_a_minute_are_one_letter(chosen, mailbox):
    world, hour = chosen, timedelta(hours=1)
    with work():
        world.shift.sign_up(world.wu, by=world.wu)
        world.shift.move_to(world.shift.starts_at + hour, world.shift.ends_at + hour, by=world.lin)
    send_invitations()
    assert [(method, n) for method, _uid, n, _status in said(mailbox)] == [("REQUEST", 1)]


def test_who_left_and_came_back_before_the_minute_was_over_keeps_the_appointment(chosen, mailbox):
    world = chosen
    claim(world)
    with work():
        world.shift.withdraw(world.wu, by=world.wu)
        world.shift.sign_up(world.wu, by=world.wu)
    send_invitations()
    assert [(method, n) for method, _uid, n, _status in said(mailbox)] == [("REQUEST", 0), ("REQUEST", 2)]


def test_who_leaves_is_told_by_the_calendar_too(chosen, mailbox):
    claim(chosen)
    do(chosen.shift.withdraw, chosen.wu, by=chosen.wu)
    assert [(method, n) for method, _uid, n, _status in said(mailbox)] == [("REQUEST", 0), ("CANCEL", 1)]
    assert str(mailbox.letters[1]["Subject"]).startswith("不去了：")
    assert "现在没有名额了" in mailbox.letters[1].get_body(("plain",)).get_content()


def test_what_was_never_mailed_is_not_taken_down(chosen, mailbox):
    with work():
        chosen.shift.sign_up(chosen.wu, by=chosen.wu)
        chosen.shift.withdraw(chosen.wu, by=chosen.wu)
    send_invitations()
    assert mailbox.letters == []


def test_waiting_is_no_appointment_and_a_seat_is_one(chosen, mailbox):
    world = chosen
    do(world.shift.sign_up, world.zhao, by=world.zhao)
    claim(world)
    assert mailbox.letters == []
    do(world.shift.withdraw, world.zhao, by=world.zhao)
    assert mailbox.letters == []  # she is asked; it is no appointment before she says yes
    do(world.shift.accept, world.wu, by=world.wu)
    assert [method for method, *_rest in said(mailbox)] == ["REQUEST"]


def test_what_has_begun_is_left_alone(chosen, mailbox):
    with work():
        chosen.shift.sign_up(chosen.wu, by=chosen.wu)
    with time_machine.travel(chosen.shift.starts_at, tick=False):
        send_invitations()
    assert mailbox.letters == []


@pytest.mark.parametrize(("email", "wanted"), [(WU, False), ("", False)])
def test_nobody_who_did_not_choose_it_is_mailed(world, mailbox, email, wanted):
    choose(world.wu, email, wanted)
    claim(world)
    assert mailbox.asked == 0


def test_without_a_server_nothing_is_tried(chosen, site, monkeypatch):
    monkeypatch.setitem(site.config, "MAIL_SERVER", "")
    claim(chosen)
    assert db.session.scalars(select(CalendarMail)).all() == []


def test_who_does_not_want_it_any_more_gets_no_more(chosen, mailbox):
    claim(chosen)
    choose(chosen.wu, calendar_mail=False)
    do(chosen.shift.cancel, "下大雨", by=chosen.lin)
    assert len(mailbox.letters) == 1


def test_another_address_gets_what_is_coming_and_the_old_one_nothing(chosen, mailbox):
    world = chosen
    claim(world)
    choose(world.wu, "wu.new@example.com")
    send_invitations()
    do(world.shift.cancel, "下大雨", by=world.lin)
    assert [(*to, method) for to, (method, *_rest) in zip(mailbox.rcpt, said(mailbox), strict=True)] == [
        (WU, "REQUEST"),
        ("wu.new@example.com", "REQUEST"),
        ("wu.new@example.com", "CANCEL"),
    ]


def test_an_address_that_never_had_it_is_not_told_that_it_is_off(chosen, mailbox):
    world = chosen
    claim(world)
    with work():
        world.wu.be_told(world.wu.told_by, "wu.new@example.com", calendar_mail=True)
        world.shift.cancel("下大雨", by=world.lin)
    send_invitations()
    assert len(mailbox.letters) == 1


def outbox(world):
    """Her one row, as it is stored now."""
    db.session.rollback()
    return db.session.scalars(select(CalendarMail).where(CalendarMail.person_id == world.wu.id)).one()


def test_who_is_refused_is_tried_five_times_and_keeps_nobody_waiting(chosen, mailbox):
    world = chosen
    choose(world.zhao, "zhao@example.com")
    mailbox.refused.add(WU)
    with time_machine.travel(clock.now(), tick=False) as travel:
        do(world.shift2.sign_up, world.wu, by=world.wu)
        travel.shift(AGAIN_AFTER - timedelta(minutes=1))
        do(world.shift2.sign_up, world.zhao, by=world.zhao)
        assert (mailbox.asked, mailbox.rcpt) == (2, [["zhao@example.com"]])
        for _n in range(TRIES + 2):
            travel.shift(AGAIN_AFTER + timedelta(minutes=1))
            send_invitations()
        assert (mailbox.asked, outbox(world).tries, outbox(world).sequence) == (TRIES + 1, TRIES, None)
        mailbox.refused.clear()
        travel.shift(AGAIN_AFTER + timedelta(minutes=1))
        send_invitations()
        assert len(mailbox.letters) == 1  # given up
        start = world.shift2.starts_at + timedelta(hours=9)
        do(world.shift2.move_to, start, start + timedelta(hours=1), by=world.lin)
    assert [n for (to,), (_method, _uid, n, _status) in zip(mailbox.rcpt, said(mailbox), strict=True) if to == WU] == [
        1
    ]


def test_a_right_address_begins_anew(chosen, mailbox):
    mailbox.refused.add(WU)
    with time_machine.travel(clock.now(), tick=False) as travel:
        claim(chosen)
        for _n in range(TRIES):
            travel.shift(AGAIN_AFTER + timedelta(minutes=1))
            send_invitations()
        choose(chosen.wu, "wu.right@example.com")
        travel.shift(AGAIN_AFTER + timedelta(minutes=1))
        send_invitations()
    assert mailbox.rcpt == [["wu.right@example.com"]]


def test_a_server_that_is_away_is_asked_once_a_minute_and_answers_later(chosen, mailbox, site, monkeypatch):
    world = chosen
    right = site.config["MAIL_SERVER"]
    with create_server(("127.0.0.1", 0)) as closed:
        dead = f"127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setitem(site.config, "MAIL_SERVER", dead)
    with pytest.raises(ConnectionRefusedError):
        mail.send(WU, "您好", "您好")
    with pytest.raises(mail.ServerAway):
        mail.send(WU, "您好", "您好")
    with time_machine.travel(clock.now(), tick=False) as travel:
        claim(world)
        assert outbox(world).tries == 1
        monkeypatch.setitem(site.config, "MAIL_SERVER", right)
        send_invitations()
        assert mailbox.letters == []
        travel.shift(AGAIN_AFTER + timedelta(seconds=1))
        send_invitations()
    assert len(mailbox.letters) == 1
    assert outbox(world).tries == 0


def test_a_process_that_died_between_sending_and_ticking_sends_the_same_mail_once_more(chosen, mailbox):
    with time_machine.travel(clock.now(), tick=False) as travel:
        claim(chosen)
        row = outbox(chosen)
        with work():  # as it is where the process died just then
            died = db.session.get_one(CalendarMail, row.id)
            died.sequence, died.tries, died.tried_at, died.sent_at = None, 1, clock.now(), None
        send_invitations()
        assert len(mailbox.letters) == 1
        travel.shift(AGAIN_AFTER + timedelta(minutes=1))
        send_invitations()
        send_invitations()
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    assert len(mailbox.letters) == 2
    assert mailbox.calendars()[0] == mailbox.calendars()[1]


HOSTILE = "吴𠮷😀\r\nBcc: all@example.com\r\n\r\nEND:VEVENT\u2028\x85\"';:,\\n<b>&amp;‮"


def test_hostile_text_is_text_and_leaves(chosen, mailbox):
    world = chosen
    with work():
        world.wu.called = HOSTILE
        world.duty.activity = world.duty.about = world.duty.risk_note = world.duty.meeting_point = HOSTILE
        world.community.name = HOSTILE[:70]
    claim(world)
    do(world.shift.cancel, HOSTILE, by=world.lin)
    assert mailbox.rcpt == [[WU]] * 2
    assert [method for method, *_rest in said(mailbox)] == ["REQUEST", "CANCEL"]
    for letter, data in zip(mailbox.letters, mailbox.calendars(), strict=True):
        assert letter["Bcc"] is None
        assert len(letter.get_all("To")) == len(letter.get_all("Subject")) == 1
        assert "吴𠮷😀" in str(letter["Subject"])
        assert letter["From"].addresses[0].addr_spec == "calendar@hehuo.example"
        assert "吴𠮷😀" in letter["From"].addresses[0].display_name
        [event] = Calendar.from_ical(data).events
        assert "吴𠮷😀 Bcc: all@example.com END:VEVENT" in event["ATTENDEE"].params["CN"]
        assert "吴𠮷😀" in event["ORGANIZER"].params["CN"]
        assert data.count(b"\r\nEND:VEVENT\r\n") == data.count(b"\r\nBEGIN:VEVENT\r\n") == 1
        assert len(ics.Calendar(data.decode()).events) == 1
        assert "\u2028" not in letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize("address", ["a,zhao@example.com", "吴@example.com", "<wu@example.com", "wu@example..com",
                                     '"wu"@example.com', "wu;zhao@example.com", "wu%zhao@example.com"])  # fmt: skip
def test_an_odd_address_reaches_nobody_else_and_stops_nothing(chosen, mailbox, address):
    world = chosen
    choose(world.wu, address)
    choose(world.zhou, "zhou@example.com")
    do(world.shift2.sign_up, world.wu, by=world.wu)
    do(world.shift2.sign_up, world.zhou, by=world.zhou)
    assert ["zhou@example.com"] in mailbox.rcpt
    assert ["zhao@example.com"] not in mailbox.rcpt
    assert outbox(world).tries == (0 if len(mailbox.rcpt) == 2 else 1)


def plan(world, days):
    """A shift of the duty on each of the next days, one after the other."""
    first = clock.today() + timedelta(days=1)
    daily = Pattern(frozenset(range(7)), time(6), time(6, 30), first, first + timedelta(days=days - 1))
    return Shift.plan(world.duty, daily, 5, by=world.lin)


def test_a_mailbox_is_not_flooded_and_the_rest_comes_tomorrow(chosen, mailbox):
    world = chosen
    midday = clock.at(clock.today() + timedelta(days=1)) - timedelta(hours=12)
    with time_machine.travel(midday, tick=False) as travel:
        with work():
            for shift in plan(world, MOST + 4):
                shift.sign_up(world.wu, by=world.wu)
        for _minute in range(3):
            send_invitations()
        assert len(mailbox.letters) == MOST
        texts = [letter.get_body(("plain",)).get_content() for letter in mailbox.letters]
        assert ["还有的明天再发" in text for text in texts] == [False] * (MOST - 1) + [True]
        shifts = db.session.scalars(select(Shift).join(Shift.signups).where(Signup.person_id == world.wu.id)).all()
        soonest = min(shifts, key=lambda shift: shift.starts_at)
        do(soonest.cancel, "下大雨", by=world.lin)
        assert [said(mailbox)[-1][0], len(mailbox.letters)] == ["CANCEL", MOST + 1]  # what is off is always said
        travel.shift(timedelta(hours=13))
        send_invitations()
        assert len(mailbox.letters) == MOST + 5
        assert len({facts(data)[1:3] for data in mailbox.calendars()}) == MOST + 5


def test_dates_of_a_standing_place_are_mailed_a_fortnight_ahead_and_their_changes_always(chosen, mailbox):
    world = chosen
    with work():
        series = write(world, 8)
        StandingPlace.ask(series, world.wu, by=world.wu).grant(by=world.lin)
        held = db.session.scalars(select(Shift).join(Shift.signups).where(Signup.person_id == world.wu.id)).all()
        near = [one.id for one in held if one.starts_at < clock.now() + timedelta(days=14)]
        [chosen_far] = [one.id for one in held if one.starts_at == max(other.starts_at for other in held)]
    send_invitations()
    assert sorted(f"shift-{id}-person-{world.wu.id}@hehuo" for id in near) == sorted(
        uid for _m, uid, *_ in said(mailbox)
    )
    assert len(near) in (1, 2)
    assert len(held) == 8
    do(db.session.get_one(Shift, chosen_far).withdraw, world.wu, by=world.wu)
    assert len(mailbox.letters) == len(near)
    do(db.session.get_one(Shift, chosen_far).sign_up, world.wu, by=world.wu)  # by her own hand
    assert len(mailbox.letters) == len(near) + 1
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        send_invitations()
    assert len(mailbox.letters) == len(near) + 2


def test_who_was_forgotten_is_mailed_nothing_and_nothing_is_left(chosen, mailbox):
    world = chosen
    claim(world)
    with work():
        world.shift.withdraw(world.wu, by=world.wu)
        erase(world.wu.id)
    send_invitations()
    assert len(mailbox.letters) == 1
    assert db.session.scalars(select(CalendarMail)).all() == []
    assert not world.wu.calendar_mail


def test_what_was_mailed_of_a_shift_is_forgotten_when_it_is_long_over(chosen, mailbox):
    claim(chosen)
    day = timedelta(days=1)
    for after, left in ((-day, 1), (90 * day, 1), (92 * day, 0)):
        with time_machine.travel(chosen.shift.ends_at + after, tick=False):
            forget_invitations()
            forget_invitations()
            db.session.rollback()
            assert len(db.session.scalars(select(CalendarMail)).all()) == left


def test_nobody_reads_what_somebody_else_was_mailed(chosen, mailbox):
    claim(chosen)
    db.session.rollback()
    rows = {
        name: db.session.scalars(CalendarMail.seen_by(getattr(chosen, name))).all() for name in ("wu", "lin", "sun")
    }
    assert [(name, len(found)) for name, found in rows.items()] == [("wu", 1), ("lin", 0), ("sun", 0)]


def test_a_quiet_minute_is_one_statement_and_a_letter_a_fixed_number(chosen, mailbox, site):
    world = chosen
    with work():
        for shift in plan(world, 15):
            shift.sign_up(world.wu, by=world.wu)
    with counted() as statements:
        send_invitations()
    assert len(mailbox.letters) == 15
    assert (len(statements) - 1) % 15 == 0
    assert (len(statements) - 1) / 15 <= 7
    db.session.rollback()  # as after each sweep
    with counted() as statements:
        send_invitations()
    assert len(statements) == 1
