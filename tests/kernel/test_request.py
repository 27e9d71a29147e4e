"""The path of a request: the shape, then the right, then the verb once, then the page from a fresh read."""

from threading import Barrier, Thread

import pytest

from kernel.db import db, seen
from kernel.draft import Draft
from kernel.work import work
from tests.support.pages import HTMX, part

from .conftest import client_of
from .kiosk import draft_of

SHOTS = 12


def stamps(id):
    """How often the draft was stamped."""
    db.session.rollback()
    return len(db.session.get_one(Draft, id).payload)


def stamp(client, id, title="新名", key=None, **more):
    return client.post(f"/drafts/{id}/stamps", data={"title": title} | ({"key": key} if key else {}), **more)


# ---- receipts --------------------------------------------------------------------------------------------------------


def test_a_form_that_is_sent_twice_counts_once_and_is_answered_alike(client, draft):
    one, two = (stamp(client(1), draft, key="k1") for _ in range(2))
    assert stamps(draft) == 1
    assert (one.status_code, one.location) == (two.status_code, two.location) == (303, f"/drafts/{draft}")


def test_for_htmx_too(client, draft):
    one, two = (stamp(client(1), draft, key="k1", headers=HTMX) for _ in range(2))
    assert (one.status_code, two.status_code) == (200, 200)
    assert part(one, "draft") == part(two, "draft")
    assert stamps(draft) == 1


def test_twelve_shots_of_one_form_are_one_stamp(kiosk, draft):
    answers, start = [], Barrier(SHOTS)

    def shoot():
        client = client_of(kiosk, 1)
        start.wait()
        answers.append(stamp(client, draft, key="k1"))

    threads = [Thread(target=shoot) for _ in range(SHOTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, f"/drafts/{draft}")}
    assert len(answers) == SHOTS
    assert stamps(draft) == 1


def test_what_a_verb_answers_is_answered_again(client):
    one, two = (client(1).post("/drafts", data={"key": "k1"}) for _ in range(2))
    assert one.location == two.location != "/drafts/new"
    assert client(1).get(two.location).status_code == 200


def test_a_used_form_does_nothing_else(client, draft):
    stamp(client(1), draft, key="k1")
    answer = stamp(client(1), draft, "另一个", key="k1")
    assert answer.status_code == 409
    assert "这张表单已经用过了" in answer.text
    assert stamps(draft) == 1


def test_a_key_belongs_to_one_person(client, draft, kiosk):
    with work():
        other = draft_of(2)
    stamp(client(1), draft, key="k1")
    assert stamp(client(2), other, key="k1").status_code == 303
    assert (stamps(draft), stamps(other)) == (1, 1)


def test_a_refused_form_may_be_sent_again(client, draft):
    refused = stamp(client(1), draft, "草稿", key="k1")
    assert refused.status_code == 409
    assert stamps(draft) == 0
    assert stamp(client(1), draft, "新名", key="k1").status_code == 303
    assert stamps(draft) == 1


def test_a_form_without_a_key_is_carried_out_each_time(client, draft):
    assert [stamp(client(1), draft).status_code for _ in range(2)] == [303, 303]
    assert stamps(draft) == 2


@pytest.mark.parametrize("key", ["x" * 400, "\0", "锁", "\u202e", "'; DROP TABLE receipt"])
def test_no_key_is_a_bad_key(client, draft, key):
    assert stamp(client(1), draft, key=key).status_code == 303
    assert stamps(draft) == 1


# ---- answers ---------------------------------------------------------------------------------------------------------


def test_bad_input_is_a_422_that_keeps_what_was_typed_and_the_key(client, draft):
    answer = stamp(client(1), draft, "名" * 21, key="k1")
    assert answer.status_code == 422
    assert "最多 20 个字，现在 21 个" in answer.text
    assert f'value="{"名" * 21}"' in answer.text
    assert 'value="k1"' in answer.text
    assert stamps(draft) == 0


