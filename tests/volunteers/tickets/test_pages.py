"""The residents' door: two buttons that are two things, a link for who has no account, a list for the lead only."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import Holder, State, Ticket

GUEST = {"name": "高奶奶（示例）", "phone": "103 0000 0777", "size": "2"}


def text(response):
    return response.get_data(as_text=True)


def tickets():
    db.session.rollback()
    return list(db.session.scalars(select(Ticket).order_by(Ticket.number)))


def url(salon, more=""):
    return f"/shifts/{salon.shift2.id}/tickets{more}"


def door(client, salon):
    return part(client.get(f"/shifts/{salon.shift2.id}"), "tickets")


def test_two_doors_are_two_buttons(enter, salon, early):
    page = enter("volunteer").get(f"/shifts/{salon.shift2.id}")
    assert "我要理发" in part(page, "tickets")
    assert "我来帮忙" not in part(page, "tickets")
    assert "我来帮忙" in part(page, "signup")
    assert "我要理发" not in part(page, "signup")
    assert "还有 3 个号" in part(page, "tickets")
    other = enter("volunteer").get(f"/shifts/{salon.shift.id}")
    assert 'id="tickets"' not in text(other)
    assert "我来帮忙" not in text(other)


def test_one_tap_is_a_number_and_the_answer_is_the_block_of_the_page(enter, salon, early):
    wu = enter("volunteer")
    answer = wu.post(url(salon), headers=HTMX)
    assert answer.status_code == 200
    assert "1 号" in part(answer, "tickets")
    assert part(answer, "tickets") == part(wu.get(f"/shifts/{salon.shift2.id}"), "tickets")
    assert salon.shift2.signup_of(salon.wu) is None, "she is no helper by that"
    assert "我来帮忙" in part(wu.get(f"/shifts/{salon.shift2.id}"), "signup")
    again = wu.post(url(salon), headers=HTMX)
    assert again.status_code == 409
    assert "已经取过号了" in text(again)
    assert "1 号" in part(wu.get("/me"), "tickets")


def test_without_script_it_is_a_redirect_and_the_same_form_twice_is_one_number(enter, salon, early):
    wu = enter("volunteer")
    for _twice in range(2):
        answer = wu.post(url(salon), data={"key": "one form"})
        assert (answer.status_code, answer.location) == (303, f"/shifts/{salon.shift2.id}")
    assert len(tickets()) == 1


def test_without_an_account_one_gets_a_link_of_ones_own(enter, salon, early):
    visitor = enter()
    assert f'href="{url(salon, "/new")}"' in door(visitor, salon)
    answer = visitor.post(url(salon), data=GUEST)
    assert answer.status_code == 303
    link = answer.location
    assert link.startswith("/tickets/held/")
    assert len(link.rsplit("/", 1)[1]) >= 32
    [ticket] = tickets()
    assert (ticket.phone, ticket.size, ticket.person_id, ticket.by_id) == ("10300000777", 2, None, None)
    assert link.rsplit("/", 1)[1] not in ticket.token_hash
    page = visitor.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert "1 号" in part(page, "ticket")
    assert "高奶奶" in text(visitor.get(f"{link}/slip"))
    assert enter().get("/tickets/held/nobody-has-this").status_code == 404
    gone = enter().post(f"{link}/return", headers=HTMX)
    assert part(gone, "ticket") == part(enter().get(link), "ticket")
    assert "已退号" in part(gone, "ticket")
    assert enter().post(f"{link}/return", headers=HTMX).status_code == 409


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(enter, salon, early):
    visitor = enter()
    wrong = visitor.post(url(salon), data=GUEST | {"phone": "12"}, headers=HTMX)
    assert wrong.status_code == 422
    assert 'value="高奶奶（示例）"' in part(wrong, "take")
    assert "请填 11 位手机号" in part(wrong, "take")
    large = visitor.post(url(salon), data=GUEST | {"size": "3"}, headers=HTMX)
    assert large.status_code == 409
    assert "一个号最多 2 人" in part(large, "take")
    assert tickets() == []


def test_an_offer_is_taken_on_the_page_of_the_link(enter, salon, early):
    wu, visitor = enter("volunteer"), enter()
    wu.post(url(salon), data={"size": "2"})
    link = visitor.post(url(salon), data=GUEST).location
    assert "前面还有 0 个号" in text(visitor.get(link))
    mine = tickets()[0].id
    assert wu.post(f"/tickets/{mine}/return", data={"back": "me"}).location == "/me"
    assert "轮到您" in part(visitor.get(link), "ticket")
    answer = visitor.post(f"{link}/acceptance", headers=HTMX)
    assert "已取号" in part(answer, "ticket")
    assert tickets()[1].state is State.TAKEN


def test_the_list_is_for_the_lead_and_staff_and_nobody_else(enter, salon, early):
    enter().post(url(salon), data=GUEST)
    id = tickets()[0].id
    for place in (url(salon), url(salon, "/sheet"), f"/tickets/{id}/slip"):
        for colleague in ("committee", "subdistrict"):
            page = text(enter(colleague).get(place))
            assert "高奶奶" in page
            assert "10300000777" not in page, "whole numbers are for those who have to ring"
        for stranger in ("volunteer", "other-committee", "grid"):
            assert enter(stranger).get(place).status_code in (403, 404)
    for stranger in ("volunteer", "other-committee"):
        client = enter(stranger)
        assert "高奶奶" not in text(client.get(f"/shifts/{salon.shift2.id}"))
        for verb in ("return", "acceptance", "told"):
            assert client.post(f"/tickets/{id}/{verb}").status_code == 404
        for verb in ("marks", "number", "others", "walk-ins"):
            given = {"name": "甲", "phone": "10300000778", "reason": "电话", "tickets": "9"}
            assert client.post(url(salon, f"/{verb}"), data=given).status_code == 403
    assert enter("committee").get(f"/tickets/{id}").location == url(salon)
    assert [ticket.state for ticket in tickets()] == [State.TAKEN]


def test_ones_own_number_is_ones_own(enter, salon, early):
    wu = enter("volunteer")
    wu.post(url(salon))
    id = tickets()[0].id
    assert wu.get(f"/tickets/{id}").location == f"/shifts/{salon.shift2.id}"
    for stranger in ("volunteer2", "other-committee"):
        assert enter(stranger).get(f"/tickets/{id}").status_code == 404
    lin = enter("committee")
    answer = lin.post(f"/tickets/{id}/return", headers=HTMX)
    assert part(answer, "list") == part(lin.get(url(salon)), "list")


def test_staff_takes_one_for_somebody_who_rang_and_prints_the_slip(enter, salon, early):
    lin = enter("committee")
    sent = {"name": "李奶奶（示例）", "phone": "10300000779", "size": "1", "reason": "打电话来要的"}
    answer = lin.post(url(salon, "/others"), data=sent)
    assert answer.status_code == 303
    assert answer.location.endswith("/slip")
    slip = text(lin.get(answer.location))
    assert "打电话来要的" in slip
    assert "svg" in slip
    assert tickets()[0].by_id == salon.lin.id
    assert 'svg class="qr' not in text(lin.get(f"/tickets/{tickets()[0].id}/slip"))
    wrong = lin.post(url(salon, "/others"), data=sent | {"reason": ""}, headers=HTMX)
    assert wrong.status_code == 422
    assert 'value="李奶奶（示例）"' in part(wrong, "list")


def test_whoever_has_no_account_is_rung(enter, salon, early):
    link = enter().post(url(salon), data=GUEST).location
    with work():
        salon.shift2.cancel("下雨", by=salon.lin)
    lin = enter("committee")
    assert "10300000777" in part(lin.get(url(salon)), "list")
    assert any(line.desk.kind == "ticket.to_ring" for line in waiting.lines(salon.lin, 50))
    assert "取了号的人要打电话告诉" in text(lin.get("/today"))
    id = tickets()[0].id
    answer = lin.post(f"/tickets/{id}/told", headers=HTMX)
    assert part(answer, "list") == part(lin.get(url(salon)), "list")
    assert "10300000777" not in part(answer, "list")
    assert lin.post(f"/tickets/{id}/told", headers=HTMX).status_code == 409
    assert "这一场取消了：下雨" in text(enter().get(link))
    assert not any(line.desk.kind == "ticket.to_ring" for line in waiting.lines(salon.lin, 50))


def test_the_lead_ticks_and_gives_a_number_at_the_door(enter, salon, early):
    enter().post(url(salon), data=GUEST)
    enter("volunteer").post(url(salon))
    first, second = (ticket.id for ticket in tickets())
    lin = enter("committee")
    assert lin.post(url(salon, "/marks"), data={f"mark-{first}": "came"}, headers=HTMX).status_code == 409
    with time_machine.travel(salon.shift2.starts_at + timedelta(minutes=10), tick=False):
        lin = enter("committee")
        sent = {f"mark-{first}": "came", f"mark-{second}": "absent", "mark-x": "came", "mark-999": "came"}
        for _twice in range(2):
            answer = lin.post(url(salon, "/marks"), data=sent, headers=HTMX)
            assert answer.status_code == 200
            assert part(answer, "list") == part(lin.get(url(salon)), "list")
        assert [ticket.state for ticket in tickets()] == [State.CAME, State.ABSENT]
        assert lin.post(url(salon, "/walk-ins"), data={"name": "现场的邻居（示例）"}).status_code == 303
        assert tickets()[2].state is State.CAME
        full = lin.post(url(salon, "/walk-ins"), data={"name": "又一位（示例）"}, headers=HTMX)
        assert full.status_code == 409
        assert "号都发完了" in part(full, "list")


def test_the_lead_opens_the_door_and_gives_one_date_its_own_number(enter, salon, early):
    place, sent = (
        f"/duties/{salon.duty.id}/counter",
        {"label": "我要看诊", "tickets": "20", "minutes": "30", "most": "2"},
    )
    for stranger in ("volunteer", "other-committee"):
        assert enter(stranger).get(place).status_code == 403
        assert enter(stranger).post(place, data=sent).status_code == 403
    lin = enter("committee")
    assert lin.get(place).status_code == 200
    assert lin.post(place, data=sent | {"tickets": "0"}).status_code == 422
    assert lin.post(place, data=sent | {"is_open": "y"}).location == f"/duties/{salon.duty.id}"
    page = part(enter().get(f"/shifts/{salon.shift.id}"), "tickets")
    assert "我要看诊" in page
    assert "还有 20 个号" in page
    assert "07:30–08:00" in page
    answer = lin.post(f"/shifts/{salon.shift.id}/tickets/number", data={"tickets": "6"}, headers=HTMX)
    assert part(answer, "list") == part(lin.get(f"/shifts/{salon.shift.id}/tickets"), "list")
    assert "还有 6 个号" in part(enter().get(f"/shifts/{salon.shift.id}"), "tickets")
    for _two in range(2):
        enter().post(url(salon), data=GUEST | {"phone": f"1030000078{_two}", "size": "1"})
    few = lin.post(url(salon, "/number"), data={"tickets": "1"}, headers=HTMX)
    assert few.status_code == 409
    assert "已经给出 2 人的号" in part(few, "list")


def test_only_neighbours_say_so_and_whose_home_is_known_need_not(enter, salon, early):
    with work():
        salon.duty2.counter.local = True
    visitor = enter()
    refused = visitor.post(url(salon), data=GUEST, headers=HTMX)
    assert refused.status_code == 409
    assert "我住在本社区" in part(refused, "take")
    assert visitor.post(url(salon), data=GUEST | {"local": "y"}).status_code == 303
    assert "我住在本社区" not in door(enter("volunteer"), salon)
    assert enter("volunteer").post(url(salon), headers=HTMX).status_code == 200
    assert "我住在本社区" in door(enter("other-committee"), salon)


def test_lists_show_the_door_and_a_filter_shows_only_those(enter, salon, early):
    page = text(enter().get("/shifts/?all=1"))
    assert f'href="/shifts/{salon.shift2.id}#tickets"' in page
    assert "我要理发 · 还有 3 个号" in page
    assert f'href="/shifts/{salon.shift.id}#tickets"' not in page
    only = text(enter("volunteer").get("/shifts/?door=1"))
    assert f"/shifts/{salon.shift2.id}" in only
    assert f'href="/shifts/{salon.shift.id}"' not in only


def test_the_look_at_a_stop_counts_residents_apart(enter, salon, early, guest):
    with work():
        guest(salon.shift2, size=2)
    day = clock.local(salon.shift2.starts_at).date().isoformat()
    span = {"day": day, "begins": "00:00", "last_day": day, "until": "23:00", "reason": "storm", "words": ""}
    page = text(enter("committee").get("/stops/preview", query_string={"place": salon.community.id, **span}))
    assert " · 2 位居民取了号</h1>" in page


def test_hostile_text_is_text(enter, salon, early):
    enter().post(url(salon), data=GUEST | {"name": "<script>x</script>{{ 7*7 }}"})
    page = text(enter("committee").get(url(salon)))
    assert "<script>x" not in page
    assert "{{ 7*7 }}" in page


@pytest.mark.parametrize("more", [1, 12])
def test_pages_cost_few_statements_whatever_the_number_of_tickets(enter, salon, early, more):
    with work():
        Handout(salon.shift2).resize(12, by=salon.lin)
        for number in range(more):
            holder = Holder(name=f"居民{number}（示例）", phone=f"103{number:08}")
            Handout(salon.shift2).take(holder, 2, by=None)
    link = enter().post(url(salon), data=GUEST).location
    wu, lin = enter("volunteer"), enter("committee")
    wu.post(url(salon))
    pages = [(lin, url(salon), 8), (lin, url(salon, "/sheet"), 8), (enter(), link, 8), (enter(), url(salon, "/new"), 8)]
    pages += [(lin, f"/duties/{salon.duty2.id}/counter", 8), (wu, "/me", 8), (enter(), "/shifts/?door=1", 8)]
    pages += [(who, f"/shifts/{salon.shift2.id}", 10) for who in (wu, enter())]
    for client, place, most in pages:
        client.get(place)
        with counted() as said:
            assert client.get(place).status_code == 200
        assert len(said) <= most, "\n\n".join([place, *said])
