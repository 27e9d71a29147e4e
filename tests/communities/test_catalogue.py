"""The catalogues: everybody reads, the district edits, what is in use stays."""

from threading import Thread
from time import sleep

import pytest
from sqlalchemy import select, text

from communities.catalogue import Capability, Category, CodeTaken, InUse, NameUsed, WrongParent
from communities.journal import Line
from kernel.db import db
from kernel.work import work

FACTS = {"code": "pets", "name": "宠物", "name_en": "Pets", "parent_id": None, "position": 20}


def entered(**facts):
    with work():
        return Category.enter(by=None, **FACTS | facts).id


class TestEntries:
    def test_a_second_one_of_the_same_code_or_name_is_refused(self, world):
        with pytest.raises(CodeTaken), work():
            Category.enter(by=None, **FACTS | {"code": "repair"})
        with pytest.raises(NameUsed), work():
            Category.enter(by=None, **FACTS | {"name": world.repair.name})
        with pytest.raises(CodeTaken), work():
            world.care.change(by=None, **FACTS | {"code": "repair"})
        with work():
            Capability.enter(by=None, **FACTS | {"code": "repair"})

    def test_thirteen_functions_of_which_three_are_known_and_the_rest_are_examples(self, world, enter):
        tops = [row for row in db.session.scalars(select(Category)) if row.parent_id is None]
        assert len(tops) == 13
        assert {row.name for row in tops if not row.is_example} == {"城市管理", "社会治安", "市场监管"}
        page = enter().get("/catalogue/").text
        assert page.split('id="capabilities"')[0].count(">示例</span>") == 10

    def test_an_entry_keeps_its_own_code(self, world):
        with work():
            world.care.change(by=None, **FACTS | {"code": "care", "name": "助老"})
        assert db.session.get(Category, world.care.id).name == "助老"

    def test_two_levels(self, world):
        top = entered()
        child = entered(code="dogs", name="狗", parent_id=top)
        with pytest.raises(WrongParent), work():
            Category.enter(by=None, **FACTS | {"code": "x", "name": "x", "parent_id": child})
        with pytest.raises(WrongParent), work() as session:
            session.get(Category, top).change(by=None, **FACTS | {"parent_id": world.care.parent_id})
        with pytest.raises(WrongParent), work():
            world.care.change(by=None, **FACTS | {"code": "care", "name": "助老", "parent_id": world.care.id})

    @pytest.mark.parametrize("name", ["repair", "appliance"])
    def test_what_is_in_use_stays(self, world, name):
        with pytest.raises(InUse), work():
            getattr(world, name).remove(by=None)

    def test_what_has_others_below_it_stays(self, world):
        top = entered()
        entered(code="dogs", name="狗", parent_id=top)
        with pytest.raises(InUse), work() as session:
            session.get(Category, top).remove(by=None)

    def test_what_nobody_uses_goes(self, world):
        id = entered()
        with work() as session:
            session.get(Category, id).remove(by=None)
        assert db.session.get(Category, id) is None
        verbs = db.session.scalars(select(Line.verb).where(Line.subject == "category").order_by(Line.id))
        assert list(verbs) == ["category.entered", "category.removed"]


