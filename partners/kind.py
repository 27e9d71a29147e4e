"""The kinds of partners, and what each has to say of itself when it applies."""

from kernel.choice import Choice
from kernel.i18n import _


class Kind(Choice):
    """product.md S1: who can be a partner."""

    INCUBATED_FIRM = "incubated_firm", _("孵化企业")
    FIRM = "firm", _("企业")
    PROPERTY_MANAGER = "property_manager", _("物业企业")
    HOMEOWNERS = "homeowners", _("业委会")
    INTERIM_PROPERTY = "interim_property", _("物管会")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
    TEAM = "team", _("志愿服务队")
    INSTITUTION = "institution", _("驻区单位")
    DEPARTMENT = "department", _("职能部门")
    RESIDENT_GROUP = "resident_group", _("居民团体")
    RESIDENT = "resident", _("居民个人")


MEANS: dict[Kind, object] = {
    Kind.INCUBATED_FIRM: _("在社区创业孵化中心起步的企业，毕业后反哺社区。"),
    Kind.FIRM: _("在本区经营、愿意出技术、出场地、出人手的企业。"),
    Kind.PROPERTY_MANAGER: _("管着小区的物业企业，和居委会、业委会一起办事。"),
    Kind.HOMEOWNERS: _("小区业主选出来的业主委员会。"),
    Kind.INTERIM_PROPERTY: _("还没有业委会的小区里，代行职责的物业管理委员会。"),
    Kind.SOCIAL_ORGANISATION: _("民政部门登记的社会团体、基金会、社会服务机构。"),
    Kind.TEAM: _("已经一起做志愿服务的队伍，比如红管家、文艺队。"),
    Kind.INSTITUTION: _("在社区里的学校、医院、银行、律所等单位。"),
    Kind.DEPARTMENT: _("区级职能部门和它们派在街道的站所。"),
    Kind.RESIDENT_GROUP: _("合唱队、棋友、宝妈群，居民自己组的团体。"),
    Kind.RESIDENT: _("有手艺、有经验、愿意帮邻居的一个人，比如会修伞的师傅。"),
}


class Fact(Choice):
    """A kind-specific field of the application; the value is the attribute of Partner."""

    CREDIT_CODE = "credit_code", _("统一社会信用代码")
    FILING_NUMBER = "filing_number", _("备案号")
    TERM_UNTIL = "term_until", _("本届任期到")
    COMPOUNDS = "compounds", _("管理的小区")
    INCUBATED_SINCE = "incubated_since", _("入孵日期")
    FUNCTIONS = "functions", _("职能类别")
    CONSENTING = "consenting_id", _("同意你们活动的社区")
    MEMBERS_COUNT = "members_count", _("大约多少人")
    SKILLS = "skills", _("能帮什么忙")


ASKED: dict[Kind, tuple[Fact, ...]] = {
    Kind.INCUBATED_FIRM: (Fact.CREDIT_CODE, Fact.INCUBATED_SINCE),
    Kind.FIRM: (Fact.CREDIT_CODE,),
    Kind.PROPERTY_MANAGER: (Fact.CREDIT_CODE, Fact.COMPOUNDS),
    Kind.HOMEOWNERS: (Fact.COMPOUNDS, Fact.FILING_NUMBER, Fact.TERM_UNTIL),
    Kind.INTERIM_PROPERTY: (Fact.COMPOUNDS, Fact.FILING_NUMBER, Fact.TERM_UNTIL),
    Kind.SOCIAL_ORGANISATION: (Fact.CREDIT_CODE,),
    Kind.TEAM: (Fact.MEMBERS_COUNT, Fact.CONSENTING),
    Kind.INSTITUTION: (Fact.CREDIT_CODE,),
    Kind.DEPARTMENT: (Fact.FUNCTIONS,),
    Kind.RESIDENT_GROUP: (Fact.MEMBERS_COUNT, Fact.CONSENTING),
    Kind.RESIDENT: (Fact.SKILLS,),
}


def terms(kind: Kind) -> bool:
    """Whether this kind is elected for a term and ends with it."""
    return Fact.TERM_UNTIL in ASKED[kind]


def has_members(kind: Kind) -> bool:
    """Whether more than one person can belong to it."""
    return kind is not Kind.RESIDENT


def has_address(kind: Kind) -> bool:
    """Whether it has an address that everybody may read: a home is nobody's business."""
    return kind is not Kind.RESIDENT
