"""岗位与交接: who serves at my places, from when until when; hand-over, giving and ending."""

from flask import Blueprint, g, request, url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from kernel import cursor
from kernel.db import db, seen
from kernel.fields import Day, Form, Line, Lines, Pick
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say
from kernel.work import Refusal

from ..account import Account, plain_name
from ..card import Card, Use
from ..journal import Line as Told
from ..journal import tell
from ..person import Person
from ..place import Place, in_ranges
from ..post import Office, Post
from .cards import slips

bp = Blueprint("posts", __name__)


class NobodyNear(Refusal):
    """A post goes to somebody who lives or serves where the giver serves."""

    message = _("在您服务的地方没有找到这个人。请核对手机号或用户名；新同事请先登记，或用表格批量安排。")
    field = "person"


class NoSuchPlace(Refusal):
    """A post stands at one place of the giver's."""

    message = _("在您管的范围里没有找到这一个地方；同名的地方请写编码。")
    field = "place"


class HandOverForm(Form):
    """Who takes over, and what he should know."""

    person = Line(_("接手人的手机号或用户名"))
    remark = Lines(_("交接说明"), needed=False, description=_("手上有哪些事、找谁、钥匙在哪。接手人和上级看得到。"))


class GiveForm(Form):
    """Somebody, an office, a place."""

    person = Line(_("这个人的手机号或用户名"))
    office = Pick(_("岗位"), choices=Office.pairs())
    place = Line(_("地点"), description=_("写编码或名称，比如“东方社区”。"))
    since = Day(_("从哪天起"), needed=False, description=_("空着就从今天起。"))


@bp.get("/posts/")
@permit("post:see")
def index():
    """Who serves at my places now, or who served there before."""
    ended = bool(request.args.get("ended"))
    rows, following = listed(ended)
    return Page("communities/posts.html", posts=rows, ended=ended, next_url=following)


def listed(ended: bool) -> tuple[list[Post], str | None]:
    """25 posts in the order of the places, and the address of the next ones."""
    after = cursor.unpack(request.args.get("page"), str, int)
    found = Post.seen_by(g.person).join(Post.place).where(~Post.is_now() if ended else Post.is_now())
    if after:
        found = found.where(cursor.after([Place.path, Post.id], after))
    found = found.options(joinedload(Post.person)).order_by(Place.path, Post.id).limit(cursor.PAGE + 1)
    rows = list(db.session.scalars(seen(found)))
    if len(rows) <= cursor.PAGE:
        return rows, None
    last = rows[cursor.PAGE - 1]
    word = cursor.pack(last.place.path, last.id)
    return rows[:-1], url_for("posts.index", page=word, ended=1 if ended else None)


@bp.get("/posts/<int:id>")
@permit("post:see", of=Post)
def show(post):
    """One post: its record, and what can be done with it."""
    record = tell(list(db.session.scalars(seen(Told.about(post)))))
    return Page("communities/post.html", post=post, form=form_for(HandOverForm), record=record)


@bp.post("/posts/<int:id>/hand-over")
@permit("post:hand-over", of=Post, form=HandOverForm, back=("posts.show", None))
def hand_over(post, form):
    """Another person takes over what waits here."""
    successor = somebody_near(form.person.data)
    post.hand_over(successor, remark=form.remark.data or "", by=g.person)
    say(
        _(
            "交接好了：%(office)s现在由%(name)s负责，等着办的事也一起过去了。",
            office=post.office.label,
            name=successor.called,
        )
    )


@bp.post("/posts/<int:id>/end")
@permit("post:end", of=Post, back=("posts.show", None))
def end(post):
    """Let a post end today."""
    post.end(by=g.person)
    say(_("这个岗位已经结束。"))


@bp.post("/posts/<int:id>/codes")
@permit("post:print-code", of=Post, back=("posts.show", None))
def print_code(post):
    """Print a first-use code for whoever holds this post: a new colleague, or a forgotten password."""
    paper = Card.print(post.person, by=g.person, use=Use.FIRST)
    db.session.flush()
    back = url_for("posts.show", id=post.id)
    return slips([paper], _("首次登录码"), back, {post.person_id: [post]})


@bp.get("/posts/new")
@permit("post:give")
def new():
    """The form to put somebody in office."""
    return Page("communities/post_new.html", form=form_for(GiveForm))


@bp.post("/posts/")
@permit("post:give", form=GiveForm, back=("posts.new", None))
def give(form):
    """Put somebody in office."""
    person, place = somebody_near(form.person.data), place_called(form.place.data)
    post = Post.give(person, Office(form.office.data), place, by=g.person, since=form.since.data)
    say(_("安排好了：%(name)s，%(place)s%(office)s。", name=person.called, place=place.name, office=post.office.label))
    return Back("posts.show", id=post.id)


def somebody_near(word: str) -> Person:
    """Whoever lives or serves where the asker serves, by phone number or user name. Raises `NobodyNear`."""
    name = plain_name(word)
    named = select(Account.person_id).where(Account.username == name)
    who = Person.near(g.person).where(or_(Person.phone == name, Person.id.in_(named)))
    found = list(db.session.scalars(who.limit(2)))
    if len(found) != 1:
        raise NobodyNear
    return found[0]


def place_called(word: str) -> Place:
    """The one place within the asker's reach with this code or name. Raises `NoSuchPlace`."""
    named = select(Place).where(in_ranges(Place.path, g.person.reach), or_(Place.code == word, Place.name == word))
    found = list(db.session.scalars(named.limit(2)))
    if len(found) != 1:
        raise NoSuchPlace
    return found[0]
