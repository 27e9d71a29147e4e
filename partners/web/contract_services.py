"""What the owners of a compound pay for: the public list, and the form for those who keep it."""

from flask import abort, g, redirect, url_for
from sqlalchemy import select

from communities.catalogue import Category
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel.db import db, seen
from kernel.fields import Day, Form, Line, Pick, row_id
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Back, Page, form_for, one, permit, say

from ..agreements.agreement import Agreement
from ..contract_service import ContractService, Service
from ..kind import Kind
from ..partner import Partner, partner_compound

MOST = 50  # agreements to choose from


class ContractForm(Form):
    """One service of the contract."""

    service = Pick(_("合同里的服务"), choices=Service.pairs())
    category_id = Pick(
        _("哪类岗位算这一项"), coerce=row_id, description=_("志愿岗位选了这个类别，就要写明为什么请志愿者来做。")
    )
    scope = Line(
        _("合同里怎么说的"),
        needed=False,
        most=120,
        description=_("大家都看得到，比如“楼道每周清扫两次”。"),
    )
    partner_id = Pick(_("谁来做"), coerce=row_id, needed=False)
    agreement_id = Pick(_("登记过的协议"), coerce=row_id, needed=False, description=_("只有各方和社区工作人员打得开。"))
    since = Day(_("从哪天起"))
    until = Day(_("到哪天为止"), needed=False, description=_("不填就是没有写明到期。"))

    def facts(self) -> dict:
        """What is stored as it was typed."""
        facts = {"service": Service(self.service.data), "scope": self.scope.data or ""}
        return facts | {"since": self.since.data, "until": self.until.data}


def managers_of(place: Place):
    """The property managers that serve a compound."""
    here = Partner.id.in_(select(partner_compound.c.partner_id).where(partner_compound.c.place_id == place.id))
    return select(Partner).where(here, Partner.kind == Kind.PROPERTY_MANAGER, Partner.active()).order_by(Partner.id)


def agreements_of(place: Place):
    """What was signed around a compound, as far as this person may see it."""
    near = Agreement.place_id.in_(place.ancestor_ids)
    return Agreement.seen_by(g.person).where(near, Agreement.ended_on.is_(None)).order_by(Agreement.id.desc())


@permit("contract:see", of=Place, by="code")
def index(place) -> Page:
    """What holds, what is over; the form below for those who keep it."""
    if place.kind is not PlaceKind.COMPOUND:
        abort(404)
    form = form_for(ContractForm)
    keeps = may("contract:add", place)
    if keeps:
        fill_choices(form, place)
    services = list(db.session.scalars(ContractService.of(place)))
    return Page("partners/contract_services.html", place=place, services=services, form=form, keeps=keeps)


def fill_choices(form: ContractForm, place: Place) -> None:
    """The lists of the form."""
    form.category_id.choices = [(row.id, row.label) for row in db.session.scalars(Category.choosable(g.person))]
    managers = db.session.scalars(managers_of(place))
    form.partner_id.choices = [(0, _("没有登记成合伙人的物业"))] + [(row.id, row.name) for row in managers]
    signed = db.session.scalars(seen(agreements_of(place).limit(MOST)))
    form.agreement_id.choices = [(0, _("没有登记"))] + [(row.id, row.title) for row in signed]


@permit("contract:add", of=Place, by="code", form=ContractForm, back=("contract_services.index", "contract"))
def add(place, form):
    """One more."""
    rows = {"category": one(Category, form.category_id.data), "partner": None, "agreement": None}
    if form.partner_id.data:
        rows["partner"] = chosen(managers_of(place), Partner, form.partner_id.data)
    if form.agreement_id.data:
        rows["agreement"] = chosen(agreements_of(place), Agreement, form.agreement_id.data)
    ContractService.enter(place, by=g.person, **form.facts(), **rows)
    say(_("记下了，小区的页面上人人看得到。"))


def chosen(among, model, id: int):
    """The row that the form names, if it was to be chosen; else 404."""
    return db.session.scalar(seen(among.where(model.id == id))) or abort(404)


@permit("contract:see", of=ContractService)
def show(service):
    """The way to the list for those who know only an entry: the journal."""
    return redirect(url_for("contract_services.index", code=service.place.code))


def its_list(id: int) -> Back:
    """The list in which an entry stands."""
    code = select(Place.code).join(ContractService, ContractService.place_id == Place.id)
    return Back("contract_services.index", "contract", code=db.session.scalar(code.where(ContractService.id == id)))


@permit("contract:end", of=ContractService, back=its_list)
def end(service):
    """The contract contains it no more."""
    service.end(by=g.person)
    say(_("“%(service)s”从今天起不在合同里了。", service=service.service.label))
