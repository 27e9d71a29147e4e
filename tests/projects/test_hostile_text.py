"""Whatever is typed is stored clean and shown as text."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.db import db
from kernel.work import work
from projects.project import Project

HOSTILE = {
    "script": ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    "attribute": ("\"'><b onclick=x>", "&#34;&#39;&gt;&lt;b onclick=x&gt;"),
    "template": ("{{ 7*7 }} %(by)s %s", "{{ 7*7 }} %(by)s %s"),
    "direction": ("\u202e反着写\u2066\u202c", "反着写"),
    "rtl": ("مرحبا بالجميع", "مرحبا بالجميع"),
    "nul": ("零\x00字\x1b符\x7f", "零字符"),
    "rare": ("👨‍👩‍👧🧑🏽‍🔧 𠮷野家 𪚥", "👨‍👩‍👧🧑🏽‍🔧 𠮷野家 𪚥"),
    "surrogate": ("断\ud83d开", "断"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_field_takes_it_and_every_page_shows_it_as_text(enter, world, kind):
    typed, shown = HOSTILE[kind]
    typed = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if kind == "surrogate" else typed
    day = clock.today() + timedelta(days=5)
    names = ("title", "about", "provides", "risk_note", "part_title", "part_needs")
    facts = {"place": world.community.id, "category_id": world.repair.id, "starts_on": day, "ends_on": day}
    numbers = {"part_quantity": "2", "part_unit": "户", "then": "post"}
    committee, manager = enter("committee"), enter("partner")
    answer = committee.post("/projects/", data=facts | numbers | dict.fromkeys(names, typed))
    assert answer.status_code == 303
    url = answer.location
    project = db.session.get_one(Project, int(url.rsplit("/", 1)[1]))
    wish = {"partner_id": world.egret.id, "part_id": project.parts[0].id, "pledge": typed}
    assert manager.post(f"{url}/adoptions", data=wish).status_code == 303
    [adoption] = project.adoptions
    assert committee.post(f"/adoptions/{adoption.id}/refusal", data={"reason": typed}).status_code == 303
    assert manager.post(f"{url}/adoptions", data=wish).status_code == 303
    with work():
        project.adoptions[-1].accept(by=world.lin)
    assert manager.post(f"/adoptions/{project.adoptions[-1].id}/delivery", data={"report": typed}).status_code == 303
    assert committee.post(f"{url}/outcome", data={"outcome": typed}).status_code == 303
    for client in (enter(), manager, committee):
        page = client.get(url).text
        assert shown in page
        assert "<script>alert" not in page
        assert "<b onclick" not in page
        assert not {"\x00", "\u202e", "\u2066"} & set(page)
        assert client.get("/projects/?stage=closed").status_code == 200
    assert committee.get("/projects.xlsx?stage=closed").status_code == 200
    assert committee.get("/projects/", query_string={"q": typed, "stage": "closed"}).status_code < 500
