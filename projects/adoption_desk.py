"""What waits because of the clock or of the other side: late milestones, silent adoptions, hand-overs to answer."""

from datetime import timedelta

from sqlalchemy import Select, String, case, cast, or_, select

from communities.permits import decides
from communities.working_day import worked_since
from kernel import clock
from kernel.i18n import _
from partners.partner import Partner

from .adoption import Adoption
from .desk import decided_here
from .handing_over import State as Offered
from .milestone import Milestone
from .project import Project
from .standing import State
from .transfer import Transfer

FAR = 21  # days back to which working days are counted


def both_sides(asker):
    """A condition on an adoption and its project: the partner is the asker's, or the project. None for neither."""
    mine = [Adoption.partner_id.in_(asker.partners)] if asker.partners else []
    here = [decided_here(asker)] if decides(asker) else []
    return or_(*mine, *here) if mine or here else None


def not_paused():
    """A condition: today is in no pause."""
    return or_(Adoption.paused_until.is_(None), Adoption.paused_until < clock.today())


def in_words(days):
    """How late that is."""
    before, after = str(_("晚了 %(n)s 个工作日", n="|")).split("|")
    return case((days.is_(None), str(_("晚了三个多星期"))), else_=before + cast(days, String) + after)


def late_milestones(asker) -> Select | None:
    """Promised steps whose day is over, for both sides."""
    sides = both_sides(asker)
    if sides is None:
        return None
    today = clock.today()
    days = worked_since(Milestone.counts_from, today, FAR)
    words = Project.title + " · " + Milestone.title + " · " + in_words(days)
    over = or_(days > 0, Milestone.counts_from < today - timedelta(days=FAR))
    late = select(Adoption.id, words, Milestone.promised_at, Milestone.due)
    late = late.join(Milestone.adoption).join(Adoption.project)
    return late.where(Milestone.open_before(today), over, Adoption.state == State.RUNNING, not_paused(), sides)


def silent(asker) -> Select | None:
    """Adoptions that were warned of, for both sides; due is the last day before they are free again."""
    sides = both_sides(asker)
    if sides is None:
        return None
    words = Partner.name + " · " + Project.title
    quiet = select(Adoption.id, words, Adoption.asked_at, Adoption.release_on)
    quiet = quiet.join(Adoption.partner).join(Adoption.project)
    return quiet.where(Adoption.state == State.RUNNING, Adoption.release_on.is_not(None), sides)


def to_take_over(asker) -> Select | None:
    """Adoptions that others offer to the asker's partners."""
    if not asker.partners:
        return None
    offered = select(Adoption.id, Project.title, Transfer.asked_at, Transfer.answer_due)
    offered = offered.join(Transfer.adoption).join(Adoption.project)
    return offered.where(Transfer.to_id.in_(asker.partners), Transfer.state == Offered.OFFERED)


def to_let_pass(asker) -> Select | None:
    """Hand-overs that both partners want, to be answered by the committee."""
    if not decides(asker):
        return None
    words = Partner.name + " · " + Project.title
    agreed = select(Adoption.id, words, Transfer.asked_at, Transfer.answer_due)
    agreed = agreed.join(Transfer.adoption).join(Adoption.project).join(Partner, Partner.id == Transfer.to_id)
    return agreed.where(Transfer.state == Offered.AGREED, decided_here(asker))
