"""Gates: every reason why somebody cannot take a shift, asked in one place by the verb, the page and the list."""

from datetime import date, datetime, time, timedelta

from communities.consent import Consent
from communities.place import metres, minutes
from communities.purpose import Purpose
from kernel import clock
from kernel.i18n import moment
from kernel.work import Refusal

from .duty import Danger
from .engagement import Engagement, engagements, held
from .qualification import Qualification
from .refusals import (
    AdultsOnly,
    AgeUnfit,
    BirthDateNeeded,
    FairShare,
    GuardianNeeded,
    JoinFirst,
    NoTimeBetween,
    NotInsured,
    NotYetOpen,
    ProofNeeded,
    ShiftCancelled,
    ShiftOver,
    SignedUpAlready,
    SignUpClosed,
    SkillNeeded,
    TimeClash,
    WeekFull,
)
from .terms import FAIR_SPAN, ages, closes_at, is_fair_capped, is_late, opens_at
from .volunteer import Volunteer

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)
WEEKLY_MOST = 20  # hours; a volunteer may set a lower limit for himself
HOUR = timedelta(hours=1)
FARTHEST = 60  # minutes of walk that are counted: whoever comes from farther rides


def is_at_night(shift) -> bool:
    """Whether any of it lies between 22:00 and 06:00."""
    start, end = clock.local(shift.starts_at), clock.local(shift.ends_at)
    return start.date() != end.date() or start.time() < NIGHT_ENDS or end.time() > NIGHT_BEGINS


def refusals(shift, duty, person, *, without: int | None = None) -> list[Refusal]:
    """Every reason why this person cannot take (or wait for) this shift; none means that he can.

    `shift` and `duty` may be one row of a list that has the columns of both. `without` is the id of a shift that the
    person would give away for it.
    """
    found = of_the_shift(shift, duty)
    if person.id is None:
        return found
    volunteer = Volunteer.of(person)
    if volunteer is None:
        return [*found, JoinFirst()]
    day = clock.local(shift.starts_at).date()
    return [
        *found,
        *of_ability(duty, volunteer, day),
        *of_age(shift, duty, volunteer, day),
        *of_time(shift, person, without),
        *of_measure(shift, duty, volunteer, without),
    ]


def of_the_shift(shift, duty) -> list[Refusal]:
    """What keeps everybody away."""
    found: list[Refusal] = []
    if shift.is_cancelled:
        found.append(ShiftCancelled())
    opens = opens_at(shift, duty)
    if shift.starts_at <= clock.now():
        found.append(ShiftOver())
    elif opens is not None and opens > clock.now():
        found.append(NotYetOpen(when=moment(opens)))
    elif is_late(shift, duty) and not duty.late_join:
        found.append(SignUpClosed(when=moment(closes_at(shift, duty))))
    if not duty.is_insured:
        found.append(NotInsured())
    return found


def of_ability(duty, volunteer: Volunteer, day: date) -> list[Refusal]:
    """A skill, by the volunteer's own word or by a certificate that is valid on the day."""
    if not duty.capability_id:
        return []
    if duty.needs_proof:
        proven = Qualification.covers(volunteer.person, duty.capability_id, day)
        return [] if proven else [ProofNeeded(skill=duty.capability.label)]
    return [] if duty.capability_id in volunteer.capability_ids else [SkillNeeded(skill=duty.capability.label)]


def of_age(shift, duty, volunteer: Volunteer, day: date) -> list[Refusal]:
    """What the law says of minors, and the ages that a duty fits."""
    if not volunteer.is_adult_on(day):
        if duty.danger is not Danger.NONE or is_at_night(shift):
            return [AdultsOnly()]
        if Consent.held(volunteer.person, Purpose.GUARDIAN, day) is None:
            return [GuardianNeeded()]
    if duty.least_age is None and duty.most_age is None:
        return []
    age = volunteer.age_on(day)
    if age is None:
        return [BirthDateNeeded()]
    fits = (duty.least_age or 0) <= age <= (duty.most_age or age)
    return [] if fits else [AgeUnfit(ages=ages(duty))]


def of_time(shift, person, without: int | None = None) -> list[Refusal]:
    """One's own other shifts: at the same time, or too near to walk over."""
    found: list[Refusal] = []
    for other in engagements(person):
        if other.shift_id == without:
            continue
        if other.shift_id == shift.id:
            found.append(SignedUpAlready())
        elif other.starts_at < shift.ends_at and shift.starts_at < other.ends_at:
            found.append(TimeClash(other=other.words))
        elif (way := way_between(shift, other)) and gap_between(shift, other) < timedelta(minutes=way):
            found.append(NoTimeBetween(other=other.words, minutes=way))
    return found


def gap_between(shift, other: Engagement) -> timedelta:
    """The time between two shifts of which neither reaches into the other."""
    return max(shift.starts_at - other.ends_at, other.starts_at - shift.ends_at)


def way_between(shift, other: Engagement) -> int:
    """Minutes of walk from one to the other, an hour at most; nothing within one place or where it is not known."""
    if gap_between(shift, other) >= HOUR or shift.place_id == other.place_id:
        return 0
    way = metres(other, shift.point)
    return min(minutes(way), FARTHEST) if way else 0


def of_measure(shift, duty, volunteer: Volunteer, without: int | None = None) -> list[Refusal]:
    """How much in a week, and how often what everybody would like."""
    found: list[Refusal] = []
    others = [other for other in held(volunteer.person) if other.shift_id not in (shift.id, without)]
    most = min(volunteer.weekly_most or WEEKLY_MOST, WEEKLY_MOST)
    before = sum((other.ends_at - other.starts_at for other in others if week(other) == week(shift)), timedelta())
    if before + (shift.ends_at - shift.starts_at) > most * HOUR:
        found.append(WeekFull(hours=f"{before / HOUR:g}", most=most))
    if is_fair_capped(shift, duty):
        near = [o for o in others if o.duty_id == shift.duty_id and abs(o.starts_at - shift.starts_at) < FAIR_SPAN]
        if len(near) >= duty.fair_cap:
            found.append(FairShare(most=duty.fair_cap, have=len(near)))
    return found


def week(shift) -> tuple[int, int]:
    """The week in which it begins, in Shanghai."""
    begins: datetime = clock.local(shift.starts_at)
    return begins.isocalendar()[:2]
