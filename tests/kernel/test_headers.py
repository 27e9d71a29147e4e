"""Every answer carries the policy, and no cache keeps the page of somebody who is signed in."""

import pytest
from flask import request

from kernel.headers import HEADERS

from .conftest import client_of

ANSWERS = {
    "a page": ("GET", "/", 200),
    "somewhere else": ("GET", "/language/en", 303),
    "a sign-in": ("GET", "/drafts/new", 303),
    "a part": ("POST", "/drafts/{}/stamps", 422),
    "not found": ("GET", "/nowhere", 404),
    "not so": ("POST", "/", 405),
    "a broken thing": ("GET", "/accidents/503", 503),
    "health": ("GET", "/healthz", 200),
    "readiness": ("GET", "/readyz", None),
    "counters": ("GET", "/metrics", 200),
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("person", [None, 1])
def test_every_kind_of_answer_is_protected(client, draft, answer, person):
    method, path, status = ANSWERS[answer]
    response = client(person).open(path.format(draft), method=method)
    if person or "drafts" not in path:
        assert status in (response.status_code, None) or answer == "a sign-in"
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert {"Cookie", "HX-Request"} <= set(response.vary)


def test_the_policy_lets_nothing_in_from_outside_and_nothing_inline(client):
    policy = client().get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    for part in ("object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in policy


@pytest.mark.parametrize(("person", "kept"), [(None, "no-cache"), (1, "no-store")])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/drafts/99"])
def test_pages_of_somebody_are_kept_by_no_cache(client, person, kept, path):
    assert client(person).get(path).headers["Cache-Control"] == kept


def test_static_files_may_be_kept(client):
    answer = client().get("/static/site.css")
    assert answer.status_code == 200
    assert "max-age=3600" in answer.headers["Cache-Control"]
    answer.close()


@pytest.mark.parametrize(
    ("site_url", "flags"), [("https://example.cn", "__Host-hehuo=;Secure"), ("http://localhost", "hehuo=")]
)
def test_the_cookie_of_a_visit_is_for_this_site_only(another, site_url, flags):
    client = client_of(another(SITE_URL=site_url, WTF_CSRF_ENABLED=True))
    cookie = client.get("/", base_url=site_url).headers["Set-Cookie"]
    name, *more = flags.split(";")
    assert cookie.startswith(name)
    assert {"HttpOnly", "Path=/", "SameSite=Lax", *more} <= set(cookie.split("; "))
    assert ("Secure" in cookie) == bool(more)
    assert "Domain" not in cookie


def test_another_host_than_ours_is_refused(another):
    client = client_of(another(TRUSTED_HOSTS="example.cn"))
    assert client.get("/healthz", base_url="http://example.cn").status_code == 200
    answer = client.get("/", base_url="http://evil.example")
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "10.0.0.9")])
def test_a_proxy_is_believed_where_the_configuration_says_so(another, proxies, address):
    app = another(PROXIES=proxies)
    seen = []
    app.before_request(lambda: seen.append(request.remote_addr))
    client_of(app).get("/healthz", headers={"X-Forwarded-For": "10.0.0.9"})
    assert seen == [address]
