"""What the journal says of hours and certificates, and where its lines lead."""

from flask import url_for

from communities import journal
from kernel.i18n import _

from ...hours.record import Kind as RecordKind

SENTENCES = {
    "hours.confirmed": _("%(shift)s 的服务时长确认好了（%(count)s 人）"),
    "hours.takes_report_in": _("%(place)s的党员报到从现在起计入服务时长"),
    "hours.leaves_report_in": _("%(place)s的党员报到从现在起不计入服务时长"),
    "hours.followed": _("%(shift)s 的到场记录改过，服务时长跟着更正了"),
    "hours.stayed": _("%(shift)s 的到场记录改过，社区看过了，服务时长不变"),
    "hours.entrusted": _("%(place)s同意%(partner)s自己记它负责的活动的服务时长"),
    "hours.not_entrusted": _("%(partner)s在%(place)s负责的活动，服务时长改由社区记"),
    "hours.exported": _("%(by)s导出了 %(count)s 条服务记录，准备汇入全国志愿服务信息系统"),
    "hours.entered": _("%(by)s记下：%(count)s 条服务记录已经汇入全国志愿服务信息系统"),
    "hours.imported": _("%(by)s记下了 %(count)s 条转入的服务时长"),
    "correction.asked": _("%(person)s觉得 %(shift)s 的时长不对，请社区更正"),
    "correction.granted": _("%(shift)s 的时长更正好了，在“我的时长”里能看到"),
    "correction.declined": _("%(shift)s 的时长没有更正，原因写在您的申请里"),
    "correction.dropped": _("%(person)s撤回了 %(shift)s 的更正申请"),
    "record.entered": _("给%(person)s记下了一次%(record_kind)s"),
    "record.struck": _("划掉了%(person)s的一次%(record_kind)s"),
    "certificate.basics": _("%(by)s看过了证明上写的姓名"),
    "certificate.issued": _("志愿服务记录证明出好了，随时可以打印"),
    "certificate.replaced": _("时长有更正，原来的志愿服务记录证明换成了新的"),
    "certificate.revoked": _("一份志愿服务记录证明作废了，原因写在证明上"),
}


def set_up() -> None:
    """Tell the journal."""
    journal.speaks(SENTENCES)
    journal.names("record_kind", journal.words_of(RecordKind))
    journal.addresses("hour_correction", lambda id: url_for("hours.correction", id=id))
    journal.addresses("certificate", lambda id: url_for("certificates.by_id", id=id))
