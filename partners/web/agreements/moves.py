"""What becomes of an agreement: it runs out, it ends early, its paper is kept."""

from flask import g

from kernel.fields import scanned
from kernel.i18n import _, day
from kernel.request import permit, say

from ...agreements.agreement import Agreement
from .forms import EndForm, PaperForm

BACK = ("agreements.show", "agreement")


@permit("agreement:edit", of=Agreement, back=BACK)
def let_run_out(agreement):
    """It is not renewed."""
    agreement.let_run_out(by=g.person)
    say(_("记下了：%(day)s 到期后不再续签，不会再提醒。", day=day(agreement.until)))


@permit("agreement:edit", of=Agreement, form=EndForm, back=BACK)
def end(agreement, form):
    """Before its time."""
    agreement.end(form.ended_on.data, form.reason.data or "", by=g.person)
    say(_("“%(agreement)s”已提前终止，各方会收到消息。", agreement=agreement.title))


@permit("agreement:edit", of=Agreement, form=PaperForm, before=scanned, back=BACK)
def attach(agreement, form, paper):
    """Keep its paper."""
    agreement.attach(paper, by=g.person)
    say(_("扫描件存好了：%(name)s，%(size)s。", name=agreement.file.name, size=agreement.file.measure))
