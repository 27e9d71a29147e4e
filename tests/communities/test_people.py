"""居民与志愿者: found by name or the end of a number, whole numbers never shown."""

import pytest

from kernel.work import work


@pytest.mark.parametrize(
    ("name", "status", "seen"),
    [("committee", 200, True), ("grid", 200, True), ("subdistrict", 200, True), ("other-committee", 200, False),
     ("volunteer", 403, False), ("partner", 403, False), (None, 303, False)],
)  # fmt: skip
def test_staff_see_their_neighbours(enter, name, status, seen):
    answer = enter(name).get("/people/")
    assert answer.status_code == status
    assert ("周师傅（示例）" in answer.get_data(as_text=True)) is seen


def test_numbers_are_masked(world, enter):
    page = enter("committee").get("/people/").get_data(as_text=True)
    assert "100****0004" in page
    assert world.wu.phone not in page


@pytest.mark.parametrize(
    ("q", "found"),
    [("吴", ["吴阿姨"]), ("0004", ["吴阿姨"]), ("０００４", ["吴阿姨"]), ("004", []),
     ("示例", ["吴阿姨", "周师傅", "赵社长"]), ("%", []), ("_", []), ("'; drop table person", []), ("x" * 500, [])],
)  # fmt: skip
def test_a_search_finds_by_name_and_by_the_end_of_a_number(enter, q, found):
    page = enter("committee").get("/people/", query_string={"q": q}).get_data(as_text=True)
    assert [name for name in ("吴阿姨", "周师傅", "赵社长") if f"<bdi>{name}（示例）</bdi>" in page] == found


def test_a_hostile_name_is_text(world, enter):
    with work():
        world.wu.called = "<script>alert(1)</script>"
    page = enter("committee").get("/people/").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
