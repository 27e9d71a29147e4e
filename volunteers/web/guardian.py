"""The guardian of a minor: the desk notes the consent, on a signature or a call, and its end."""

from flask import Blueprint, g
from sqlalchemy import select

from communities.agreeing import TakenBack
from communities.consent import Consent
from communities.person import Person
from communities.purpose import BY_HAND, TEXTS, Purpose, Way, newest
from kernel import clock
from kernel.db import db
from kernel.fields import Day, Form, Line, Pick
from kernel.i18n import _
from kernel.request import Page, form_for, permit, say

from ..guardian import agree, is_minor
from ..volunteer import Volunteer

bp = Blueprint("guardians", __name__)
BACK = ("guardians.show", "consent")
WAYS = [(way.value, way.label) for way in BY_HAND]


class GuardianForm(Form):
    """Who agreed, how, and when."""

    guardian = Line(_("监护人姓名"), most=40)
    way = Pick(_("怎么同意的"), choices=WAYS)
    since = Day(_("哪天同意的"))
    until = Day(_("到哪天为止"), needed=False, description=_("监护人没有说期限就空着，到满 18 周岁为止。"))


@bp.get("/volunteers/<int:id>/guardian")
@permit("volunteer:guardian", of=Volunteer)
def show(volunteer):
    """The words that the guardian agrees to, and what was noted."""
    person = volunteer.person
    return Page(
        "volunteers/guardian.html",
        volunteer=volunteer,
        neighbour=person,
        is_minor=is_minor(volunteer),
        held=Consent.held(person, Purpose.GUARDIAN),
        past=[row for row in db.session.scalars(Consent.of(person)) if row.purpose is Purpose.GUARDIAN],
        words=TEXTS[Purpose.GUARDIAN][newest(Purpose.GUARDIAN)],
        form=form_for(GuardianForm, since=clock.today(), way=Way.SIGNED.value),
    )


def lock_person(id: int) -> None:
    """The person of a volunteer, before the row: the order in which everybody locks."""
    owner = select(Volunteer.person_id).where(Volunteer.id == id).scalar_subquery()
    db.session.execute(select(Person.id).where(Person.id == owner).with_for_update(key_share=True))


@bp.post("/volunteers/<int:id>/guardian")
@permit("volunteer:guardian", of=Volunteer, form=GuardianForm, first=lock_person, back=BACK)
def note(volunteer, form):
    """The guardian agreed."""
    facts = {"guardian": form.guardian.data, "since": form.since.data, "until": form.until.data}
    agree(volunteer, by=g.person, way=Way(form.way.data), **facts)
    say(_("记下了：%(name)s现在可以报名了，也告诉他了。", name=volunteer.person.called))


@bp.post("/volunteers/<int:id>/guardian/withdrawal")
@permit("volunteer:guardian", of=Volunteer, first=lock_person, back=BACK)
def withdraw(volunteer):
    """The guardian no longer agrees: what was signed up for is given back."""
    held = Consent.held(volunteer.person, Purpose.GUARDIAN)
    if held is None:
        raise TakenBack
    held.withdraw(by=g.person)
    say(_("记下了：监护人收回了同意，%(name)s报好的活动都退掉了。", name=volunteer.person.called))
