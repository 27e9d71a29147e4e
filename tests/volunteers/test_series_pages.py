"""The pages of standing duties and of stops: a look before each change, and a sentence for whoever may not."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from tests.volunteers.test_series import DAY, WEDNESDAY, dates, tuesdays
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.standing_place import StandingPlace
from volunteers.standing_state import State as Standing
from volunteers.stop import Stop

MOST = 8  # statements beside those that ask who is there


def text(response):
    return response.get_data(as_text=True)


def said(response):
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text(response)))


@pytest.fixture
def weekly(world):
    """A standing duty of a year, on Tuesdays."""
    with work():
        id = DutySeries.write(world.duty, tuesdays(52), 3, by=world.lin).id
    return lambda: db.session.get_one(DutySeries, id)


def fields(series, **more):
    """The form of a rule as a browser sends it."""
    names = {"first": series.first.isoformat(), "last": series.last.isoformat(), "seats": "3", "weekdays": "1"}
    return names | {"starts": "15:00", "ends": "16:00", "sequence": str(series.sequence)} | more


def test_a_change_is_shown_before_it_is_saved(enter, world, weekly):
    for client in (enter("volunteer"), enter("volunteer2")):
        assert client.post(f"/shifts/{dates(weekly())[9].id}/signups").status_code == 303
    lin, url = enter("committee"), f"/standing/{weekly().id}"
    wednesdays = fields(weekly(), weekdays=str(WEDNESDAY))
    page = lin.get(f"{url}/preview", query_string=wednesdays)
    assert "51 场跟着改，1 场有人报名保持原样" in text(page)
    assert "改成：每周三 15:00" in said(page)
    assert weekly().weekdays == "1"
    back = re.search(r'href="([^"]+/edit[?][^"]+)"', text(page))[1].replace("&amp;", "&")
    assert re.search(r'value="2" checked', text(lin.get(back)))
    hidden = dict(re.findall(r'name="([a-z_]+)"[^>]* value="([^"]*)"', text(page).split('method="post"')[-1]))
    answer = lin.post(url, data=hidden)
    assert (answer.status_code, answer.location) == (303, url)
    assert "51 场跟着改" in text(lin.get(url))
    assert weekly().weekdays == str(WEDNESDAY)
    stale = lin.post(url, data=wednesdays | {"seats": "9"})
    assert stale.status_code == 409
    assert "同事改过这个岗位" in text(stale)


def test_what_makes_no_rule_is_said_beside_its_field(enter, weekly):
    lin, url = enter("committee"), f"/standing/{weekly().id}"
    for wrong, sentence in (
        ({"starts": "16:00"}, "不能相同"),
        ({"seats": "0"}, "1 到 500"),
        ({"last": "2999-01-01"}, "最多排 400 场"),
        ({"first": "2020-01-01", "last": "2020-02-01"}, "没有一天符合"),
    ):
        for answer in (
            lin.get(f"{url}/preview", query_string=fields(weekly(), **wrong)),
            lin.post(url, data=fields(weekly(), **wrong)),
        ):
            assert answer.status_code in (409, 422)
            assert sentence in text(answer), wrong
            assert 'name="weekdays"' in text(answer)


@pytest.mark.parametrize("stranger", ["volunteer", "partner", "other-committee", "grid"])
def test_nobody_else_changes_a_rule_or_stops(enter, world, weekly, stranger):
    client, series, shift = enter(stranger), weekly(), world.shift
    place = world.community.id
    for path in (f"/standing/{series.id}/edit", f"/standing/{series.id}/preview", f"/stops/new?place={place}"):
        assert client.get(path).status_code == 403, path
    for path in (f"/standing/{series.id}", f"/standing/{series.id}/end", f"/standing/{series.id}/offers"):
        assert client.post(path, data=fields(series, phone="10000000004")).status_code == 403, path
    moved = {"day": (clock.today() + DAY).isoformat(), "starts": "09:00", "ends": "10:00"}
    assert client.post(f"/shifts/{shift.id}/move", data=moved).status_code == 403
    assert client.post(f"/shifts/{shift.id}/restoration").status_code == 403
    assert client.post(f"/stops/?place={place}", data=hours()).status_code == 403


@pytest.mark.parametrize("organiser", ["committee", "subdistrict"])
def test_the_lead_and_a_colleague_above_change_it(enter, weekly, organiser):
    client, url = enter(organiser), f"/standing/{weekly().id}"
    assert client.get(f"{url}/edit").status_code == 200
    assert client.post(url, data=fields(weekly(), seats="5")).status_code == 303
    assert client.post(f"{url}/end").status_code == 303
    assert not weekly().is_living
    assert client.get(f"{url}/edit").status_code == 409


def test_a_volunteer_asks_to_come_every_week_and_is_let(enter, world, weekly):
    wu, lin, url = enter("volunteer"), enter("committee"), f"/standing/{weekly().id}"
    assert "我想固定来" in text(wu.get(url))
    answer = wu.post(f"{url}/places", headers=HTMX)
    assert "等负责人答复" in part(answer, "mine")
    assert part(answer, "mine") == part(wu.get(url), "mine")
    place = db.session.scalar(seen(select(StandingPlace)))
    assert wu.post(f"/standing/places/{place.id}/grant").status_code == 403
    assert enter("volunteer2").post(f"/standing/places/{place.id}/grant").status_code == 404
    assert "想固定来" in text(lin.get("/notices/"))
    granted = lin.post(f"/standing/places/{place.id}/grant", headers=HTMX)
    assert part(granted, "regulars") == part(lin.get(url), "regulars")
    assert "您固定来" in part(wu.get(url), "mine")
    assert "固定来的" in text(wu.get("/me"))
    assert dates(weekly())[20].signup_of(world.wu).state is State.CONFIRMED
    ended = wu.post(f"/standing/places/{place.id}/end", data={"leave": "y"}, headers=HTMX)
    assert "我想固定来" in part(ended, "mine")
    assert dates(weekly())[20].signup_of(world.wu).state is State.WITHDRAWN


def test_the_organiser_asks_somebody_who_answers_on_his_own_page(enter, world, weekly):
    lin, zhou, url = enter("committee"), enter("volunteer2"), f"/standing/{weekly().id}"
    assert "还没有登记过" in text(lin.post(f"{url}/offers", data={"phone": "10099999999"}, headers=HTMX))
    answer = lin.post(f"{url}/offers", data={"phone": world.zhou.phone}, headers=HTMX)
    assert part(answer, "regulars") == part(lin.get(url), "regulars")
    assert "等本人答复" in part(answer, "regulars")
    assert "我固定来" in part(zhou.get("/me"), "standing")
    place = db.session.scalar(seen(select(StandingPlace)))
    assert enter("volunteer").post(f"/standing/places/{place.id}/acceptance").status_code == 404
    mine = zhou.post(f"/standing/places/{place.id}/acceptance", data={"back": "me"}, headers=HTMX)
    assert part(mine, "standing") == part(zhou.get("/me"), "standing")
    assert db.session.get_one(StandingPlace, place.id).state is Standing.HELD
    assert lin.get(f"/standing/places/{place.id}").location == url
    assert "周师傅" not in text(enter().get(url))


def test_one_date_is_moved_called_off_and_restored(enter, world, weekly):
    lin, shift = enter("committee"), dates(weekly())[3]
    day = clock.local(shift.starts_at).date() + 2 * DAY
    url, moved = f"/shifts/{shift.id}", {"day": day.isoformat(), "starts": "09:00", "ends": "10:30"}
    answer = lin.post(f"{url}/move", data=moved, headers=HTMX)
    assert part(answer, "manage") == part(lin.get(url), "manage")
    assert clock.local(db.session.get_one(Shift, shift.id).starts_at).date() == day
    same = lin.post(f"{url}/move", data=moved, headers=HTMX)
    assert same.status_code == 409
    assert "没有什么要改的" in part(same, "manage")
    assert lin.post(f"{url}/restoration").status_code == 409
    lin.post(f"{url}/cancellation", data={"reason": "停电"})
    assert "恢复这一场" in part(lin.get(url), "manage")
    restored = lin.post(f"{url}/restoration", headers=HTMX)
    assert part(restored, "manage") == part(lin.get(url), "manage")
    assert not db.session.get_one(Shift, shift.id).is_cancelled


def hours(**more):
    """Two weeks of heat from now on."""
    today = clock.today()
    given = {"day": today.isoformat(), "begins": "00:00", "last_day": (today + 14 * DAY).isoformat(), "until": "20:00"}
    return given | {"reason": "heat", "outdoor_only": "y", "words": "39 度"} | more


def test_heat_stops_what_is_outdoors_and_a_cool_day_brings_it_back(enter, world):
    with work():
        world.duty.outdoor = True
    wu, lin, place = enter("volunteer"), enter("committee"), world.community.id
    wu.post(f"/shifts/{world.shift.id}/signups")
    assert f"/stops/new?place={place}" in text(lin.get(f"/places/{world.community.code}"))
    assert lin.get(f"/stops/new?place={place}").status_code == 200
    preview = lin.get("/stops/preview", query_string=hours(place=place))
    assert "1 场 · 1 人" in text(preview)
    assert not world.shift.is_cancelled
    answer = lin.post(f"/stops/?place={place}", data=hours())
    stop = db.session.scalar(select(Stop))
    assert answer.location == f"/stops/{stop.id}"
    assert "高温：39 度" in text(wu.get(f"/shifts/{world.shift.id}"))
    assert "STATUS:CANCELLED" in text(wu.get(f"/shifts/{world.shift.id}.ics"))
    assert "恢复这些活动" not in text(wu.get(answer.location))
    assert wu.post(f"{answer.location}/lifting").status_code == 403
    lifted = lin.post(f"{answer.location}/lifting", headers=HTMX)
    assert part(lifted, "stop") == part(lin.get(answer.location), "stop")
    assert world.shift.signup_of(world.wu).state is State.CONFIRMED
    assert "STATUS:CONFIRMED" in text(wu.get(f"/shifts/{world.shift.id}.ics"))
    assert "有 0 场" not in text(wu.get("/notices/"))


def test_hours_without_a_shift_and_wrong_hours_are_said(enter, world):
    lin, place = enter("committee"), world.community.id
    assert "0 场 · 0 人" in text(lin.get("/stops/preview", query_string=hours(place=place)))
    nothing = lin.post(f"/stops/?place={place}", data=hours())
    assert nothing.status_code == 409
    assert "没有要停的活动" in text(nothing)
    for wrong, sentence in (({"last_day": "2020-01-01"}, "要比开始晚"), ({"reason": "other", "words": ""}, "写一句")):
        answer = lin.post(f"/stops/?place={place}", data=hours(**wrong))
        assert answer.status_code == 409
        assert sentence in text(answer)
    assert lin.get("/stops/preview", query_string=hours(place=place, until="soon")).status_code == 422


def test_the_pages_cost_the_same_for_a_month_and_a_year(enter, world, weekly):
    lin, wu, stranger = enter("committee"), enter("volunteer"), enter()
    for client in (wu, enter("volunteer2")):
        client.post(f"/standing/{weekly().id}/places")
    for place in db.session.scalars(seen(select(StandingPlace))).all():
        lin.post(f"/standing/places/{place.id}/grant")
    url = f"/standing/{weekly().id}"
    stop = {"last_day": (clock.today() + timedelta(days=400)).isoformat(), "place": world.community.id}
    del stop["place"]
    for client, path, query in (
        (lin, url, None),
        (wu, url, None),
        (stranger, url, None),
        (lin, f"{url}/edit", None),
        (lin, f"{url}/preview", fields(weekly(), weekdays="2")),
        (lin, "/stops/preview", hours(place=world.community.id, **stop)),
        (lin, f"/duties/{world.duty.id}", None),
        (lin, f"/duties/{world.duty.id}/edit", None),
    ):
        client.get(path, query_string=query)
        with counted() as asked:
            assert client.get(path, query_string=query).status_code == 200
        own = [
            one for one in asked if "FROM sign_in" not in one and "FROM post" not in one and "FROM notice" not in one
        ]
        assert len(own) <= MOST, (path, chr(10).join(one[:140] for one in own))
