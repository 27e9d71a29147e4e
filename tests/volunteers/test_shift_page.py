"""The page of a shift: one tap for a volunteer, a roster for its organiser, a sentence for whoever cannot."""

from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.signup import State


def text(response):
    return response.get_data(as_text=True)


def sign_up(client, shift, **more):
    return client.post(f"/shifts/{shift.id}/signups", **more)


def state_of(world, shift, person):
    signup = shift.signup_of(person)
    return signup and signup.state


def test_a_visitor_reads_it_and_is_asked_in(enter, world):
    page = text(enter().get(f"/shifts/{world.shift.id}"))
    assert "联防巡查 · 巡查员" in page
    assert "登录后报名" in page
    assert "无特殊风险" in page
    assert "吴阿姨" not in page


def test_a_visitor_who_signs_up_is_sent_to_sign_in(enter, world):
    answer = sign_up(enter(), world.shift)
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_one_tap_takes_the_seat_and_the_way_out_is_beside_it(enter, world):
    wu = enter("volunteer")
    answer = sign_up(wu, world.shift, headers=HTMX)
    assert answer.status_code == 200
    for words in ("已报名", "这次去不了", f"/shifts/{world.shift.id}.ics", 'href="/me"'):
        assert words in part(answer, "signup")
    assert state_of(world, world.shift, world.wu) is State.CONFIRMED


def test_the_answer_and_the_page_agree(enter, world):
    wu = enter("volunteer")
    answer = sign_up(wu, world.shift, headers=HTMX)
    assert part(answer, "signup") == part(wu.get(f"/shifts/{world.shift.id}"), "signup")
    assert 'id="said"' in text(answer)


def test_without_script_the_answer_is_a_redirect_to_the_page(enter, world):
    answer = sign_up(enter("volunteer"), world.shift)
    assert (answer.status_code, answer.location) == (303, f"/shifts/{world.shift.id}")


def test_from_a_list_the_answer_is_the_list(enter, world):
    answer = sign_up(enter("volunteer"), world.shift, data={"back": "list"})
    assert (answer.status_code, answer.location) == (303, "/shifts/")


def test_the_second_is_asked_to_queue_and_sees_how_many_are_before_him(enter, world):
    sign_up(enter("volunteer"), world.shift)
    zhou = enter("volunteer2")
    assert "我要候补（前面 0 人）" in text(zhou.get(f"/shifts/{world.shift.id}"))
    assert "候补中" in part(sign_up(zhou, world.shift, headers=HTMX), "signup")
    zhao = enter("partner")
    assert "我要候补（前面 1 人）" in text(zhao.get(f"/shifts/{world.shift.id}"))


def test_a_clash_is_a_409_with_the_reason_and_a_page_that_says_so(enter, world):
    wu = enter("volunteer")
    sign_up(wu, world.shift)
    answer = sign_up(wu, world.shift2, headers=HTMX)
    assert answer.status_code == 409
    assert "这个时间您已报名“联防巡查 · 巡查员 07:00–08:00”" in text(answer)
    assert "这一场您去不了" in part(answer, "signup")


def test_staff_who_did_not_join_is_asked_to(enter, world):
    lin = enter("committee")
    assert "登记成为志愿者" in part(lin.get(f"/shifts/{world.shift.id}"), "signup")
    assert sign_up(lin, world.shift, headers=HTMX).status_code == 409


def test_an_offer_is_taken_or_passed_on_with_one_tap(enter, world):
    wu, zhou = enter("volunteer"), enter("volunteer2")
    for client in (wu, zhou):
        sign_up(client, world.shift)
    mine = world.shift.signup_of(world.wu).id
    assert wu.post(f"/signups/{mine}/withdrawal", data={"reason": "出差"}).status_code == 303
    page = part(zhou.get(f"/shifts/{world.shift.id}"), "signup")
    assert "我去" in page
    assert "让给下一位" in page
    his = world.shift.signup_of(world.zhou).id
    answer = zhou.post(f"/signups/{his}/acceptance", headers=HTMX)
    assert "已报名" in part(answer, "signup")


def test_a_signup_belongs_to_its_person_and_its_organiser(enter, world):
    sign_up(enter("volunteer"), world.shift)
    id = world.shift.signup_of(world.wu).id
    for stranger in ("volunteer2", "other-committee", "partner"):
        client = enter(stranger)
        assert client.get(f"/signups/{id}").status_code == 404
        assert client.post(f"/signups/{id}/withdrawal").status_code == 404
        assert client.post(f"/signups/{id}/acceptance").status_code == 404
    assert enter("volunteer").get(f"/signups/{id}").location == f"/shifts/{world.shift.id}"
    colleague = enter("subdistrict")
    answer = colleague.post(f"/signups/{id}/withdrawal", data={"back": "people"}, headers=HTMX)
    assert part(answer, "people") == part(colleague.get(f"/shifts/{world.shift.id}"), "people")
    assert state_of(world, world.shift, world.wu) is State.WITHDRAWN


