"""Language and size are cookies of this browser, and `next` never leaves the site."""

import re

import pytest

TOKEN = re.compile(r'(?<=value=")[\w.-]{32,}|(?<="X-CSRFToken": ")[^"]+')

OURS = ["/", "/drafts/1", "/drafts/1?q=%E7%94%B5&next=//x", "/sign-in?next=/drafts/1"]
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/nowhere",
    "/drafts",  # only for POST
    "/drafts/x",
    " //evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "/\r\nSet-Cookie: a=b",
    "/%0d%0aSet-Cookie:a=b",
    "/.//evil.example",
    "/..//evil.example",
    "/@evil.example",
    "/\u202edrafts",
    "//localhost/",
    "",
]


@pytest.mark.parametrize("page", OURS)
def test_one_comes_back_to_the_page_that_one_left(client, page):
    answer = client().get("/language/en", query_string={"next": page})
    assert (answer.status_code, answer.location) == (303, page)


@pytest.mark.parametrize("page", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client, page):
    answer = client().get("/size/large", query_string={"next": page})
    assert (answer.status_code, answer.location) == (303, "/")


def test_the_language_is_a_cookie_for_a_year(client):
    one = client()
    cookie = one.get("/language/en").headers["Set-Cookie"]
    assert "language=en" in cookie
    assert "Max-Age=31536000" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert '<html lang="en"' in one.get("/").text
    one.get("/language/zh")
    assert '<html lang="zh-CN"' in one.get("/").text


def test_large_letters_are_a_cookie_too(client):
    one = client()
    assert 'data-size="normal"' in one.get("/").text
    one.get("/size/large")
    assert 'data-size="large"' in one.get("/").text


def test_large_letters_are_one_attribute_and_the_way_back(client, draft):
    one = client(1)
    normal = one.get(f"/drafts/{draft}").text
    one.get("/size/large")
    large = one.get(f"/drafts/{draft}").text
    back = normal.replace('data-size="normal"', 'data-size="large"').replace("/size/large", "/size/normal")
    assert TOKEN.sub("", large) == TOKEN.sub("", back.replace(">长辈版<", ">普通版<"))


@pytest.mark.parametrize("address", ["/language/fr", "/size/huge", "/language/", "/language/en/x"])
def test_what_there_is_not_is_not_there(client, address):
    assert client().get(address).status_code == 404


def test_a_page_knows_the_way_to_its_other_language(client, draft):
    page = client(1).get(f"/drafts/{draft}?q=1").text
    assert f'href="/language/en?next=/drafts/{draft}?q%3D1"' in page
    assert f'href="/size/large?next=/drafts/{draft}?q%3D1"' in page
