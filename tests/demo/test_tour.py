"""The tour of a demo leads to pages that everybody may see, and where no demo is loaded there is none."""

import re

import pytest
from sqlalchemy import delete, select

from communities.account import Account
from demo.tour import STOPS
from kernel.db import db
from kernel.work import work
from projects.project import Project
from tests.support.statements import counted


@pytest.fixture
def stranger(town, site):
    return site.test_client()


def stops(client):
    page = client.get("/tour").text
    return re.findall(r'href="?([^" >]+)', page[page.index("<ol") : page.index("</ol>")])


def test_every_stop_is_there_for_a_stranger_and_opens(stranger):
    found = stops(stranger)
    assert len(found) == len(STOPS)
    for url in found:
        assert stranger.get(url.partition("#")[0]).status_code == 200, url


def test_it_leads_to_the_stories(stranger):
    repair = db.session.scalar(select(Project.id).where(Project.title == "31小区老人家电义修"))
    assert f"/projects/{repair}" in stops(stranger)


def test_the_first_page_leads_there(stranger):
    assert "/tour" in stranger.get("/").text
    with counted() as said:
        stranger.get("/tour")
    assert len(said) <= 8


def test_without_demo_data_there_is_no_tour(stranger):
    with work():
        db.session.execute(delete(Account).where(Account.username == "volunteer"))
    assert stranger.get("/tour").status_code == 404
    assert "/tour" not in stranger.get("/").text
