"""The reader of pages finds what it is there to find."""

import pytest

from .html import faults

GOOD = """<!doctype html><html lang="en"><head><title>A</title></head><body><h1>A</h1><h2>B</h2>
<form method="post" action="/x" hx-post="/x" hx-target="#s"><label for="a">A</label><input id="a">
<label>B <input type="checkbox"></label><button>C</button></form><section id="s"></section></body></html>"""


def test_a_good_page_has_no_fault():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>A</h1>", ""),
        ("<h1>A</h1>", "<h1>A</h1><h1>B</h1>"),
        ("<h2>B</h2>", "<h3>B</h3>"),
        (' lang="en"', ""),
        ("<title>A</title>", "<title></title>"),
        ('for="a"', 'for="b"'),
        ('<section id="s">', '<section id="a">'),
        ("<h2>B</h2>", '<a href="/x"><svg aria-hidden="true"></svg></a>'),
        ("<h2>B</h2>", "<script>alert(1)</script>"),
        ("<h2>B</h2>", '<p style="color: red">B</p>'),
        ("<h2>B</h2>", '<img src="x" alt="" onerror="alert(1)">'),
        ("<h2>B</h2>", '<a href="javascript:alert(1)">B</a>'),
        ("<h2>B</h2>", "<p><ul></ul></p>"),
        ("<h2>B</h2>", '<div hx-target="#s"><b>B</b></div>'),
        ("<h2>B</h2>", "<form><form></form></form>"),
        ('hx-post="/x"', 'hx-post="/y"'),
        ('hx-target="#s"', 'hx-target="#t"'),
        ('hx-target="#s"', ""),
        ("</form>", ""),
        ("<button>C</button>", "<button></button>"),
    ],
)
def test_each_fault_is_found(old, new):
    assert old in GOOD
    assert faults(GOOD.replace(old, new, 1)) != []
