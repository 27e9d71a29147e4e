"""账号与登录: where I am signed in, a new password, how I am told, a new calendar address."""

import re

import pytest
from sqlalchemy import select

from communities.channel import Channel
from communities.sign_in import SignIn
from demo.world import PASSWORD
from kernel.db import db
from kernel.work import work
from volunteers.invitation import MOST

NEW = "一句自己记得住的话"


def change(client, old=PASSWORD, new=NEW):
    return client.post("/me/account/password", data={"old": old, "new": new})


def test_a_stranger_is_asked_to_sign_in(enter):
    assert enter().get("/me/account").location == "/sign-in?next=/me/account"


def test_a_new_password_signs_out_everywhere_else(enter):
    here, elsewhere = enter("volunteer"), enter("volunteer")
    assert change(here).status_code == 303
    assert here.get("/me/account").status_code == 200
    assert elsewhere.get("/me/account").status_code == 303
    assert enter().post("/sign-in", data={"username": "volunteer", "password": PASSWORD}).status_code == 409
    assert enter().post("/sign-in", data={"username": "volunteer", "password": NEW}).status_code == 303


def test_the_old_password_is_wanted(enter):
    answer = change(enter("volunteer"), old="not this one")
    assert answer.status_code == 409
    assert "现在的密码不对" in answer.get_data(as_text=True)


def test_the_old_password_is_not_guessed_at_an_open_browser(enter):
    client = enter("volunteer")
    for _n in range(8):
        change(client, old="not this one")
    assert "试的次数太多了" in change(client).get_data(as_text=True)


def test_a_short_password_is_not_taken(enter):
    answer = change(enter("volunteer"), new="kurz")
    assert answer.status_code == 422
    assert "至少写 8 个字符" in answer.get_data(as_text=True)


def test_one_browser_or_all_others_are_signed_out(world, enter):
    here, lost, third = enter("volunteer"), enter("volunteer"), enter("volunteer")
    row = db.session.scalars(select(SignIn).where(SignIn.person_id == world.wu.id).order_by(SignIn.id)).all()[1]
    assert here.post(f"/me/sign-ins/{row.id}/end").status_code == 303
    assert [client.get("/me/account").status_code for client in (here, lost, third)] == [200, 303, 200]
    here.post("/me/sign-ins/end-others")
    assert [client.get("/me/account").status_code for client in (here, third)] == [200, 303]


@pytest.mark.parametrize("name", ["volunteer2", "committee"])
def test_nobody_ends_somebody_elses_sign_in(world, enter, name):
    wu = enter("volunteer")
    row = db.session.scalar(select(SignIn).where(SignIn.person_id == world.wu.id))
    assert enter(name).post(f"/me/sign-ins/{row.id}/end").status_code == 404
    assert wu.get("/me/account").status_code == 200


def test_ending_this_browser_signs_it_out(world, enter):
    client = enter("volunteer")
    row = db.session.scalar(select(SignIn).where(SignIn.person_id == world.wu.id))
    client.post(f"/me/sign-ins/{row.id}/end")
    assert client.get("/me/account").status_code == 303


def test_one_chooses_how_to_be_told(world, enter):
    client = enter("volunteer")
    assert client.post("/me/account/told", data={"told_by": "phone", "email": ""}).status_code == 303
    assert world.wu.told_by is Channel.PHONE


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"told_by": "mail", "email": ""}, 409, "要先填邮箱"),
        ({"told_by": "mail", "email": "wu@"}, 422, "请填完整的邮箱"),
        ({"told_by": "mail", "email": "wu@example.com\r\nBcc: all@example.com"}, 422, "请填完整的邮箱"),
        ({"told_by": "drum", "email": ""}, 422, "请从列表里选一项"),
    ],
)
def test_a_way_without_an_address_is_refused(world, enter, data, status, sentence):
    answer = enter("volunteer").post("/me/account/told", data=data)
    assert answer.status_code == status
    assert sentence in answer.get_data(as_text=True)
    assert world.wu.told_by is Channel.INBOX


def test_mail_is_offered_where_there_is_a_server(site, enter, monkeypatch):
    client = enter("volunteer")
    assert 'value="mail"' not in client.get("/me/account").get_data(as_text=True)
    monkeypatch.setitem(site.config, "MAIL_SERVER", "localhost:2525")
    assert 'value="mail"' not in client.get("/me/account").get_data(as_text=True)  # nobody to send it from
    monkeypatch.setitem(site.config, "MAIL_FROM", "calendar@hehuo.example")
    assert 'value="mail"' in client.get("/me/account").get_data(as_text=True)


