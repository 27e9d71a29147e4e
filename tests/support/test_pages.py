"""The part of a page that is compared is the element itself, without what differs from one page to the next."""

import pytest
from flask import Response

from .pages import part

PAGE = """<main><section id="a" class="x"><form><input type="hidden" name="csrf_token" value="s3cret">
<input name='key' value='k1'><input name="name" value="吴 &amp; 赵"><br><p id="b">五 &#62; 四</p></form></section>
<p id="twice"></p><p id="twice"></p><img id="alone" alt=""></main>"""


@pytest.fixture
def page():
    return Response(PAGE)


def test_the_part_ends_with_its_element_and_keeps_its_text_as_written(page):
    assert part(page, "b") == '<p id="b">五 &#62; 四</p>'
    assert part(page, "a").startswith('<section id="a" class="x">')
    assert part(page, "a").endswith("</form></section>")
    assert part(page, "alone") == '<img id="alone" alt="">'


def test_tokens_are_blank_and_nothing_else_is(page):
    assert "s3cret" not in part(page, "a")
    assert "k1" not in part(page, "a")
    assert 'value="吴 &amp; 赵"' in part(page, "a")


@pytest.mark.parametrize("id", ["twice", "nowhere"])
def test_a_part_that_is_not_there_once_is_an_error(page, id):
    with pytest.raises(AssertionError, match="elements"):
        part(page, id)
