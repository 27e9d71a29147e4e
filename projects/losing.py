"""What a partner gives back when it may do no more: called by its own moves, under its lock."""

from sqlalchemy import or_, select

from kernel.db import db
from kernel.i18n import _
from partners.standing import LOSING
from partners.standing import Stage as PartnerStage

from .adoption import Adoption
from .handing_over import OPEN
from .project import Project
from .standing import State
from .transfer import Transfer


def give_back(partner, by) -> None:
    """What was only asked for is withdrawn; whoever has ended gives back what runs as well. Delivered work stays.

    What others wanted to hand over to it stays with them. The partner is held before its projects,
    and these come in the order of their ids, as everywhere.
    """
    ended = partner.stage is PartnerStage.ENDED
    lost = {State.ASKED, State.RUNNING} if ended else {State.ASKED}
    mine = select(Adoption.project_id).where(Adoption.partner_id == partner.id, Adoption.state.in_(lost))
    offered = select(Adoption.project_id).join(Adoption.transfers)
    offered = offered.where(Transfer.to_id == partner.id, Transfer.state.in_(OPEN))
    both = select(Project).where(or_(Project.id.in_(mine), Project.id.in_(offered)))
    held = both.order_by(Project.id).with_for_update(of=Project, key_share=True)
    why = str(
        _("“%(partner)s”现在是“%(stage)s”，没有办完的认领已退回。", partner=partner.name, stage=partner.stage.label)
    )
    for project in db.session.scalars(held.execution_options(populate_existing=True)).all():
        for adoption in project.living_adoptions:
            if adoption.partner_id == partner.id and adoption.state in lost:
                adoption.lose(why, by=by)
            elif adoption.offer is not None and adoption.offer.to_id == partner.id:
                adoption.offer.withdraw(by=by)


if give_back not in LOSING:
    LOSING.append(give_back)
