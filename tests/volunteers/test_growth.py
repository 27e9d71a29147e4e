"""What stays quick when a city has many duties of which few belong to a project."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.support.statements import counted
from volunteers.duty import Duty
from volunteers.shift import Shift

MANY = 3000


@pytest.fixture
def crowded(world):
    """Three thousand shifts of ten duties without a project, and tables that were counted."""
    with work() as session:
        first = session.get_one(Duty, world.duty.id)
        plain = {column.name: getattr(first, column.name) for column in Duty.__table__.columns if column.name != "id"}
        duties = session.scalars(
            insert(Duty).returning(Duty.id),
            [plain | {"project_id": None, "role": str(number)} for number in range(500)],
        ).all()
        shift = {"place_id": world.duty.place_id, "seats": 2}
        moments = [clock.now() + timedelta(hours=number) for number in range(1, MANY // 500 + 1)]
        rows = [
            shift | {"duty_id": id, "starts_at": moment, "ends_at": moment + timedelta(hours=1)}
            for id in duties
            for moment in moments
        ]
        session.execute(insert(Shift), rows)
        session.execute(text("ANALYZE"))


@pytest.mark.databases("sqlite")
def test_the_dates_of_a_project_are_found_by_its_duties(enter, crowded, world):
    client = enter()
    with counted() as said:
        assert client.get(f"/projects/{world.project.id}").status_code == 200
    [dates] = [one for one in said if "FROM shift JOIN duty" in one]
    values = ("planned", clock.now().isoformat(sep=" "), world.project.id, 11, 0)
    steps = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {dates}", values)
    plan = [step[3] for step in steps]
    assert any("ix_duty_of_project" in step for step in plan), plan
