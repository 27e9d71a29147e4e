"""House rules of reach: every `seen_by` can be locked as it stands, by whoever asks."""

import pytest

from communities.person import Nobody
from kernel.db import Model, db, seen
from kernel.work import work


def reaching():
    """Every model that limits who may know of its rows."""
    return [mapper.class_ for mapper in Model.registry.mappers if hasattr(mapper.class_, "seen_by")]


@pytest.mark.parametrize("name", ["nobody", "wu", "zhao", "lin", "gao"])
def test_the_rows_that_somebody_sees_can_be_locked(world, name):
    person = Nobody() if name == "nobody" else getattr(world, name)
    with work() as session:
        for cls in reaching():
            wanted = cls.seen_by(person).limit(1).with_for_update(of=cls)
            session.scalars(wanted.execution_options(populate_existing=True)).unique().all()


@pytest.mark.databases("sqlite")
def test_nobody_sees_nothing_private(world):
    for cls in reaching():
        if getattr(cls, "__private__", False):
            assert db.session.scalars(seen(cls.seen_by(Nobody()))).unique().all() == [], cls
