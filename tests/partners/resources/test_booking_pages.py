"""Booking on the page: who may, what the loser reads, what owner and booker do; a series as one thing."""

from datetime import timedelta

import pytest
import time_machine

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.member import Role
from partners.resources.booker import Booker
from partners.resources.booking import Booking
from partners.resources.booking_words import State
from partners.resources.resource import Resource
from partners.resources.series import Series
from tests.support.lending import TUESDAY, booker, coming, lend, span
from tests.support.pages import HTMX, part
from tests.support.statements import counted

DAY = timedelta(days=1)


@pytest.fixture
def lent(world):
    """The hall and those who want it; the owner's colleague is a member, the choir's colleague too."""
    with work():
        found = lend(world)
        found.choir.join(world.zhao, Role.MEMBER, by=world.wu)
        return found


@pytest.fixture
def asking(lent):
    """The same, where the owner answers."""
    with work():
        db.session.get_one(Resource, lent.hall.id).at_once = False
    return lent


def said(partner, day, first="14:00", last="16:00", **more) -> dict:
    """What somebody types who wants a time."""
    return {"booker": f"p{partner.id}", "day": day.isoformat(), "starts": first, "ends": last} | more


def wanted(partner, weeks=4, **more) -> dict:
    """What somebody types who wants every Tuesday."""
    days = {"first": coming(TUESDAY).isoformat(), "last": coming(TUESDAY, weeks).isoformat()}
    return {"booker": f"p{partner.id}", "weekdays": [TUESDAY], "starts": "14:00", "ends": "16:00"} | days | more


def url(lent, verb="bookings") -> str:
    return f"/resources/{lent.hall.id}/{verb}"


def newest(model=Booking):
    db.session.rollback()
    return db.session.scalars(db.select(model).order_by(model.id.desc()).limit(1)).first()


def test_a_manager_books_and_sees_it_on_the_page(enter, lent, world):
    wu = enter("volunteer")
    page = wu.get(f"/resources/{lent.hall.id}").text
    assert f'value="p{lent.choir.id}"' in page
    assert f'value="p{lent.dancers.id}"' not in page
    answer = wu.post(url(lent), data=said(lent.choir, coming(TUESDAY), purpose="合唱排练"))
    assert (answer.status_code, answer.location) == (303, f"/resources/{lent.hall.id}")
    page = wu.get(answer.location).text
    assert "约好了：幸福剧场" in page
    assert "合唱排练" in page
    assert newest().state is State.GRANTED


@pytest.mark.parametrize(
    ("name", "status"), [(None, 303), ("partner", 404), ("grid", 403), ("volunteer2", 404), ("committee", 404)]
)
def test_nobody_books_in_anothers_name(enter, lent, name, status):
    answer = enter(name).post(url(lent), data=said(lent.choir, coming(TUESDAY)))
    assert answer.status_code == status
    assert newest() is None


def test_an_office_books_in_its_own_name(enter, lent, world):
    committee = enter("committee")
    data = said(lent.choir, coming(TUESDAY)) | {"booker": f"o{world.community.id}"}
    assert committee.post(url(lent), data=data).status_code == 303
    assert (newest().office_id, newest().partner_id) == (world.community.id, None)
    assert "东方社区（社区自用）" in committee.get("/bookings/").text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [("day", "明天", "请写成 2026-12-01 这样"), ("starts", "两点", "请写成 07:30 这样"), ("ends", "", "这一项要填"),
     ("units", "21", "请填 1 到 20 之间的数"), ("purpose", "长" * 121, "最多 120 个字"), ("booker", "", "这一项要填")],
)  # fmt: skip
def test_bad_input_has_its_sentence_and_stays(enter, lent, world, field, typed, sentence):
    with work():
        db.session.get_one(Resource, lent.hall.id).quantity = 30
    answer = enter("volunteer").post(url(lent), data=said(lent.choir, coming(TUESDAY)) | {field: typed}, headers=HTMX)
    assert answer.status_code == 422
    page = part(answer, "resource")
    assert sentence in page
    assert f'id="book-{field}-error"' in page
    assert 'value="16:00"' in page or field == "ends"


