"""Photos of an outcome: who adds them and with what consent, who sees them, and that they are gone when they go."""

import re
from hashlib import sha256
from threading import Barrier, Thread

import pytest

from communities.journal import Line
from communities.notice import Notice
from communities.person import Person
from kernel import photo
from kernel.db import db, seen
from kernel.request import locked
from kernel.stored_file import StoredFile
from kernel.work import Refusal, work
from projects.adoption import Adoption
from projects.photo import (
    MOST,
    ConsentNeeded,
    EnoughPhotos,
    HiddenAlready,
    Photo,
    ShownAlready,
    WordsNeeded,
)
from projects.plain_words import Promotes
from projects.project import Project
from projects.stage import NotNow
from tests.support.pages import HTMX, part
from tests.support.photos import from_a_phone, jpeg, png
from tests.support.scans import EXE, PDF, sent
from tests.support.statements import counted

STRANGERS = ("volunteer", "other-committee", "department", "volunteer2")
HOSTILE = '"><script>alert("x")</script>\u202e\' onerror=alert(1) {{ 7*7 }} %(by)s'


@pytest.fixture
def project(world, done):
    """What 白鹭科技 did and the committee closed."""
    return db.session.get_one(Adoption, done).project


def add(world, project, words="修好的电扇", *, shown=True, by=None, **consent):
    """One more photo; the committee's and shown unless something else is said."""
    facts = {"consent": True, "shown": shown} | consent
    with work():
        return project.add_photo(photo.read(jpeg()), words, by=by or world.lin, **facts).id


def body(data=None, words="修好的电扇", **fields):
    """What the form sends, everything ticked."""
    return sent(data or jpeg(), "IMG.jpg", **{"photo_alt": words, "consent": "y"} | fields)


def files():
    return db.session.scalars(seen(db.select(StoredFile))).all()


def verbs(project):
    found = [line.verb for line in db.session.scalars(Line.about(project))]
    return [verb for verb in found if verb.startswith("project.photo")]


def test_the_committee_adds_one_and_everybody_sees_it(enter, project, world):
    committee, url = enter("committee"), f"/projects/{project.id}"
    added = committee.post(f"{url}/photos", headers=HTMX, **body(from_a_phone()))
    assert added.status_code == 200
    assert part(added, "project") == part(committee.get(url), "project")
    [one] = project.photos
    assert (one.alt, one.shown, one.by, one.width, one.height) == ("修好的电扇", True, world.lin, 240, 320)
    assert one.consented_at is not None
    page = enter().get(url).text
    assert f'src="/photos/{one.id}.jpg" alt="修好的电扇" width="240" height="320" loading="lazy"' in page
    assert "加一张照片" not in page
    assert "撤下" not in page
    assert verbs(project) == ["project.photo_added"]


def test_the_picture_is_one_that_this_site_made_and_nothing_in_it_runs(enter, project, world):
    id = add(world, project)
    answer = enter().get(f"/photos/{id}.jpg")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/jpeg", photo.read(jpeg()).data)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=3600, immutable"
    assert answer.headers["ETag"] == f'"{sha256(answer.data).hexdigest()}"'
    assert "Content-Disposition" not in answer.headers
    page = enter().get(f"/projects/{project.id}")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]  # which images fall back to


