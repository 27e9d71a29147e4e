"""Applying: one legal person has one living entry, also when two ask at once."""

from threading import Barrier, Event, Thread
from time import sleep

import pytest

from kernel.db import db
from kernel.work import Busy, Refusal, work
from partners.applying import WrongPlace
from partners.credit_code import CreditCodeTaken
from partners.kind import Kind
from partners.partner import Partner
from partners.standing import Stage

CODE = "9144030071526726XG"


def apply(world, name, code=CODE, **facts):
    with work():
        return Partner.apply(Kind.FIRM, name, world.community, by=world.wu, credit_code=code, **facts)


def test_a_code_that_is_registered_is_refused_beside_its_field(world):
    apply(world, "先来的公司（示例）")
    with pytest.raises(CreditCodeTaken) as refusal:
        apply(world, "后来的公司（示例）")
    assert "先来的公司（示例）" in str(refusal.value)
    assert refusal.value.field == "credit_code"
    assert db.session.scalar(db.select(db.func.count()).where(Partner.credit_code == CODE)) == 1


@pytest.mark.parametrize("ending", ["refuse", "end"])
def test_the_code_of_a_past_entry_is_free_again(world, ending):
    first = apply(world, "先来的公司（示例）")
    with work():
        getattr(first, ending)("重复登记", by=world.lin)
    assert apply(world, "后来的公司（示例）").stage is Stage.APPLIED


def test_applying_again_does_not_take_a_code_that_somebody_else_has_now(world):
    first = apply(world, "先来的公司（示例）")
    with work():
        first.refuse("名称不对", by=world.lin)
    apply(world, "后来的公司（示例）")
    with pytest.raises(CreditCodeTaken), work():
        first.apply_again(by=world.wu, name="改好的公司（示例）")
    assert (first.stage, first.name) == (Stage.REFUSED, "先来的公司（示例）")


def test_those_without_a_code_do_not_collide(world):
    assert apply(world, "一队（示例）", None).id != apply(world, "二队（示例）", None).id


def test_an_application_goes_where_somebody_answers(world):
    with pytest.raises(WrongPlace), work():
        Partner.apply(Kind.TEAM, "示例队", world.compound, by=world.wu)


def test_the_index_decides_when_both_have_looked(site, world):
    """The second asks while the first has written and not committed."""
    place, person, written, outcomes = world.community.id, world.zhou.id, Event(), []
    db.session.rollback()

    def ask(name, hold):
        with site.app_context():
            try:
                if not hold:
                    written.wait(5)
                with work() as session:
                    by = session.get_one(type(world.zhou), person)
                    where = session.get_one(type(world.community), place)
                    Partner.apply(Kind.FIRM, name, where, by=by, credit_code=CODE)
                    if hold:
                        written.set()
                        sleep(0.3)
                outcomes.append("applied")
            except (Refusal, Busy) as refusal:
                outcomes.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=ask, args=["甲公司（示例）", True]), Thread(target=ask, args=["乙公司（示例）", False])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["CreditCodeTaken", "applied"]


def test_eight_forms_with_one_code_at_once(site, world, enter):
    clients = [enter("volunteer") for _n in range(8)]
    data = {"credit_code": CODE, "place": world.community.id, "contact_name": "吴阿姨", "contact_phone": "10000000004"}
    barrier, answers = Barrier(8), []
    db.session.rollback()

    def send(number):
        barrier.wait()
        answer = clients[number].post("/partners/?kind=firm", data=data | {"name": f"{number}号公司（示例）"})
        answers.append((answer.status_code, "已经登记为" in answer.text))

    threads = [Thread(target=send, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [(303, False)] + [(409, True)] * 7