def test_the_roster_is_for_the_organiser_and_masks_the_phones(enter, world):
    sign_up(enter("volunteer"), world.shift)
    lin = text(enter("committee").get(f"/shifts/{world.shift.id}"))
    assert "吴阿姨" in lin
    assert world.wu.phone not in lin
    assert world.wu.masked_phone in lin
    for stranger in ("volunteer2", "other-committee", "grid"):
        assert "吴阿姨" not in text(enter(stranger).get(f"/shifts/{world.shift.id}"))


def test_staff_signs_somebody_up_by_phone_number(enter, world):
    lin, url = enter("committee"), f"/shifts/{world.shift.id}/people"
    answer = lin.post(url, data={"phone": world.wu.phone, "reason": "电话里托的"}, headers=HTMX)
    assert "吴阿姨" in part(answer, "people")
    signup = world.shift.signup_of(world.wu)
    assert (signup.state, signup.by_id) == (State.CONFIRMED, world.lin.id)
    for stranger in ("volunteer", "other-committee"):
        assert enter(stranger).post(url, data={"phone": world.zhou.phone, "reason": "电话里托的"}).status_code == 403


def test_what_is_wrong_with_the_number_stands_beside_it_and_it_stays(enter, world):
    lin, url = enter("committee"), f"/shifts/{world.shift.id}/people"
    wrong = lin.post(url, data={"phone": "12", "reason": "电话里托的"}, headers=HTMX)
    assert wrong.status_code == 422
    assert 'value="12"' in part(wrong, "people")
    assert "请填 11 位手机号" in part(wrong, "people")
    unknown = lin.post(url, data={"phone": "10099999999", "reason": "电话里托的"}, headers=HTMX)
    assert unknown.status_code == 409
    assert "这个号码还没有登记过" in part(unknown, "people")
    busy = lin.post(url, data={"phone": world.lin.phone, "reason": "电话里托的"}, headers=HTMX)
    assert "报不上这一场：报名前请先登记" in part(busy, "people")


def test_the_organiser_cancels_with_a_reason_and_changes_the_seats(enter, world):
    lin, url = enter("committee"), f"/shifts/{world.shift.id}"
    sign_up(enter("volunteer"), world.shift)
    assert lin.post(f"{url}/seats", data={"seats": "0"}).status_code == 422
    assert lin.post(f"{url}/seats", data={"seats": "２"}).status_code == 303
    assert world.shift.seats == 2
    assert lin.post(f"{url}/cancellation", data={"reason": " "}, headers=HTMX).status_code == 422
    for stranger in ("volunteer", "other-committee"):
        assert enter(stranger).post(f"{url}/cancellation", data={"reason": "下雨"}).status_code == 403
    assert lin.post(f"{url}/cancellation", data={"reason": "下雨"}).status_code == 303
    assert "这一场取消了：下雨" in text(enter("volunteer").get(url))


def test_hostile_text_is_text(enter, world):
    with work():
        world.duty.revise(
            version=world.duty.version, by=world.lin, activity="<script>x</script>", about="<b>\n{{ 7*7 }}"
        )
    page = text(enter("committee").get(f"/shifts/{world.shift.id}"))
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    assert "{{ 7*7 }}" in page


def test_nobody_finds_out_by_trying_who_is_registered(enter, world, monkeypatch):
    monkeypatch.setattr("volunteers.web.somebody.NUMBERS_AN_HOUR", 2)
    lin, url = enter("committee"), f"/shifts/{world.shift.id}/people"
    for phone in ("10099999998", "10099999999"):
        assert "还没有登记过" in text(lin.post(url, data={"phone": phone, "reason": "电话里托的"}))
    for phone in ("10099999997", world.wu.phone):
        refused = lin.post(url, data={"phone": phone, "reason": "电话里托的"})
        assert refused.status_code == 409
        assert "这个号码没有去查" in text(refused)


def test_the_page_costs_at_most_ten_statements(enter, world):
    wu, zhou, url = enter("volunteer"), enter("volunteer2"), f"/shifts/{world.shift.id}"
    sign_up(wu, world.shift)
    sign_up(zhou, world.shift)
    for client in (wu, zhou, enter("partner"), enter()):
        with counted() as said:
            client.get(url)
        assert len(said) <= 10, "\n".join(said)


def test_the_same_form_twice_is_one_signup_and_the_same_page(enter, world):
    wu = enter("volunteer")
    answers = [sign_up(wu, world.shift, data={"key": "one form"}, headers=HTMX) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({part(answer, "signup") for answer in answers}) == 1
