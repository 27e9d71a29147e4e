"""The path of a request: shape; receipt, load, permit and verb in one `work()`; then the page from a fresh read."""

from collections.abc import Callable
from functools import wraps

from flask import abort, g, make_response, redirect, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from .db import db, seen
from .pages import Back, Page, is_htmx, say
from .permits import allowed
from .receipt import earlier_answer, first_time
from .work import Refusal, work

__all__ = ["Back", "Page", "form_for", "permit", "say", "then"]

SAFE = {"GET", "HEAD", "OPTIONS"}


def form_for(form, **defaults):
    """The form of a page: as it was sent when the answer is a 422 or 409, else a fresh one."""
    sent = g.get("form")
    return sent if isinstance(sent, form) else form(formdata=None, **defaults)


def then(function: Callable[[], object]) -> None:
    """Do this after the commit, and only then (cookies, waking a job)."""
    g.after.append(function)


def ask_to_sign_in() -> Response:
    """Send nobody to the sign-in page, and from there back to what he wanted to see."""
    wanted = request.full_path.rstrip("?") if request.method in SAFE else None
    url = url_for("accounts.sign_in", next=wanted)
    if not is_htmx():
        return redirect(url, 303)
    response = make_response("", 204)
    response.headers["HX-Redirect"] = url_for("accounts.sign_in")
    return response


class SignInFirst(Forbidden):
    """Not allowed for nobody; perhaps for somebody."""


def load(action, of, key, value, lock=False):
    """The subject, if this person may know of it (404) and do this to it (403).

    A model whose rows belong to another row names it by `lock_owner(id)`, so that the owner is locked first.
    """
    if lock and hasattr(of, "lock_owner"):
        of.lock_owner(value)
    wanted = of.seen_by(g.person).where(getattr(of, key) == value)
    wanted = wanted.with_for_update(of=of, key_share=True) if lock else wanted
    subject = db.session.scalar(seen(wanted).execution_options(populate_existing=lock)) or abort(404)
    return checked(action, subject)


def checked(action, subject=None):
    """The subject, if this person may do this to it: 403, or sign-in for nobody."""
    if allowed(g.person, action, subject):
        return subject
    raise SignInFirst if g.person.id is None else Forbidden


def place_of_creation(at):
    """The id of what something new is created under: as sent, else where the person serves."""
    sent = request.values.get(at, "")
    if sent.isdecimal() and len(sent) < 10:
        return int(sent)
    if sent:
        abort(404)
    if g.person.id is None:
        raise SignInFirst
    return g.person.office_place_id or abort(403)


def permit(
    action, *, of=None, by="id", at=None, form=None, before=None, back=None, backs=None, person_first=False, first=None
):
    """Guard a view; a GET view returns a Page, the view of a change is the verb.

    `of`: the model of the subject, loaded through its `seen_by()` by the URL key `by`, or by the form or query field
    `at` for creation under it. `form`: checked before the transaction; `before(form)`: slow or waiting preparation
    (hash, parsing), its result is the verb's last argument. `back`: the page shown after a change or instead of it, as
    (endpoint, block) with the same URL keys, or a function from these keys to a `Back`; `backs`: other pages that have
    the same button, chosen by the field `back`: name to (endpoint, block). `person_first` locks the person before the
    subject, for verbs that judge by the person's other rows (no overlap in time); `first(**keys)` locks what else comes
    before the subject in the order of locks: persons by id, then shifts, then their rows.
    """

    def subject_of(keys, lock=False):
        if of is None:
            checked(action)
            return []
        if at is not None:
            return [load(action, of, "id", place_of_creation(at), lock)]
        return [load(action, of, by, keys.pop(by), lock)]

    def guard(view):
        def page(**keys) -> Page:
            return view(*subject_of(keys), **keys)

        def way_back(keys):
            other = (backs or {}).get(request.values.get("back"))
            if other:
                return Back(*other)
            return back(**keys) if callable(back) else Back(*back, **keys)

        def change(**keys):
            g.form = form() if form else None
            g.after = []
            if g.form is not None and not g.form.validate():
                return way_back(keys).not_done(422)
            try:
                prepared = [before(g.form)] if before else []
                with work():
                    receipt = first_time()
                    if receipt is None:
                        answer = None
                    else:
                        if person_first:
                            g.person.lock()
                        if first:
                            first(**keys)
                        rest = dict(keys)
                        given = subject_of(rest, lock=True) + ([g.form] if form else []) + prepared
                        answer = view(*given, **rest)
                        if isinstance(answer, Back):
                            receipt.answer = [answer.endpoint, answer.block, answer.keys]
            except Refusal as refusal:
                return refused(refusal, way_back(keys))
            if receipt is None and (kept := earlier_answer()):
                answer = Back(kept[0], kept[1], **kept[2])
            for function in g.after:
                function()
            g.form = None
            if isinstance(answer, Response):
                return answer
            return (answer or way_back(keys)).done()

        @wraps(view)
        def route(**keys):
            if request.method not in SAFE:
                return change(**keys)
            page_or_response = page(**keys)
            return page_or_response.answer() if isinstance(page_or_response, Page) else page_or_response

        route.page = page
        route.permit = action
        return route

    return guard


def refused(refusal, back):
    """409: the rule's sentence on the page that was left, beside its field where it has one, nothing typed is lost."""
    g.refusal = refusal
    if refusal.field and g.form is not None and refusal.field in g.form:
        g.form[refusal.field].errors = [*g.form[refusal.field].errors, str(refusal)]
    return back.not_done(409)


def one(of, id):
    """Load what a form names, through its own `seen_by`; 404 for what is not there or not his to know."""
    return db.session.scalar(seen(of.seen_by(g.person).where(of.id == id))) or abort(404)


def locked(of, id):
    """Load and lock what a verb changes beside its subject, by id."""
    wanted = (
        select(of).where(of.id == id).with_for_update(of=of, key_share=True).execution_options(populate_existing=True)
    )
    return db.session.scalar(wanted) or abort(404)
