"""What keeps somebody here who wants to leave for good, until he has handed it over or it has ended."""

from sqlalchemy import Select, exists, select

from communities.place import Place
from kernel import clock
from kernel.i18n import _
from kernel.leaving import stopper

from .assignments.assignment import Assignment
from .assignments.state import State as Serving
from .duty import Duty
from .shift import Shift, Status
from .signup import Signup, State


def set_up() -> None:
    """Register it."""
    stopper("present", present_at, _("您正在“%(what)s”的现场，请等这一场结束再办。"), "shifts.show")
    stopper("lead", led, _("您还是“%(what)s”的负责人，后面还有场次，请先请社区换一位。"), "duties.show")
    stopper("building", buildings, _("您还在照看%(what)s，请先交接或者结束包联。"), "assignments.show")


def present_at(person: int) -> Select:
    """Who is there just now finishes first: his hours follow from it."""
    here = (Signup.person_id == person) & (Signup.state == State.PRESENT) & (Shift.ends_at > clock.now())
    found = select(Shift.id, Duty.activity).select_from(Signup).join(Signup.shift).join(Shift.duty)
    return found.where(here)


def led(person: int) -> Select:
    """Who leads something that is still to come hands it over."""
    ahead = (Shift.starts_at > clock.now()) & (Shift.status == Status.PLANNED)
    return select(Duty.id, Duty.activity).where(Duty.lead_id == person, exists().where(Shift.duty_id == Duty.id, ahead))


def buildings(person: int) -> Select:
    """Who looks after a building says so to its neighbours first: the place is offered to others."""
    serving = (Assignment.person_id == person) & (Assignment.state == Serving.SERVING)
    return select(Assignment.id, Place.name).join(Place, Place.id == Assignment.building_id).where(serving)
