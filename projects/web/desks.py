"""The lines that projects add to 今天要办."""

from flask import url_for

from kernel import waiting
from kernel.i18n import _

from .. import adoption_desk, desk


def adoption_url(id: int) -> str:
    """Where an adoption is answered or delivered."""
    return url_for("adoptions.show", id=id)


def project_url(id: int) -> str:
    """Where a project is closed."""
    return url_for("projects.show", id=id)


def certificate_url(id: int) -> str:
    """Where a certificate is issued or declined."""
    return url_for("participations.by_id", id=id)


def set_up() -> None:
    """Register them."""
    for line in (
        waiting.Desk("adoption.asked", _("有人认领项目"), _("去答复"), desk.to_answer, adoption_url),
        waiting.Desk("project.review", _("项目草稿等复核"), _("去复核"), desk.to_review, project_url),
        waiting.Desk("project.returned", _("您的项目草稿要再改改"), _("去修改"), desk.given_back, project_url),
        waiting.Desk("project.delivered", _("项目已完成"), _("去结项"), desk.to_close, project_url),
        waiting.Desk("participation.asked", _("合伙人想要参与证明"), _("去出具"), desk.to_certify, certificate_url),
        waiting.Desk("adoption.late", _("认领的项目过了约定日期"), _("去交付"), desk.overdue, adoption_url),
        waiting.Desk("milestone.late", _("进度节点晚了"), _("去看看"), adoption_desk.late_milestones, adoption_url),
        waiting.Desk("adoption.idle", _("认领很久没有动静"), _("去看看"), adoption_desk.silent, adoption_url),
        waiting.Desk("transfer.offered", _("有人请您接手"), _("去答复"), adoption_desk.to_take_over, adoption_url),
        waiting.Desk("transfer.agreed", _("认领要转交"), _("去答复"), adoption_desk.to_let_pass, adoption_url),
    ):
        waiting.register(line)
