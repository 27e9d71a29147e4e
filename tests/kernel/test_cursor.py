"""Cursors are opaque, survive mangling, and lead through everything once."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select

from kernel.cursor import after, pack, unpack
from kernel.db import db
from kernel.search import Entry
from kernel.work import work

VALUES = st.tuples(st.integers(-(2**53) + 1, 2**53 - 1), st.text(max_size=20), st.integers(0, 10**9))


def word(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(VALUES)
def test_what_was_packed_is_unpacked(values):
    packed = pack(*values)
    assert packed.replace("-", "").replace("_", "").isalnum()
    assert unpack(packed, int, str, int) == values or len(packed) > 200


@given(
    st.none()
    | st.text()
    | VALUES.map(lambda values: pack(*values)[1:])
    | st.binary().map(lambda b: b.decode("latin-1"))
)
@example("=")
@example("\0")
@example("页")
@example(word("[1e999, 1]"))
@example(word("[NaN, 1]"))
@example(word("[true, 1]"))
@example(word("[1" + "0" * 60 + ", 1]"))
@example(word("[" * 150))
@example(word("{}"))
@example(word("null"))
def test_a_mangled_word_is_no_cursor(mangled):
    values = unpack(mangled, int, int)
    assert values is None or all(type(value) is int and abs(value) < 2**53 for value in values)


@pytest.mark.parametrize("values", [("1", 2), (1, None), (1, 2, 3), (1.0, 2), (True, 2), (2**60, 2)])
def test_other_values_than_the_page_asks_for_are_no_cursor(values):
    assert unpack(pack(*values), int, int) is None


def test_the_next_pages_show_everything_once(kiosk):
    with work() as session:
        rows = [Entry(kind=f"k{n % 3}", ref=n, title=f"t{n % 4}", text="") for n in range(60)]
        session.add_all(rows)
    columns = (Entry.kind, Entry.title, Entry.id)
    shown, values = [], None
    for _ in range(20):
        page = select(*columns).order_by(*columns).limit(7)
        rows = db.session.execute(page.where(after(columns, values)) if values else page).all()
        if not rows:
            break
        shown += rows
        values = unpack(pack(*rows[-1]), str, str, int)
    assert len(shown) == len(set(shown)) == 60
    assert shown == sorted(shown)
