"""Staff registers somebody who has no phone at hand, or cannot live with passwords."""

from flask import Blueprint, g
from sqlalchemy import select
from wtforms.validators import ValidationError

from communities.catalogue import Capability
from communities.place import Place
from communities.purpose import Way
from kernel.db import db
from kernel.fields import Form, Line, Phone, Picks, Tick, row_id
from kernel.i18n import _
from kernel.request import Back, Page, form_for, one, permit, say
from kernel.work import Refusal

from ..guardian import agree
from ..volunteer import Volunteer
from .home_field import home_pick, offer_homes

bp = Blueprint("volunteers", __name__)


class HomeElsewhere(Refusal):
    """Each desk registers its own neighbours."""

    message = _("这栋楼不在%(place)s，请由那边的工作人员登记。")
    field = "home_id"


class RegisterForm(Form):
    """What the front desk asks; a password is not among it, a printed card signs in."""

    name = Line(_("姓名"), most=40)
    phone = Phone(description=_("本人或家里能接的电话，座机也行；以后用来登录和通知。"))
    home_id = home_pick(_("住哪儿"))
    capability_ids = Picks(_("会什么"), coerce=row_id)
    is_adult = Tick(_("已满 18 周岁"))
    guardian = Line(
        _("监护人姓名"),
        needed=False,
        most=40,
        description=_("未满 18 周岁的填，监护人当面签字同意的才填；还没同意的以后再记。"),
    )

    def validate_guardian(self, field):
        """Nobody else agrees for an adult."""
        if field.data and self.is_adult.data:
            raise ValidationError(_("已满 18 周岁不用监护人同意：请空着，或者不勾“已满 18 周岁”。"))


@bp.get("/volunteers/new")
@permit("volunteer:register", of=Place, at="place")
def new(place):
    """The form, for this place."""
    form = form_for(RegisterForm)
    form.capability_ids.choices = [(row.id, row.label) for row in db.session.scalars(Capability.choosable(g.person))]
    return Page("volunteers/register.html", form=form, place=place, sought=offer_homes(form))


@bp.post("/volunteers/")
@permit("volunteer:register", of=Place, at="place", form=RegisterForm, back=("volunteers.new", None))
def create(place, form):
    """Register on somebody's behalf; the journal says who did it. Then a card can be printed."""
    home = one(Place, form.home_id.data)
    if not place.covers(home):
        raise HomeElsewhere(place=place.name)
    volunteer = Volunteer.join(
        name=form.name.data,
        phone=form.phone.data,
        home=home,
        password_hash=None,
        by=g.person,
        says_adult=form.is_adult.data,
    )
    if form.guardian.data:
        agree(volunteer, by=g.person, way=Way.SIGNED, guardian=form.guardian.data)
    can = select(Capability).where(Capability.id.in_(form.capability_ids.data))
    volunteer.capabilities = list(db.session.scalars(can))
    say(_("%(name)s登记好了。现在可以给他打印一张登录卡，扫一下就能用。", name=form.name.data))
    return Back("people.index", q=form.phone.data[-4:])
