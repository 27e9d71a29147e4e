"""Minors: without a guardian's consent they take nothing on, and when it ends they leave what they signed up for.

志愿服务条例 art. 8: under 18 with the consent of the guardian, or together with him.
"""

from dataclasses import dataclass

from sqlalchemy import select

from communities.agreeing import ENDED
from communities.consent import Consent
from communities.purpose import Purpose
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from .shift import Shift
from .signup import LIVING, Signup, State
from .volunteer import Volunteer


class GrownUp(Refusal):
    """Nobody else agrees for an adult."""

    message = _("%(person)s已满 18 周岁，不用监护人同意。")


@dataclass(frozen=True)
class Minor:
    """A volunteer who is under 18 today, and the consent that counts today."""

    volunteer: Volunteer
    consent: Consent | None


def is_minor(volunteer: Volunteer) -> bool:
    """Whether a guardian is needed today."""
    return not volunteer.is_adult_on(clock.today())


def agree(volunteer: Volunteer, *, by, **facts) -> Consent:
    """Note the guardian's yes, on paper or on the telephone. Refuses for adults (`GrownUp`), and as `give` does."""
    if not is_minor(volunteer):
        raise GrownUp(person=volunteer.person.called)
    return Consent.give(volunteer.person, Purpose.GUARDIAN, by=by, **facts)


def volunteers_among(people) -> dict[int, tuple[Volunteer, Minor | None]]:
    """Those of these people who are volunteers, by the id of the person, with what is known of minors; one query."""
    today = clock.today()
    theirs = (Consent.person_id == Volunteer.person_id) & (Consent.purpose == Purpose.GUARDIAN)
    found = select(Volunteer, Consent).outerjoin(Consent, theirs & Consent.ended_at.is_(None))
    rows = db.session.execute(seen(found.where(Volunteer.person_id.in_([person.id for person in people]))))
    return {
        volunteer.person_id: (volunteer, Minor(volunteer, covering(consent, today)) if is_minor(volunteer) else None)
        for volunteer, consent in rows
    }


def covering(consent: Consent | None, today) -> Consent | None:
    """The consent, if it counts today."""
    return consent if consent is not None and consent.covers(today) else None


def leave_shifts(person, by) -> None:
    """The consent ended: every seat and place in a queue is given back, except where the minor is of age by then."""
    volunteer = Volunteer.of(person)
    ahead = [state for state in LIVING if state is not State.PRESENT]
    mine = select(Signup.shift_id).where(Signup.person_id == person.id, Signup.state.in_(ahead))
    coming = select(Shift).where(Shift.id.in_(mine), Shift.ends_at > clock.now()).order_by(Shift.id)
    for shift in db.session.scalars(seen(coming.with_for_update(of=Shift, key_share=True))):
        if volunteer and not volunteer.is_adult_on(clock.local(shift.starts_at).date()):
            shift.withdraw(person, by=by)


if leave_shifts not in ENDED[Purpose.GUARDIAN]:
    ENDED[Purpose.GUARDIAN].append(leave_shifts)
