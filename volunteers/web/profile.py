"""My own data: what I can do, where I live, how I want to be addressed and told."""

from flask import Blueprint, g
from sqlalchemy import select
from wtforms.validators import Regexp

from communities.catalogue import Capability
from communities.channel import Channel
from communities.place import Place
from kernel.db import db
from kernel.fields import Count, Day, Form, Line, Pick, Picks, row_id
from kernel.i18n import _
from kernel.request import Page, form_for, one, permit, say

from .. import profile
from ..gates import WEEKLY_MOST
from ..volunteer import Volunteer
from .home_field import home_pick, offer_homes

bp = Blueprint("profile", __name__)
LANGUAGES = [("", _("跟着浏览器")), ("zh", _("中文")), ("en", _("英文 English"))]


class ProfileForm(Form):
    """All of it; nothing here is needed."""

    called = Line(_("怎么称呼您"), needed=False, most=40, description=_("比如“吴阿姨”；页面和消息里都这样称呼您。"))
    home_id = home_pick(needed=False)
    capability_ids = Picks(_("您会什么"), coerce=row_id, description=_("有的岗位要会一样本事才能报，勾上就能看到。"))
    birth_date = Day(
        _("出生日期"),
        needed=False,
        description=_("只有夜间、有风险或看年龄的岗位要看；别人看不到。"),
    )
    weekly_most = Count(
        _("一周最多服务几小时"),
        needed=False,
        least=1,
        most=WEEKLY_MOST,
        description=_("不填就是 20 小时；报满了页面会提醒您歇一歇。"),
    )
    told_by = Pick(_("有事怎么通知您"), choices=Channel.pairs(), description=_("站内消息总会留一份。"))
    email = Line(
        _("邮箱"),
        needed=False,
        most=120,
        checks=(Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=_("邮箱好像不对，请写成 name@example.com 这样。")),),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    language = Pick(_("页面和消息用哪种语言"), choices=LANGUAGES, needed=False)


@bp.get("/me/profile")
@permit("volunteer:edit-own")
def show():
    """The form with what is stored."""
    return page_of(Volunteer.of(g.person))


def page_of(volunteer: Volunteer | None) -> Page:
    """The form; capabilities and birth date only for volunteers."""
    person = g.person
    form = form_for(
        ProfileForm,
        called=person.called,
        home_id=person.home_id,
        capability_ids=sorted(volunteer.capability_ids) if volunteer else [],
        birth_date=volunteer.birth_date if volunteer else None,
        weekly_most=volunteer.weekly_most if volunteer else None,
        told_by=(person.told_by or Channel.INBOX).value,
        email=person.email or "",
        language=person.language or "",
    )
    form.capability_ids.choices = [(row.id, row.label) for row in db.session.scalars(Capability.choosable(person))]
    sought = offer_homes(form, person.home)
    return Page("volunteers/profile.html", form=form, volunteer=volunteer, sought=sought)


@bp.post("/me/profile")
@permit("volunteer:edit-own", form=ProfileForm, back=("profile.show", "profile"), person_first=True)
def revise(form):
    """Store it."""
    profile.revise(
        g.person,
        called=form.called.data,
        email=form.email.data,
        language=form.language.data,
        told_by=Channel(form.told_by.data),
        home=one(Place, form.home_id.data) if form.home_id.data else None,
    )
    if volunteer := Volunteer.of(g.person):
        can = list(db.session.scalars(select(Capability).where(Capability.id.in_(form.capability_ids.data))))
        given = {"birth_date": form.birth_date.data, "weekly_most": form.weekly_most.data}
        volunteer.revise(capabilities=can, by=g.person, **given)
    say(_("您的资料存好了。"))
