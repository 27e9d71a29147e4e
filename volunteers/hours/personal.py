"""What the ledger of hours and what rests on it keep about people, for copies and erasure."""

from communities.personal import worthless
from kernel.i18n import _
from kernel.personal import ME, WORDS, acts, register

from .basics import Basics
from .certificate import Certificate
from .correction import Correction
from .entry import Entry
from .record import Record
from .sync import Sync
from .transfer import HourTransfer

UNIT = _("您和记录时长的单位")
LAW = _("记录单位按志愿服务条例第19条、67号令保存服务记录")
CALLED = {
    "hash": _("验证码（防改动）"),
    "issuer": _("哪里开的"),
    "paper_number": _("证明编号"),
    "said": _("您写的话"),
    "id_tail": _("证件号码最后四位"),
    "counted": _("证明上写的"),
    "issued_on": _("开出日期"),
    "head": _("台账末尾的验证码"),
    "key_id": _("签名用的钥匙"),
    "signature": _("签名"),
    "title": _("名称"),
    "about": _("内容"),
    "giver": _("谁办的、谁给的"),
    "minutes": _("多少分钟"),
    "day": _("哪天"),
}


def set_up() -> None:
    """Register the tables."""
    WORDS.update(CALLED)
    acts(Sync, "by_id")
    register(
        Entry,
        _("服务时长"),
        _("记下您服务了多久，开证明用"),
        UNIT,
        acts="proposed_by_id confirmed_by_id",
        stays={"hash": _("验证台账没有被改过，里面只有编号、分钟和日期")},
        why=LAW,
    )
    register(
        HourTransfer,
        _("别的单位转来的时长"),
        _("把别处记的时长也列出来"),
        UNIT,
        acts="noted_by_id",
        empty="about",
        stays=dict.fromkeys(("issuer", "paper_number"), _("同一张证明不能转两次")),
        ends={"issuer": "", "paper_number": worthless(HourTransfer.__table__)},
        why=LAW,
    )
    register(
        Correction,
        _("更正时长的申请"),
        _("您说哪里不对，单位怎么答复的"),
        UNIT,
        acts="answered_by_id",
        empty="said answer",
        why=_("台账里的更正要有来由；您写的话不留"),
    )
    signed = _("证明是您的，纸在您手里；留着签名和印上去的姓名，别人凭编号才验得出真假，页面上只露姓")
    register(
        Certificate,
        _("志愿服务记录证明"),
        _("给您开的证明，凭编号能查真假"),
        UNIT,
        acts="issued_by_id",
        empty="id_tail",
        stays=dict.fromkeys(("number", "name", "counted", "head", "key_id", "signature", "reason"), signed),
        ends={},
        why=signed,
    )
    register(
        Record,
        _("培训和表彰"),
        _("记下您参加的培训、得的表彰"),
        acts="noted_by_id",
        stays=dict.fromkeys(("title", "about", "giver"), LAW),
        ends={},
        why=LAW,
    )
    register(Basics, _("证明上的姓名和证件尾号"), _("开证明时区分同名的人"), ME, gone=True)
