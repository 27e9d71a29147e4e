"""Places: one tree whose subtrees are ranges of paths."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql

from communities import tree
from communities.place import Kind, Place, above, metres, minutes, replant
from kernel.db import db
from kernel.work import work

QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
IDS = st.sampled_from([1, 2, 3, 9, 10, 11, 14, 19, 20, 99, 100, 101, 140, 999, 1000])
PATHS = st.lists(IDS, min_size=1, max_size=4).map(lambda ids: f"/{'/'.join(map(str, ids))}/")


@QUICK
@given(paths=st.lists(PATHS, min_size=1, max_size=30), data=st.data())
def test_a_range_is_a_prefix(site, paths, data):
    chosen = data.draw(st.lists(st.sampled_from(paths), max_size=3))
    with work() as session:
        session.execute(delete(Place))
        rows = [{"kind": Kind.SITE, "code": str(n), "name": "x", "path": path} for n, path in enumerate(paths)]
        session.execute(insert(Place), rows)
    tops = [Place(path=path) for path in chosen]
    found = db.session.scalars(select(Place.path).where(Place.within(*tops)))
    assert sorted(found) == sorted(path for path in paths if path.startswith(tuple(chosen)))


class TestPaths:
    def test_a_neighbour_whose_id_begins_alike_is_outside(self):
        assert "/1/14/" < "/1/14/203/" < above("/1/14/") <= "/1/140/"

    def test_paths_are_compared_sign_by_sign_on_any_postgresql(self):
        assert Place.path.type.dialect_impl(postgresql.dialect()).collation == "C"

    def test_a_place_that_is_moved_takes_its_subtree_along(self, world):
        with work():
            world.grid.parent_id = world.other_community.id
            db.session.flush()
            replant()
        assert world.building1.path.startswith(world.other_community.path)
        assert world.building1.ancestor_ids[-2:] == [world.compound.id, world.building1.id]
        assert not world.community.covers(world.building1)


class TestTree:
    def test_buildings_stand_in_natural_order(self, world):
        with work():
            compound = world.compound
            for label in ("12号楼", "3号楼", "甲楼", "3号楼西单元"):
                compound.add(Kind.BUILDING, f"n-{label}", label)
        names = [branch.place.name for branch in tree.below(world.compound).branches]
        assert names == ["1号楼", "2号楼", "3号楼", "3号楼西单元", "12号楼", "甲楼"]

    def test_a_community_holds_all_and_a_district_the_next_level(self, world):
        (grid,) = tree.below(world.community).branches
        assert [len(compound.branches) for compound in grid.branches] == [2]
        (subdistrict,) = tree.below(world.district).branches
        assert subdistrict.branches == []

    def test_tallies(self, world):
        tallies = tree.tallies(lambda top: top.kind.in_(tree.OVERVIEW))
        words = list(map(str, tallies[world.district.id].words))
        assert words == ["1 个街道", "2 个社区", "1 个小区、院落", "2 栋楼"]
        assert tallies[world.community.id].households(5500) == 5500
        assert tallies[world.community.id].households(None) == 120
        assert tallies[world.district.id].households(None) == 5500
        assert world.other_community.id not in tallies


def test_a_walk_is_longer_than_the_straight_line(world):
    walk = metres(world.building1, world.building2)
    assert 50 < walk < 100
    assert minutes(walk) == 1
    assert metres(world.building1, world.grid) is None
