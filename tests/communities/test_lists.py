"""Long lists come in pages of 25, nothing twice, nothing lost, with as many statements as short ones."""

import re

import pytest

from communities.channel import Channel
from communities.journal import Line
from communities.notice import tell_of
from communities.office import Office
from communities.person import Person
from communities.post import Post
from kernel.work import work
from tests.support.statements import counted

LISTS = {
    "/people/": r"示例居民-(\d+)</bdi></h2>",
    "/posts/": r"<bdi>示例居民-(\d+)</bdi></a>",
    "/calls/": r"<h2><bdi>示例居民-(\d+)</bdi>",
    "/notices/": r"<bdi>系统请示例居民-(\d+)",
}


def crowd(world, first: int, last: int) -> None:
    """People who live in the first building, are grid workers, are to be rung, and of whom the committee was told."""
    with work() as session:
        for number in range(first, last):
            person = Person(
                name=f"示例居民-{number}",
                phone=f"1009999{number:04}",
                home=world.building1,
                told_by=Channel.PHONE,
            )
            session.add(person)
            session.flush()
            Post.give(person, Office.GRID_WORKER, world.grid, by=None)
            line = Line(
                verb="post.given",
                place_id=world.grid.id,
                audience="place",
                subject="person",
                subject_id=person.id,
                ids={"person": person.id, "place": world.grid.id, "office": "grid"},
            )
            session.add(line)
            tell_of(line, [world.lin])


@pytest.mark.parametrize("address", LISTS)
def test_a_long_list_comes_in_pages_with_as_many_statements_as_a_short_one(world, enter, address):
    crowd(world, 0, 3)
    client = enter("committee")
    client.get(address)
    with counted() as few:
        client.get(address)
    crowd(world, 3, 60)
    with counted() as many:
        client.get(address)
    assert len(many) <= len(few)
    found, url = [], address
    while url:
        page = client.get(url).get_data(as_text=True)
        found += re.findall(LISTS[address], page)
        more = re.search(rf'href="({re.escape(address)}\?page=[^"]+)"', page)
        url = more and more[1].replace("&amp;", "&")
    assert sorted(map(int, found)) == list(range(60))


@pytest.mark.parametrize("address", LISTS)
def test_a_mangled_cursor_is_the_first_page(enter, address):
    client = enter("committee")
    for word in ("x", "WyJ4Il0", "W251bGxd", "%00", "9" * 300):
        assert client.get(address, query_string={"page": word}).status_code == 200
