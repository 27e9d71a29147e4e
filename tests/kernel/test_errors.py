"""Whatever goes wrong is said in a sentence, in the reader's language, and htmx puts it where it disturbs nothing."""

import re

import pytest

from kernel.errors import SENTENCES
from tests.support.pages import HTMX, part

from .conftest import client_of

HAN = re.compile("[一-鿿]")
CASES = [
    ("GET", "/nowhere", 404),
    ("DELETE", "/", 405),
    ("POST", "/drafts/new", 405),
    ("GET", "/accidents/400", 400),
    ("GET", "/accidents/403", 403),
    ("GET", "/accidents/413", 413),
    ("GET", "/accidents/429", 429),
    ("GET", "/accidents/503", 503),
]
SAME = {401: 400, 410: 400, 415: 400}


@pytest.fixture
def outside(another):
    """The counter as it runs in production, where a bug is a sentence."""
    return another(TESTING=False)


@pytest.mark.parametrize(("method", "path", "status"), CASES)
def test_a_trouble_is_a_page_with_a_sentence(client, method, path, status):
    answer = client(1).open(path, method=method)
    assert answer.status_code == status
    assert str(SENTENCES[status]) in answer.text
    assert answer.text.count("<h1>") == 1


@pytest.mark.parametrize(("status", "told_as"), SAME.items())
def test_a_trouble_without_a_sentence_of_its_own_has_the_general_one(client, status, told_as):
    answer = client(1).get(f"/accidents/{status}")
    assert answer.status_code == status
    assert str(SENTENCES[told_as]) in answer.text


@pytest.mark.parametrize(("method", "path", "status"), [*CASES, ("GET", "/accidents/0", 500)])
def test_in_english_it_is_an_english_sentence(outside, method, path, status):
    client = client_of(outside, 1)
    client.set_cookie("language", "en")
    answer = client.open(path, method=method)
    assert answer.status_code == status
    said = re.search(r"<main.*?</main>", answer.text, re.DOTALL).group()
    assert not HAN.search(said)


@pytest.mark.parametrize(("method", "path", "status"), CASES)
def test_htmx_is_told_in_the_message_line(client, method, path, status):
    answer = client(1).open(path, method=method, headers=HTMX)
    assert answer.status_code == status
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#said", "outerHTML")
    assert str(SENTENCES[status]) in part(answer, "said")
    assert "<html" not in answer.text


@pytest.mark.parametrize("path", ["/drafts/1%00", "/%00", "/?q=%00", "/?q=1&q=a%00b", "/healthz?x=%00"])
def test_an_address_with_a_nul_is_refused_before_it_meets_the_database(client, path):
    assert client(1).get(path).status_code in (400, 404)
    assert client(1).get("/?q=%2500").status_code == 200


def test_a_wrong_method_is_told_which_are_right(client):
    assert {"GET", "HEAD"} <= set(client().delete("/").headers["Allow"].split(", "))


def test_a_bug_is_a_500_that_says_nothing_of_itself(outside, capsys):
    answer = client_of(outside, 1).get("/accidents/0")
    assert answer.status_code == 500
    assert "我们这里出了错" in answer.text
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text


def test_after_a_bug_the_site_goes_on(outside):
    client = client_of(outside, 1)
    client.get("/scribbles")
    assert client.get("/scribbles", headers=HTMX).headers["HX-Retarget"] == "#said"
    assert client.get("/").status_code == 200


def test_a_form_without_its_token_is_a_sentence(another, draft):
    client = client_of(another(WTF_CSRF_ENABLED=True), 1)
    answer = client.post(f"/drafts/{draft}/stamps", data={"title": "新名"})
    assert answer.status_code == 400
    assert "这张表单放得太久或不是本站的" in answer.text
    told = client.post(f"/drafts/{draft}/stamps", data={"title": "新名"}, headers=HTMX)
    assert told.headers["HX-Retarget"] == "#said"


def test_with_its_token_it_is_carried_out_on_https_too(another, draft):
    client = client_of(another(WTF_CSRF_ENABLED=True, SITE_URL="https://example.cn"), 1)
    page = client.get(f"/drafts/{draft}", base_url="https://example.cn").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
    address = f"https://example.cn/drafts/{draft}"
    sent = {"data": {"title": "新名", "csrf_token": token}, "base_url": "https://example.cn"}
    assert client.post(f"/drafts/{draft}/stamps", headers={"Referer": address}, **sent).status_code == 303
    strange = {"Referer": "https://evil.example/"}
    assert client.post(f"/drafts/{draft}/stamps", headers=strange, **sent).status_code == 400


def test_too_much_is_a_413(another, draft):
    client = client_of(another(MAX_CONTENT_LENGTH=1000), 1)
    answer = client.post(f"/drafts/{draft}/stamps", data={"title": "长" * 2000})
    assert answer.status_code == 413
    assert "文件太大了" in answer.text