BOX = 'name="calendar_mail"'


@pytest.fixture
def with_mail(site, monkeypatch):
    """The site can send mail."""
    monkeypatch.setitem(site.config, "MAIL_SERVER", "localhost:2525")
    monkeypatch.setitem(site.config, "MAIL_FROM", "calendar@hehuo.example")


def test_appointments_by_mail_are_chosen_here_and_given_up_again(world, enter, with_mail):
    client = enter("volunteer")
    page = client.get("/me/account").get_data(as_text=True)
    assert BOX in page
    assert f"一天最多 {MOST} 封" in page
    data = {"told_by": "inbox", "email": "wu@example.com"}
    assert client.post("/me/account/told", data=data | {"calendar_mail": "y"}).status_code == 303
    assert (world.wu.email, world.wu.calendar_mail, world.wu.told_by) == ("wu@example.com", True, Channel.INBOX)
    page = client.get("/me/account").get_data(as_text=True)
    assert [tag for tag in re.findall("<input[^>]*>", page) if BOX in tag and " checked" in tag]
    assert "也发到 wu@example.com 的日历里" in page
    assert client.post("/me/account/told", data=data).status_code == 303
    assert not world.wu.calendar_mail
    assert "已经在里面的，以后不会跟着变" in client.get("/me/account").get_data(as_text=True)


def test_nobody_has_chosen_appointments_by_mail_before(world, enter, with_mail):
    client = enter("volunteer")
    client.post("/me/account/told", data={"told_by": "mail", "email": "wu@example.com"})
    assert (world.wu.told_by, world.wu.calendar_mail) == (Channel.MAIL, False)


def test_appointments_by_mail_need_an_address(world, enter, with_mail):
    answer = enter("volunteer").post("/me/account/told", data={"told_by": "inbox", "email": "", "calendar_mail": "y"})
    assert answer.status_code == 409
    assert "要把活动发到您邮箱的日历里，请先填邮箱。" in answer.get_data(as_text=True)
    assert not world.wu.calendar_mail


def test_without_a_server_the_choice_is_not_shown_and_stays_as_it_is(world, enter):
    with work():
        world.wu.be_told(Channel.INBOX, "wu@example.com", calendar_mail=True)
    client = enter("volunteer")
    assert BOX not in client.get("/me/account").get_data(as_text=True)
    client.post("/me/account/told", data={"told_by": "inbox", "email": "wu@example.com"})
    assert world.wu.calendar_mail
    client.post("/me/account/told", data={"told_by": "inbox", "email": ""})
    assert not world.wu.calendar_mail


def test_the_calendar_address_is_renewed(world, enter):
    turn = world.wu.feed_turn
    assert enter("volunteer").post("/me/account/feed").status_code == 303
    assert world.wu.feed_turn == turn + 1


def test_the_account_and_the_profile_lead_to_each_other(enter):
    client = enter("volunteer")
    assert 'href="/me/profile"' in client.get("/me/account").text
    assert 'href="/me/account"' in client.get("/me/profile").text.split("<main")[1]


def test_a_language_is_chosen_for_messages_and_for_this_browser(world, enter):
    here, elsewhere = enter("volunteer"), enter("volunteer")
    elsewhere.get("/language/zh")
    answer = here.post("/me/account/language", data={"language": "en"})
    assert (answer.status_code, answer.location) == (303, "/me/account")
    assert world.wu.language == "en"
    assert '<html lang="en"' in here.get("/me/account").text
    assert '<html lang="zh-CN"' in elsewhere.get("/me/account").text, "what was clicked in a browser goes first there"
    assert '<html lang="en"' in enter("volunteer").get("/me/account").text


def test_a_language_goes_before_what_this_browser_was_told_earlier(world, enter):
    client = enter("volunteer")
    client.get("/language/en")
    client.post("/me/account/language", data={"language": "zh"})
    page = client.get("/me/account").text
    assert '<html lang="zh-CN"' in page
    assert "记下了：以后的消息和页面都用中文。" in page


@pytest.mark.parametrize("language", ["", "fr", "zh_CN"])
def test_another_language_is_not_known(world, enter, language):
    answer = enter("volunteer").post("/me/account/language", data={"language": language})
    assert answer.status_code == 422
    assert world.wu.language is None


def test_nobody_has_no_language(enter):
    assert enter().post("/me/account/language", data={"language": "en"}).location == "/sign-in"
