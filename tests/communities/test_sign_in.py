"""Signing in and out: who gets in, who does not learn anything, and when it is over."""

import pytest
import time_machine
from sqlalchemy import func, select

from communities import attempt
from communities.account import Account
from communities.attempt import Attempt
from communities.sign_in import How, SignIn
from demo.world import PASSWORD
from kernel import passwords
from kernel.db import db
from kernel.work import work


def try_(client, username="volunteer", password="wrong", **rest):
    return client.post("/sign-in", data={"username": username, "password": password}, **rest)


def test_who_signs_in_gets_a_cookie_that_says_nothing_and_lasts(enter):
    answer = try_(enter(), password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert answer.location == "/"
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


@pytest.mark.parametrize("written", ["１００ ００００ ０００４", "100-0000-0004", " 10000000004 "])
def test_a_phone_number_is_known_however_it_is_written(world, enter, written):
    with_phone = db.session.scalar(select(Account).where(Account.person_id == world.wu.id))
    with work() as session:
        session.get_one(Account, with_phone.id).username = "10000000004"
    assert try_(enter(), username=written, password=PASSWORD).status_code == 303


@pytest.mark.parametrize(("username", "password"), [("volunteer", "not-my-word"), ("nobody-at-all", PASSWORD)])
def test_a_wrong_word_is_answered_alike_and_what_was_typed_stays(enter, username, password):
    answer = try_(enter(), username, password)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "用户名或密码不对，请再试一次。" in page
    assert f'value="{username}"' in page
    assert password not in page


def test_an_unknown_name_costs_a_verification_too(enter, monkeypatch):
    verified = []
    maker = passwords.current
    monkeypatch.setattr(passwords, "current", lambda: verified.append(1) or maker())
    try_(enter(), username="nobody-at-all")
    unknown = len(verified)
    verified.clear()
    try_(enter(), username="volunteer")
    assert unknown == len(verified) > 0


def test_empty_fields_say_so(enter):
    answer = try_(enter(), username=" ", password="")
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count("这一项要填。") >= 2


def test_the_ninth_try_for_a_name_waits_even_with_the_right_password(enter):
    client = enter()
    for _n in range(attempt.TRIES_A_NAME):
        try_(client)
    assert "请过 5 分钟再试" in try_(client, password=PASSWORD).get_data(as_text=True)


def test_an_attacked_name_locks_no_other_name_and_no_other_address(enter):
    client = enter()
    for _n in range(attempt.TRIES_A_NAME):
        try_(client)
    assert try_(client, "volunteer2", PASSWORD).status_code == 303
    assert try_(enter(), password=PASSWORD, environ_base={"REMOTE_ADDR": "10.1.1.1"}).status_code == 303


def test_the_tries_are_forgiven_after_five_minutes(enter):
    with time_machine.travel("2026-11-23 08:00 +0800", tick=False) as clock:
        for _n in range(attempt.TRIES_A_NAME):
            try_(enter())
        clock.shift(attempt.WINDOW)
        assert try_(enter(), password=PASSWORD).status_code == 303


def test_a_header_does_not_change_where_a_try_comes_from(enter):
    for n in range(attempt.TRIES_A_NAME):
        try_(enter(), headers={"X-Forwarded-For": f"10.0.0.{n}"})
    assert try_(enter(), password=PASSWORD, headers={"X-Forwarded-For": "10.9.9.9"}).status_code == 409


def test_a_household_of_ipv6_addresses_is_one_address(enter):
    for n in range(attempt.TRIES_A_NAME):
        try_(enter(), environ_base={"REMOTE_ADDR": f"2001:db8::{n}"})
    assert try_(enter(), password=PASSWORD, environ_base={"REMOTE_ADDR": "2001:db8::ffff"}).status_code == 409
    assert try_(enter(), password=PASSWORD, environ_base={"REMOTE_ADDR": "2001:db8:0:1::1"}).status_code == 303


def test_tries_are_kept_as_hashes(enter):
    try_(enter())
    row = db.session.scalar(select(Attempt).order_by(Attempt.id.desc()))
    assert len(row.pair) == len(row.address) == 64


def test_a_session_is_dead_after_sign_out_even_for_a_copied_cookie(site, enter):
    client, thief = enter("volunteer"), site.test_client()
    cookie = client.get_cookie("hehuo")
    thief.set_cookie("hehuo", cookie.value)
    assert thief.get("/me/account").status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert thief.get("/me/account").status_code == 303
    assert client.get("/me/account").location.startswith("/sign-in?next=")


def test_each_sign_in_has_a_token_of_its_own_and_ends_the_one_before_in_this_browser(world, enter):
    client = enter("volunteer")
    first = client.get_cookie("hehuo").value
    try_(client, password=PASSWORD)
    assert client.get_cookie("hehuo").value != first
    assert db.session.scalar(select(func.count()).select_from(SignIn.living(world.wu).subquery())) == 1


def test_an_office_is_signed_in_for_twelve_hours_others_for_thirty_days(site, world):
    with work():
        lin, wu = SignIn.open(world.lin, How.PASSWORD), SignIn.open(world.wu, How.PASSWORD)
        assert (lin.expires_at - lin.at).total_seconds() == pytest.approx(12 * 3600, abs=5)
        assert (wu.expires_at - wu.at).days in (29, 30)


HOSTILE = """//evil.example https://evil.example javascript:alert(1) /\\evil.example \\\\evil ///evil.example
/no-such-page /sign-out /%5Cevil.example /./\\evil @evil.example""".split()


@pytest.mark.parametrize("hostile", [*HOSTILE, "/\t/evil"])
def test_next_leads_to_a_page_of_this_site_or_home(enter, hostile):
    data = {"username": "volunteer", "password": PASSWORD}
    answer = enter().post("/sign-in", data=data, query_string={"next": hostile})
    assert answer.location == "/"


def test_next_leads_back_to_what_was_wanted(enter):
    client = enter()
    wanted = client.get("/me/account").location
    assert wanted == "/sign-in?next=/me/account"
    assert f'action="{wanted}"' in client.get(wanted).get_data(as_text=True)
    assert client.post(wanted, data={"username": "volunteer", "password": PASSWORD}).location == "/me/account"


def test_an_old_hash_is_made_anew(site, world, enter):
    before = site.config["ARGON2"]
    site.config["ARGON2"] = {"time_cost": 2, "memory_cost": 8, "parallelism": 1}
    try:
        enter("volunteer")
    finally:
        site.config["ARGON2"] = before
    assert "t=2" in db.session.scalar(select(Account.password_hash).where(Account.person_id == world.wu.id))


def test_hostile_words_are_answered_not_broken(enter):
    for word in ("\x00", "吴" * 5000, "<script>alert(1)</script>", "‮\ud83d", "%s%(x)s"):
        answer = try_(enter(), username=word.encode("utf-8", "replace"), password=word.encode("utf-8", "replace"))
        assert answer.status_code in (409, 422)
        assert "<script>alert" not in answer.get_data(as_text=True)