def test_who_has_it_does_not_load_it_again(enter, project, world):
    id = add(world, project)
    client = enter()
    tag = client.get(f"/photos/{id}.jpg").headers["ETag"]
    again = client.get(f"/photos/{id}.jpg", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=3600, immutable"
    other = client.get(f"/photos/{id}.jpg", headers={"If-None-Match": '"something else"'})
    assert other.status_code == 200


def test_an_adopters_photo_waits_for_the_committee(enter, project, world):
    adopter, url = enter("partner"), f"/projects/{project.id}"
    assert adopter.post(f"{url}/photos", **body()).status_code == 303
    [one] = project.photos
    assert (one.shown, one.by) == (False, world.zhao)
    told = db.session.scalars(seen(db.select(Notice).join(Line).where(Line.verb == "project.photo_added"))).all()
    assert {notice.person_id for notice in told} == {world.lin.id}
    picture = f"/photos/{one.id}.jpg"
    for name in (None, *STRANGERS):
        assert enter(name).get(picture).status_code == 404, name
        assert picture not in enter(name).get(url).text, name
    for name in ("partner", "committee", "subdistrict", "district"):
        answer = enter(name).get(picture)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store"), name
        assert "还没公开" in enter(name).get(url).text, name
    shown = enter("committee").post(f"/photos/{one.id}/showing", headers=HTMX)
    assert part(shown, "project") == part(enter("committee").get(url), "project")
    assert enter().get(picture).status_code == 200
    assert enter("committee").post(f"/photos/{one.id}/hiding").status_code == 303
    assert enter().get(picture).status_code == 404
    assert verbs(project) == ["project.photo_added", "project.photo_shown", "project.photo_hidden"]


def test_what_is_taken_back_is_gone_and_the_line_stays(enter, project, world):
    id = add(world, project, by=world.zhao)
    kept = add(world, project, "修好的收音机")
    assert len(files()) == 2
    url = f"/projects/{project.id}"
    assert "修好的电扇" in enter().get(url).text
    adopter = enter("partner")
    gone = adopter.post(f"/photos/{id}/removal", headers=HTMX)
    assert gone.status_code == 200
    assert part(gone, "project") == part(adopter.get(url), "project")
    assert [one.id for one in project.photos] == [kept]
    assert [file.id for file in files()] == [project.photos[0].file_id]
    for name in (None, "partner", "committee"):
        assert enter(name).get(f"/photos/{id}.jpg").status_code == 404, name
    assert adopter.post(f"/photos/{id}/removal").status_code == 404
    assert enter("committee").post(f"/photos/{kept}/removal").status_code == 303
    assert files() == []
    assert verbs(project) == ["project.photo_added"] * 2 + ["project.photo_withdrawn"] * 2


def test_nobody_else_touches_them(enter, project, world):
    theirs, ours = add(world, project, by=world.zhao), add(world, project, by=world.lin)
    for name in STRANGERS:
        client = enter(name)
        assert client.post(f"/projects/{project.id}/photos", **body()).status_code == 403, name
        for move in ("showing", "hiding", "removal"):
            assert client.post(f"/photos/{theirs}/{move}").status_code == 403, (name, move)
    adopter = enter("partner")
    for move in ("showing", "hiding"):
        assert adopter.post(f"/photos/{theirs}/{move}").status_code == 403
    assert adopter.post(f"/photos/{ours}/removal").status_code == 403
    nobody = enter().post(f"/photos/{theirs}/removal")
    assert (nobody.status_code, nobody.location) == (303, "/sign-in")
    assert len(files()) == 2


def test_without_consent_nothing_is_kept(enter, project, world):
    url = f"/projects/{project.id}/photos"
    for data in (body(consent=""), sent(jpeg(), "a.jpg", photo_alt="电扇")):
        answer = enter("committee").post(url, headers=HTMX, **data)
        assert answer.status_code == 422
        assert "请先勾选这一项" in answer.text
    wordless = enter("committee").post(url, **body(words="  "))
    assert wordless.status_code == 422
    assert enter("committee").post(url, data={"photo_alt": "电扇", "consent": "y"}).status_code == 422
    assert project.photos == []
    assert files() == []


def test_every_refusal_of_a_verb_has_a_sentence(project, world):
    ids = [add(world, project) for _ in range(MOST - 1)]
    hidden = add(world, project, shown=False)
    with work():
        db.session.get_one(Photo, ids.pop()).withdraw(by=world.lin)
    for refusal, facts in (
        (ConsentNeeded, {"consent": False}), (WordsNeeded, {"words": " "}), (Promotes, {"words": "电扇八折"}),
    ):  # fmt: skip
        with pytest.raises(refusal) as said:
            add(world, project, **facts)
        assert str(said.value).endswith("。")
    add(world, project)
    for refusal, move in (
        (EnoughPhotos, lambda: project.add_photo(photo.read(jpeg()), "电扇", consent=True, shown=True, by=world.lin)),
        (ShownAlready, lambda: db.session.get_one(Photo, ids[0]).show(by=world.lin)),
        (HiddenAlready, lambda: db.session.get_one(Photo, hidden).hide(by=world.lin)),
    ):
        with pytest.raises(refusal) as said, work():
            move()
        assert str(said.value).endswith("。")
    assert len(project.photos) == len(files()) == MOST


def test_with_six_there_is_no_form_and_a_late_one_is_refused(enter, project, world):
    committee, url = enter("committee"), f"/projects/{project.id}"
    for _ in range(MOST - 1):
        add(world, project)
    assert "加一张照片" in committee.get(url).text
    add(world, project)
    assert "加一张照片" not in committee.get(url).text
    late = committee.post(f"{url}/photos", **body())
    assert late.status_code == 409
    assert "最多 6 张照片" in late.text


def test_before_it_is_closed_there_is_nothing_to_show(enter, world):
    url = f"/projects/{world.project.id}"
    assert "加一张照片" not in enter("committee").get(url).text
    answer = enter("committee").post(f"{url}/photos", **body())
    assert answer.status_code == 409
    with pytest.raises(NotNow):
        add(world, world.project)
    assert files() == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (EXE, "不是 JPG 或 PNG 照片"), (PDF, "不是 JPG 或 PNG 照片"), (jpeg()[:700], "读不出来"), (jpeg(1, 1), "太小"),
        (b"\0\0\0\x18ftypheic" + bytes(99), "HEIC"), (png()[:200], "读不出来"),
    ],
    ids=["program", "pdf", "cut short", "one pixel", "heic", "half a png"],
)  # fmt: skip
def test_what_is_no_photo_is_refused_beside_its_field(enter, project, data, words):
    answer = enter("committee").post(f"/projects/{project.id}/photos", headers=HTMX, **body(data))
    assert answer.status_code == 409
    assert words in answer.text
    assert "修好的电扇" in answer.text  # what was typed is not lost
    assert files() == []


