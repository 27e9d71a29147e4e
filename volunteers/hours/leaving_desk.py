"""今天要办 for who keeps a ledger: somebody is about to be forgotten whose hours are not confirmed yet."""

from datetime import timedelta

from sqlalchemy import Date, case, exists, func, literal, select

from communities.account_closure import GRACE, AccountClosure, State
from communities.place import Place, in_ranges
from kernel import clock, waiting
from kernel.i18n import _

from ..attendances.attendance import HERE
from ..duty import Duty
from ..shift import Shift
from ..signup import Signup
from .desk import paths_of
from .entry import Entry, Kind
from .unit import kinds

DAY = timedelta(days=1)


def to_settle(asker):
    """A line for each wish, due on the day it takes effect; its id is that of a shift of which hours wait."""
    paths = paths_of(asker)
    if not paths:
        return None
    here = select(Place.id).where(in_ranges(Place.path, paths))
    settled = exists().where(Entry.kind == Kind.SERVICE, Entry.signup_id == Signup.id)
    subject = literal(str(_("先确认他的时长，注销以后就没有姓名可对了")))
    wishes = select(func.min(Shift.id), subject, AccountClosure.asked_at, due_day()).select_from(AccountClosure)
    wishes = wishes.join(Signup, Signup.person_id == AccountClosure.person_id).join(Signup.shift).join(Shift.duty)
    came = (AccountClosure.state == State.ASKED) & Signup.state.in_(HERE) & (Shift.ends_at <= waiting.now())
    wishes = wishes.where(came, ~settled, Shift.place_id.in_(here), Duty.service_kind.in_(kinds(None)))
    return wishes.group_by(AccountClosure.id, AccountClosure.asked_at, AccountClosure.due_at)


def due_day():
    """The day on which a wish takes effect, as SQL."""
    today = clock.today()
    days = [today + number * DAY for number in range(GRACE.days + 1)]
    ends = ((AccountClosure.due_at < clock.at(day + DAY), literal(day, Date)) for day in days)
    return case(*ends, else_=literal(days[-1], Date))
