"""Every field says what is wrong in a sentence, keeps what was typed, and passes nothing on that a database refuses."""

from datetime import date, time
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict

from kernel.fields import Clock, Count, Day, Form, Line, Lines, Phone, Pick, Picks, Secret, Tick, Upload, row_id

AT_ONCE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HOSTILE = st.text(
    st.characters(exclude_categories=[]) | st.sampled_from("\0\x07\r\n\t\u202e\u2066\ud800 　１９－+%'\"<&中𠮷🚶"),
    max_size=60,
)
CHOICES = [("a", "甲"), ("b", "乙")]
FIELDS = "line lines phone count day clock pick row picks secret".split()


class Everything(Form):
    """One field of each kind."""

    line = Line("一行", most=10)
    lines = Lines("几行", needed=False, most=20)
    phone = Phone(needed=False)
    count = Count("几个", needed=False, least=1, most=9)
    day = Day("哪天", needed=False)
    clock = Clock("几点", needed=False)
    pick = Pick("选一个", choices=CHOICES, needed=False)
    row = Pick("选一行", coerce=row_id, needed=False)
    picks = Picks("选几个", coerce=row_id)
    tick = Tick("同意")
    secret = Secret("密码", needed=False)


class Needed(Form):
    """Fields that have to be filled in."""

    line, lines, phone, count = Line("一行"), Lines("几行"), Phone(), Count("几个")
    day, clock, pick, row = Day("哪天"), Clock("几点"), Pick("选", choices=CHOICES), Pick("选", coerce=row_id)
    secret, tick, file = Secret("密码"), Tick("同意", needed=True), Upload("文件")


def filled(form=Everything, **typed):
    """The form as it is after this was typed."""
    if form is Everything:
        typed.setdefault("line", "有")
    form = form(formdata=MultiDict(typed))
    form.is_valid = form.validate()
    return form


def sentence(name, typed, form=Everything):
    """What is said beside this field, None when all is well."""
    return next((str(error) for error in filled(form, **{name: typed})[name].errors), None)


def value(name, typed):
    return filled(**{name: typed})[name].data


def test_what_is_needed_is_asked_for_each_time(paper):
    assert {name: list(map(str, errors)) for name, errors in filled(Needed).errors.items()} == {
        **dict.fromkeys(set(FIELDS) - {"picks"}, ["这一项要填。"]),
        "tick": ["请先勾选这一项。"],
        "file": ["请选一个文件。"],
    }


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"picks"}))
@pytest.mark.parametrize("nothing", ["", " ", "\t\n", "　", "\u202e", "\0"])
def test_what_cannot_be_seen_is_nothing(paper, name, nothing):
    said = sentence(name, nothing, Needed)
    assert said == ("这一项要填。" if name != "secret" or not nothing.strip() else None)  # a password may hold anything


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("line", "十一个字是一二三四五六", "请写短一些：最多 10 个字，现在 11 个。"),
        ("lines", "长" * 21, "请写短一些：最多 20 个字，现在 21 个。"),
        ("phone", "1381234567", "请填 11 位手机号，或带区号的座机号。"),
        ("phone", "+86 138 1234 5678", "请填 11 位手机号，或带区号的座机号。"),
        ("phone", "报警", "请填 11 位手机号，或带区号的座机号。"),
        ("count", "三", "请填一个整数，比如 3。"),
        ("count", "3.5", "请填一个整数，比如 3。"),
        ("count", "9" * 30, "请填一个整数，比如 3。"),
        ("count", "0", "请填 1 到 9 之间的数。"),
        ("count", "-5", "请填 1 到 9 之间的数。"),
        ("day", "明天", "这个日期看不懂，请写成 2026-12-01 这样。"),
        ("day", "2026-02-30", "这个日期看不懂，请写成 2026-12-01 这样。"),
        ("clock", "25:00", "这个时间看不懂，请写成 07:30 这样。"),
        ("pick", "c", "请从列表里选一项。"),
        ("row", "abc", "请从列表里选一项。"),
        ("row", "-1", "请从列表里选一项。"),
        ("row", "9" * 20, "请从列表里选一项。"),
        ("picks", "x", "请从列表里选。"),
    ],
)
def test_each_field_has_its_sentence(paper, name, typed, said):
    assert sentence(name, typed) == said


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("line", "  吴  阿姨\u202e\0\n", "吴 阿姨"),
        ("line", "e\u0301", "é"),
        ("line", "𠮷野家🚶", "𠮷野家🚶"),
        ("lines", "一\r\n二\x07\r三", "一\n二\n三"),
        ("phone", "１３８-1234 5678", "13812345678"),
        ("phone", "029 8765 4321", "02987654321"),
        ("count", "３", 3),
        ("count", " 7 ", 7),
        ("day", "2026-12-01", date(2026, 12, 1)),
        ("clock", "07:30", time(7, 30)),
        ("pick", "b", "b"),
        ("row", "12", 12),
        ("tick", "y", True),
        ("secret", "  密 码  ", "  密 码  "),
    ],
)
def test_what_is_right_is_stored_plainly(paper, name, typed, stored):
    form = filled(**{name: typed})
    assert form.errors == {}
    assert form[name].data == stored


def test_several_ticks_are_a_list(paper):
    form = Everything(formdata=MultiDict([("line", "有"), ("picks", "3"), ("picks", "5")]))
    assert form.validate()
    assert form.picks.data == [3, 5]
    assert filled().picks.data == []


def test_an_optional_field_that_is_left_empty_is_no_mistake(paper):
    assert filled().errors == {}


@given(HOSTILE)
@AT_ONCE
def test_whatever_is_typed_is_stored_or_gets_a_sentence(paper, typed):
    form = filled(**dict.fromkeys(FIELDS, typed))
    for name in form.errors:
        assert all(str(error) for error in form[name].errors)
    for name in ("line", "lines", "phone"):
        text = form[name].data or ""
        assert not {*text} & {"\0", "\x07", "\u202e", "\u2066", "\ud800"}
        text.encode()
    if "count" not in form.errors and form.count.data is not None:
        assert 1 <= form.count.data <= 9
    if "phone" not in form.errors and form.phone.data:
        assert form.phone.data.isascii()
        assert form.phone.data.isdecimal()


@given(HOSTILE)
@AT_ONCE
def test_what_was_typed_can_be_shown_again(paper, typed):
    form = filled(**dict.fromkeys(FIELDS, typed))
    assert all(str(field()) for field in form)
    assert typed not in str(form.secret()) or typed in str(Everything(formdata=None).secret())


def test_a_file_that_was_chosen_is_a_file(paper):
    class Files(Form):
        file = Upload("文件")

    empty, chosen = FileStorage(BytesIO(), ""), FileStorage(BytesIO(b"x"), "名单.xlsx")
    assert not Files(formdata=MultiDict({"file": empty})).validate()
    assert Files(formdata=MultiDict({"file": chosen})).validate()


def test_every_form_that_is_shown_has_another_key(paper):
    one, two = (Everything(formdata=None).key.data for _ in range(2))
    assert one != two
    assert len(one) == 32


def test_the_key_that_was_sent_stays(paper):
    assert filled(key="k1").key.data == "k1"