def test_hostile_words_are_words(enter, project, world):
    assert enter("committee").post(f"/projects/{project.id}/photos", **body(words=HOSTILE)).status_code == 303
    [one] = project.photos
    assert "\u202e" not in one.alt
    for url in (f"/projects/{project.id}", "/projects/solved"):
        page = enter().get(url).text
        [picture] = re.findall(r'<img class="photo"[^>]*>', page)
        assert 'alt="&#34;&gt;&lt;script&gt;' in picture
        assert picture.endswith('loading="lazy">')
        assert "<script>alert" not in page


@pytest.mark.databases("sqlite")
def test_six_cost_what_one_costs(enter, project, world):
    def price(name):
        client, url = enter(name), f"/projects/{project.id}"
        with counted() as said:
            assert client.get(url).status_code == 200
        return len(said)

    add(world, project)
    before = {name: price(name) for name in (None, "volunteer", "partner", "committee")}
    for _ in range(MOST - 1):
        add(world, project, shown=False)
    assert {name: price(name) for name in before} == before
    assert before[None] <= 8


def test_twelve_at_once_are_six(site, project, world):
    id, lin, drawn = project.id, world.lin.id, photo.read(jpeg())
    db.session.rollback()
    barrier, outcomes = Barrier(2 * MOST), []

    def send():
        with site.app_context():
            barrier.wait()
            try:
                with work():
                    by = db.session.get_one(Person, lin)
                    locked(Project, id).add_photo(drawn, "电扇", consent=True, shown=True, by=by)
                outcomes.append("added")
            except Refusal as refusal:
                outcomes.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=send) for _ in range(2 * MOST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["EnoughPhotos"] * MOST + ["added"] * MOST
    assert len(project.photos) == len(files()) == MOST


@pytest.mark.databases("sqlite")
def test_somebody_who_reads_it_later_can_say_who_agreed(project, world):
    add(world, project, by=world.zhao)
    line = db.session.scalars(Line.about(project)).all()[-1]
    assert (line.verb, line.by_id, line.ids["photo"]) == ("project.photo_added", world.zhao.id, project.photos[0].id)
