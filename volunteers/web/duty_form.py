"""The form of a duty: what the work is."""

from flask import g
from sqlalchemy import or_, select
from wtforms import HiddenField

from communities.catalogue import Capability, Category
from communities.person import Person
from communities.place import Kind, Place
from communities.post import Post
from kernel.db import db, seen
from kernel.fields import Count, Form, Line, Lines, Pick, Tick, row_id
from kernel.i18n import _
from partners.member import Member, Role
from partners.partner import Partner
from projects.project import Project, Stage

from ..duty import PRESENCE_SHARE, Danger, ServiceKind
from ..hours.unit import entrusted_at
from ..instead import Grounds

TYPED = "activity role about meeting_point risk_note insurance_policy materials grounds_words".split()
LIMITS = "opens_before closes_before least_age most_age fair_cap".split()
TICKS = "outdoor late_join confirms needs_proof".split()
NAMED = "category_id capability_id project_id lead_id recorder_id".split()
TAKES_DUTIES = (Stage.OPEN, Stage.ADOPTED)


class DutyForm(Form):
    """One role of an activity."""

    activity = Line(_("活动名称"), description=_("比如：义剪。"))
    role = Line(_("岗位"), needed=False, description=_("比如：引导排队。标题写成“义剪 · 引导排队”。"))
    category_id = Pick(_("类别"), coerce=row_id)
    grounds = Pick(
        _("物业合同里有这一项的，为什么请志愿者"),
        choices=[("", _("不在物业合同内")), *Grounds.pairs()],
        needed=False,
        description=_("志愿者不替代业主付过钱的服务。理由写在岗位和每一场的页面上，人人看得到。"),
    )
    grounds_words = Line(_("多说一句理由"), needed=False, most=120, description=_("比如“暴雨后清淤，物业人手不够”。"))
    service_kind = Pick(
        _("算什么服务"), choices=ServiceKind.pairs(), description=_("只有自愿、无偿的“志愿服务”计入志愿服务时长。")
    )
    about = Lines(_("要做什么"), needed=False, description=_("写给第一次来的人：做什么、带什么、找谁。"))
    meeting_point = Line(_("集合地点"), needed=False, most=120)
    risk_note = Lines(_("风险和注意事项"), description=_("没有特别的风险，也写一句“无特殊风险”。"))
    danger = Pick(_("危险程度"), choices=Danger.pairs(), description=_("有人身危险的，填好意外保险单号以后才能报名。"))
    insurance_policy = Line(_("意外保险单号"), needed=False)
    outdoor = Tick(_("在户外做"), description=_("高温、暴雨、重污染时，户外的可以一键停班。"))
    presence_share = Count(
        _("在场百分之几才计时长"),
        needed=False,
        least=1,
        most=100,
        description=_("不填就是 60：一小时的活动，在场不到 36 分钟不计。"),
    )
    capability_id = Pick(_("要会什么"), coerce=row_id, needed=False)
    project_id = Pick(_("属于哪个公益项目"), coerce=row_id, needed=False)
    lead_id = Pick(_("负责人"), coerce=row_id, needed=False, description=_("报了名的人有事由他联系；不选就是您。"))
    recorder_id = Pick(
        _("时长由谁记"),
        coerce=row_id,
        needed=False,
        description=_("社区同意过的队伍和社会组织，自己负责的活动可以自己记；负责人要是它的成员。"),
    )
    opens_before = Count(
        _("提前几小时开放报名"), needed=False, least=1, most=2000, description=_("不填就是排好了马上能报。")
    )
    closes_before = Count(
        _("提前几小时截止报名"), needed=False, least=0, most=500, description=_("不填就是开始前都能报。")
    )
    late_join = Tick(_("截止以后还想来的，由负责人确认"))
    confirms = Tick(_("每个人报名都要负责人确认"))
    least_age = Count(_("最小多少周岁"), needed=False, least=6, most=100)
    most_age = Count(
        _("最大多少周岁"), needed=False, least=6, most=120, description=_("只在活儿确实看年龄时填，比如登高。")
    )
    needs_proof = Tick(_("上面“要会什么”要有证件，社区看过才算"))
    fair_cap = Count(
        _("每人 14 天最多几次"), needed=False, least=1, most=14, description=_("想来的人多才填，让大家都轮得到。")
    )
    materials = Lines(_("要带什么、社区备什么"), needed=False)
    version = HiddenField()

    def facts(self):
        """What is stored as it was typed; what names other rows is loaded by the verb."""
        found = {name: self[name].data or "" for name in TYPED}
        found |= {name: self[name].data for name in LIMITS + TICKS}
        found["presence_share"] = self.presence_share.data or PRESENCE_SHARE
        kinds = {"service_kind": ServiceKind(self.service_kind.data), "danger": Danger(self.danger.data)}
        return found | kinds | {"grounds": Grounds(self.grounds.data) if self.grounds.data else None}


def fill_choices(form: DutyForm, place: Place, duty=None) -> None:
    """The lists of the form: catalogues, the projects and the colleagues of this place."""
    none = (0, _("不限"))
    form.category_id.choices = [(row.id, row.label) for row in db.session.scalars(Category.seen_by(g.person))]
    form.capability_id.choices = [none] + [
        (row.id, row.label) for row in db.session.scalars(Capability.choosable(g.person))
    ]
    form.project_id.choices = [(0, _("不属于项目"))] + [
        (row.id, row.title) for row in db.session.scalars(seen(projects_at(place)))
    ]
    here = leads_at(place)
    form.recorder_id.choices = [(0, _("社区"))] + [(id, one.name) for id, one in recorders(here, duty).items()]
    people = {person.id: person for person, _partner in here}
    for person in (g.person, duty.lead if duty else None):
        if person is not None:
            people[person.id] = person
    form.lead_id.choices = [(id, people[id].called) for id in sorted(people)]


def projects_at(place: Place):
    """The projects to which a duty at this place can belong."""
    lines = or_(Place.id.in_(place.ancestor_ids), Place.within(place))
    near = Project.place_id.in_(select(Place.id).where(lines))
    return Project.seen_by(g.person).where(near, Project.stage.in_(TAKES_DUTIES)).order_by(Project.id.desc()).limit(50)


def leads_at(place: Place) -> list[tuple[Person, Partner | None]]:
    """Who may be in charge here: whoever holds an office, and who speaks for a partner that records; one query."""
    here = select(Place.id).where(Place.within(place))
    offices = select(Post.person_id).where(Post.place_id.in_(here), Post.is_now())
    manages = (Member.person_id == Person.id) & Member.until.is_(None) & (Member.role == Role.MANAGER)
    speaks = manages & Member.partner_id.in_(recording(place))
    rows = select(Person, Partner).select_from(Person).outerjoin(Member, speaks)
    rows = rows.outerjoin(Partner, Partner.id == Member.partner_id)
    leads = rows.where(or_(Person.id.in_(offices), Partner.id.is_not(None)))
    found = db.session.execute(seen(leads.order_by(Person.id, Partner.id).limit(100)))
    return [(person, partner) for person, partner in found]


def recording(place: Place):
    """The ids of the partners that record in the community of this place, or at the place itself above them."""
    near = Place.id.in_(place.ancestor_ids) & (Place.kind == Kind.COMMUNITY)
    return entrusted_at(select(Place.id).where(near | (Place.id == place.id)))


def recorders(here: list[tuple[Person, Partner | None]], duty=None) -> dict[int, Partner]:
    """The partners among them, and the one that the duty names already, by id."""
    known = [partner for _person, partner in here] + ([duty.recorder] if duty else [])
    return {partner.id: partner for partner in known if partner is not None}
