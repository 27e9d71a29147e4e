"""Holidays and make-up workdays on the screen and from a sheet."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from communities.holiday_notice import day_of
from communities.working_day import CalendarDay, is_working_day
from kernel.db import db
from tests.kernel.workbooks import book, text_file
from tests.support.pages import HTMX, part

DAY = {"day": "2027-10-01", "work": "off", "name": "国庆节"}
HEADERS = ["日期", "上班/放假", "名称"]
NOTICE = [["2027-10-01", "放假", "国庆节"], ["2027年10月2日（周六）", "放假", "国庆节"], ["2027/10/9", "上班", "调休"]]


def seed(site, year):
    return site.test_cli_runner().invoke(args=["import", "calendar-days", str(year)])


def upload(client, *rows, data=None, name="放假.csv"):
    data = data or text_file(HEADERS, *rows)
    return client.post("/calendar-day-imports/", data={"file": (BytesIO(data), name)})


class TestPage:
    def test_a_year_that_is_not_published_says_so(self, site, world, enter):
        seed(site, 2026)
        assert "还没有公布" in enter().get("/calendar-days/?year=2027").get_data(as_text=True)
        page = enter().get("/calendar-days/?year=2026").get_data(as_text=True)
        assert "还没有公布" not in page
        assert "国庆节调休上班" in page

    @pytest.mark.parametrize("year", ["", "0", "9999", "x", "²²²²"])
    def test_any_year_in_the_address_is_a_page(self, world, enter, year):
        assert enter().get(f"/calendar-days/?year={year}").status_code == 200

    def test_the_district_adds_changes_and_removes_a_day(self, world, enter):
        district = enter("district")
        assert district.post("/calendar-days/?year=2027", data=DAY).location == "/calendar-days/?year=2027"
        assert not is_working_day(date(2027, 10, 1))
        district.post("/calendar-days/?year=2027", data=DAY | {"name": "<i>国庆</i>"})
        assert "&lt;i&gt;国庆" in district.get("/calendar-days/?year=2027").get_data(as_text=True)
        district.post("/calendar-days/2027-10-01/removal?year=2027")
        assert is_working_day(date(2027, 10, 1))

    def test_the_answer_and_the_page_agree(self, world, enter):
        district = enter("district")
        answer = district.post("/calendar-days/?year=2027", data=DAY, headers=HTMX)
        assert answer.status_code == 200
        assert part(answer, "days") == part(district.get("/calendar-days/?year=2027"), "days")

    @pytest.mark.parametrize(
        ("wrong", "field", "status"),
        [
            ({"day": "2027-10-02"}, "day", 409),
            ({"day": "明天"}, "day", 422),
            ({"work": "maybe"}, "work", 422),
            ({"name": " "}, "name", 422),
        ],
    )
    def test_a_mistake_is_told_beside_its_field(self, world, enter, wrong, field, status):
        answer = enter("district").post("/calendar-days/?year=2027", data=DAY | wrong, headers=HTMX)
        assert answer.status_code == status
        assert f'id="{field}-error"' in part(answer, "days")

    @pytest.mark.parametrize(("name", "status"), [("subdistrict", 403), ("volunteer", 403), (None, 303)])
    def test_others_only_read(self, site, world, enter, name, status):
        seed(site, 2026)
        other = enter(name)
        assert "登记这一天" not in other.get("/calendar-days/").get_data(as_text=True)
        assert other.post("/calendar-days/", data=DAY).status_code == status
        assert other.post("/calendar-days/2026-10-01/removal").status_code == status
        assert other.get("/calendar-day-imports/").status_code == status
        assert upload(other, *NOTICE).status_code == status

    @pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "x", "2026-11-30"])
    def test_a_day_that_is_not_there(self, world, enter, day):
        assert enter("district").post(f"/calendar-days/{day}/removal").status_code == 404


class TestNotice:
    def test_a_sheet_is_looked_at_and_taken_over(self, world, enter):
        district = enter("district")
        for rows in (NOTICE, NOTICE):
            shown = upload(district, *rows).location
            assert district.get(shown).status_code == 200
            assert district.post(f"{shown}/confirmation", data={}).location == "/calendar-days/"
        kept = db.session.scalars(select(CalendarDay.day).order_by(CalendarDay.day))
        assert list(kept) == [date(2027, 10, 1), date(2027, 10, 9)]

    def test_a_day_that_is_as_usual_again_is_dropped(self, world, enter):
        district = enter("district")
        for work in ("放假", "上班"):
            shown = upload(district, ["2027-10-01", work, "国庆节"]).location
            district.post(f"{shown}/confirmation", data={})
        assert db.session.scalars(select(CalendarDay)).all() == []

    def test_days_as_excel_keeps_them(self, world, enter):
        district = enter("district")
        data = book(HEADERS, [date(2027, 10, 1), "放假", "国庆节"], formats=["yyyy-mm-dd"])
        assert "10月1日" in district.get(upload(district, data=data, name="a.xlsx").location).get_data(as_text=True)

    def test_problems_by_row(self, world, enter):
        district = enter("district")
        wrong = [["2027-02-30", "放假", "x"], ["2027-10-01", "也许", "x"], NOTICE[0], [*NOTICE[0][:2], ""]]
        shown = upload(district, *wrong).location
        page = district.get(shown).get_data(as_text=True)
        for sentence in ("2026-10-01 这样的日期", "“上班”或“放假”", "和第 3 行是同一天", "请写名称"):
            assert sentence in page
        assert district.post(f"{shown}/confirmation", data={}).status_code == 409

    def test_a_draft_of_places_is_none_of_days(self, world, enter):
        district = enter("district")
        shown = upload(district, *NOTICE).location
        assert district.get(shown.replace("calendar-day", "place")).status_code == 404

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2027-1-5", date(2027, 1, 5)),
            ("2027年1月5日 星期二", date(2027, 1, 5)),
            ("2027-01-05 00:00", date(2027, 1, 5)),
            ("1999-01-05", None),
            ("5", None),
            ("2027-01-055", None),
        ],
    )
    def test_how_days_are_written(self, text, day):
        assert day_of(text) == day


def test_the_command_takes_over_what_is_published(site):
    answer = seed(site, 2026)
    assert answer.exit_code == 0
    assert "2026 年：新增" in answer.output
    assert "新增 0 天" in seed(site, 2026).output
    answer = seed(site, 2027)
    assert answer.exit_code == 1
    assert "还没有公布" in answer.output