def test_the_loser_reads_whom_to_ask_and_finds_free_times_to_press(enter, lent, world):
    day = coming(TUESDAY)
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    zhou = enter("volunteer2")
    answer = zhou.post(url(lent), data=said(lent.dancers, day, "15:00", "17:00", purpose="练舞"))
    assert answer.status_code == 409
    for words in (
        "已经约给“东方合唱团（示例）”",
        "值班室 02900000018",
        "吴阿姨 100****0004",
        "最近空着的时间，点一下填好",
    ):
        assert words in answer.text
    assert "练舞" in answer.text, "nothing that was typed is lost"
    free = answer.text.split("点一下填好")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert 'value="16:00"' in zhou.get(free.split("#")[0]).text
    assert newest().partner_id == lent.choir.id


def test_whoever_ticks_waits_and_is_told_when_it_is_free(enter, lent, world):
    day = coming(TUESDAY)
    wu, zhou = enter("volunteer"), enter("volunteer2")
    wu.post(url(lent), data=said(lent.choir, day))
    first = newest().id
    assert zhou.post(url(lent), data=said(lent.dancers, day, wait="y")).status_code == 303
    waiting = newest().id
    assert "排上队了" in zhou.get(f"/resources/{lent.hall.id}").text
    assert wu.post(f"/bookings/{first}/withdrawal").status_code == 303
    assert newest().state is State.GRANTED
    assert "空出来了，已经约给您" in zhou.get("/notices/").text
    assert "约好了" in zhou.get(f"/bookings/{waiting}").text


PEOPLE = [(None, 404), ("volunteer", 200), ("partner", 200), ("department", 200), ("committee", 200),
          ("subdistrict", 200), ("volunteer2", 404), ("other-committee", 404)]  # fmt: skip


@pytest.mark.parametrize(("name", "status"), PEOPLE)
def test_a_booking_is_known_to_those_concerned(enter, lent, world, name, status):
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        single = hall.book(booker(lent.choir), *span(coming(TUESDAY), 9, 10), by=world.wu).id
        days = {"weekdays": [TUESDAY], "first": coming(TUESDAY), "last": coming(TUESDAY, 2), "skip_holidays": False}
        times = {"starts": clock.local(span(coming(TUESDAY), 14, 16)[0]).time()}
        times["ends"] = clock.local(span(coming(TUESDAY), 14, 16)[1]).time()
        series = hall.book_weekly(booker(lent.choir), by=world.wu, **days, **times).id
    client = enter(name)
    for address in (f"/bookings/{single}", f"/series/{series}"):
        answer = client.get(address)
        assert answer.status_code == status
    if name in ("volunteer", "department", "committee", "partner"):
        for address in (f"/bookings/{single}", f"/series/{series}"):
            with counted() as statements:
                client.get(address)
            assert len(statements) <= 8, "\n\n".join(statements)


MOVES = [
    ("acceptance", {}, "department", State.GRANTED),
    ("refusal", {"reason": "当天有演出"}, "department", State.REFUSED),
    ("withdrawal", {}, "volunteer", State.WITHDRAWN),
]


@pytest.mark.parametrize(("verb", "data", "who", "state"), MOVES)
def test_owner_and_booker_move_a_request_and_colleagues_and_strangers_do_not(
    enter, asking, world, verb, data, who, state
):
    enter("volunteer").post(url(asking), data=said(asking.choir, coming(TUESDAY)))
    id = newest().id
    for name, status in (
        (None, 404), ("volunteer2", 404), ("partner", 403), ("committee", 403), ("other-committee", 404),
        ("volunteer" if who == "department" else "department", 403),
    ):  # fmt: skip
        assert enter(name).post(f"/bookings/{id}/{verb}", data=data).status_code == status, name
        assert newest().state is State.ASKED
    client = enter(who)
    answer = client.post(f"/bookings/{id}/{verb}", data=data, headers=HTMX)
    assert answer.status_code == 200
    assert newest().state is state
    assert part(answer, "booking") == part(client.get(f"/bookings/{id}"), "booking")


def test_an_office_answers_where_the_owner_said_so(enter, asking, world):
    with work():
        db.session.get_one(Resource, asking.hall.id).office_answers = True
    enter("volunteer").post(url(asking), data=said(asking.choir, coming(TUESDAY)))
    id = newest().id
    committee = enter("committee")
    assert f"/bookings/{id}" in committee.get("/today").text
    assert "请答复" in committee.get(f"/bookings/{id}").text
    assert committee.post(f"/bookings/{id}/acceptance").status_code == 303
    assert enter("other-committee").post(f"/bookings/{id}/refusal", data={"reason": "x"}).status_code == 404
    assert newest().state is State.GRANTED


