"""What a partner gives back when it may do no more: called by its own moves, under its lock."""

from sqlalchemy import select

from kernel.db import db
from kernel.i18n import _
from partners.standing import LOSING, Stage

from .need import Need
from .need_state import State


def give_back(partner, by) -> None:
    """What nobody there has taken goes back to the community; whoever has ended gives back what was taken as well.

    The partner is held before its needs, and these come in the order of their ids, as everywhere.
    """
    lost = (State.ROUTED, State.TAKEN) if partner.stage is Stage.ENDED else (State.ROUTED,)
    mine = select(Need).where(Need.partner_id == partner.id, Need.state.in_(lost)).order_by(Need.id)
    held = mine.with_for_update(of=Need, key_share=True).execution_options(populate_existing=True)
    names = {"partner": partner.name, "stage": partner.stage.label}
    why = str(_("“%(partner)s”现在是“%(stage)s”，没有办完的事退回给社区了。", **names))
    for need in db.session.scalars(held).all():
        need.come_back(why, by=by)


if give_back not in LOSING:
    LOSING.append(give_back)
