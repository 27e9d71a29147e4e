"""Appointments by mail: an errand for each sign-up whose calendar is behind, and a sweep that finds them."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from communities.person import Person
from communities.place import Kind, Place
from kernel import clock, mail
from kernel.db import db, seen
from kernel.i18n import force_locale
from kernel.jobs import Heartbeat, errand, every_minute, nudge
from kernel.logs import log
from kernel.work import work

from .calendar_mail import CalendarMail
from .duty import Duty
from .event import event_of_signup
from .invitation import MOST, Invitation, letter
from .shift import Shift
from .signup import APPOINTED, Signup

AGAIN_AFTER = timedelta(minutes=5)
TRIES = 5
AT_ONCE = 200
LAID = timedelta(days=14)  # so long before, dates that the clock signed somebody up for are mailed
KEPT = timedelta(days=90)  # after a shift, as long as it stays in the feed
DAY = timedelta(days=1)
CURRENT = Shift.sequence + Signup.sequence


def due() -> Select:
    """Sign-ups whose calendar is behind and may be told now, each with its outbox and how much was mailed today.

    A seat is an appointment (REQUEST); what is none any more is taken down (CANCEL) where it was mailed before.
    """
    now, spent, known = clock.now(), CalendarMail.spent(), CalendarMail.knows(Person.email)
    today = func.coalesce(spent.c.n, 0)
    chosen = or_(Signup.by_id.is_not(None), Shift.starts_at < now + LAID, known)
    news = or_(~known, CalendarMail.sequence < CURRENT)
    request = and_(Signup.state.in_(APPOINTED), news, chosen, today < MOST)
    cancel = and_(Signup.state.not_in(APPOINTED), known, ~CalendarMail.cancelled)
    wanted = and_(Person.calendar_mail, Person.email.is_not(None), Shift.starts_at > now)
    free = CalendarMail.may_be_tried(CURRENT, before=now - AGAIN_AFTER, tries=TRIES)
    found = select(Signup, CalendarMail, today).join(Signup.shift).join(Person, Person.id == Signup.person_id)
    found = found.outerjoin(CalendarMail, CalendarMail.signup_id == Signup.id)
    found = found.outerjoin(spent, spent.c.person_id == Signup.person_id)
    return seen(found.where(wanted, free, or_(request, cancel)).order_by(Shift.starts_at, Signup.id))


@every_minute
def send_invitations() -> None:
    """Ask for every mail that is due: new ones at once, those that failed or died after five minutes."""
    if mail.is_configured():
        ids = due().with_only_columns(Signup.id, maintain_column_froms=True).limit(AT_ONCE)
        for id in db.session.scalars(ids).all():
            nudge(send_invitation, id)


@every_minute
def forget_invitations() -> None:
    """Once a day let go what was mailed of shifts that have long been over: there is nothing left to change."""
    last = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "invitations"))
    if last and clock.now() - last < DAY:
        return
    over = select(Signup.id).join(Signup.shift).where(Shift.ends_at < clock.now() - KEPT)
    with work() as session:
        session.execute(delete(CalendarMail).where(CalendarMail.signup_id.in_(over)))
        session.merge(Heartbeat(name="invitations", at=clock.now()))


@errand
def send_invitation(id: int) -> None:
    """Mail the calendar entry of one sign-up. Its row is taken before and ticked after: a death repeats it once."""
    if (invitation := taken(id)) is None:
        return
    try:
        mail.post(letter(invitation))
    except OSError:
        log.warning("invitation not sent", mail=invitation.mail_id, exc_info=True)
        return
    with work() as session:
        row = session.get(CalendarMail, invitation.mail_id, with_for_update=True)
        if row is not None:  # else he left and was forgotten meanwhile
            row.sent(invitation.event, invitation.to)


def taken(id: int) -> Invitation | None:
    """Take what is due for a sign-up, or nothing where another process was faster; a person's come one by one."""
    with work() as session:
        of = select(Signup.person_id).where(Signup.id == id).scalar_subquery()
        session.execute(seen(select(Person.id).where(Person.id == of).with_for_update(key_share=True)))
        row = session.execute(due().where(Signup.id == id).options(*whole())).one_or_none()
        if row is None:
            return None
        signup, outbox, today = row
        if outbox is None:
            outbox = CalendarMail(signup=signup, person=signup.person, address=signup.person.email, tries=0)
            session.add(outbox)
        outbox.take(signup.shift.sequence + signup.sequence, signup.person.email)
        session.flush()
        return invitation(signup, outbox, today)


def whole():
    """What an event says, in the same statement."""
    shift = contains_eager(Signup.shift)
    duty = shift.joinedload(Shift.duty, innerjoin=True).joinedload(Duty.category, innerjoin=True)
    return duty, shift.joinedload(Shift.place, innerjoin=True).joinedload(Place.parent), joinedload(Signup.person)


def invitation(signup: Signup, outbox: CalendarMail, today: int) -> Invitation:
    """The facts of a mail as they are now, in the language of the person."""
    person, shift = signup.person, signup.shift
    language = person.language or "zh"
    with force_locale(language):
        event = event_of_signup(signup, mail.site_link(""))
        why = shift.why if shift.is_cancelled else ""
    if not signup.is_appointed:  # what waits for an answer is no appointment any more
        event = replace(event, cancelled=True, tentative=False)
    above = select(Place.name).where(Place.id.in_(shift.place.ancestor_ids), Place.kind == Kind.COMMUNITY)
    return Invitation(
        mail_id=outbox.id,
        event=event,
        to=outbox.address,
        name=person.called,
        language=language,
        community=db.session.scalar(above) or "",
        known=outbox.sequence is not None and not outbox.cancelled,
        why=why,
        last=today == MOST - 1 and not event.cancelled,
    )
