"""The agreement of an adoption: chosen by either side, read by the parties."""

from flask import abort, g

from kernel.db import db, seen
from kernel.fields import Form, Pick, row_id
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say
from partners.agreements.agreement import Agreement

from ..adoption import Adoption
from ..agreed import offered

MOST = 25


class UnderForm(Form):
    """Which agreement."""

    agreement_id = Pick(_("依据哪份协议"), coerce=row_id, needed=False)


@permit("adoption:stand-under", of=Adoption)
def under(adoption) -> Page:
    """The agreements of its partner, to choose from."""
    rows = list(db.session.scalars(seen(offered(adoption, g.person).limit(MOST))))
    form = form_for(UnderForm, agreement_id=adoption.agreement_id)
    form.agreement_id.choices = [("", _("没有协议")), *[(one.id, one.title) for one in rows]]
    return Page("adoptions/agreement.html", adoption=adoption, rows=rows, form=form)


@permit("adoption:stand-under", of=Adoption, form=UnderForm, back=("adoption_moves.under", None))
def stand_under(adoption, form):
    """It stands under this agreement, or under none."""
    wanted = form.agreement_id.data
    found = offered(adoption, g.person)
    agreement = db.session.scalar(seen(found.where(Agreement.id == wanted))) if wanted else None
    if wanted and agreement is None:
        abort(404)
    adoption.stand_under(agreement, by=g.person)
    say(_("记下了：依据“%(agreement)s”。", agreement=agreement.title) if agreement else _("记下了：没有依据的协议。"))
    return Back("adoptions.show", id=adoption.id)