def test_the_owner_is_led_to_whoever_goes_first(enter, asking, world):
    day = coming(TUESDAY)
    with time_machine.travel(clock.now() - DAY, tick=False), work():
        hall = db.session.get_one(Resource, asking.hall.id)
        first = hall.book(booker(asking.dancers), *span(day, 15, 17), by=world.zhou).id
    enter("volunteer").post(url(asking), data=said(asking.choir, day))
    second, qian = newest().id, enter("department")
    page = qian.get(f"/bookings/{second}").text
    assert "按公平规则，先答复“东方舞蹈队（示例）”" in page
    assert f"/bookings/{first}" in page
    answer = qian.post(f"/bookings/{second}/acceptance")
    assert answer.status_code == 409
    assert "那一家申请得更早" in answer.text


@pytest.mark.parametrize(("verb", "field"), [("refusal", "reason"), ("release", "reason")])
def test_without_a_reason_the_sentence_stands_beside_the_field(enter, asking, world, verb, field):
    enter("volunteer").post(url(asking), data=said(asking.choir, coming(TUESDAY)))
    id, qian = newest().id, enter("department")
    if verb == "release":
        qian.post(f"/bookings/{id}/acceptance")
    answer = qian.post(f"/bookings/{id}/{verb}", data={"reason": " "}, headers=HTMX)
    assert answer.status_code == 409
    assert f'id="{field}-error"' in part(answer, "booking")
    assert "请写一句原因，对方会看到。" in part(answer, "booking")


def test_the_owner_takes_a_time_back_and_the_booker_reads_why(enter, lent, world):
    enter("volunteer").post(url(lent), data=said(lent.choir, coming(TUESDAY)))
    id = newest().id
    assert enter("department").post(f"/bookings/{id}/release", data={"reason": "灯光坏了"}).status_code == 303
    assert "灯光坏了" in enter("volunteer").get(f"/bookings/{id}").text
    assert newest().state is State.RELEASED


def test_confirming_on_the_page(enter, lent, world):
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        hall.confirm_days = 3
        booking = hall.book(booker(lent.choir), *span(coming(TUESDAY, 4), 14, 16), by=world.wu)
        booking.ask_to_confirm()
        id = booking.id
    wu = enter("volunteer")
    assert "约了的还用吗" in wu.get("/today").text
    assert "还用吗？" in wu.get(f"/bookings/{id}").text
    assert enter("department").post(f"/bookings/{id}/confirmation").status_code == 403
    assert enter("partner").post(f"/bookings/{id}/confirmation").status_code == 403
    assert wu.post(f"/bookings/{id}/confirmation").status_code == 303
    assert newest().confirmed_at is not None
    answer = wu.post(f"/bookings/{id}/confirmation")
    assert answer.status_code == 409
    assert "不用再确认" in answer.text


def test_whether_they_came_is_noted_by_the_owner(enter, lent, world):
    enter("volunteer").post(url(lent), data=said(lent.choir, coming(TUESDAY)))
    booking = newest()
    qian = enter("department")
    assert qian.post(f"/bookings/{booking.id}/absence").status_code == 409
    start = newest().starts_at
    with time_machine.travel(start + timedelta(minutes=5), tick=False):
        qian = enter("department")
        assert "来了没有？" in qian.get(f"/bookings/{booking.id}").text
        assert enter("volunteer").post(f"/bookings/{booking.id}/use").status_code == 403
        assert qian.post(f"/bookings/{booking.id}/absence").status_code == 303
        assert newest().state is State.NOT_USED
        assert qian.post(f"/bookings/{booking.id}/use").status_code == 303
        assert newest().state is State.USED


def test_a_series_shows_all_of_its_dates(enter, lent, world):
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        for week in (2, 3):
            hall.book(Booker(office=world.community), *span(coming(TUESDAY, week), 13, 15), by=world.lin)
    wu = enter("volunteer")
    answer = wu.post(url(lent, "series"), data=wanted(lent.choir, purpose="合唱排练"))
    series = newest(Series)
    assert (answer.status_code, answer.location) == (303, f"/series/{series.id}")
    page = wu.get(answer.location).text
    assert "约好了 2 个日子；2 个在排队" in page
    assert page.count("这个时间约给别人了") == 2
    assert "合唱排练" in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"weekdays": []}, "请至少选一个星期几"), ({"last": "2020-01-01"}, "比“从哪天”还早"),
     ({"starts": "06:00"}, "这个时间不开放")],
)  # fmt: skip
def test_a_series_that_cannot_be_is_a_sentence_and_the_fold_is_open(enter, lent, more, sentence):
    answer = enter("volunteer").post(url(lent, "series"), data=wanted(lent.choir) | more, headers=HTMX)
    assert answer.status_code in (409, 422)
    page = part(answer, "resource")
    assert sentence in page
    assert '<details class="fold" open>' in page


