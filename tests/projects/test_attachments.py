"""Attachments: who adds and takes out, who takes along, what is refused."""

import pytest

from communities.journal import Line
from kernel import scan
from kernel.db import db, seen
from kernel.stored_file import StoredFile
from kernel.work import work
from projects.attachment import MOST, EnoughAttachments
from projects.stage import NotNow
from tests.support.pages import HTMX, part
from tests.support.scans import EXE, JPEG, PDF, PNG, sent


@pytest.fixture
def plan(world):
    """A plan, attached to the open project."""
    with work():
        return world.project.attach(scan.read(PDF, "方案.pdf"), "维修方案", by=world.lin).id


def test_everybody_takes_it_along_and_nothing_of_it_runs(plan, enter):
    answer = enter().get(f"/projects/1/attachments/{plan}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    page = enter().get("/projects/1").text
    assert "维修方案" in page
    assert "加一个附件" not in page


def test_the_committee_adds_and_takes_out(enter, world):
    committee = enter("committee")
    added = committee.post("/projects/1/attachments", headers=HTMX, **sent(JPEG, "楼道.jpg"))
    assert added.status_code == 200
    assert part(added, "project") == part(committee.get("/projects/1"), "project")
    [one] = world.project.attachments
    assert one.label == "楼道.jpg"
    url = f"/projects/1/attachments/{one.id}"
    assert committee.post(f"{url}/removal").status_code == 303
    assert committee.get(url).status_code == 404
    assert db.session.scalars(seen(db.select(StoredFile))).all() == []
    assert [line.verb for line in db.session.scalars(Line.about(world.project))][-2:] == [
        "project.attached",
        "project.detached",
    ]


def test_nobody_else_does(plan, enter):
    for name in ("partner", "volunteer", "other-committee"):
        client = enter(name)
        assert client.post("/projects/1/attachments", **sent(PNG, "a.png")).status_code == 403, name
        assert client.post(f"/projects/1/attachments/{plan}/removal").status_code == 403, name
    assert enter().post("/projects/1/attachments", **sent(PNG, "a.png")).status_code == 303


def test_what_is_no_scan_and_what_belongs_elsewhere_is_refused(plan, enter, world):
    committee = enter("committee")
    refused = committee.post("/projects/1/attachments", **sent(EXE, "a.pdf"))
    assert refused.status_code == 409
    assert committee.get("/projects/1/attachments/999").status_code == 404
    with work():
        for number in range(MOST - 1):
            world.project.attach(scan.read(PNG, f"{number}.png"), by=world.lin)
    with pytest.raises(EnoughAttachments), work():
        world.project.attach(scan.read(PNG, "9.png"), by=world.lin)
    with work():
        world.project.withdraw(by=world.lin)
    with pytest.raises(NotNow), work():
        world.project.detach(world.project.attachments[0], by=world.lin)


def test_a_draft_keeps_its_attachments_to_itself(enter, world):
    with work():
        draft = world.project.write(
            world.community,
            by=world.lin,
            title="草稿",
            category=world.repair,
            starts_on=world.project.starts_on,
            ends_on=world.project.ends_on,
        )
        file = draft.attach(scan.read(PNG, "a.png"), by=world.lin)
    url = f"/projects/{draft.id}/attachments/{file.id}"
    assert enter("committee").get(url).status_code == 200
    assert enter().get(url).status_code == enter("other-committee").get(url).status_code == 404
