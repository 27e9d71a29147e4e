"""The pages of places, and importing them on the screen."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from communities.journal import Line, tell
from communities.place import Kind, Place
from kernel import clock, slots
from kernel.db import db
from kernel.work import work
from partners.kind import Kind as PartnerKind
from partners.partner import Partner
from tests.kernel.workbooks import book, text_file
from tests.support.statements import counted
from volunteers.pattern import Pattern
from volunteers.shift import Shift

HEADERS = ["编码", "名称", "类别", "上级编码", "户数"]
GOOD = text_file(
    HEADERS,
    ["Y32", "32小区", "小区", "610102004003", "120"],
    ["Y32-1", "1号楼", "楼栋", "Y32", "60"],
    ["610102004003", "东方红社区", "社区", "610102004", ""],
)
BAD = text_file(HEADERS, ["Y32", "<b>32</b>", "大院", "610102004003", "很多"])


def upload(client, data=GOOD, name="地点.csv"):
    """Send a file; the answer is a redirect to its preview."""
    return client.post("/place-imports/", data={"file": (BytesIO(data), name)})


def text(answer) -> str:
    return answer.get_data(as_text=True)


class TestPlaces:
    def test_everybody_finds_the_way_from_the_district_to_a_building(self, world, enter):
        stranger = enter()
        page = text(stranger.get("/places/"))
        for place in (world.district, world.subdistrict, world.community):
            assert f'href="/places/{place.code}"' in page
        way = [world.district, world.subdistrict, world.community, world.compound, world.building1]
        for above, below in zip(way, way[1:], strict=False):
            assert f'href="/places/{below.code}"' in text(stranger.get(f"/places/{above.code}"))
            assert f'href="/places/{above.code}"' in text(stranger.get(f"/places/{below.code}"))

    def test_a_place_says_what_it_is_and_how_much_lies_in_it(self, world, enter):
        page = text(enter().get("/places/610102004003"))
        assert "社区" in page
        assert "2 栋楼" in page
        assert "5500 户" in page

    def test_an_unknown_code_is_not_found(self, world, enter):
        assert enter().get("/places/nowhere").status_code == 404

    @pytest.mark.parametrize("address", ["/places/%00", "/places/?q=%00", "/places/x%00y"])
    def test_a_nul_in_an_address_is_no_question(self, world, enter, address):
        assert enter().get(address).status_code == 400

    def test_the_journal_knows_a_place_by_its_id(self, world, enter):
        answer = enter().get(f"/places/by-id/{world.compound.id}")
        assert answer.location.endswith(f"/places/{world.compound.code}")

    def test_a_place_is_found_by_its_name(self, world, enter):
        page = text(enter().get("/places/?q=东方"))
        assert "东方社区" in page
        assert "咸东社区" not in page
        assert "没有这个名字的地点" in text(enter().get("/places/?q=100%"))

    def test_staff_start_projects_and_duties_where_they_serve(self, world, enter):
        link = f"/projects/new?place={world.community.id}"
        assert link in text(enter("committee").get("/places/610102004003"))
        assert link not in text(enter("other-committee").get("/places/610102004003"))
        assert link not in text(enter("volunteer").get("/places/610102004003"))

    def test_hostile_names_are_shown_as_text(self, world, enter):
        with work():
            world.community.add(Kind.COMPOUND, "x", "<script>alert(1)</script>\u202e")
        page = text(enter().get("/places/610102004003"))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize("code", ["610102", "610102004", "610102004003", "610102004003-G1-Y31", ""])
    def test_few_statements_however_many_buildings(self, world, enter, monkeypatch, code):
        monkeypatch.setitem(slots.FILLED, "place.below", [])
        client, counts = enter(), []
        for more in range(2):
            with work():
                for n in range(40 * more):
                    world.compound.add(Kind.BUILDING, f"more-{n}", f"{n + 3}号楼")
            with counted() as said:
                assert client.get(f"/places/{code}").status_code == 200
            counts.append(len(said))
        assert counts[0] == counts[1] <= 8

    @pytest.mark.parametrize("who", [None, "volunteer", "partner", "committee"])
    def test_what_the_other_packages_show_there_costs_the_same_however_much_it_is(self, world, enter, who):
        client, counts = enter(who), []
        for more in (1, 30):
            with work():
                for n in range(more):
                    Partner.apply(PartnerKind.TEAM, f"{more}示例队{n}", world.community, by=None).verify(by=world.lin)
                day = clock.today() + timedelta(days=more)
                span = {"first": day, "last": day + timedelta(days=more)}
                Shift.plan(world.duty, Pattern(frozenset(range(7)), time(9), time(10), **span), 2, by=world.lin)
            with counted() as said:
                assert client.get("/places/610102004003").status_code == 200
            counts.append(len(said))
        assert counts[0] == counts[1] <= 14  # six panels of five packages, one or two each


class TestImport:
    def test_look_first_then_confirm(self, world, enter):
        district = enter("district")
        shown = upload(district)
        preview = text(district.get(shown.location))
        assert "东方红社区" in preview
        assert db.session.scalar(select(func.count(Place.id)).where(Place.code == "Y32")) == 0
        answer = district.post(f"{shown.location}/confirmation", data={})
        assert answer.location == "/places/"
        assert "新增 2 个，更新 1 个" in text(district.get("/places/"))
        db.session.rollback()
        assert Place.at("Y32-1").path.startswith(world.community.path)
        assert world.community.name == "东方红社区"
        (line,) = db.session.scalars(select(Line).where(Line.verb == "places.imported"))
        with district.application.test_request_context():
            assert tell([line])[0].text == "高主任（示例） 导入了地点：新增 2 个，更新 1 个"
        assert district.get(shown.location).status_code == 404

    def test_the_same_form_twice_imports_once(self, world, enter):
        district = enter("district")
        shown = upload(district)
        for _ in range(2):
            answer = district.post(f"{shown.location}/confirmation", data={"key": "one"})
            assert answer.location == "/places/"

    def test_problems_by_row_and_column_and_nothing_is_stored(self, world, enter):
        district = enter("district")
        shown = upload(district, BAD)
        preview = text(district.get(shown.location))
        assert "第 2 行" in preview
        assert "没有“大院”这个类别" in preview
        assert "就这样导入" not in preview
        assert "<b>32</b>" not in preview
        answer = district.post(f"{shown.location}/confirmation", data={})
        assert answer.status_code == 409
        assert "2 处要改" in text(answer)

    def test_what_changed_after_the_look_is_judged_anew(self, world, enter):
        district = enter("district")
        shown = upload(district)
        with work():
            world.community.add(Kind.GRID, "Y32", "第三十二网格")
        answer = district.post(f"{shown.location}/confirmation", data={})
        assert answer.status_code == 409
        assert "已经是基础网格" in text(answer)

    def test_a_file_that_is_none_gets_its_sentence_beside_the_field(self, world, enter):
        district = enter("district")
        for data, name, status in ((b"", "", 422), (b"GIF89a", "a.gif", 409), (b"PK\x03\x04", "a.xlsx", 409)):
            answer = upload(district, data, name)
            assert answer.status_code == status
            assert 'id="file-error"' in text(answer)

    def test_it_can_be_left(self, world, enter):
        district = enter("district")
        shown = upload(district)
        assert district.post(f"{shown.location}/removal").location == "/place-imports/"
        assert district.get(shown.location).status_code == 404

    @pytest.mark.parametrize(
        ("name", "status"), [("subdistrict", 403), ("committee", 403), ("volunteer", 403), (None, 303)]
    )
    def test_others_may_not(self, world, enter, name, status):
        shown = upload(enter("district")).location
        other = enter(name)
        assert other.get("/place-imports/").status_code == status
        assert upload(other).status_code == status
        assert other.get(shown).status_code == 404
        assert other.post(f"{shown}/confirmation", data={}).status_code == status
        assert other.post(f"{shown}/removal", data={}).status_code == 404


class TestSheets:
    def test_what_is_downloaded_can_be_uploaded(self, world, enter):
        district = enter("district")
        for name in ("places.xlsx", "places.csv"):
            data = district.get(f"/{name}").data
            preview = text(district.get(upload(district, data, name).location))
            assert "和现在的完全一样" in preview

    def test_staff_only(self, world, enter):
        assert enter("grid").get(f"/places.csv?place={world.compound.id}").status_code == 200
        assert enter("volunteer").get("/places.csv").status_code == 403
        assert enter().get("/places.csv").status_code == 303

    def test_the_template(self, world, enter):
        district = enter("district")
        data = district.get("/place-imports/template.xlsx").data
        assert "和现在的完全一样" in text(district.get(upload(district, data, "t.xlsx").location))
        assert upload(district, book(["别的"], ["x"]), "t.xlsx").status_code == 409


class TestCommandLine:
    def run(self, site, tmp_path, data, name="places.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        return site.test_cli_runner().invoke(args=["import", "places", str(path)])

    def test_imports_and_says_how_many(self, site, world, tmp_path):
        answer = self.run(site, tmp_path, GOOD)
        assert (answer.exit_code, answer.output) == (0, "新增 2，更新 1，没有变化 0。\n")
        assert "没有变化 3" in self.run(site, tmp_path, GOOD).output

    def test_says_what_is_wrong_and_stores_nothing(self, site, world, tmp_path):
        answer = self.run(site, tmp_path, BAD)
        assert answer.exit_code == 1
        assert "第 2 行 · 类别" in answer.output
        assert "什么都没有导入" in answer.output
        assert self.run(site, tmp_path, b"x", "a.pdf").exit_code == 1
