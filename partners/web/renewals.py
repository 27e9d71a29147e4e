"""Another year: asked for by a manager, with one button or with what has changed; answered by the committee."""

from flask import g

from communities.tree import overview
from kernel.i18n import _, day
from kernel.request import Back, Page, form_for, permit, say

from ..kind import ASKED
from ..partner import Partner
from .answer_forms import AnswerForm
from .applications import LISTS, kind_of_address
from .changes import told
from .choices import chosen, offer
from .forms import renewal_of

BACK = ("partners.show", "partner")


def changed_form():
    """What has changed, as it was sent; nothing for the button that says that nothing has."""
    return renewal_of(kind_of_address())()


@permit("partner:ask-renewal", of=Partner)
def show(partner) -> Page:
    """What is known, to be confirmed or corrected; below what the committee is asked already."""
    facts = {fact.value: getattr(partner, fact.value) for fact in ASKED[partner.kind]}
    facts |= {name: [row.id for row in facts[name]] for name in facts.keys() & {*LISTS}}
    form = form_for(renewal_of(partner.kind), name=partner.name, **facts)
    offer(form, overview(), partner.place)
    waiting = partner.open_renewal
    return Page(
        "partners/renewal.html",
        partner=partner,
        form=form,
        facts=ASKED[partner.kind],
        kind=partner.kind,
        near=partner.place,
        waiting=waiting,
        term_over=partner.term_is_over,
        changes=told(partner, waiting.changes) if waiting else [],
    )


@permit("partner:ask-renewal", of=Partner, back=BACK)
def ask(partner):
    """Nothing has changed: one button."""
    return asked(partner, partner.ask_renewal(by=g.person))


@permit("partner:ask-renewal", of=Partner, form=changed_form, back=("renewals.show", None))
def ask_with_changes(partner, form) -> Back:
    """Something has changed: the committee looks at it first."""
    return asked(partner, partner.ask_renewal(by=g.person, **chosen(form, None)))


def asked(partner, renewal) -> Back:
    """Say who answers by which day, on the page of the partner."""
    until = day(renewal.answer_due)
    say(_("续期申请已交给%(place)s，%(day)s 前会答复您。", place=partner.place.name, day=until))
    return Back("partners.show", "partner", id=partner.id)


@permit("partner:ask-renewal", of=Partner, back=BACK)
def withdraw(partner):
    """Take the request back."""
    partner.withdraw_renewal(by=g.person)
    say(_("续期申请已经撤回。"))


@permit("partner:renew", of=Partner, back=BACK)
def confirm(partner):
    """The committee confirms another year."""
    partner.renew(by=g.person)
    say(_("“%(partner)s”已续期，核实到 %(day)s。", partner=partner.name, day=day(partner.verified_until, year=True)))


@permit("partner:renew", of=Partner, form=AnswerForm, back=BACK)
def decline(partner, form):
    """Not like this."""
    partner.decline_renewal(form.reason.data or "", by=g.person)
    say(_("已告诉“%(partner)s”这次没有续期，对方看到原因后可以改好再交。", partner=partner.name))