def test_a_refusal_is_a_409_beside_its_field_that_keeps_what_was_typed(client, draft):
    answer = stamp(client(1), draft, "草稿", headers=HTMX)
    assert answer.status_code == 409
    assert 'id="title-error"' in part(answer, "draft")
    assert "“草稿”不行，换一个。" in part(answer, "draft")
    assert 'value="草稿"' in answer.text


def test_after_a_change_htmx_gets_the_block_of_a_fresh_page_and_the_message(client, draft):
    answer = stamp(client(1), draft, headers=HTMX)
    assert part(answer, "draft") == part(client(1).get(f"/drafts/{draft}"), "draft")
    assert "盖好了" in part(answer, "said")
    assert "<html" not in answer.text


def test_others_are_sent_to_the_page_with_the_filters_of_the_one_they_left(client, draft):
    answer = client(1).post(f"/drafts/{draft}/stamps?q=电梯&page=x", data={"title": "新名"})
    assert (answer.status_code, answer.location) == (303, f"/drafts/{draft}?q=%E7%94%B5%E6%A2%AF&page=x")


@pytest.mark.parametrize(
    "name", ["endpoint", "id", "_scheme", "_external", "_anchor", "_method", "_host", "filename", "back"]
)
def test_no_filter_leads_elsewhere(client, draft, name):
    answer = stamp(client(1), draft, query_string={name: "javascript", "q": "1"})
    assert answer.status_code == 303
    assert answer.location in (f"/drafts/{draft}?q=1", f"/drafts/{draft}?{name}=javascript&q=1")


def test_the_message_is_shown_once(client, draft):
    one = client(1)
    stamp(one, draft)
    assert "盖好了" in one.get(f"/drafts/{draft}").text
    assert "盖好了" not in one.get(f"/drafts/{draft}").text


def test_another_page_is_where_htmx_goes_too(client):
    answer = client(1).post("/drafts", headers=HTMX)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/drafts/")


def test_a_page_with_the_same_button_is_come_back_to(client, draft):
    assert stamp(client(1), draft, query_string={"back": "home"}).location == "/"
    assert stamp(client(1), draft, query_string={"back": "//evil.example"}).location.startswith(f"/drafts/{draft}")


def test_the_refusal_of_a_page_without_script_is_the_whole_page(client, draft):
    answer = stamp(client(1), draft, "草稿")
    assert answer.text.lstrip().startswith("<!doctype html>")


# ---- rights ----------------------------------------------------------------------------------------------------------


def test_what_one_may_not_know_of_is_not_there(client, draft):
    assert client(2).get(f"/drafts/{draft}").status_code == 404
    assert stamp(client(2), draft).status_code == 404
    assert stamp(client(1), draft + 99).status_code == 404
    assert stamps(draft) == 0


def test_what_one_may_know_of_and_not_do_is_forbidden(client, kiosk):
    with work():
        closed = draft_of(1, kind="closed")
    assert client(1).get(f"/drafts/{closed}").status_code == 200
    assert stamp(client(1), closed).status_code == 403
    assert stamps(closed) == 0


def test_the_right_is_asked_before_the_receipt_is_kept(client, draft, kiosk):
    with work():
        closed = draft_of(1, kind="closed")
    assert stamp(client(1), closed, key="k1").status_code == 403
    assert stamp(client(1), draft, key="k1").status_code == 303


def test_nobody_signs_in_first_and_then_sees_what_he_wanted(client):
    answer = client().get("/drafts/new?q=1")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/drafts/new?q%3D1")


def test_nobody_who_changes_something_signs_in_first(client):
    assert client().post("/drafts").location == "/sign-in"


def test_nobody_with_htmx_leaves_the_page_for_the_sign_in(client):
    answer = client().post("/drafts", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")


def test_a_page_may_not_read_a_private_table_unseen(client, kiosk):
    with kiosk.test_request_context(), pytest.raises(RuntimeError, match="seen_by"):
        db.session.scalars(db.select(Draft))
    with kiosk.test_request_context():
        assert db.session.scalars(seen(db.select(Draft))).all() == []
