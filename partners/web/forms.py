"""The forms of partners: the application with the facts that its kind is asked for, the answer, a member's phone."""

from functools import cache

from wtforms import ValidationError
from wtforms.validators import StopValidation

from kernel import clock
from kernel.fields import Count, Day, Form, Line, Lines, Phone, Pick, Picks, row_id
from kernel.i18n import _

from .. import credit_code
from ..kind import ASKED, Fact, Kind


def is_credit_code(form, field):
    """18 characters that fit together; the sentence says which of it is wrong."""
    if fault := credit_code.fault(field.data or ""):
        raise StopValidation(fault)


def lies_ahead(form, field):
    """A term that still runs."""
    if field.data and field.data <= clock.today():
        raise ValidationError(_("这一天已经过去了，请填本届任期届满的日期。"))


def has_been(form, field):
    """A day up to today."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("这一天还没有到，请填已经入孵的日期。"))


class CreditCode(Line):
    """统一社会信用代码, as it is printed."""

    def process_formdata(self, valuelist):
        super().process_formdata([credit_code.plain(value) for value in valuelist])


class NameField:
    """How it is called."""

    name = Line(_("名称"))


FIELDS = {
    Fact.CREDIT_CODE: CreditCode(
        Fact.CREDIT_CODE.label,
        most=200,
        checks=[is_credit_code],
        description=_("营业执照或登记证书上的 18 位，大小写、空格都不要紧。"),
    ),
    Fact.FILING_NUMBER: Line(Fact.FILING_NUMBER.label, most=60, description=_("街道发的备案通知书上的编号。")),
    Fact.TERM_UNTIL: Day(Fact.TERM_UNTIL.label, checks=[lies_ahead]),
    Fact.COMPOUNDS: Lines(Fact.COMPOUNDS.label, most=500, description=_("一行写一个小区。")),
    Fact.INCUBATED_SINCE: Day(Fact.INCUBATED_SINCE.label, checks=[has_been]),
    Fact.CATEGORY: Pick(Fact.CATEGORY.label, coerce=row_id),
    Fact.MEMBERS_COUNT: Count(Fact.MEMBERS_COUNT.label, least=1, most=10000, description=_("写个大概的数就行。")),
    Fact.SKILLS: Lines(Fact.SKILLS.label, most=500, description=_("比如：会修伞磨刀，周末上午有空。")),
}


class PlaceField:
    """Where it asks."""

    place = Pick(_("向哪个社区申请"), coerce=row_id, description=_("选您所在的社区，由那里的社区党委核实。"))


class WordsForm(Form):
    """What a partner says of itself and may change later: nothing that the committee verifies."""

    areas = Picks(_("服务范围"), coerce=row_id, description=_("不选就是所在的社区。"))
    capabilities = Picks(_("会做什么"), coerce=row_id)
    offers = Lines(
        _("能为社区做什么"),
        needed=False,
        description=_("写得越具体越容易对上，比如：每月两次上门修小家电，每次 2 人。"),
    )
    about = Lines(_("介绍一下"), needed=False, description=_("做什么的、在哪里。居民会看到。"))
    contact_name = Line(_("联系人"))
    contact_phone = Phone(_("联系电话"))

    @property
    def facts(self) -> dict:
        """The plain facts as the model calls them; texts that were left out are empty."""
        texts = {name: self[name].data or "" for name in ("about", "offers")}
        return texts | {name: self[name].data for name in ("contact_name", "contact_phone")}


class ApplicationForm(NameField, PlaceField, WordsForm):
    """An application; `form_of` adds what its kind is asked for."""

    kind: Kind

    @property
    def facts(self) -> dict:
        """With the name and the facts of its kind."""
        own = {fact.value: self[fact.value].data for fact in ASKED[self.kind]}
        return super().facts | {"name": self.name.data} | own


@cache
def form_of(kind: Kind) -> type[ApplicationForm]:
    """The application of this kind."""
    return type("ApplicationOf", (ApplicationForm,), {"kind": kind} | {f.value: FIELDS[f] for f in ASKED[kind]})


class AnswerForm(Form):
    """Why: for whoever is refused, suspended or ended."""

    reason = Lines(_("原因"), needed=False, most=500, description=_("不通过、暂停、退出时要写，对方会看到。"))


class MemberForm(Form):
    """Who is to become a member."""

    phone = Phone(_("对方的手机号"), description=_("对方要先在这里登记过。添加后他会收到消息，随时可以离开。"))
