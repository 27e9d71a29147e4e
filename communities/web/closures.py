"""注销账号: what goes, what stays and why, what has to be ended first; seven days to think better of it."""

from flask import Blueprint, abort, g, request

from kernel.db import db, seen
from kernel.fields import Form, Tick
from kernel.i18n import _
from kernel.leaving import stops
from kernel.personal import HELD, TERM, counts
from kernel.request import Back, Page, checked, form_for, permit, say

from ..account_closure import GRACE, AccountClosure, is_minor
from ..person import Person
from .identity import check_identity, identity_form

bp = Blueprint("closures", __name__)


class SignedForm(Form):
    """The desk has the paper."""

    signed = Tick(_("本人签了字的申请在我手里（未满 18 周岁的由监护人签）"), needed=False)


def page_of(person, form) -> Page:
    """The preview for this person."""
    stored = counts(person.id)
    found = [held for held in HELD.values() if held.name in stored]
    return Page(
        "communities/closure.html",
        neighbour=person,
        gone=[held for held in found if held.gone],
        kept=[held for held in found if not held.gone and held.name != "person"],
        years=TERM.days // 365,
        stops=stops(person.id),
        closure=AccountClosure.living(person),
        is_minor=is_minor(person),
        days=GRACE.days,
        form=form,
    )


@bp.get("/me/data/closure")
@permit("closure:ask")
def show():
    """My own."""
    return page_of(g.person, form_for(type(identity_form())))


def confirmed(form) -> None:
    """Whoever asks is who he says. Raises what `check_identity` raises."""
    checked("closure:ask")
    check_identity(form)


@bp.post("/me/data/closure")
@permit("closure:ask", form=identity_form, before=confirmed, back=("closures.show", None), person_first=True)
def ask(_form, _confirmed):
    """注销我的账号."""
    AccountClosure.ask(g.person, by=g.person)
    say(_("记下了：7 天后注销。这 7 天里照常能登录，改主意了点“不注销了”就行。"))


@bp.get("/people/<int:id>/closure")
@permit("closure:ask-for", of=Person)
def show_for(person):
    """Somebody else's, at the desk."""
    return page_of(person, form_for(SignedForm))


@bp.post("/people/<int:id>/closure")
@permit("closure:ask-for", of=Person, form=SignedForm, back=("closures.show_for", None))
def ask_for(person, form):
    """替他办: he signed a paper."""
    AccountClosure.ask(person, by=g.person, signed=bool(form.signed.data))
    say(_("记下了：%(name)s的账号 7 天后注销，也告诉他了。", name=person.called))


def way_back(id: int) -> Back:
    """One's own page, or that of the neighbour."""
    mine = AccountClosure.seen_by(g.person).where(AccountClosure.id == id)
    person = db.session.scalar(seen(mine.with_only_columns(AccountClosure.person_id))) or abort(404)
    own = person == g.person.id or request.values.get("back") == "me"
    return Back("closures.show") if own else Back("closures.show_for", id=person)


@bp.post("/account-closures/<int:id>/withdrawal")
@permit("closure:take-back", of=AccountClosure, form=Form, back=way_back)
def take_back(closure, _form):
    """不注销了."""
    closure.take_back(by=g.person)
    say(_("好的，不注销了，账号和资料都照旧。"))
