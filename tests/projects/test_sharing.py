"""Following a project, the text for a group and the notice on the wall."""

import pytest

from communities.notice import Notice
from kernel.db import db
from kernel.group_text import MOST
from kernel.work import work
from projects.follower import Follower, FollowsAlready, FollowsNot
from projects.project import Project
from projects.sharing import group_text
from tests.support.pages import HTMX, part


def told(person):
    """The verbs of what somebody was told."""
    return [notice.line.verb for notice in db.session.scalars(Notice.inbox(person))]


def test_a_follower_is_told_what_everybody_may_read_and_nothing_else(world):
    with work():
        world.project.follow(by=world.wu)
    part = world.project.parts[0]
    with work():
        adoption = world.project.adopt(world.egret, part.id, 43, pledge="", by=world.zhao)
    assert "adoption.asked" not in told(world.wu)
    with work():
        world.project.cut("发传单", "场", 1, by=world.lin)
        adoption.accept(by=world.lin)
    assert "project.part_added" in told(world.wu)
    assert "adoption.accepted" in told(world.wu)
    with work():
        world.project.unfollow(by=world.wu)
        world.project.cut("量血压", "场", 1, by=world.lin)
    assert told(world.wu).count("project.part_added") == 1


def test_twice_and_never_are_refused(world):
    with pytest.raises(FollowsNot), work():
        world.project.unfollow(by=world.wu)
    with work():
        world.project.follow(by=world.wu)
    with pytest.raises(FollowsAlready), work():
        world.project.follow(by=world.wu)
    with work():
        world.project.unfollow(by=world.wu)
        world.project.follow(by=world.wu)
    rows = db.session.scalars(Follower.seen_by(world.wu)).all()
    assert [row.until is None for row in rows] == [False, True]


def test_the_button_turns_round(enter):
    volunteer = enter("volunteer")
    assert "关注进展" in volunteer.get("/projects/1").text
    followed = volunteer.post("/projects/1/following", headers=HTMX)
    assert part(followed, "project") == part(volunteer.get("/projects/1"), "project")
    assert "不再关注" in followed.text
    assert volunteer.post("/projects/1/unfollowing").status_code == 303
    assert enter().post("/projects/1/following").location.startswith("/sign-in")
    assert "登录后可以关注" in enter().get("/projects/1").text


def test_the_text_for_a_group_is_short_and_names_nobody(world):
    url = "https://example.org/projects/1"
    text = group_text(world.project, url)
    assert len(text) <= MOST
    assert "【东方社区】31小区老人家电义修" in text
    assert "集中维修 43 户、上门维修 20 户" in text
    assert "家电维修" in text
    assert text.endswith(url)
    with work():
        world.project.title, world.project.contact_name = "很长的" * 40, "林书记"
        for number in range(30):
            world.project.cut(f"第 {number} 件要做的事" * 3, "件", 3, by=world.lin)
    long = group_text(world.project, url)
    assert len(long) <= MOST
    assert long.endswith(url)
    assert "林书记" not in long


def test_it_is_shared_by_everybody_and_a_draft_by_nobody(enter, world):
    page = enter().get("/projects/1/share")
    assert page.status_code == 200
    assert "【东方社区】31小区老人家电义修" in page.text
    notice = enter().get("/projects/1/notice")
    assert "http://localhost/projects/1" in notice.text
    with work():
        draft = Project.write(
            world.community,
            by=world.lin,
            title="草稿",
            category=world.repair,
            starts_on=world.project.starts_on,
            ends_on=world.project.ends_on,
        )
    for name in ("committee", "volunteer"):
        client = enter(name)
        for what in ("share", "notice"):
            assert client.get(f"/projects/{draft.id}/{what}").status_code == 404
        assert client.post(f"/projects/{draft.id}/following").status_code == 404
