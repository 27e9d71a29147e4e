"""A counter at which drafts are stamped: the smallest site with the kernel's whole path of a request."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, abort, g, request
from jinja2 import FileSystemLoader

from communities.sign_in import NotSignedIn
from kernel import permits, site
from kernel.db import db
from kernel.draft import Draft
from kernel.fields import Form, Line
from kernel.permits import anyone, signed_in
from kernel.request import Back, Page, form_for, permit, say
from kernel.who import login_manager
from kernel.work import Refusal
from tests.support.pages import Visitor

ROOT = Path(__file__).parents[2]
WHO = "X-Person"


@dataclass
class Guest:
    """Whoever stands at the counter; the header X-Person says who."""

    id: int | None = None
    language: str | None = None
    office_place_id: int | None = None

    @property
    def called(self):
        return f"{self.id} 号"

    name = called


class TooPlain(Refusal):
    """The counter refuses one name."""

    message = "“%(title)s”不行，换一个。"
    field = "title"


class TitleForm(Form):
    """A new name for a draft."""

    title = Line("名称", most=20)


def writes_small(person, draft) -> bool:
    """Drafts of the kind “closed” are stamped by nobody."""
    return draft.kind != "closed"


RULES = {
    "kiosk:enter": [anyone],
    "kiosk:see": [anyone],
    "kiosk:stamp": [writes_small],
    "kiosk:hand-in": [signed_in],
}
bp = Blueprint("kiosk", __name__)
portal, accounts = Blueprint("portal", __name__), Blueprint("accounts", __name__)


@portal.get("/")
@permit("kiosk:enter")
def home():
    return Page("kiosk.html")


@accounts.get("/sign-in")
@permit("kiosk:enter")
def sign_in():
    return Page("kiosk.html")


@accounts.post("/sign-out")
@permit("kiosk:enter", back=("portal.home", None))
def sign_out():
    """Nothing to do at a counter."""


@bp.get("/drafts/<int:id>")
@permit("kiosk:see", of=Draft)
def show(draft):
    return Page("draft.html", draft=draft, form=form_for(TitleForm, title=draft.filename))


@bp.post("/drafts/<int:id>/stamps")
@permit("kiosk:stamp", of=Draft, form=TitleForm, back=("kiosk.show", "draft"), backs={"home": ("portal.home", None)})
def stamp(draft, form):
    """Each stamp adds a byte, so that effects can be counted."""
    draft.filename, draft.payload = form.title.data, draft.payload + b"x"
    db.session.flush()
    if form.title.data == "草稿":
        raise TooPlain(title=form.title.data)
    say("盖好了。")


@bp.get("/drafts/new")
@permit("kiosk:hand-in")
def new():
    return Page("kiosk.html")


@bp.post("/drafts")
@permit("kiosk:hand-in", back=("kiosk.new", None))
def hand_in():
    """A new draft, and the way to it."""
    draft = Draft.keep(g.person, "open", "新的", b"")
    return Back("kiosk.show", id=draft.id)


@bp.get("/scribbles")
@permit("kiosk:enter")
def scribble():
    """A reading view that tries to write."""
    db.session.add(Draft(owner=0, kind="", filename="", payload=b""))
    db.session.flush()
    return Page("kiosk.html")


@bp.get("/accidents/<int:status>")
@permit("kiosk:enter")
def accident(status):
    """Anything that goes wrong; 0 is a bug."""
    if status == 0:
        raise ZeroDivisionError
    return abort(status)


def make(settings, **more) -> Flask:
    """The counter on the tests' database. Nobody is signed in but whom the header names."""
    given = {**settings, **more}
    app = Flask("kiosk", root_path=str(ROOT), instance_path=given["INSTANCE_PATH"], instance_relative_config=True)
    app.test_client_class = Visitor
    app.jinja_loader = FileSystemLoader([Path(__file__).with_name("templates"), ROOT / "templates"])
    login_manager.anonymous_user = NotSignedIn
    site.found(app, given)
    permits.RULES.update(RULES)
    for blueprint in (bp, portal, accounts):
        app.register_blueprint(blueprint)

    @app.before_request
    def look():
        if (id := request.headers.get(WHO)) is not None:
            g.person = Guest(int(id))

    return app


def draft_of(person_id: int, kind="open", title="原来的") -> int:
    """The id of a new draft of this person, inside `work()`."""
    return Draft.keep(Guest(person_id), kind, title, b"").id
