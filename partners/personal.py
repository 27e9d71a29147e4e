"""What this package keeps about people, for copies and erasure; and how somebody leaves his partners."""

from sqlalchemy import select

from communities.personal import nobody
from kernel.i18n import _
from kernel.personal import WORDS, acts, register

from .ability import Ability
from .incubations.branch import Branch
from .incubations.incubation import Incubation
from .invitation import Invitation
from .join_request import JoinRequest
from .kind import Kind
from .member import Member
from .partner import Partner
from .renewal import Renewal
from .resources.resource import Resource
from .verification import Verification

MANAGERS = _("您和这家合伙人的管理员")
COMMUNITY = _("您和办孵化的社区工作人员")
CALLED = {
    "partner_id": _("合伙人"),
    "role": _("身份"),
    "answer": _("答复"),
    "answered_at": _("答复时间"),
    "idea": _("想做什么"),
    "founder_name": _("联系人"),
    "founder_phone": _("联系电话"),
    "stage": _("办到哪一步"),
    "members": _("党员人数"),
    "name_key": _("名称（比对用）"),
    "offers": _("能提供什么"),
    "address": _("地址"),
    "address_key": _("地址（比对用）"),
    "contact_name": _("联系人"),
    "contact_phone": _("联系电话"),
    "credit_code": _("信用代码"),
    "filing_number": _("备案号"),
    "skills": _("手艺"),
    "evidence": _("凭什么说会"),
    "changes": _("续期时改的"),
    "spot": _("在哪里"),
    "equipment": _("有什么设备"),
    "conditions": _("使用条件"),
    "hours": _("开放时间"),
    "free_for": _("谁可以免费用"),
    "terms": _("收费说明"),
}


def set_up() -> None:
    """Register the tables, what keeps somebody here, and how he leaves."""
    WORDS.update(CALLED)
    register(
        Member,
        _("在合伙人里的身份"),
        _("您代表谁办事"),
        MANAGERS,
        why=_("哪天到哪天有人代表它办事，要对得上；姓名不留"),
    )
    register(
        JoinRequest,
        _("申请加入合伙人"),
        _("让管理员知道您是谁"),
        MANAGERS,
        empty="words",
        why=_("只剩申请过、答复过的日子"),
    )
    register(
        Invitation,
        _("用过的邀请链接"),
        _("请您进来的那条链接"),
        MANAGERS,
        owners="used_by_id",
        acts="made_by_id",
        withheld="token_hash",
        stays={"token_hash": _("用过的链接的指纹，反推不出什么")},
        why=_("同一条链接不能再用第二次"),
    )
    of_incubations()
    of_residents()
    acts(Verification, "by_id")


def of_incubations() -> None:
    """Firms that somebody founded."""
    record = _("社区孵化的台账，写的是企业，不是您个人")
    register(
        Incubation,
        _("您申请的孵化"),
        _("社区怎么帮您的企业"),
        COMMUNITY,
        owners="founder_id",
        empty="founder_name founder_phone",
        stays={"name": record, "idea": record, "reason": record},
        why=record,
    )
    register(
        Branch,
        _("企业联系的党支部人数"),
        _("只用来汇总人数"),
        COMMUNITY,
        owners="incubation_id",
        why=_("只有一个人数，没有姓名"),
    )


def of_residents() -> None:
    """Residents who are partners by themselves: what stands there is about one person."""
    partner, member = Partner.__table__, Member.__table__
    his = select(member.c.partner_id)
    record = _("认领过、办过的事要对得上；姓名、电话和写过的话不留")
    register(
        Partner,
        _("您个人做合伙人的登记"),
        _("大家知道您能帮什么、怎么找您"),
        _("姓名和会做的事人人看得到，电话只给办事的人"),
        find=lambda person: (
            (partner.c.kind == Kind.RESIDENT) & partner.c.id.in_(his.where(member.c.person_id == person))
        ),
        empty="name_key about offers address address_key contact_name contact_phone credit_code filing_number "
        "skills reason",
        becomes={"name": nobody},
        indexed="partner",
        why=record,
    )
    register(
        Ability,
        _("个人合伙人会做什么"),
        _("找得到会做的人"),
        MANAGERS,
        owners="partner_id",
        empty="evidence",
        why=record,
    )
    register(
        Resource,
        _("个人合伙人借出来的"),
        _("邻居约得到、找得到您"),
        _("人人看得到，电话只给约好的人"),
        owners="partner_id",
        empty="spot lat lon equipment conditions terms contact_name contact_phone reason",
        becomes={"name": nobody},
        stays=dict.fromkeys(("hours", "free_for"), _("只是开放的时间和给谁用，不写人")),
        indexed="resource",
        why=record,
    )
    register(
        Renewal,
        _("个人合伙人的续期"),
        _("一年问一次还做不做"),
        MANAGERS,
        owners="partner_id",
        acts="asked_by_id",
        empty="changes reason",
        why=record,
    )
