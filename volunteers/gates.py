"""Gates: the reasons why somebody cannot take a shift; each is a sentence, and a page can ask for all of them."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cache

from sqlalchemy import Integer, Select, bindparam, select

from communities.consent import Consent
from communities.purpose import Purpose
from kernel import clock
from kernel.db import Instant, db, seen
from kernel.i18n import _
from kernel.work import Refusal

from .duty import Danger
from .signup import HOLDS_SEAT, LIVING, Signup, State
from .volunteer import Volunteer

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)


class JoinFirst(Refusal):
    """Only volunteers sign up."""

    message = _("报名前请先登记成为志愿者，只要一分钟。")


class ShiftOver(Refusal):
    """It has begun."""

    message = _("这一场已经开始或结束了，请看看别的场次。")


class ShiftCancelled(Refusal):
    """The organiser cancelled it."""

    message = _("这一场已经取消了，请看看别的场次。")


class SignedUpAlready(Refusal):
    """One person, one seat."""

    message = _("您已经报过这一场了，不用再报。")


class TimeClash(Refusal):
    """Nobody is in two places."""

    message = _("这个时间您已报名“%(other)s”")


class NotInsured(Refusal):
    """条例 art. 17: accident insurance before dangerous work."""

    message = _("这项有人身危险，组织方填好意外保险单号以后才能报名。")


class SkillNeeded(Refusal):
    """条例 art. 15: nothing beyond one's ability."""

    message = _("这个岗位要会“%(skill)s”；您会的话，请先在“我的”里勾上。")


class AdultsOnly(Refusal):
    """Under 18: no danger, no night duty."""

    message = _("未满 18 周岁不能参加夜间或有风险的服务，请看看别的场次。")


class GuardianNeeded(Refusal):
    """Under 18: with the guardian's consent on file."""

    message = _("未满 18 周岁要先有监护人同意：请家长到社区前台签个字，或给社区打个电话，工作人员记下来就能报名。")


@dataclass(frozen=True)
class Engagement:
    """A time at which a person is taken."""

    shift_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    state: State
    offered_until: datetime | None
    signup_id: int

    @property
    def holds_seat(self) -> bool:
        """Confirmed, or a seat is held for the answer; an offer whose time is over holds nothing."""
        if self.state is State.OFFERED and self.offered_until is not None:
            return self.offered_until > clock.now()
        return self.state in HOLDS_SEAT


def load(person) -> list[Engagement]:
    if person.id is None:
        return []
    rows = db.session.execute(expected(), {"person": person.id, "now": clock.now()})
    return [Engagement(id, f"{activity} · {role}" if role else activity, *rest) for id, activity, role, *rest in rows]


@cache
def expected() -> Select:
    """The statement for the living sign-ups of a `person` that end after `now`, built once."""
    shift = Signup.shift.property.entity.class_
    duty = shift.duty.property.entity.class_
    when = (shift.starts_at, shift.ends_at)
    mine = select(shift.id, duty.activity, duty.role, *when, Signup.state, Signup.offered_until, Signup.id)
    mine = mine.select_from(Signup).join(Signup.shift).join(shift.duty)
    person, now = bindparam("person", type_=Integer), bindparam("now", type_=Instant)
    wanted = (Signup.person_id == person, Signup.state.in_(LIVING), shift.ends_at > now)
    return seen(mine.where(*wanted).order_by(shift.starts_at))


def living(person) -> list[Engagement]:
    """What this person signed up for from now on, waiting included; loaded once a transaction."""
    return person.remember("engagements", load)


def engagements(person) -> list[Engagement]:
    """Where this person is expected: confirmed, or a seat is held for the answer."""
    return [engagement for engagement in living(person) if engagement.holds_seat]


def is_at_night(shift) -> bool:
    """Whether any of it lies between 22:00 and 06:00."""
    start, end = clock.local(shift.starts_at), clock.local(shift.ends_at)
    return start.date() != end.date() or start.time() < NIGHT_ENDS or end.time() > NIGHT_BEGINS


def refusals(shift, duty, person) -> list[Refusal]:
    """Every reason why this person cannot take (or wait for) this shift; none means that he can."""
    found: list[Refusal] = []
    if shift.is_cancelled:
        found.append(ShiftCancelled())
    if shift.starts_at <= clock.now():
        found.append(ShiftOver())
    if not duty.is_insured:
        found.append(NotInsured())
    if person.id is None:
        return found
    volunteer = Volunteer.of(person)
    if volunteer is None:
        return [*found, JoinFirst()]
    if duty.capability_id and duty.capability_id not in volunteer.capability_ids:
        found.append(SkillNeeded(skill=duty.capability.label))
    day = clock.local(shift.starts_at).date()
    if not volunteer.is_adult_on(day):
        if duty.danger is not Danger.NONE or is_at_night(shift):
            found.append(AdultsOnly())
        elif Consent.held(person, Purpose.GUARDIAN, day) is None:
            found.append(GuardianNeeded())
    for other in engagements(person):
        if other.shift_id == shift.id:
            found.append(SignedUpAlready())
        elif other.starts_at < shift.ends_at and shift.starts_at < other.ends_at:
            found.append(TimeClash(other=f"{other.title} {span_of(other)}"))
    return found


def span_of(engagement: Engagement) -> str:
    """07:00–08:00"""
    return f"{clock.local(engagement.starts_at):%H:%M}–{clock.local(engagement.ends_at):%H:%M}"
