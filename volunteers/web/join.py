"""Joining: name, phone, home and a password; the rest is asked where it is needed."""

from flask import Blueprint, g, redirect, request, session
from wtforms.validators import Length

from communities.account import SHORTEST
from communities.person import Person
from communities.place import Place
from communities.sign_in import How, SignIn
from kernel.fields import Form, Line, Phone, Secret, Tick
from kernel.i18n import _
from kernel.look import known
from kernel.passwords import hashed
from kernel.request import Back, Page, form_for, one, permit, say, then
from kernel.site import limiter
from kernel.who import enter

from ..volunteer import JoinedAlready, Volunteer
from .home_field import home_pick, offer_homes

bp = Blueprint("join", __name__)
FLOOD = "30 per 5 minutes"  # from one address; a community's front desk is one address


class JoinForm(Form):
    """What joining asks for."""

    name = Line(_("姓名"), most=40, render_kw={"autocomplete": "name"})
    phone = Phone(
        description=_("用来登录，活动有变化时联系您；只有负责的工作人员看得到完整号码。"),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )
    home_id = home_pick(description=_("只记到楼，不记门牌；用来算哪些活动离您近。"))
    password = Secret(
        _("设一个密码"),
        description=_("至少 8 位，可以是一句好记的话。"),
        render_kw={"autocomplete": "new-password"},
    )
    is_adult = Tick(
        _("我已满 18 周岁"), description=_("未满 18 周岁也欢迎：请和家长一起到社区前台，由监护人签字同意以后再参加。")
    )

    def validate_password(self, field):
        """Long enough; anything else is the person's own choice."""
        if field.data:
            Length(min=SHORTEST, message=str(_("密码至少要 8 位，请再加长一点，比如用一句话。")))(self, field)


class TakeForm(Form):
    """What somebody is asked who has an account already."""

    home_id = home_pick(description=_("只记到楼，不记门牌；用来算哪些活动离您近。"))
    is_adult = Tick(_("我已满 18 周岁"), description=JoinForm.is_adult.kwargs["description"])


@bp.get("/join")
@permit("volunteer:join")
def show():
    """The form; whoever has joined already goes home, whoever has an account is asked less."""
    if Volunteer.of(g.person) and request.method == "GET":
        return redirect(known(request.args.get("next")), 303)
    has_account = g.person.id is not None
    form = form_for(TakeForm if has_account else JoinForm)
    return Page("volunteers/join.html", form=form, known=has_account, sought=offer_homes(form, g.person.home))


def password_hash(form) -> str:
    """The slow part, before the transaction."""
    return hashed(form.password.data)


@bp.post("/join")
@limiter.limit(FLOOD)
@permit("volunteer:join", form=JoinForm, before=password_hash, back=("join.show", None))
def create(form, hash):
    """Register, and sign in at once."""
    if g.person.id is not None:
        raise JoinedAlready
    home = one(Place, form.home_id.data)
    facts = {"name": form.name.data, "phone": form.phone.data, "home": home, "password_hash": hash}
    volunteer = Volunteer.join(**facts, says_adult=form.is_adult.data)
    welcome(volunteer.person)
    return onwards("portal.home")


def welcome(person: Person) -> None:
    """A fresh cookie and the first words, once the rows are stored."""
    row = SignIn.open(person, How.PASSWORD)

    def admit():
        session.clear()
        session.permanent = True
        enter(row)
        say(_("登记好了，欢迎您！") if request.args.get("next") else _("登记好了，欢迎您！下面是您能去的活动。"))

    then(admit)


@bp.post("/me/volunteer")
@permit("volunteer:edit-own", form=TakeForm, back=("join.show", None), person_first=True)
def take(form):
    """Somebody with an account becomes a volunteer too."""
    home = one(Place, form.home_id.data)
    g.person.home = g.person.home or home
    Volunteer.take(g.person, by=g.person, says_adult=form.is_adult.data)
    say(_("登记好了，欢迎您！下面是您能去的活动。"))
    return onwards("portal.shifts")


def onwards(endpoint: str):
    """Back to what led here, an invitation for example; else to what there is to do."""
    wanted = request.args.get("next")
    return redirect(known(wanted), 303) if wanted else Back(endpoint)
