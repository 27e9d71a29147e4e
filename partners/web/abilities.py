"""What a partner can do, line by line: a manager says it, the committee looks at certificates."""

from flask import g, request

from communities.catalogue import Capability
from kernel.fields import Count, Form, Lines, Pick, row_id
from kernel.i18n import _
from kernel.permits import allowed
from kernel.request import Back, Page, form_for, one, permit, say

from ..ability import Level, Unit
from ..impartial import who_else
from ..partner import Partner
from ..portrait import abilities
from ..standing import PAST
from .choices import NONE_YET, catalogue, shelves

BACK = ("abilities.index", "abilities")


class AbilityForm(Form):
    """One thing that it can do."""

    capability = Pick(_("会做什么"), coerce=row_id)
    level = Pick(_("做得怎么样"), choices=Level.pairs(), coerce=Level)
    evidence = Lines(
        _("凭什么说"),
        needed=False,
        most=300,
        description=_("做过哪些、做了几年。选“有资质证书”的，写明证书名称和编号，社区会核对。"),
    )
    amount = Count(_("同时能做多少"), needed=False, least=1, most=100000)
    unit = Pick(_("单位"), needed=False, choices=[("", _("请选择")), *Unit.pairs()], coerce=Unit)


@permit("partner:see-abilities", of=Partner)
def index(partner) -> Page:
    """The list, and a form for one more or for other words about one of them."""
    shown = abilities(partner)
    form = form_for(AbilityForm, **said_before(shown))
    options: dict[str | None, list] = {None: [NONE_YET]}
    for name, rows in shelves(catalogue(Capability)):
        options.setdefault(name or None, []).extend((row.id, row.label) for row in rows)
    form.capability.choices = options
    edits, certifies = (allowed(g.person, action, partner) for action in ("partner:offer", "partner:certify"))
    return Page(
        "partners/abilities.html",
        partner=partner,
        shown=shown,
        form=form,
        edits=edits and partner.stage not in PAST,
        certifies=certifies and not edits,
        other_office=who_else(partner) if edits and certifies else None,
    )


def said_before(shown: list) -> dict:
    """What is known of the capability in the address, to be changed; else a plain start."""
    wanted = request.args.get("capability")
    for ability in shown:
        if str(ability.capability_id) == wanted:
            facts = dict(zip(("level", "evidence", "amount", "unit"), ability.facts, strict=True))
            return facts | {"capability": ability.capability_id}
    return {"level": Level.CAN}


@permit("partner:offer", of=Partner, form=AbilityForm, back=BACK)
def offer(partner, form):
    """It can do this."""
    capability = one(Capability, form.capability.data)
    facts = {"level": form.level.data, "evidence": form.evidence.data or ""}
    partner.offer(capability, **facts, amount=form.amount.data, unit=form.unit.data, by=g.person)
    say(_("“%(capability)s”已写进服务清单。", capability=capability.label))
    return Back("abilities.index", "abilities", id=partner.id)


def to_list(id, capability) -> Back:
    """The list again."""
    return Back("abilities.index", "abilities", id=id)


@permit("partner:offer", of=Partner, back=to_list)
def drop(partner, capability):
    """It does this no longer."""
    row = one(Capability, capability)
    partner.drop(row, by=g.person)
    say(_("“%(capability)s”已从服务清单上拿下。", capability=row.label))


@permit("partner:certify", of=Partner, back=to_list)
def certify(partner, capability):
    """The committee has looked at the certificate."""
    row = one(Capability, capability)
    partner.certify(row, by=g.person)
    say(_("“%(capability)s”的证书已记下核对过。", capability=row.label))
