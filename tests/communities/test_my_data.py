"""我的资料: what is stored, a copy to take home, and the way out; for oneself, and for a neighbour at the desk."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from communities.account import Account
from communities.account_closure import AccountClosure, State
from communities.card import Card
from communities.sign_in import SignIn
from demo.world import PASSWORD
from kernel.db import db, seen
from kernel.work import work
from tests.support.statements import counted

COPY, CLOSURE = "/me/data/copy", "/me/data/closure"


def copy_of(client, password=PASSWORD):
    answer = client.post(COPY, data={"password": password})
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def living(person):
    db.session.rollback()
    return AccountClosure.living(person)


@pytest.mark.parametrize("path", ["/me/data", CLOSURE])
def test_a_stranger_is_asked_to_sign_in(enter, path):
    assert enter().get(path).location == f"/sign-in?next={path}"


@pytest.mark.parametrize("path", [COPY, CLOSURE])
def test_nobody_does_it_without_signing_in(enter, path):
    assert enter().post(path, data={"password": PASSWORD}).status_code == 303


def test_the_page_says_what_is_stored_and_why(enter):
    page = enter("volunteer").get("/me/data").text
    for word in ("志愿者登记", "账号", "用来：让您能登录。", "谁看得到：只有您自己。", "注销时删掉。"):
        assert word in page


def test_the_copy_holds_ones_own_and_masks_others(world, enter):
    with work():
        world.shift.sign_up(world.wu, by=world.lin)
    files = copy_of(enter("volunteer"))
    assert set(files) == {"我的资料.html", "data.json"}
    said = json.loads(files["data.json"])
    tables = {table["name"]: table for table in said["tables"]}
    assert tables["person"]["rows"][0]["phone"] == world.wu.phone
    assert tables["signup"]["rows"][0]["by_id"] == "林**"
    assert tables["account"]["columns"]["username"] == {"purpose": "to sign in", "days": 730}
    whole = "".join(files.values())
    for other in (world.lin, world.zhao, world.zhou):
        assert other.name not in whole
        assert other.phone not in whole
    assert db.session.scalar(seen(select(Account.password_hash).where(Account.person_id == world.wu.id))) not in whole
    assert "联防巡查" in files["我的资料.html"]


def test_the_password_is_asked_once_more(enter):
    client = enter("volunteer")
    for path in (COPY, CLOSURE):
        answer = client.post(path, data={"password": "not this one"})
        assert answer.status_code == 409
        assert "密码不对" in answer.text
        assert client.post(path, data={}).status_code == 422


def test_the_password_is_not_guessed_at_an_open_browser(enter):
    client = enter("volunteer")
    for _n in range(8):
        client.post(COPY, data={"password": "not this one"})
    assert "试的次数太多了" in client.post(CLOSURE, data={"password": PASSWORD}).text


def test_five_copies_an_hour(enter):
    client = enter("volunteer")
    for _n in range(5):
        copy_of(client)
    answer = client.post(COPY, data={"password": PASSWORD})
    assert answer.status_code == 409
    assert "最多下载 5 次" in answer.text


def test_without_a_password_a_card_of_a_moment_ago_will_do(world, site, enter):
    with work():
        db.session.scalars(select(Account).where(Account.person_id == world.wu.id)).one().password_hash = None
        token = Card.print(world.wu, by=world.lin).token
    client = site.test_client()
    client.post(f"/card/{token}")
    assert client.post(COPY).status_code == 200
    with work():
        for row in db.session.scalars(select(SignIn).where(SignIn.person_id == world.wu.id)):
            row.at -= timedelta(minutes=16)
    answer = client.post(COPY)
    assert answer.status_code == 409
    assert "要刚登录 15 分钟内才能办" in answer.text
    assert client.post(CLOSURE).status_code == 409


def test_one_asks_and_thinks_better_of_it(world, enter):
    client = enter("volunteer")
    page = client.get(CLOSURE).text
    assert "会删掉的" in page
    assert "会留下的" in page
    assert client.post(CLOSURE, data={"password": PASSWORD}).location == CLOSURE
    wish = living(world.wu)
    assert wish.state is State.ASKED
    assert "不注销了" in client.get(CLOSURE).text
    assert "您申请了注销" in client.get("/me/data").text
    again = client.post(CLOSURE, data={"password": PASSWORD})
    assert again.status_code == 409
    assert "已经申请过注销了" in again.text
    assert client.post(f"/account-closures/{wish.id}/withdrawal").location == CLOSURE
    assert living(world.wu) is None
    assert "照旧" in client.get(CLOSURE).text


def test_what_has_to_be_ended_first_is_named_with_the_way_there(world, enter):
    client = enter("partner")
    page = client.get(CLOSURE).text
    assert "只有您一位管理员" in page
    assert f'href="/partners/{world.egret.id}"' in page
    assert "注销我的账号" not in page
    answer = client.post(CLOSURE, data={"password": PASSWORD})
    assert answer.status_code == 409
    assert living(world.zhao) is None


def test_the_desk_does_it_on_a_signed_paper(world, enter):
    client, path = enter("committee"), f"/people/{world.wu.id}/closure"
    assert f'href="{path}"' in client.get("/people/?q=吴").text
    assert "会删掉的" in client.get(path).text
    refused = client.post(path, data={})
    assert refused.status_code == 409
    assert "签了字的申请" in refused.text
    assert client.post(path, data={"signed": "y"}).location == path
    wish = living(world.wu)
    assert wish.asked_by_id == world.lin.id
    assert client.post(f"/account-closures/{wish.id}/withdrawal").location == path
    assert living(world.wu) is None


@pytest.mark.parametrize(("name", "status"), [("volunteer2", 404), ("other-committee", 404), ("department", 404)])
def test_nobody_else_does_it_for_a_neighbour(world, enter, name, status):
    client, path = enter(name), f"/people/{world.wu.id}/closure"
    assert client.get(path).status_code == status
    assert client.post(path, data={"signed": "y"}).status_code == status
    with work():
        id = AccountClosure.ask(world.wu, by=world.wu).id
    assert client.post(f"/account-closures/{id}/withdrawal").status_code == 404
    assert living(world.wu) is not None


def test_the_desk_is_no_way_around_ones_own_password(world, enter):
    client = enter("committee")
    assert client.post(f"/people/{world.lin.id}/closure", data={"signed": "y"}).status_code in (403, 404)


@pytest.mark.parametrize("path", ["/me/data", CLOSURE])
@pytest.mark.parametrize("name", ["volunteer", "partner", "committee"])
def test_eight_statements_a_page(enter, path, name):
    client = enter(name)
    client.get(path)
    with counted() as said:
        assert client.get(path).status_code == 200
    assert len(said) <= 8, "\n\n".join(said)


def test_a_copy_takes_one_statement_a_table(world, enter):
    client = enter("volunteer")
    with counted() as said:
        copy_of(client)
    assert len(said) <= 80