SERIES_MOVES = [
    ("acceptance", {}, "department", State.GRANTED),
    ("refusal", {"reason": "周二要排戏"}, "department", State.REFUSED),
    ("withdrawal", {}, "volunteer", State.WITHDRAWN),
]


@pytest.mark.parametrize(("verb", "data", "who", "state"), SERIES_MOVES)
def test_a_series_is_answered_and_given_up_as_one(enter, asking, world, verb, data, who, state):
    enter("volunteer").post(url(asking, "series"), data=wanted(asking.choir))
    series = newest(Series).id
    for name, status in ((None, 404), ("volunteer2", 404), ("partner", 403), ("committee", 403)):
        assert enter(name).post(f"/series/{series}/{verb}", data=data).status_code == status
    client = enter(who)
    if who == "department":
        assert f"/series/{series}" in client.get("/today").text
    answer = client.post(f"/series/{series}/{verb}", data=data, headers=HTMX)
    assert answer.status_code == 200
    assert {date.state for date in newest(Series).dates} == {state}
    assert part(answer, "series") == part(client.get(f"/series/{series}"), "series")


def test_one_press_confirms_what_is_asked_about(enter, lent, world):
    with work():
        db.session.get_one(Resource, lent.hall.id).confirm_days = 3
    wu = enter("volunteer")
    wu.post(url(lent, "series"), data=wanted(lent.choir, weeks=6))
    series = newest(Series).id
    with work():
        for date in db.session.get_one(Series, series).dates[2:4]:
            date.ask_to_confirm()
    assert "2 个日子等您确认" in wu.get(f"/series/{series}").text
    assert wu.post(f"/series/{series}/confirmation").status_code == 303
    assert sum(date.confirmed_at is not None for date in newest(Series).dates) == 2
    assert wu.post(f"/series/{series}/confirmation").status_code == 409


def test_the_same_form_twice_is_one_booking(enter, lent):
    wu, data = enter("volunteer"), said(lent.choir, coming(TUESDAY)) | {"key": "k" * 32}
    assert [wu.post(url(lent), data=data).status_code for _n in range(2)] == [303, 303]
    assert len(db.session.scalars(db.select(Booking.id)).all()) == 1


@pytest.mark.parametrize("verb", ["bookings", "series"])
def test_the_answer_and_the_page_agree(enter, lent, verb):
    wu = enter("volunteer")
    data = said(lent.choir, coming(TUESDAY)) if verb == "bookings" else wanted(lent.choir, last="2020-01-01")
    answer = wu.post(url(lent, verb), data=data, headers=HTMX)
    if verb == "bookings":
        assert part(answer, "resource") == part(wu.get(f"/resources/{lent.hall.id}"), "resource")
    else:
        assert answer.status_code == 422


def test_my_bookings_and_those_of_mine(enter, lent, world):
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        for number in range(1, 31):
            hall.book(booker(lent.choir), *span(clock.today() + number * DAY, 14, 15), by=world.wu)
    wu, qian = enter("volunteer"), enter("department")
    page = wu.get("/bookings/")
    assert page.text.count("看这条预约") == 25
    more = part(page, "rows-more").split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert wu.get(more).text.count("看这条预约") == 5
    assert "还没有人约您这边的" in wu.get("/bookings/?side=lent").text
    assert qian.get("/bookings/?side=lent").text.count("看这条预约") == 25
    assert "还没有约过" in qian.get("/bookings/?side=nothing").text
    assert enter("grid").get("/bookings/").status_code == 403


def test_every_move_is_read_in_words(enter, lent, world):
    wu, qian = enter("volunteer"), enter("department")
    wu.post(url(lent), data=said(lent.choir, coming(TUESDAY)))
    id = newest().id
    qian.post(f"/bookings/{id}/release", data={"reason": "灯光坏了"})
    page = wu.get(f"/bookings/{id}").text
    assert "约好了：“幸福剧场”" in page
    assert "提供方收回了，原因写在预约页上" in page
    verbs = [line.verb for line in db.session.scalars(Line.about(newest()))]
    assert verbs == ["booking.taken", "booking.released"]
    assert "booking." not in enter("committee").get("/journal/").text
