"""What is refused before a view is reached is still a page of this site: with its frame, in words, never a 500."""

import re

import pytest

from tests.support.pages import HTMX


@pytest.fixture
def guarded(settings, world):
    """The whole site as it is served: forms need their token, floods are stopped; afterwards nobody is counted."""
    from kernel.site import limiter
    from wsgi import create_app

    yield create_app(settings | {"WTF_CSRF_ENABLED": True, "RATELIMIT_ENABLED": True, "TESTING": False})
    limiter.reset()
    limiter.enabled = False


@pytest.mark.databases("sqlite")
def test_a_form_without_its_token_is_a_sentence_in_the_frame(guarded):
    answer = guarded.test_client().post("/sign-in", data={"username": "wu", "password": "x"})
    assert answer.status_code == 400
    assert "这张表单放得太久或不是本站的" in answer.text
    assert 'class="site-header' in answer.text


@pytest.mark.databases("sqlite")
def test_who_asks_too_often_is_told_so_in_the_frame(guarded):
    client = guarded.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/join").text).group(1)
    for _number in range(50):
        answer = client.post("/join", data={"csrf_token": token})
        if answer.status_code != 422:
            break
    assert answer.status_code == 429
    assert "试得太勤了" in answer.text
    assert 'class="site-header' in answer.text
    assert client.post("/join", data={"csrf_token": token}, headers=HTMX).headers["HX-Retarget"] == "#said"
