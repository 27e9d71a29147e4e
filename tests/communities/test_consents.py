"""Consents: asked for one by one, in words that stay readable, taken back at any time, and nobody else's business."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from communities import purpose as words
from communities.agreeing import AgreedAlready, GuardianNeedsName, NobodyForOthers, NotThatDay, TakenBack
from communities.consent import Consent
from communities.journal import Line
from communities.notice import Notice
from communities.purpose import TEXTS, Purpose, Way, newest
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.pages import HTMX, part

OWN = [purpose for purpose in Purpose if purpose is not Purpose.GUARDIAN]


@pytest.fixture
def named(world):
    """吴阿姨 agreed to be named on notices."""
    with work():
        return Consent.give(world.wu, Purpose.NAMED, by=world.wu)


def lines():
    return list(db.session.scalars(select(Line).where(Line.subject == "consent").order_by(Line.id)))


def notices(person):
    mine = select(Notice).join(Notice.line).where(Notice.person_id == person.id, Line.subject == "consent")
    return list(db.session.scalars(seen(mine)))


@pytest.mark.parametrize("purpose", OWN)
def test_what_somebody_agrees_to_counts_from_today_for_this_and_nothing_else(world, purpose):
    with work():
        Consent.give(world.wu, purpose, by=world.wu)
        assert [other for other in Purpose if Consent.held(world.wu, other)] == [purpose]
        assert Consent.held(world.wu, purpose, clock.today() - timedelta(days=1)) is None
        assert Consent.held(world.zhou, purpose) is None
    [line] = lines()
    assert (line.verb, line.by_id, line.ids) == (
        "consent.given",
        world.wu.id,
        {"person": world.wu.id, "purpose": purpose.value},
    )


def test_it_is_given_once(world, named):
    with pytest.raises(AgreedAlready), work():
        Consent.give(world.wu, Purpose.NAMED, by=world.wu)


def test_it_is_taken_back_once_and_may_be_given_again(world, named):
    with work():
        named.withdraw(by=world.wu)
        assert Consent.held(world.wu, Purpose.NAMED) is None
        with pytest.raises(TakenBack):
            named.withdraw(by=world.wu)
        again = Consent.give(world.wu, Purpose.NAMED, by=world.wu)
        assert Consent.held(world.wu, Purpose.NAMED) is again
    assert len(db.session.scalars(Consent.of(world.wu)).all()) == 2
    assert [line.verb for line in lines()] == ["consent.given", "consent.withdrawn", "consent.given"]


def test_what_has_run_out_makes_room(world):
    today = clock.today()
    with work():
        facts = {"since": today - timedelta(days=9), "until": today - timedelta(days=1)}
        old = Consent.give(world.wu, Purpose.HEALTH, by=world.wu, **facts)
        assert Consent.held(world.wu, Purpose.HEALTH) is None
        assert Consent.held(world.wu, Purpose.HEALTH, today - timedelta(days=1)) is old
        assert not old.is_living
        assert Consent.give(world.wu, Purpose.HEALTH, by=world.wu).is_living
        assert (old.ended_by_id, old.ended_at is not None) == (None, True)


def test_for_somebody_else_it_is_a_signature_or_a_call(world):
    with work():
        with pytest.raises(NobodyForOthers):
            Consent.give(world.wu, Purpose.NAMED, by=world.lin)
        Consent.give(world.wu, Purpose.NAMED, by=world.lin, way=Way.PHONE)
    assert [line.verb for line in lines()] == ["consent.recorded"]
    assert len(notices(world.wu)) == 1, "whose consent was noted is told"


@pytest.mark.parametrize(("by", "guardian"), [("wu", "吴妈妈"), ("lin", "")])
def test_a_guardian_has_a_name_and_is_not_the_minor(world, by, guardian):
    with pytest.raises(GuardianNeedsName), work():
        Consent.give(world.wu, Purpose.GUARDIAN, by=getattr(world, by), way=Way.SIGNED, guardian=guardian)


@pytest.mark.parametrize(("since", "until"), [(1, None), (0, -1), (-3, -4)])
def test_days_follow_one_another(world, since, until):
    today = clock.today()
    last = None if until is None else today + timedelta(days=until)
    with pytest.raises(NotThatDay), work():
        Consent.give(world.wu, Purpose.NAMED, by=world.wu, since=today + timedelta(days=since), until=last)


def test_the_words_that_were_agreed_to_stay_when_others_are_asked_for(world, named, monkeypatch, enter):
    old = TEXTS[Purpose.NAMED][1]
    monkeypatch.setitem(words.TEXTS, Purpose.NAMED, {1: old, 2: "第二版的话"})
    assert newest(Purpose.NAMED) == 2
    assert db.session.scalar(Consent.of(world.wu)).words == old
    with work():
        assert Consent.give(world.zhou, Purpose.NAMED, by=world.zhou).words == "第二版的话"
    assert str(old) in enter("volunteer").get("/me/account").text


def test_my_account_says_what_i_agreed_to_and_takes_it_back(world, named, enter):
    wu = enter("volunteer")
    page = part(wu.get("/me/account"), "consents")
    assert "公示牌上写称呼" in page
    assert "不写电话" in page
    assert "现在算数" in page
    answer = wu.post(f"/consents/{named.id}/withdrawal", headers=HTMX)
    assert answer.status_code == 200
    assert "已收回" in part(answer, "consents")
    assert "收回同意" not in part(answer, "consents")
    assert part(answer, "consents") == part(wu.get("/me/account"), "consents")
    assert wu.post(f"/consents/{named.id}/withdrawal", headers=HTMX).status_code == 409


def test_without_a_consent_the_account_says_when_one_is_asked_for(enter):
    assert "会单独问" in part(enter("volunteer").get("/me/account"), "consents")


@pytest.mark.parametrize(
    ("name", "sees", "takes_back"),
    [("volunteer", 200, 303), ("committee", 200, 403), ("grid", 200, 403), ("volunteer2", 404, 404),
     ("other-committee", 404, 404), ("partner", 404, 404), (None, 404, 404)],
)  # fmt: skip
def test_it_is_seen_by_its_person_and_the_desk_and_taken_back_by_its_person(named, enter, name, sees, takes_back):
    client = enter(name)
    assert client.get(f"/consents/{named.id}").status_code == sees
    assert client.post(f"/consents/{named.id}/withdrawal").status_code == takes_back


def test_the_journal_of_the_place_does_not_tell(world, named, enter):
    sentence = "吴阿姨（示例）同意了"
    for name in ("committee", "grid", "volunteer2", None):
        assert sentence not in enter(name).get("/journal/").text
    assert lines()[0].audience == "parties"


def test_the_message_leads_to_the_words(world, enter):
    with work():
        consent = Consent.give(world.wu, Purpose.NAMED, by=world.lin, way=Way.SIGNED)
    inbox = enter("volunteer").get("/notices/")
    assert "林书记（示例）记下了吴阿姨（示例）的同意：公示牌上写称呼" in inbox.text
    assert f"/consents/{consent.id}" in inbox.text
    assert "到场签字" in enter("volunteer").get(f"/consents/{consent.id}").text
