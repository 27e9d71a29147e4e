"""Ways in: a link for one person and one use, a request to the managers; a right that goes takes them along."""

from datetime import timedelta

import pytest
import time_machine

from demo.world import PASSWORD
from kernel import clock, waiting
from kernel.db import db, seen
from kernel.work import work
from partners.invitation import Invitation, InvitationClosed, InvitationSpent
from partners.join_request import AskedBefore, JoinRequest, NoMembers, RequestAnswered
from partners.managing import LastManager, NotMember, ToYourself
from partners.member import Role
from partners.membership import AlreadyMember, NotVerified
from tests.support.pages import HTMX, part


@pytest.fixture
def link(world):
    """A link into 白鹭科技."""
    with work():
        return Invitation.make(world.egret, by=world.zhao).token


def token_in(answer):
    return answer.text.split("/invitations/")[1].split('"')[0].split("<")[0]


def test_a_link_is_shown_once_with_its_code_and_words(enter, world):
    zhao = enter("partner")
    answer = zhao.post(f"/partners/{world.egret.id}/invitations", data={"role": "member"})
    assert answer.status_code == 200
    assert 'class="qr"' in answer.text
    assert "只能用一次，7 天内有效" in answer.text
    token = token_in(answer)
    assert len(token) == 32, "192 bits"
    page = zhao.get(f"/partners/{world.egret.id}/members").text
    assert "还没用的链接" in page
    assert token not in page
    row = db.session.scalars(seen(db.select(Invitation))).one()
    assert token not in str(vars(row))


def test_opening_it_changes_nothing_and_the_button_does(enter, world, link):
    wu = enter("volunteer")
    page = wu.get(f"/invitations/{link}")
    assert page.status_code == 200
    assert "“白鹭科技（示例）”请您加入" in page.text
    assert world.wu not in [member.person for member in world.egret.living]
    answer = wu.post(f"/invitations/{link}")
    assert (answer.status_code, answer.location) == (303, f"/partners/{world.egret.id}")
    assert world.egret.member(world.wu).role is Role.MEMBER
    assert wu.get(f"/invitations/{link}").status_code == 404
    assert enter("volunteer2").post(f"/invitations/{link}").status_code == 409


def test_who_is_not_signed_in_is_led_back(enter, world, link):
    stranger = enter()
    page = stranger.get(f"/invitations/{link}").text
    assert f"/sign-in?next=/invitations/{link}" in page
    assert f"/join?next=/invitations/{link}" in page
    assert stranger.post(f"/invitations/{link}").location == "/sign-in"
    answer = stranger.post(f"/sign-in?next=/invitations/{link}", data={"username": "volunteer", "password": PASSWORD})
    assert answer.location == f"/invitations/{link}"
    assert world.egret.living[0].person == world.zhao


def test_who_has_first_to_join_comes_back(enter, world, link):
    client = enter()
    page = client.get(f"/join?next=/invitations/{link}&home_q=31小区 1号楼").text
    assert f"next=/invitations/{link}" in page
    data = {
        "name": "新来的（示例）",
        "phone": "10000009999",
        "home_id": world.building1.id,
        "password": "一句好记的话真的",
        "is_adult": "y",
    }
    answer = client.post(f"/join?next=/invitations/{link}", data=data)
    assert (answer.status_code, answer.location) == (303, f"/invitations/{link}")
    assert client.post(f"/invitations/{link}").status_code == 303
    assert "新来的（示例）" in [member.person.name for member in world.egret.living]


def test_a_link_may_make_a_manager(world):
    with work():
        token = Invitation.make(world.egret, role=Role.MANAGER, by=world.zhao).token
        Invitation.use(token, by=world.wu)
    assert world.egret.managers == [world.zhao, world.wu]


def test_it_dies_after_seven_days_when_revoked_and_with_its_partner(enter, world, link):
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(InvitationSpent), work():
        Invitation.use(link, by=world.wu)
    with work():
        row = db.session.scalars(seen(db.select(Invitation))).one()
        row.revoke(by=world.zhao)
        with pytest.raises(InvitationClosed):
            row.revoke(by=world.zhao)
        another = Invitation.make(world.egret, by=world.zhao).token
    for dead in (link, "nothing"):
        assert enter("volunteer").get(f"/invitations/{dead}").status_code == 404
    with work():
        world.egret.suspend("店面装修", by=world.lin)
    assert enter("volunteer").get(f"/invitations/{another}").status_code == 404
    with work():
        world.egret.resume(by=world.lin)
    assert enter("volunteer").post(f"/invitations/{another}").status_code == 409, "what was lost does not come back"


def test_a_member_does_not_use_a_link_up(world, link):
    with pytest.raises(AlreadyMember), work():
        Invitation.use(link, by=world.zhao)
    with work():
        Invitation.use(link, by=world.wu)


def test_before_it_is_verified_nobody_is_invited(world):
    with pytest.raises(NotVerified), work():
        Invitation.make(world.applicant, by=world.zhou)


@pytest.mark.parametrize(("name", "status"), [(None, 303), ("volunteer", 403), ("committee", 403), ("partner", 200)])
def test_only_managers_make_links(enter, world, name, status):
    assert enter(name).post(f"/partners/{world.egret.id}/invitations", data={"role": "member"}).status_code == status


@pytest.mark.parametrize(("name", "status"), [(None, 404), ("volunteer", 404), ("committee", 404), ("partner", 303)])
def test_only_managers_take_them_back(enter, world, link, name, status):
    id = db.session.scalars(seen(db.select(Invitation.id))).one()
    assert enter(name).post(f"/invitations/{id}/revocation").status_code == status
    assert (Invitation.of_token(link) is None) == (name == "partner")


