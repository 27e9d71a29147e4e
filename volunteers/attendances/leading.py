"""Which lists wait for their lead: those of now, and those in which somebody has no tick or no answer yet."""

from datetime import timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import contains_eager

from communities.person import Person
from communities.sign_in import ask_along
from kernel import clock
from kernel.db import seen

from ..duty import Duty
from ..enough import decided_until
from ..shift import Shift, Status
from ..signup import Signup, State
from .walk_in import Asking, WalkIn

LOOKED_BACK = timedelta(days=30)
SOON = timedelta(hours=12)
MOST = 10


def is_unticked():
    """A condition on shifts: somebody has no tick, or asks at the door and has no answer."""
    signup = exists().where(Signup.shift_id == Shift.id, Signup.state == State.CONFIRMED)
    return signup | exists().where(WalkIn.shift_id == Shift.id, WalkIn.state == Asking.ASKED)


ask_along("leads_a_duty", exists().where(Duty.lead_id == Person.id))


def leads(person) -> bool:
    """Whether this person leads some duty; most do not, and their pages are spared a statement."""
    return person.remember("leads_a_duty", lambda _somebody: True)


def led_by(person) -> Select:
    """The shifts of this person's duties that need him: they begin soon, go on, or ended in the last month with an
    unfinished list, or people are missing and he is to say whether it goes ahead.
    """
    now = clock.now()
    mine = select(Shift).join(Shift.duty).where(Duty.lead_id == person.id, Shift.status == Status.PLANNED)
    near = (Shift.ends_at > now) & (Shift.starts_at < now + SOON)
    over = (Shift.ends_at <= now) & (Shift.ends_at > now - LOOKED_BACK) & is_unticked()
    mine = mine.where(near | over | Shift.undecided(now, decided_until()))
    return seen(mine.options(contains_eager(Shift.duty)).order_by(Shift.starts_at).limit(MOST))
