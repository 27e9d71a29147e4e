"""Two characters find what holds them, on both databases, as far as the reader may know of it."""

import pytest

from kernel import search
from kernel.draft import Draft
from kernel.search import Kind, find, index, index_all
from kernel.work import work

from .kiosk import Guest, draft_of

ME, OTHER = Guest(1), Guest(2)
TEXTS = {
    "电梯安全检查": "每月一次，记录在册",
    "社区合伙人日": "请维修电梯的师傅来讲课",
    "义务理发": "ＡＢＣ 100% 免费",
    "a_c 与 a%c": "下划线\\反斜线",
    "Haircut": "free of charge",
}


@pytest.fixture
def drafts(kiosk, monkeypatch):
    """Drafts of person 1 that can be found by these texts."""
    monkeypatch.setattr(search, "KINDS", {})
    search.searchable("draft", Draft, "草稿", lambda draft: f"/drafts/{draft.id}")
    with work():
        for title, more in TEXTS.items():
            index("draft", draft_of(1, title=title), title, more)


def titles(query, person=ME, **options):
    return [thing.filename for _kind, thing in find(person, query, **options)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("电梯", ["电梯安全检查", "社区合伙人日"]),  # the title goes before the text
        ("合伙", ["社区合伙人日"]),
        ("梯", ["电梯安全检查", "社区合伙人日"]),
        ("电梯 检查", ["电梯安全检查"]),
        ("检查 电梯", ["电梯安全检查"]),
        ("梯电", []),
        ("abc", ["义务理发"]),
        ("ＨＡＩＲ", ["Haircut"]),
        ("%", ["a_c 与 a%c", "义务理发"]),
        ("_", ["a_c 与 a%c"]),
        ("a_c", ["a_c 与 a%c"]),
        ("a%c", ["a_c 与 a%c"]),
        ("axc", []),
        ("\\", ["a_c 与 a%c"]),
        ("", []),
        (" 　\u202e\0", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_query_finds_just_this(drafts, query, found):
    assert titles(query) == found


def test_what_one_may_not_know_of_is_not_found(drafts):
    assert titles("电梯", OTHER) == []
    assert titles("电梯", Guest()) == []


def test_sixty_four_characters_count(kiosk, drafts):
    long = "一二三四五六七八" * 8
    with work():
        index("draft", draft_of(1, title="长"), "长", long)
    assert titles(long) == ["长"]
    assert titles(long + "没有的") == ["长"]
    assert titles("没有的" + long) == []


def test_one_kind_may_be_asked_for_and_an_unknown_one_is_not_shown(drafts, kiosk):
    with work():
        index("gone", 1, "电梯")
    assert len(titles("电梯")) == 2
    assert len(titles("电梯", kind="draft")) == 2
    assert titles("电梯", kind="gone") == []


def test_no_more_than_asked_for(drafts):
    assert len(titles("电梯", limit=1)) == 1


def test_what_is_written_anew_is_found_by_its_new_text_only(drafts, kiosk):
    with work():
        id = draft_of(1, title="旧")
        index("draft", id, "旧名字", "旧内容")
        index("draft", id, "新名字")
    assert titles("旧名") == titles("旧内") == []
    assert titles("新名") == ["旧"]


def test_many_are_written_at_once_and_anew(drafts, kiosk):
    with work():
        ids = [draft_of(1, title=f"{n}号楼") for n in (1, 2)]
        index_all("draft", {id: f"桃园{n}号楼" for n, id in enumerate(ids, 1)})
        index_all("draft", {ids[0]: "杏园1号楼"})
        index_all("draft", {})
    assert titles("杏园") == ["1号楼"]
    assert titles("桃园") == ["2号楼"]


def test_a_very_long_title_is_kept_as_far_as_it_goes(drafts, kiosk):
    with work():
        index("draft", draft_of(1, title="长"), "很" * 300 + "长")
    assert titles("很长") == ["长"]


def test_a_kind_knows_its_word_and_address(drafts):
    [(kind, draft)] = find(ME, "合伙")
    assert isinstance(kind, Kind)
    assert (kind.label, kind.url(draft)) == ("草稿", f"/drafts/{draft.id}")