def test_somebody_asks_and_a_manager_answers(enter, world):
    wu, zhao = enter("volunteer"), enter("partner")
    answer = wu.post(f"/partners/{world.egret.id}/requests", data={"words": "我是店里的小吴"}, headers=HTMX)
    assert "已告诉“白鹭科技（示例）”的管理员" in part(answer, "said")
    assert part(answer, "partner") == part(wu.get(f"/partners/{world.egret.id}"), "partner")
    [line] = [line for line in waiting.lines(world.zhao) if line.desk.kind == "partner.joining"]
    assert line.subject == world.egret.name
    page = part(zhao.get(f"/partners/{world.egret.id}/members"), "members")
    assert "我是店里的小吴" in page
    assert world.wu.phone not in page
    id = db.session.scalars(seen(db.select(JoinRequest.id))).one()
    answer = zhao.post(f"/join-requests/{id}/acceptance", headers=HTMX)
    assert part(answer, "members") == part(zhao.get(f"/partners/{world.egret.id}/members"), "members")
    assert world.egret.member(world.wu).role is Role.MEMBER
    with pytest.raises(RequestAnswered), work():
        db.session.get_one(JoinRequest, id).decline(by=world.zhao)


def test_one_request_at_a_time_and_none_of_members_or_to_a_neighbour(world):
    with work():
        JoinRequest.ask(world.egret, "", by=world.wu)
    with pytest.raises(AskedBefore), work():
        JoinRequest.ask(world.egret, "", by=world.wu)
    with pytest.raises(AlreadyMember), work():
        JoinRequest.ask(world.egret, "", by=world.zhao)
    with work():
        world.applicant.verify(by=world.lin)
    with pytest.raises(NoMembers), work():
        JoinRequest.ask(world.applicant, "", by=world.wu)


def test_whoever_came_in_on_another_way_waits_no_longer(world):
    with work():
        request = JoinRequest.ask(world.egret, "", by=world.wu)
        world.egret.invite(world.wu.phone, by=world.zhao)
    assert request.answer.value == "accepted"


def test_who_asked_takes_it_back_and_asks_again(enter, world):
    wu = enter("volunteer")
    wu.post(f"/partners/{world.egret.id}/requests", data={"words": ""})
    id = db.session.scalars(seen(db.select(JoinRequest.id))).one()
    assert wu.get(f"/join-requests/{id}").location == f"/partners/{world.egret.id}"
    assert enter("partner").get(f"/join-requests/{id}").location == f"/partners/{world.egret.id}/members"
    assert wu.post(f"/join-requests/{id}/withdrawal").status_code == 303
    assert wu.post(f"/partners/{world.egret.id}/requests", data={"words": ""}).status_code == 303


@pytest.mark.parametrize(
    ("name", "answers", "withdraws"),
    [
        (None, 404, 404),
        ("volunteer", 403, 303),
        ("volunteer2", 404, 404),
        ("committee", 404, 404),
        ("partner", 303, 403),
    ],
)
def test_only_managers_answer_and_only_the_asker_withdraws(enter, world, name, answers, withdraws):
    with work():
        request = JoinRequest.ask(world.egret, "", by=world.wu)
    client = enter(name)
    assert client.post(f"/join-requests/{request.id}/withdrawal").status_code == withdraws
    if name != "volunteer":
        assert client.post(f"/join-requests/{request.id}/refusal").status_code == answers
    assert client.post(f"/join-requests/{request.id}/acceptance").status_code in (answers, 409)
    assert world.wu not in [member.person for member in world.egret.living]


def test_the_end_answers_whoever_waits(world):
    with work():
        request = JoinRequest.ask(world.egret, "", by=world.wu)
        world.egret.end("搬走了", by=world.lin)
    assert request.answer.value == "declined"


def test_a_manager_hands_over_and_stays_a_member(enter, world):
    with work():
        world.egret.invite(world.wu.phone, by=world.zhao)
    zhao = enter("partner")
    answer = zhao.post(f"/partners/{world.egret.id}/members/{world.wu.id}/hand-over")
    assert (answer.status_code, answer.location) == (303, f"/partners/{world.egret.id}")
    assert world.egret.managers == [world.wu]
    assert world.egret.member(world.zhao).role is Role.MEMBER
    assert zhao.get(f"/partners/{world.egret.id}/members").status_code == 403, "at the next request"
    with pytest.raises(ToYourself), work():
        world.egret.hand_over(world.wu, by=world.wu)
    with pytest.raises(NotMember), work():
        world.egret.hand_over(world.zhou, by=world.wu)


def test_a_manager_steps_down_unless_he_is_the_last(enter, world):
    with pytest.raises(LastManager), work():
        world.egret.make_member(world.zhao, by=world.zhao)
    with work():
        world.egret.invite(world.wu.phone, by=world.zhao)
        world.egret.make_manager(world.wu, by=world.zhao)
    zhao = enter("partner")
    page = zhao.get(f"/partners/{world.egret.id}/members").text
    assert "我不再管理" in page
    assert zhao.post(f"/partners/{world.egret.id}/members/{world.zhao.id}/membership").status_code == 303
    assert world.egret.managers == [world.wu]


def test_old_links_are_dropped_once_a_day(world, link):
    from partners.sweep import forget_invitations

    forget_invitations()
    assert Invitation.of_token(link) is not None
    with time_machine.travel(clock.now() + timedelta(days=200)):
        forget_invitations()
    assert db.session.scalars(seen(db.select(Invitation))).all() == []
