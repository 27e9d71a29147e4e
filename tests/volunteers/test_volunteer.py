"""Joining asks little, once; a profile is one's own."""

from datetime import date, timedelta

import pytest

from communities import place_names
from communities.channel import Channel
from kernel import clock
from volunteers import profile
from volunteers.profile import MailNeeded
from volunteers.volunteer import HOMES, JoinedAlready, NoHome, NotBorn, PhoneKnown, Volunteer


def join(world, **facts):
    given = {"name": "郑姐", "phone": "10199990000", "home": world.building1, "password_hash": None} | facts
    return Volunteer.join(**given)


def test_joining_makes_a_person_an_account_and_a_volunteer(at_work):
    volunteer = join(at_work)
    assert Volunteer.of(volunteer.person) is volunteer
    assert (volunteer.person.called, volunteer.since) == ("郑姐", clock.today())


def test_one_phone_number_is_one_person(at_work):
    with pytest.raises(PhoneKnown):
        join(at_work, phone=at_work.wu.phone)


def test_nobody_lives_in_a_district(at_work):
    with pytest.raises(NoHome):
        join(at_work, home=at_work.district)


def test_nobody_joins_twice(at_work):
    with pytest.raises(JoinedAlready):
        Volunteer.take(at_work.wu, by=at_work.wu)
    assert Volunteer.take(at_work.lin, by=at_work.lin).person == at_work.lin


def test_a_birth_date_is_possible(at_work):
    wu = Volunteer.of(at_work.wu)
    for impossible in (clock.today() + timedelta(days=1), date(1880, 1, 1)):
        with pytest.raises(NotBorn):
            wu.revise(capabilities=[], birth_date=impossible, by=at_work.wu)


def test_mail_needs_an_address(at_work):
    wu = at_work.wu
    facts = {"called": "", "language": "xx", "home": None}
    with pytest.raises(MailNeeded):
        profile.revise(wu, email="", told_by=Channel.MAIL, **facts)
    profile.revise(wu, email="wu@example.com", told_by=Channel.MAIL, **facts)
    assert (wu.email, wu.told_by, wu.called, wu.language) == ("wu@example.com", Channel.MAIL, wu.name, None)
    wu.calendar_mail = True
    profile.revise(wu, email="wu@example.com", told_by=Channel.MAIL, **facts)
    assert wu.calendar_mail
    profile.revise(wu, email="", told_by=Channel.INBOX, **facts)
    assert not wu.calendar_mail  # there is no mailbox to send it to
    assert wu.home == at_work.building1


def test_a_home_is_found_by_parts_of_its_name(at_work):
    for words in ("1号楼", "31小区 1号", "31小区1号楼"):
        assert at_work.building1 in place_names.find(words, HOMES), words
    assert [place_names.find(words, HOMES) for words in ("31小区 9号楼", "   ", "%")] == [[], [], []]
    assert place_names.labels([at_work.building1]) == {at_work.building1.id: "东方社区 31小区 1号楼"}
    assert place_names.labels([at_work.community]) == {at_work.community.id: "东方社区"}
