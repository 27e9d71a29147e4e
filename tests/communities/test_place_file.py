"""Excel of many rows: asked for, made meanwhile, downloaded; CSV comes at once."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from communities import place_file
from communities.place import Place
from kernel.db import db, seen
from kernel.task import State, Task
from kernel.task_run import run_task
from tests.support.pages import part


@pytest.fixture
def large(monkeypatch):
    """A site on which three places are many."""
    monkeypatch.setattr(place_file, "ROWS", 3)


@pytest.fixture
def later(site, monkeypatch):
    """The queue is away: what is asked for is made when the test calls this."""
    monkeypatch.setitem(site.extensions, "run_errand", lambda name, id: None)
    return lambda: run_task(db.session.scalar(seen(select(func.max(Task.id)))))


def rows(answer) -> list[tuple]:
    return list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))


def test_a_small_tree_comes_at_once(world, enter):
    answer = enter("committee").get(f"/places.xlsx?place={world.compound.id}")
    assert answer.mimetype.endswith("sheet")
    assert [row[1] for row in rows(answer)][-3:] == ["31小区", "1号楼", "2号楼"]


@pytest.mark.usefixtures("large")
def test_a_large_one_is_made_meanwhile_and_kept_for_a_day(world, enter, later):
    lin = enter("committee")
    page = lin.get("/places.xlsx")
    assert page.mimetype == "text/html"
    assert "要做一会儿" in page.text
    address = lin.post("/places.xlsx").location
    waits = lin.get(address)
    assert "正在做文件" in part(waits, "task")
    assert f'hx-get="{address}"' in waits.text
    assert lin.get(f"{address}/file").status_code == 404
    assert lin.post("/places.xlsx").location == address, "one that is under way is not begun twice"
    later()
    made = lin.get(address)
    assert "文件做好了" in part(made, "task")
    assert "data-busy" not in made.text
    file = lin.get(f"{address}/file")
    assert "places-" in file.headers["Content-Disposition"]
    count = db.session.scalar(select(func.count(Place.id)))
    assert len([row for row in rows(file) if row[0] == "610102" or (row[3] or "").startswith("610102")]) == count


@pytest.mark.usefixtures("large")
def test_a_part_of_the_tree(world, enter):
    lin = enter("committee")
    address = lin.post(f"/places.xlsx?place={world.community.id}").location
    assert rows(lin.get(f"{address}/file"))[0][0] == "东方社区 地点"


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("name", ["other-committee", "volunteer", "district"])
def test_it_is_its_askers(world, enter, name):
    address = enter("committee").post("/places.xlsx").location
    assert enter(name).get(address).status_code == 404
    assert enter(name).get(f"{address}/file").status_code == 404


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(("name", "status"), [("volunteer", 403), ("partner", 403), (None, 303)])
def test_only_staff_asks_for_it(enter, name, status):
    assert enter(name).post("/places.xlsx").status_code == status
    assert db.session.scalar(seen(select(func.count(Task.id)))) == 0


@pytest.mark.usefixtures("large")
def test_the_columns_are_in_the_language_of_the_asker(world, enter):
    lin = enter("committee")
    lin.get("/language/en")
    address = lin.post("/places.xlsx").location
    assert "Parent code" in [cell for row in rows(lin.get(f"{address}/file"))[:4] for cell in row]


@pytest.mark.usefixtures("large")
def test_what_cannot_be_made_is_said(world, enter, later, monkeypatch):
    def broken(*_args):
        raise MemoryError

    lin = enter("committee")
    address = lin.post("/places.xlsx").location
    monkeypatch.setattr(place_file, "workbook", broken)
    later()
    assert db.session.scalar(seen(select(Task.state))) is State.BROKEN
    assert "文件没有做出来" in lin.get(address).text
