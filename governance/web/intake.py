"""Saying what is wrong: three fields for everybody, a few more for staff who write it down for somebody."""

from flask import g, request

from communities import place_names
from communities.permits import cares
from communities.place import Place
from kernel.i18n import _, language
from kernel.paper import qr, whole_url
from kernel.permits import may
from kernel.receipt import owner, sent_key
from kernel.request import Back, Page, form_for, one, permit, say
from kernel.site import limiter
from kernel.text import clean
from kernel.tokens import keyed, new_token
from kernel.work import Refusal

from .. import alike
from ..need import Need
from ..need_state import Privacy, Source
from ..voice import UNKNOWN, Reach, reach_in
from .choices import categories, category_of, offer_places
from .forms import LONGEST, NoteForm, SayForm

LOOKS = "120 per 5 minutes"  # nobody finds out by trying what was said
FLOOD = "30 per 5 minutes"  # from one address; a community's front desk is one address
LENGTH = 48  # signs of a token: 192 bits


class PerhapsSaid(Refusal):
    """Said once to staff: whoever ticks that he has looked knows that it is another one."""

    message = _("最近有人反映过类似的事，列在下面。是同一件的话打开它就行；不是的话，勾上“看过了”再交。")
    field = "new_one"


def form_class():
    """Staff and grid workers write more down."""
    return NoteForm if cares(g.person, None) else SayForm


def said_form():
    """The form as it was sent."""
    return form_class()()


@permit("need:say")
def new() -> Page:
    """The form; a place in the address is filled in."""
    usual = {"source": Source.VISIT.value, "privacy": Privacy.HANDLERS.value} if form_class() is NoteForm else {}
    form = form_for(form_class(), **usual)
    sought = offer_places(form)
    if "category_id" in form:
        form.category_id.choices = [("", _("先不定")), *categories()]
    hints = hints_of(form) if g.get("form") is form else []
    return Page("needs/new.html", form=form, sought=sought, hints=hints, staff=form_class() is NoteForm)


@limiter.limit(LOOKS)
@permit("need:say")
def similar() -> Page:
    """Was it said already? Asked while somebody types; what is shown is for `may` to say."""
    place = place_of(request.args.get("place", ""))
    words = clean(request.args.get("words", ""))[:LONGEST]
    category = request.args.get("category_id", "")
    id = int(category) if category.isascii() and category.isdecimal() and len(category) < 10 else None
    return Page("needs/alike.html", hints=alike.find(Need, place, words, id) if place and words else [])


def place_of(sent: str) -> Place | None:
    """The place of an id in an address; none for what is none."""
    return one(Place, int(sent)) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else None


def hints_of(form) -> list[alike.Hint]:
    """What was said that is like what was just typed."""
    place = place_of(str(form.place.data or ""))
    category = form.category_id.data if "category_id" in form else None
    return alike.find(Need, place, form.words.data or "", category) if place else []


def look_first(form) -> None:
    """Staff see once what is alike before it counts; nobody else is stopped. Raises `PerhapsSaid`."""
    if "new_one" in form and not form.new_one.data and any(may("need:handle", hint.need) for hint in hints_of(form)):
        raise PerhapsSaid


def token_of_form() -> str:
    """The secret of the follow-up link: derived from the key of the form, so that a form sent twice finds the same."""
    if "need_token" not in g:
        key = sent_key()
        g.need_token = keyed("need", owner(), key)[:LENGTH] if key else new_token()
    return g.need_token


def after_saying() -> Back:
    """The form while something is wrong with it, else the receipt. The answer of a form is kept, the link is not."""
    if g.form is not None:
        return Back("needs.new", None)
    return Back("need_links.follow", None, token=token_of_form())


@limiter.limit(FLOOD)
@permit("need:say", form=said_form, before=look_first, back=after_saying)
def create(form, _looked):
    """Keep it; the receipt says the number, who has it now, and how to hear what came of it."""
    place = one(Place, form.place.data)
    facts = noted(form) if isinstance(form, NoteForm) else by_oneself(form)
    Need.say(place, form.words.data, by=by_whom(), token=token_of_form(), language=language(), **facts)
    say(_("收到了，谢谢您说出来。"))


def by_whom():
    """Who asks, unless he has no account."""
    return g.person if g.person.id else None


def by_oneself(form) -> dict:
    """What somebody says for himself."""
    reach = reach_in(form.reach.data or "") or UNKNOWN
    person = by_whom()
    known = Reach(reach.name or person.called, reach.phone or person.phone or "") if person else reach
    return {"reach": known, "requester": person}


def noted(form) -> dict:
    """What staff write down for somebody."""
    source, privacy = Source(form.source.data), Privacy(form.privacy.data)
    words = {"matter": form.matter.data or "", "external_number": form.external_number.data or ""}
    reach, about = reach_in(form.reach.data or "") or UNKNOWN, category_of(form)
    facts = {"source": source, "privacy": privacy, "category": about, "reach": reach}
    return facts | words | {"behalf_of": form.behalf_of.data or "", "households": form.households.data or 1}


@permit("need:notice", of=Place, by="code")
def notice(place) -> Page:
    """A notice for the stairwell: a code that opens the form with this place filled in."""
    address = whole_url("needs.new", place=place.code)
    return Page("needs/notice.html", where=place_names.labels([place])[place.id], address=address, code=qr(address))
