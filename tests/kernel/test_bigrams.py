"""The index misses nothing that a plain look through all texts finds."""

import sqlite3
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.bigrams import bigrams, escape_like, plain, query_bigrams, words

SIGNS = "电梯加装楼道社区里小期物业巡逻义剪ABab123一-％%_\\ "


@pytest.fixture(scope="module")
def texts():
    chance = Random(7)
    return ["".join(chance.choices(SIGNS, k=chance.randint(1, 24))) for _ in range(2_000)]


@pytest.fixture(scope="module")
def index(texts):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, plain TEXT)")
    base.execute("CREATE VIRTUAL TABLE pairs USING fts5(bigrams, content='', detail=none)")
    base.executemany("INSERT INTO entry VALUES (?, ?)", [(n, plain(text)) for n, text in enumerate(texts)])
    base.executemany("INSERT INTO pairs (rowid, bigrams) VALUES (?, ?)", [(n, bigrams(t)) for n, t in enumerate(texts)])
    yield base
    base.close()


def found(index, query):
    """The numbers of the texts that an index finds: all pairs, then a LIKE for each word."""
    wheres, values = [], []
    if tokens := query_bigrams(query):
        wheres.append("id IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)")
        values.append(" AND ".join(tokens))
    for word in words(query):
        wheres.append(r"plain LIKE ? ESCAPE '\'")
        values.append(f"%{escape_like(word)}%")
    return {row[0] for row in index.execute(f"SELECT id FROM entry WHERE {' AND '.join(wheres)}", values)}


def test_the_index_agrees_with_looking_through_all_texts(index, texts):
    chance, hits, stored = Random(8), 0, [plain(text) for text in texts]
    for _ in range(300):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        query = text[start : start + chance.randint(1, 5)]
        if not words(query):
            continue
        wanted = {n for n, text in enumerate(stored) if all(word in text for word in words(query))}
        assert found(index, query) == wanted, query
        hits += len(wanted)
    assert hits > 1_000


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_a_piece_of_any_text_has_no_pair_that_the_text_lacks(text, start, length):
    piece = plain(text)[start : start + length]
    asked = {f"u{ord(one):x}u{ord(two):x}" for word in piece.split() for one, two in zip(word, word[1:], strict=False)}
    assert asked <= {*bigrams(text).split()}


@given(st.text(max_size=80))
def test_any_query_gives_tokens_that_every_tokenizer_keeps_whole(query):
    assert all(token.isascii() and token.isalnum() for token in query_bigrams(query))
    assert not any({*word} & {"\0", " ", "\n"} for word in words(query))


def test_one_pair_is_one_token():
    assert bigrams("电梯") == "u7535u68af"
    assert bigrams("电梯 电梯") == "u7535u68af"


def test_width_and_case_do_not_matter():
    assert query_bigrams("ａＢ３期") == query_bigrams("Ab3期")
    assert plain("ＡＢ　３期") == "ab 3期"


def test_pairs_do_not_reach_over_a_space():
    assert bigrams("电 梯") == ""
    assert words("电 梯") == ["电", "梯"]


def test_one_character_is_left_to_like():
    assert query_bigrams("梯") == []
    assert words("梯") == ["梯"]


def test_what_exceeds_64_characters_is_not_asked_for():
    assert sum(map(len, words("电梯" * 500))) == 64


def test_wildcards_are_literal():
    assert escape_like("100%_\\") == "100\\%\\_\\\\"
