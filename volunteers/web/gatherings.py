"""和家人、朋友一起去: asking others to come along, and their answers."""

import re

from flask import Blueprint, abort, g, redirect, url_for
from sqlalchemy import select

from communities.attempt import Attempt
from communities.person import Person
from kernel.db import db, seen
from kernel.fields import Form, Lines
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from .. import gathering_state as rules
from ..gathering import Companion, Gathering
from ..gathering_state import TooMany, Unknown
from ..shift import Shift
from ..swapping import hold
from ..volunteer import Volunteer
from .somebody import TooManyNumbers
from .swap_offers import ASKED_AN_HOUR

bp = Blueprint("gatherings", __name__)


class GatherForm(Form):
    """With whom."""

    phones = Lines(
        _("和谁一起去"),
        most=200,
        description=_("写他们登记用的手机号，一行一个，最多 3 位。大家都答应才一起报上：都有名额，或一起候补。"),
    )

    @property
    def numbers(self) -> list[str]:
        """The numbers, each once, without the spaces that people put in."""
        found = (re.sub(r"[\s-]", "", line) for line in re.split(r"[\n,，;；、]", self.phones.data or ""))
        return [number for number in dict.fromkeys(found) if number]


@bp.get("/shifts/<int:id>/together")
@permit("shift:sign-up", of=Shift)
def new(shift):
    """The form; or what is under way."""
    living = Gathering.gathering(shift, g.person)
    forms = {"form": form_for(GatherForm), "plain": form_for(Form)}
    return Page("volunteers/gather.html", shift=shift, gathering=living, **forms)


def count_numbers(form) -> None:
    """Count the numbers before anybody looks whose they are. Raises `TooManyNumbers`."""
    if len(form.numbers) > rules.MOST:
        raise TooMany(most=rules.MOST)
    for _number in form.numbers:
        if g.person.id and not Attempt.count_hourly("gather", g.person, ASKED_AN_HOUR):
            raise TooManyNumbers


@bp.post("/shifts/<int:id>/together")
@permit(
    "shift:sign-up",
    of=Shift,
    form=GatherForm,
    before=count_numbers,
    person_first=True,
    back=("gatherings.new", "together"),
)
def gather(shift, form, _counted):
    """Ask them."""
    Gathering.gather(shift, g.person, people_with(form.numbers), by=g.person)
    say(_("问过了，大家都答应就一起报上；想先自己报也行。"))


def people_with(numbers: list[str]) -> list[Person]:
    """The volunteers with these numbers, in this order. Raises `Unknown`."""
    wanted = select(Person).join(Volunteer, Volunteer.person_id == Person.id).where(Person.phone.in_(numbers))
    known = {person.phone: person for person in db.session.scalars(seen(wanted))}
    strange = [number for number in numbers if number not in known]
    if strange:
        raise Unknown(phones="、".join(strange))
    return [known[number] for number in numbers]


def lock_all(id: int) -> None:
    """Everybody in it, and the shift."""
    row = db.session.execute(
        seen(select(Gathering.asker_id, Gathering.shift_id).where(Gathering.id == id))
    ).one_or_none() or abort(404)
    asked = select(Companion.person_id).where(Companion.gathering_id == id)
    hold(Person, {row.asker_id, *db.session.scalars(seen(asked))})
    hold(Shift, {row.shift_id})


def page_of(id: int) -> Back:
    """The page on which it stands, or stood."""
    shift_id = db.session.scalar(seen(select(Gathering.shift_id).where(Gathering.id == id))) or abort(404)
    return Back("shifts.show", "signup", id=shift_id)


ANSWER = {"of": Gathering, "form": Form, "first": lock_all, "back": page_of}


@bp.get("/gatherings/<int:id>")
@permit("gathering:see", of=Gathering)
def show(gathering):
    """Where the journal's lines about it lead."""
    return redirect(url_for("shifts.show", id=gathering.shift_id))


@bp.post("/gatherings/<int:id>/acceptance")
@permit("gathering:answer", **ANSWER)
def agree(gathering, _form):
    """好，一起去."""
    gathering.agree(g.person, by=g.person)
    if gathering.state is rules.Together.ENTERED:
        say(_("大家都答应了，一起报上了，到时候见！"))
    else:
        say(_("好的，等其他人答应。"))


@bp.post("/gatherings/<int:id>/refusal")
@permit("gathering:answer", **ANSWER)
def decline(gathering, _form):
    """这次不去."""
    gathering.decline(g.person, by=g.person)
    say(_("好的，已经告诉对方了。"))


@bp.post("/gatherings/<int:id>/withdrawal")
@permit("gathering:call-off", **ANSWER)
def call_off(gathering, _form):
    """先不约了."""
    gathering.call_off(by=g.person)
    say(_("好的，不约了。"))
