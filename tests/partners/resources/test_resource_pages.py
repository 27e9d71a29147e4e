"""The pages of resources: the list and its sheet, one of them, its week; offering, changing, closing."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.kind import Kind
from partners.resources.booker import Booker
from partners.resources.booking import Booking
from partners.resources.booking_words import State
from partners.resources.resource import Resource
from partners.resources.resource_words import Sort, Status
from tests.support.lending import PHONE, TUESDAY, booker, coming, facts, lend, span
from tests.support.pages import HTMX, part
from tests.support.statements import counted

DAY = timedelta(days=1)
HOSTILE = '<script>alert(1)</script>\u202e "&amp; 𠮷'
OFFER = {
    "sort": "room",
    "name": "书画室",
    "spot": "二楼东头",
    "quantity": "1",
    "capacity": "30",
    "equipment": "画案四张",
    "hours_0": "08:00-12:00 14:00-18:00",
    "hours_2": "９：００－１２：００",
    "free_for": ["resident_group", "team"],
    "free_hours": "20",
    "at_once": "at-once",
    "confirm_days": "3",
    "contact_name": "前台",
    "contact_phone": PHONE,
    "valid_until": (clock.today() + 200 * DAY).isoformat(),
}


@pytest.fixture
def lent(grown, world):
    """The hall and those who want it, committed."""
    return grown("lent", lambda: lend(world))


@pytest.fixture
def many(grown, world):
    """Sixty rooms more in the other community, with bookings, requests, closures."""

    def build():
        found = lend(world)
        for number in range(60):
            room = Resource.offer(
                world.other_community, by=world.stranger_lin, **facts(sort=Sort.ROOM, name=f"活动室{number}")
            )
        hall = found.hall
        hall.office_answers = True
        for number in range(1, 20):
            when = span(clock.today() + number * DAY, 14, 16)
            hall.book(booker(found.choir if number % 2 else found.dancers), *when, by=world.wu)
        hall.at_once = False
        for number in range(1, 20):
            hall.book(booker(world.team), *span(clock.today() + number * DAY, 9, 10), by=world.wu)
        hall.close(*span(coming(6), 8, 22), "检修", by=world.qian)
        room.close(*span(coming(6), 8, 22), "检修", by=world.stranger_lin)
        return found

    return grown("many_resources", build)


def newest() -> Resource:
    db.session.rollback()
    return db.session.scalars(db.select(Resource).order_by(Resource.id.desc()).limit(1)).one()


def url(lent, verb="") -> str:
    return f"/resources/{lent.hall.id}{'/' if verb else ''}{verb}"


@pytest.mark.parametrize("name", [None, "volunteer", "department", "committee", "partner", "subdistrict"])
@pytest.mark.parametrize("page", ["list", "/resources/?sort=room&q=音响&place=610102004", "hall", "week", "mine"])
def test_eight_statements_whatever_the_number_of_rows(enter, many, name, page):
    known = {"list": "/resources/", "hall": url(many), "week": url(many, "week"), "mine": "/bookings/?side=lent"}
    address = known.get(page, page)
    client = enter(name)
    client.get(address)
    with counted() as said:
        client.get(address)
    assert len(said) <= 8, "\n\n".join(said)


def test_the_list_says_what_there_is_and_goes_on_where_it_stopped(enter, many):
    client, address, seen = enter(), "/resources/?sort=room", []
    while address:
        page = client.get(address)
        seen += [name.split("<")[0] for name in part(page, "rows").split("<bdi>")[1:] if name.startswith("活动室")]
        more = part(page, "rows-more")
        address = more.split('href="')[1].split('"')[0].replace("&amp;", "&") if "href" in more else None
    assert (len(seen), len(set(seen)), seen[0]) == (60, 60, "活动室59")
    assert "一共 61 项" in client.get("/resources/").text
    assert "东方社区有 1 项" in client.get("/resources/?place=610102004003").text


def test_car_parks_are_counted_with_their_places(enter, lent, world):
    with work():
        for number, places in enumerate((209, 1500)):
            said = facts(sort=Sort.PARKING, name=f"停车场{number}", quantity=places)
            Resource.offer(world.community, lent.owner, by=world.qian, **said)
    assert "2 个停车场，1,709 个车位" in enter().get("/resources/?sort=parking").text


@pytest.mark.parametrize(
    "query", ["sort=nothing", "place=nowhere", "page=!!", "page=WzFd", "q=%25_", "q=" + "长" * 500]
)
def test_an_address_that_says_nothing_narrows_nothing_or_finds_nothing(enter, lent, query):
    assert enter().get(f"/resources/?{query}").status_code == 200
    assert enter().get(f"/resources.xlsx?{query}").status_code == 200
    assert enter().get(f"{url(lent, 'week')}?from={query}").status_code == 200


def test_an_empty_list_says_what_to_do(enter, world):
    assert "还没有人提供场地和资源" in enter().get("/resources/").text
    assert "换个类别、地点或词再试" in enter().get("/resources/?q=没有这样的词").text


@pytest.mark.parametrize(
    ("name", "whole"), [(None, False), ("volunteer2", True), ("partner", True), ("grid", False), ("committee", True)]
)
def test_the_number_is_whole_for_those_who_may_book(enter, lent, name, whole):
    client = enter(name)
    values = [cell for row in load_workbook(BytesIO(client.get("/resources.xlsx").data)).active.values for cell in row]
    assert (PHONE in values) == whole
    assert (PHONE in client.get(url(lent)).text) == whole


def test_the_sheet_calculates_nothing(enter, lent, world):
    with work():
        db.session.get_one(Resource, lent.hall.id).name = "=1+1"
    rows = list(load_workbook(BytesIO(enter().get("/resources.xlsx").data)).active.iter_rows())
    head = next(row for row in rows if row[0].value == "编号")
    [row] = rows[rows.index(head) + 1 :]
    cells = dict(zip((cell.value for cell in head), row, strict=True))
    assert (cells["名称"].value, cells["名称"].data_type) == ("=1+1", "s")
    assert cells["开放时间"].value == "每天 08:00–\u206022:00"
    assert (cells["数量"].value, cells["现在"].value) == (1, "可以约")


def test_the_page_tells_the_rule_the_hours_and_who_used_how_much(enter, lent, world):
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        hall.free_hours, hall.confirm_days = 30, 3
        hall.book(booker(lent.choir), *span(clock.today() + DAY, 14, 16), by=world.wu)
    page = enter().get(url(lent)).text
    for words in ("每天", "08:00–\u206022:00", "每家每月免费用满 30 小时为止", "本月用得少的先", "提前 3 天再确认一次"):
        assert words in page
    if (clock.today() + DAY).month == clock.today().month:
        assert "本月免费 2 小时：" in page


def test_an_offer_whose_time_is_over_is_shown_so_and_not_booked(enter, lent, world):
    with work():
        db.session.get_one(Resource, lent.hall.id).valid_until = clock.today() - DAY
    client = enter("volunteer")
    assert "提供的期限已过" in client.get(url(lent)).text
    assert "提供的期限已过" in client.get("/resources/").text
    said = {"booker": f"p{lent.choir.id}", "day": (clock.today() + DAY).isoformat(), "starts": "14:00", "ends": "16:00"}
    answer = client.post(url(lent, "bookings"), data=said)
    assert answer.status_code == 409
    assert "现在不能约" in answer.text


def test_a_partner_offers_from_its_page(enter, lent, world):
    client = enter("department")
    assert f"/partners/{lent.owner.id}/resources/new" in client.get(f"/partners/{lent.owner.id}").text
    assert client.get(f"/partners/{lent.owner.id}/resources/new").status_code == 200
    answer = client.post(f"/partners/{lent.owner.id}/resources", data=OFFER | {"place": world.community.id})
    room = newest()
    assert (answer.status_code, answer.location) == (303, f"/resources/{room.id}")
    assert (room.sort, room.partner_id, room.place_id, room.capacity) == (
        Sort.ROOM, lent.owner.id, world.community.id, 30,
    )  # fmt: skip
    assert room.hours == [[[480, 720], [840, 1080]], [], [[540, 720]], [], [], [], []]
    assert (room.free_for, room.free_hours, room.at_once) == (["team", "resident_group"], 20, True)
    assert "书画室" in client.get(f"/partners/{lent.owner.id}").text


def test_an_office_offers_the_rooms_of_its_community(enter, lent, world):
    client = enter("committee")
    assert f"/resources/new?place={world.community.id}" in client.get(f"/places/{world.community.code}").text
    assert client.get("/resources/new").status_code == 200
    answer = client.post("/resources/", data=OFFER | {"place": world.community.id})
    room = newest()
    assert (answer.status_code, room.partner_id, room.place_id) == (303, None, world.community.id)
    assert "书画室" in client.get(f"/places/{world.community.code}").text
    assert "书画室" in enter().get("/search?q=画案").text


@pytest.mark.parametrize(
    ("name", "status"), [(None, 303), ("volunteer", 403), ("committee", 403), ("partner", 403), ("department", 303)]
)
def test_who_does_not_speak_for_a_partner_offers_nothing_of_it(enter, lent, world, name, status):
    data = OFFER | {"place": world.community.id}
    assert enter(name).post(f"/partners/{lent.owner.id}/resources", data=data).status_code == status
    assert (newest().name == "书画室") == (name == "department")


@pytest.mark.parametrize(("name", "status"), [("other-committee", 403), ("volunteer", 403), ("grid", 403)])
def test_an_office_offers_where_it_serves(enter, lent, world, name, status):
    data = OFFER | {"place": world.community.id}
    assert enter(name).post("/resources/", data=data).status_code == status
    assert enter(name).get(f"/resources/new?place={world.community.id}").status_code == status


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("hours_0", "上午", "这一行的时间看不懂"),
        ("hours_0", "08:00-07:00", "这一行的时间看不懂"),
        ("point", "北纬三十四度", "坐标看不懂"),
        ("point", "134.25, 109.01", "坐标看不懂"),
        ("quantity", "0", "请填 1 到 5000 之间的数"),
        ("free_hours", "很多", "请填一个整数"),
        ("valid_until", "明年", "请写成 2026-12-01 这样"),
        ("contact_phone", "12345", "请填 11 位手机号"),
        ("sort", "castle", "请从列表里选一项"),
        ("name", "长" * 81, "最多 80 个字"),
    ],
)
def test_bad_input_has_its_sentence_and_stays(enter, lent, world, field, typed, sentence):
    answer = enter("committee").post("/resources/", data=OFFER | {"place": world.community.id, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'id="{field}-error"' in answer.text
    if field != "sort":
        assert typed in answer.text


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"hours_0": "", "hours_2": ""}, "请至少写一天的开放时间"),
        ({"valid_until": "2020-01-01"}, "“提供到”要选今天以后"),
    ],
)
def test_what_is_no_offer_is_a_sentence_beside_its_field(enter, lent, world, more, sentence):
    answer = enter("committee").post("/resources/", data=OFFER | {"place": world.community.id} | more)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert "画案四张" in answer.text


def test_hostile_text_is_text_everywhere(enter, lent, world):
    data = OFFER | dict.fromkeys(("name", "spot", "equipment", "conditions", "terms", "contact_name"), HOSTILE)
    client = enter("committee")
    answer = client.post("/resources/", data=data | {"place": world.community.id})
    assert answer.status_code == 303
    closure = {"first": coming(TUESDAY).isoformat(), "reason": HOSTILE}
    assert client.post(f"{answer.location}/closures", data=closure).status_code == 303
    for address in (answer.location, "/resources/", f"{answer.location}/week?from={coming(TUESDAY)}",
                    f"{answer.location}/edit", f"/places/{world.community.code}"):  # fmt: skip
        page = client.get(address).text
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "\u202e" not in page


def test_the_owner_changes_it_and_a_save_over_a_colleagues_is_refused(enter, lent, world):
    client = enter("department")
    page = client.get(url(lent, "edit"))
    assert "08:00-22:00" in page.text
    data = OFFER | {"sort": "venue", "name": "幸福剧场", "place": world.community.id, "version": lent.hall.version}
    assert client.post(url(lent, "edit"), data=data).status_code == 303
    answer = client.post(url(lent, "edit"), data=data | {"spot": "后门"})
    assert answer.status_code == 409
    assert "同事改过这一项" in answer.text
    assert "后门" in answer.text
    assert newest().spot == "二楼东头"


@pytest.mark.parametrize("verb", ["edit", "renewal", "pause", "end", "closures"])
@pytest.mark.parametrize("name", [None, "volunteer", "committee", "other-committee"])
def test_strangers_change_nothing(enter, lent, verb, name):
    data = {"reason": "x", "first": coming(TUESDAY).isoformat(), "valid_until": coming(TUESDAY).isoformat()}
    answer = enter(name).post(url(lent, verb), data=OFFER | data | {"place": 1})
    assert answer.status_code == (303 if name is None else 403)
    assert newest().status is Status.OFFERED


def test_the_owner_keeps_it_up(enter, lent, world):
    client = enter("department")
    until = clock.today() + 100 * DAY
    assert client.post(url(lent, "renewal"), data={"valid_until": until.isoformat()}).status_code == 303
    assert newest().valid_until == until
    assert client.post(url(lent, "pause"), data={"reason": "装修"}).status_code == 303
    assert "装修" in enter().get(url(lent)).text
    assert client.post(url(lent, "resumption")).status_code == 303
    assert client.post(url(lent, "end"), data={"reason": " "}).status_code == 409
    assert client.post(url(lent, "end"), data={"reason": "拆迁"}).status_code == 303
    assert newest().status is Status.ENDED
    assert "还没有人提供场地和资源" in client.get("/resources/").text
    answer = client.post(url(lent, "resumption"))
    assert answer.status_code == 409
    assert "现在是“不再提供”" in answer.text


def test_a_closure_and_its_end(enter, lent, world):
    day = coming(TUESDAY)
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        booking = hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu).id
    client = enter("department")
    data = {"first": day.isoformat(), "starts": "13:00", "ends": "15:00", "reason": "灯光检修"}
    assert client.post(url(lent, "closures"), data=data).status_code == 303
    assert db.session.get_one(Booking, booking).state is State.WAITING
    page = client.get(url(lent)).text
    assert "灯光检修" in page
    removal = page.split("/closures/")[1].split('"')[0]
    assert enter("committee").post(url(lent, f"closures/{removal}")).status_code == 403
    assert client.post(url(lent, "closures/999999/removal")).status_code == 404
    assert client.post(url(lent, f"closures/{removal}")).status_code == 303
    assert db.session.get_one(Booking, booking).state is State.GRANTED


def test_a_closure_of_whole_days(enter, lent):
    first, last = coming(TUESDAY), coming(TUESDAY) + DAY
    data = {"first": first.isoformat(), "last": last.isoformat(), "reason": "演出周"}
    enter("department").post(url(lent, "closures"), data=data)
    assert "演出周" in enter().get(f"{url(lent, 'week')}?from={first}").text


@pytest.mark.parametrize(
    ("verb", "data"),
    [("pause", {"reason": "装修"}), ("pause", {"reason": ""}), ("renewal", {"valid_until": "2020-01-01"}),
     ("closures", {"first": "2020-01-01", "reason": "x"}), ("closures", {"reason": ""})],
)  # fmt: skip
def test_the_answer_and_the_page_agree(enter, lent, verb, data):
    client = enter("department")
    answer = client.post(url(lent, verb), data=data, headers=HTMX)
    if answer.status_code == 200:
        assert part(answer, "resource") == part(client.get(url(lent)), "resource")
    else:
        assert answer.status_code in (409, 422)
        assert "幸福剧场" in part(answer, "resource")
        assert "has-error" in part(answer, "resource")


def test_the_week_is_a_table_with_free_times_that_lead_to_the_form(enter, lent, world):
    day = coming(TUESDAY)
    with work():
        hall = db.session.get_one(Resource, lent.hall.id)
        hall.book(booker(lent.choir), *span(day, 14, 16), purpose="给吴阿姨过生日", by=world.wu)
        hall.book(Booker(office=world.community), *span(day, 16, 17), by=world.lin)
    page = enter().get(f"{url(lent, 'week')}?from={day}").text
    assert "东方合唱团（示例）" in page
    assert "东方社区（社区自用）" in page
    assert "吴阿姨" not in page
    assert "#book" not in page
    page = enter("volunteer2").get(f"{url(lent, 'week')}?from={day}").text
    address = f"/resources/{lent.hall.id}?day={day}&amp;starts=08:00&amp;ends=10:00#book"
    assert address in page.replace("%3A", ":")
    form = enter("volunteer2").get(f"{url(lent)}?day={day}&starts=08:00&ends=10:00").text
    assert f'value="{day}"' in form
    assert 'value="08:00"' in form


def test_the_groups_of_a_week_are_named_but_single_residents_are_not(enter, lent, world):
    with work():
        world.applicant.verify(by=world.lin)
        hall = db.session.get_one(Resource, lent.hall.id)
        hall.free_for = [Kind.RESIDENT.value]
        hall.book(booker(world.applicant), *span(coming(TUESDAY), 9, 10), by=world.zhou)
    page = enter().get(f"{url(lent, 'week')}?from={coming(TUESDAY)}").text
    assert "一位居民" in page
    assert "周师傅" not in page
