"""登录卡: printed by whoever serves at home, used once, revoked, guarded against guessing, never for offices."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from communities import attempt, card
from communities.card import Card, Use
from communities.journal import Line
from communities.post import Office, Post
from communities.sign_in import How, SignIn
from kernel import clock
from kernel.db import db
from kernel.work import work


@pytest.fixture
def printed(world):
    """A function from a person to a fresh card's paper."""

    def printed(person=None, use=Use.CARD):
        with work():
            paper = Card.print(person or world.wu, by=world.lin, use=use)
        return paper.token, paper.digits

    return printed


def use(client, token, **rest):
    return client.post(f"/card/{token}", **rest)


def type_digits(client, phone, digits, **rest):
    return client.post("/card", data={"phone": phone, "code": digits}, **rest)


def is_wu(client):
    return "volunteer" in client.get("/me/account").get_data(as_text=True)


def test_the_desk_prints_a_card_and_its_code_is_seen_once(world, enter):
    lin = enter("committee")
    page = lin.post(f"/people/{world.wu.id}/cards")
    text = page.get_data(as_text=True)
    digits = re.search(r'<p class="code">(\d{4}) (\d{4})</p>', text)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert '<svg viewBox="0 0' in text
    assert "100****0004" in text
    assert type_digits(enter(), world.wu.phone, "".join(digits.groups())).status_code == 303
    assert digits[1] not in lin.get("/people/").get_data(as_text=True)
    line = db.session.scalar(select(Line).where(Line.verb == "card.printed"))
    assert (line.by_id, line.ids["person"]) == (world.lin.id, world.wu.id)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("committee", 200),
        ("grid", 200),
        ("subdistrict", 200),
        ("other-committee", 404),
        ("volunteer2", 404),
        (None, 404),
    ],
)
def test_who_serves_at_home_prints_cards(world, enter, name, status):
    assert enter(name).post(f"/people/{world.wu.id}/cards").status_code == status


def test_one_cannot_print_a_card_for_oneself(world, enter):
    assert enter("volunteer").post(f"/people/{world.wu.id}/cards").status_code == 403


def test_an_office_gets_no_card(world, enter):
    with work():
        world.sun.home_id = world.building1.id
    answer = enter("committee").post(f"/people/{world.sun.id}/cards")
    assert answer.status_code == 409
    assert "不能用登录卡" in answer.get_data(as_text=True)


def test_looking_at_the_page_of_a_card_signs_nobody_in(enter, printed):
    client, (token, _digits) = enter(), printed()
    assert "在这台设备上登录" in client.get(f"/card/{token}").get_data(as_text=True)
    assert client.get("/me/account").status_code == 303


def test_a_card_opens_once(enter, printed):
    (token, digits), client = printed(), enter()
    assert use(client, token).status_code == 303
    assert is_wu(client)
    again = use(enter(), token)
    assert again.status_code == 409
    assert "这张卡不能用了" in again.get_data(as_text=True)
    assert type_digits(enter(), "10000000004", digits).status_code == 409


def test_a_card_is_good_for_seven_days_and_a_new_one_ends_the_old(enter, printed):
    with time_machine.travel("2026-11-01 08:00 +0800", tick=False) as time:
        (old, _digits), (token, _digits) = printed(), printed()
        assert use(enter(), old).status_code == 409
        time.shift(timedelta(days=7, seconds=1))
        assert use(enter(), token).status_code == 409


def test_a_card_signs_in_for_half_a_year_that_slides(world, enter, printed):
    with time_machine.travel("2026-01-01 08:00 +0800", tick=False) as time:
        client = enter()
        use(client, printed()[0])
        time.shift(timedelta(days=170))
        with client.get("/me/account") as answer:
            assert "hehuo=" in answer.headers["Set-Cookie"]
        row = db.session.scalar(select(SignIn).where(SignIn.how == How.CARD))
        assert row.expires_at == clock.now() + timedelta(days=180)
        time.shift(timedelta(days=170))
        assert is_wu(client)
        time.shift(timedelta(days=181))
        assert client.get("/me/account").status_code == 303


@pytest.mark.parametrize(
    ("name", "status"), [("volunteer", 303), ("committee", 303), ("volunteer2", 404), ("other-committee", 404)]
)
def test_owner_and_desk_revoke_a_card_and_what_it_opened(world, enter, printed, name, status):
    client = enter()
    use(client, printed()[0])
    card = db.session.scalar(select(Card))
    assert enter(name).post(f"/cards/{card.id}/revoke").status_code == status
    assert client.get("/me/account").status_code == (303 if status == 303 else 200)


def test_the_desk_revokes_on_its_own_page(enter, printed):
    printed()
    lin = enter("committee")
    assert "登录卡还没用" in lin.get("/people/").get_data(as_text=True)
    card = db.session.scalar(select(Card))
    answer = lin.post(f"/cards/{card.id}/revoke", data={"back": "people"}, headers={"HX-Request": "true"})
    assert "登录卡还没用" not in answer.get_data(as_text=True)
    assert "登录卡已作废" in answer.get_data(as_text=True)


def test_digits_are_guessed_eight_times_from_one_address(world, enter, printed):
    _token, digits = printed()
    for n in range(attempt.TRIES_A_NAME):
        type_digits(enter(), world.wu.phone, f"{n:08}")
    assert type_digits(enter(), world.wu.phone, digits).status_code == 409


def test_digits_are_guessed_twenty_times_in_all_then_only_the_code_opens(world, enter, printed):
    token, digits = printed()
    for n in range(card.TRIES):
        type_digits(enter(), world.wu.phone, f"{n:08}", environ_base={"REMOTE_ADDR": f"10.0.0.{n}"})
    last = type_digits(enter(), world.wu.phone, digits, environ_base={"REMOTE_ADDR": "10.0.1.1"})
    assert last.status_code == 409
    assert use(enter(), token).status_code == 303


def test_digits_belong_to_one_phone_number_and_may_be_typed_with_gaps(world, enter, printed):
    _token, digits = printed()
    assert type_digits(enter(), world.zhou.phone, digits).status_code == 409
    assert type_digits(enter(), world.wu.phone, f" {digits[:4]} - {digits[4:]}").status_code == 303


def test_neither_token_nor_digits_are_stored(printed):
    words = printed()
    row = db.session.scalar(select(Card))
    assert not set(words) & {row.token_hash, row.digits_hash}


def test_whoever_is_given_an_office_is_signed_out_of_his_card(world, enter, printed):
    client, waiting = enter(), enter()
    use(client, printed()[0])
    token, _digits = printed()
    with work():
        Post.give(world.wu, Office.GRID_WORKER, world.grid, by=world.lin)
    assert client.get("/me/account").status_code == 303
    assert use(waiting, token).status_code == 409


def test_a_first_use_code_leads_to_choosing_a_password(world, enter, printed):
    client = enter()
    answer = use(client, printed(world.sun, Use.FIRST)[0])
    assert answer.location == "/me/account"
    page = client.get("/me/account").get_data(as_text=True)
    assert "请现在给自己设一个密码" in page
    assert "现在的密码" not in page
    assert client.post("/me/account/password", data={"new": "a long sentence"}).status_code == 303
    assert enter().post("/sign-in", data={"username": "grid", "password": "a long sentence"}).status_code == 303
