"""The forms of an application: what a partner says of itself, and the facts that its kind is asked for."""

from functools import cache

from wtforms import ValidationError
from wtforms.validators import StopValidation

from kernel import clock
from kernel.fields import Count, Day, Form, Line, Lines, Phone, Pick, Picks, row_id
from kernel.i18n import _

from .. import credit_code
from ..kind import ASKED, Fact, Kind, has_address


def is_credit_code(form, field):
    """18 characters that fit together; the sentence says which of it is wrong."""
    if fault := credit_code.fault(field.data or ""):
        raise StopValidation(fault)


def is_social_code(form, field):
    """The same, from the civil affairs office."""
    if fault := credit_code.social_fault(field.data or ""):
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


FIELDS = {
    Fact.CREDIT_CODE: CreditCode(
        Fact.CREDIT_CODE.label,
        most=200,
        checks=[is_credit_code],
        description=_("营业执照或登记证书上的 18 位，大小写、空格都不要紧。"),
    ),
    Fact.FILING_NUMBER: Line(Fact.FILING_NUMBER.label, most=60, description=_("街道发的备案通知书上的编号。")),
    Fact.TERM_UNTIL: Day(
        Fact.TERM_UNTIL.label, checks=[lies_ahead], description=_("任期届满前 30 天，会提醒您换届后续期。")
    ),
    Fact.COMPOUNDS: Picks(Fact.COMPOUNDS.label, coerce=row_id, needed=True),
    Fact.INCUBATED_SINCE: Day(Fact.INCUBATED_SINCE.label, checks=[has_been]),
    Fact.FUNCTIONS: Picks(
        Fact.FUNCTIONS.label, coerce=row_id, needed=True, description=_("可以选几类；居民的事按类别找到您这里。")
    ),
    Fact.CONSENTING: Pick(
        Fact.CONSENTING.label, coerce=row_id, description=_("社区里的队伍和团体，要有一个居委会同意才能开展活动。")
    ),
    Fact.MEMBERS_COUNT: Count(Fact.MEMBERS_COUNT.label, least=1, most=10000, description=_("写个大概的数就行。")),
    Fact.SKILLS: Lines(Fact.SKILLS.label, most=500, description=_("比如：会修伞磨刀，周末上午有空。")),
}
OWN = {  # what one kind is asked in another way
    (Kind.SOCIAL_ORGANISATION, Fact.CREDIT_CODE): CreditCode(
        Fact.CREDIT_CODE.label,
        most=200,
        checks=[is_social_code],
        description=_("社会组织法人登记证书上的 18 位，以 51、52、53 或 59 开头。"),
    ),
}


def fields_of(kind: Kind) -> dict:
    """The fields of what this kind is asked for, by the names of the facts."""
    return {fact.value: OWN.get((kind, fact), FIELDS[fact]) for fact in ASKED[kind]}


class NameField:
    """How it is called."""

    name = Line(_("名称"))


class PlaceField:
    """Where it asks; and whom the applicant was shown and knows to be others."""

    place = Pick(_("向哪个社区申请"), coerce=row_id, description=_("选您所在的社区，由那里的社区党委核实。"))
    seen = Picks("", coerce=row_id)


class WordsForm(Form):
    """What a partner says of itself and may change later: nothing that the committee verifies."""

    areas = Picks(_("服务范围"), coerce=row_id, description=_("不选就是所在的社区。"))
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
        texts = {name: self[name].data or "" for name in ("about", "offers", "address") if name in self}
        return texts | {name: self[name].data for name in ("contact_name", "contact_phone")}


class ApplicationForm(NameField, PlaceField, WordsForm):
    """An application; `form_of` adds what its kind is asked for."""

    kind: Kind
    capabilities = Picks(_("会做什么"), coerce=row_id, description=_("熟练程度、证书和接得下多少，核实后再细填。"))

    @property
    def facts(self) -> dict:
        """With the name and the facts of its kind."""
        own = {fact.value: self[fact.value].data for fact in ASKED[self.kind]}
        return super().facts | {"name": self.name.data} | own


class RenewalForm(NameField, Form):
    """What has changed in the facts that the committee has verified; `renewal_of` adds those of the kind."""

    kind: Kind

    @property
    def facts(self) -> dict:
        """The name and the facts of the kind."""
        return {"name": self.name.data} | {fact.value: self[fact.value].data for fact in ASKED[self.kind]}


ADDRESS = Line(_("地址"), needed=False, description=_("在哪里找得到你们，居民会看到。"))


@cache
def words_of(kind: Kind) -> type[WordsForm]:
    """What this kind may change at any time."""
    return type("WordsOf", (WordsForm,), {"address": ADDRESS} if has_address(kind) else {})


@cache
def form_of(kind: Kind) -> type[ApplicationForm]:
    """The application of this kind."""
    more = {"address": ADDRESS} if has_address(kind) else {}
    return type("ApplicationOf", (ApplicationForm,), {"kind": kind} | fields_of(kind) | more)


@cache
def renewal_of(kind: Kind) -> type[RenewalForm]:
    """What can have changed of this kind."""
    return type("RenewalOf", (RenewalForm,), {"kind": kind} | fields_of(kind))