class TestAtOnce:
    """Two officers of the district press their buttons in the same second."""

    typed = {"code": "pets", "name": "宠物", "parent_id": "", "position": "20"}

    def beside(self, client, url, data):
        """A thread that sends this form while the test is inside its own `work()`, and the answers it gets."""
        answers = []
        thread = Thread(target=lambda: answers.append(client.post(url, data=data)))
        thread.start()
        return thread, answers

    @pytest.mark.parametrize(
        ("mine", "field", "sentence"),
        [
            ({"name": "猫狗"}, "code", "编码“pets”已经用在“猫狗”上了"),
            ({"code": "animals"}, "name", "已经有“宠物”了"),
        ],
    )
    @pytest.mark.parametrize("first", [None, "care"], ids=["enters", "changes"])
    def test_the_second_is_told_beside_the_field(self, world, enter, mine, field, sentence, first):
        client, facts = enter("district"), FACTS | mine
        with work():
            world.care.change(by=world.gao, **facts) if first else Category.enter(by=world.gao, **facts)
            db.session.flush()
            thread, answers = self.beside(client, "/catalogue/categories/", self.typed)
            thread.join(0.5)
            assert answers == [], "it waits for the first"
        thread.join()
        [answer] = answers
        assert answer.status_code == 409
        assert sentence in answer.text
        assert f'id="{field}-error"' in answer.text

    def test_what_is_taken_into_use_while_it_is_removed_stays(self, world, enter):
        client, id = enter("district"), entered()
        with work() as session:
            session.execute(text("UPDATE duty SET category_id = :id"), {"id": id})
            thread, answers = self.beside(client, f"/catalogue/categories/{id}/removal", {})
            sleep(0.5)
        thread.join()
        [answer] = answers
        assert answer.status_code == 409
        assert "“宠物”已经用在别处了" in answer.text


class TestPages:
    form = {"code": "pets", "name": "宠物", "name_en": "Pets", "parent_id": "", "position": "20"}

    def test_everybody_reads_in_two_languages(self, world, enter):
        page = enter().get("/catalogue/").get_data(as_text=True)
        assert world.repair.name in page
        assert world.repair.name_en in page
        assert "/catalogue/categories/new" not in page

    @pytest.mark.parametrize("shelf", ["categories", "capabilities"])
    def test_the_district_adds_changes_and_removes(self, world, enter, shelf):
        district, model = enter("district"), {"categories": Category, "capabilities": Capability}[shelf]
        assert district.get(f"/catalogue/{shelf}/new").status_code == 200
        assert district.post(f"/catalogue/{shelf}/", data=self.form).location == "/catalogue/"
        entry = db.session.scalars(select(model).where(model.code == "pets")).one()
        url = f"/catalogue/{shelf}/{entry.id}"
        assert "宠物" in district.get(url).get_data(as_text=True)
        district.post(url, data=self.form | {"name": "养宠物"})
        assert db.session.scalars(select(model.name).where(model.code == "pets")).one() == "养宠物"
        assert district.post(f"{url}/removal").location == "/catalogue/"
        assert district.get(url).status_code == 404

    @pytest.mark.parametrize(
        ("wrong", "field", "status"),
        [
            ({"code": "repair"}, "code", 409),
            ({"code": "Ü b"}, "code", 422),
            ({"name": ""}, "name", 422),
            ({"parent_id": "9999"}, "parent_id", 409),
            ({"parent_id": "x"}, "parent_id", 422),
            ({"position": "很多"}, "position", 422),
        ],
    )
    def test_a_mistake_is_told_beside_its_field_and_what_was_typed_stays(self, world, enter, wrong, field, status):
        answer = enter("district").post("/catalogue/categories/", data=self.form | {"name_en": "<Pets>"} | wrong)
        page = answer.get_data(as_text=True)
        assert answer.status_code == status
        assert f'id="{field}-error"' in page
        assert "&lt;Pets&gt;" in page

    def test_one_in_use_says_why_it_stays(self, world, enter):
        answer = enter("district").post(f"/catalogue/categories/{world.repair.id}/removal")
        assert answer.status_code == 409
        assert "已经用在别处" in answer.get_data(as_text=True)

    @pytest.mark.parametrize(
        ("name", "status"), [("subdistrict", 403), ("committee", 403), ("partner", 403), (None, 303)]
    )
    def test_others_only_read(self, world, enter, name, status):
        other = enter(name)
        assert other.get("/catalogue/").status_code == 200
        assert other.get("/catalogue/categories/new").status_code == status
        assert other.post("/catalogue/categories/", data=self.form).status_code == status
        assert other.get(f"/catalogue/categories/{world.repair.id}").status_code == status
        assert other.post(f"/catalogue/categories/{world.repair.id}", data=self.form).status_code == status
        assert other.post(f"/catalogue/categories/{world.repair.id}/removal").status_code == status
