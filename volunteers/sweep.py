"""The clock of the seats: offers whose time is over go to the next in line, pledged seats nobody takes to everybody;
standing duties get their next dates.
"""

from sqlalchemy import func, or_, select

from communities.journal import Line
from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.jobs import every_minute
from kernel.work import work
from projects.adoption import Adoption
from projects.standing import State as Standing

from .enough import decided_until
from .manning import KEPT, MANNED_BEFORE
from .pledged_seat import PledgedSeat
from .series import DutySeries
from .shift import Shift
from .signup import Signup, State
from .standing_place import StandingPlace
from .standing_state import LIVING as STANDING_LIVING
from .swap import Swap
from .swap_state import LIVING as LIVING_SWAPS
from .swap_state import Swapping
from .swapping import swap_held


@every_minute
def lapse_offers() -> None:
    """Let go what nobody answered, each shift in a transaction of its own; a second process finds nothing left."""
    over = (Signup.state == State.OFFERED) & (Signup.offered_until <= clock.now())
    late = select(Signup.shift_id).where(over).distinct().order_by(Signup.shift_id)
    for id in db.session.scalars(seen(late)).all():
        with work():
            held(id).lapse()


@every_minute
def open_pledged_seats() -> None:
    """Free the seats that adopters kept and nobody took: 48 hours before the start, and when the adoption is over."""
    near = Shift.starts_at <= clock.now() + MANNED_BEFORE
    over = or_(near, Adoption.state != Standing.RUNNING)
    seats = select(PledgedSeat.shift_id).join(PledgedSeat.shift).join(PledgedSeat.adoption)
    seats = seats.where(PledgedSeat.state.in_(KEPT), over).distinct().order_by(PledgedSeat.shift_id)
    for id in db.session.scalars(seen(seats)).all():
        with work():
            held(id).open_pledged()


@every_minute
def close_pending() -> None:
    """What the lead did not answer until the start is over."""
    begun = select(Signup.shift_id).join(Signup.shift).where(Signup.state == State.PENDING)
    begun = begun.where(Shift.starts_at <= clock.now()).distinct().order_by(Signup.shift_id)
    for id in db.session.scalars(seen(begun)).all():
        with work():
            held(id).close_pending()


@every_minute
def ask_leads() -> None:
    """Two waking days ahead, whoever leads a shift with too few people is told once; he decides, not the clock."""
    short = Shift.undecided(clock.now(), decided_until()) & Shift.asked_at.is_(None)
    for id in db.session.scalars(select(Shift.id).where(short).order_by(Shift.id)).all():
        with work():
            held(id).ask_lead()


@every_minute
def settle_swaps() -> None:
    """What the lead did not object to in time is done; what nobody took until the start is over, as is a seat left."""
    begun = (Swap.state == Swapping.OPEN) & (Shift.starts_at <= clock.now())
    agreed = (Swap.state == Swapping.AGREED) & (Swap.settle_at <= clock.now())
    left = Swap.state.in_(LIVING_SWAPS) & (Signup.state != State.CONFIRMED)
    due = select(Swap.id).join(Swap.signup).join(Signup.shift).where(or_(begun, agreed, left)).order_by(Swap.id)
    for id in db.session.scalars(seen(due)).all():
        with work():
            swap = swap_held(id)
            if swap.state not in LIVING_SWAPS:
                continue  # done meanwhile
            if swap.signup.state is not State.CONFIRMED:
                swap.give_up(str(_("原来报名的人已经不去这一场了")))
            elif swap.state is Swapping.AGREED:
                swap.settle(by=None)
            else:
                swap.give_up(str(_("到开始也没有人接")))


def held(id: int) -> Shift:
    """A shift, locked and read as it is now."""
    shift = select(Shift).where(Shift.id == id).with_for_update(key_share=True)
    return db.session.scalars(shift.execution_options(populate_existing=True)).one()


@every_minute
def lay_standing_duties() -> None:
    """Each standing duty gets its next dates once a day and after a change of the holidays; twice does no more."""
    changed = db.session.scalar(select(func.max(Line.at)).where(Line.subject == "calendar_day"))
    since = max(filter(None, (clock.at(clock.today()), changed)))
    due = DutySeries.going_on() & (DutySeries.laid_at < since)
    for id in db.session.scalars(select(DutySeries.id).where(due).order_by(DutySeries.id)).all():
        with work():
            lock_holders(id)
            series = select(DutySeries).where(DutySeries.id == id, due).with_for_update(of=DutySeries, key_share=True)
            found = db.session.scalar(series.execution_options(populate_existing=True))
            if found is not None:  # else another process was faster
                found.lay()


def lock_holders(id: int) -> None:
    """Whoever comes every week to a series, before it: they are signed up by what it does."""
    places = select(StandingPlace.person_id).where(
        StandingPlace.series_id == id, StandingPlace.state.in_(STANDING_LIVING)
    )
    holders = select(Person.id).where(Person.id.in_(places)).order_by(Person.id)
    db.session.execute(seen(holders.with_for_update(key_share=True)))
