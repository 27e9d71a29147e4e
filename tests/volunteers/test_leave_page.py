"""这次去不了 by the short address in the text of an event: a page with one button, never an act by looking."""

import pytest

from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.signup import State


def text(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def going(world):
    """吴阿姨 has the one seat, 周师傅 waits."""
    with work():
        for person in (world.wu, world.zhou):
            world.shift.sign_up(person, by=person)
    return world.shift.signup_of(world.wu).id


def state(world, person):
    db.session.rollback()
    return world.shift.signup_of(person).state


def test_looking_changes_nothing_and_tells_a_stranger_nothing(enter, world, going):
    url = f"/no/{world.shift.id}"
    assert enter().get(url).location == f"/sign-in?next={url}"
    assert enter("partner").get(url).location == f"/shifts/{world.shift.id}"
    assert enter("committee").get(url).location == f"/shifts/{world.shift.id}"
    assert enter("volunteer").get("/no/999").status_code == 404
    enter("volunteer").get(url)
    assert state(world, world.wu) is State.CONFIRMED


def test_after_signing_in_she_is_where_she_wanted_to_be(enter, world, going):
    from demo.world import PASSWORD

    phone = enter()
    answer = phone.post(
        f"/sign-in?next=/no/{world.shift.id}",
        data={"username": "volunteer", "password": PASSWORD, "next": f"/no/{world.shift.id}"},
    )
    assert answer.location.endswith(f"/no/{world.shift.id}")


def test_one_button_and_then_what_happens_to_the_seat(enter, world, going):
    wu, url = enter("volunteer"), f"/no/{world.shift.id}"
    page = text(wu.get(url))
    assert part(wu.get(url), "leave").count('<button class="main"') == 1
    assert "名额会先问候补的第一位" in page
    answer = wu.post(f"/signups/{going}/withdrawal?back=no", headers=HTMX)
    assert part(answer, "leave") == part(wu.get(url), "leave")
    assert "已经按先后问第一位了" in part(answer, "leave")
    assert (state(world, world.wu), state(world, world.zhou)) == (State.WITHDRAWN, State.OFFERED)
    again = wu.post(f"/signups/{going}/withdrawal?back=no", headers=HTMX)
    assert again.status_code == 409
    assert "。" in part(again, "leave")


def test_without_script_it_leads_back_there(enter, world, going):
    answer = enter("volunteer").post(f"/signups/{going}/withdrawal?back=no")
    assert answer.status_code == 303
    assert answer.location.startswith(f"/no/{world.shift.id}")


def test_nobody_leaves_for_somebody_else(enter, world, going):
    assert enter("volunteer2").post(f"/signups/{going}/withdrawal?back=no").status_code == 404
    assert state(world, world.wu) is State.CONFIRMED


def test_what_was_called_off_needs_no_leaving(enter, world, going):
    with work():
        world.shift.cancel("下雨", by=world.lin)
    page = part(enter("volunteer").get(f"/no/{world.shift.id}"), "leave")
    assert "您不用再退" in page
    assert "<button" not in page


def test_it_costs_few_statements(enter, world, going):
    wu = enter("volunteer")
    wu.get(f"/no/{world.shift.id}")
    with counted() as said:
        wu.get(f"/no/{world.shift.id}")
    assert len(said) <= 8, [one[:140] for one in said]
