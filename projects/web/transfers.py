"""Hand-overs between partners: offered, answered by the other one, then by the committee."""

from flask import abort, g
from sqlalchemy import or_, select

from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import Back, one, permit, say
from partners.partner import Partner

from ..adoption import Adoption
from ..transfer import Transfer
from .progress_forms import AgreeForm, TransferForm, TransferNoForm

OFFERED = 300  # partners


def hold_taker(id) -> None:
    """A partner is held before the project: nobody is offered what it may not take in this moment."""
    wanted = g.form.to_id.data
    db.session.execute(select(Partner.id).where(Partner.id == wanted).with_for_update(of=Partner, key_share=True))


def page_of(id) -> Back:
    """The page of the adoption that it is about."""
    adoption = db.session.scalar(select(Transfer.adoption_id).where(Transfer.id == id)) or abort(404)
    return Back("adoptions.show", "adoption", id=adoption)


def takers(adoption: Adoption) -> list[tuple[int, str]]:
    """The active partners that are registered at the project's place or above it, or that serve there; by name."""
    place = adoption.project.place
    here = or_(Partner.place_id.in_([*place.ancestor_ids, place.id]), Partner.serving(place))
    wanted = select(Partner.id, Partner.name).where(here, Partner.active(), Partner.id != adoption.partner_id)
    rows = db.session.execute(seen(wanted.order_by(Partner.name, Partner.id).limit(OFFERED)))
    return [(id, name) for id, name in rows]


@permit("adoption:hand-over", of=Adoption, form=TransferForm, first=hold_taker, back=("adoptions.show", "adoption"))
def offer(adoption, form):
    """Ask another partner."""
    to = one(Partner, form.to_id.data)
    Transfer.offer(adoption, to, form.reason.data, by=g.person)
    say(_("已请“%(partner)s”接手，2 个工作日内答复；答复以前仍由您这边做。", partner=to.name))


@permit("transfer:answer", of=Transfer, form=AgreeForm, back=page_of)
def agree(transfer, form):
    """The other partner says yes."""
    transfer.agree(form.pledge.data or "", by=g.person)
    if transfer.is_open:
        say(_("谢谢！社区在 2 个工作日内答复，同意以后就由“%(partner)s”接着做。", partner=transfer.to.name))
    else:
        say(_("谢谢！今天起由“%(partner)s”接着做。", partner=transfer.to.name))


@permit("transfer:answer", of=Transfer, form=TransferNoForm, back=page_of)
def decline(transfer, form):
    """The other partner says no."""
    transfer.decline(form.reason.data, by=g.person)
    say(_("已婉拒，“%(partner)s”会看到原因。", partner=transfer.adoption.partner.name))


@permit("transfer:approve", of=Transfer, back=page_of)
def approve(transfer):
    """The committee lets it pass over."""
    transfer.approve(by=g.person)
    say(_("已同意，今天起由“%(partner)s”接着做，各方会收到消息。", partner=transfer.to.name))


@permit("transfer:approve", of=Transfer, form=TransferNoForm, back=page_of)
def refuse(transfer, form):
    """The committee does not."""
    transfer.refuse(form.reason.data, by=g.person)
    say(_("记下了：不转交，双方会看到原因。"))


@permit("transfer:withdraw", of=Transfer, back=page_of)
def withdraw(transfer):
    """Either side takes its word back."""
    transfer.withdraw(by=g.person)
    say(_("撤回了，仍由“%(partner)s”做。", partner=transfer.adoption.partner.name))
