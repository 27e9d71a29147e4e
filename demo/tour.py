"""三分钟看一遍: where the stories of the demo data stand, for somebody who sees the site for the first time."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, abort, g, render_template, url_for
from sqlalchemy import select

from communities.place import Kind, Place
from kernel import clock, slots
from kernel.db import db, seen
from kernel.i18n import _
from kernel.permits import anyone, rules
from kernel.request import Page, permit
from partners.resources.resource import Resource
from projects.project import Project
from volunteers.duty import Duty
from volunteers.shift import Shift
from volunteers.tickets.counter import Counter

from . import forged
from .accounts import is_demo
from .scale import DONGFANG

bp = Blueprint("demo", __name__)
rules({"demo:tour": [anyone]})


class Stop(NamedTuple):
    """One thing to see: what it is, what to look for there, and its address; None where the data have no such thing."""

    title: Any
    words: Any
    button: Any
    find: Callable[[], str | None]


def first(query) -> Any:
    """The first that this visitor may know of."""
    return db.session.scalars(seen(query.limit(1))).first()


def coverage() -> str | None:
    """The buildings of 东方社区."""
    place = first(Place.seen_by(g.person).where(Place.code == DONGFANG, Place.kind == Kind.COMMUNITY))
    return place and url_for("coverage.show", code=place.code)


def repair() -> str | None:
    """The repair project that is adopted in parts; else any that is."""
    projects = Project.seen_by(g.person).order_by(Project.title.contains("31小区老人家电义修").desc(), Project.id)
    project = first(projects)
    return project and url_for("projects.show", id=project.id)


def theatre() -> str | None:
    """A hall of which everybody sees when it is taken."""
    halls = Resource.seen_by(g.person).order_by((Resource.name == "幸福剧场").desc(), Resource.id)
    hall = first(halls)
    return hall and url_for("resources.week", id=hall.id)


def clinic() -> str | None:
    """The next shift at which residents have a door of their own."""
    coming = Shift.coming().join(Shift.duty).where(Duty.id.in_(select(Counter.duty_id)))
    shift = first(coming)
    return shift and url_for("shifts.show", id=shift.id)


def check() -> str | None:
    """The check of certificates, with a genuine one and a copy."""
    return url_for("certificates.check", _anchor="examples") if forged.examples() else None


STOPS = (
    Stop(
        _("谁还没有人照看"),
        _("一个社区的全部楼栋：有人包联的、缺楼栋长的、缺帮手的、还没有人的，一眼看到。"),
        _("看东方社区的楼栋"),
        coverage,
    ),
    Stop(
        _("谁认领了什么"),
        _("一件事拆成几份，几家合伙人各认领一份：做到哪一步、哪一步晚了，都写着；没人认领的那份您可以认领。"),
        _("看老人家电义修"),
        repair,
    ),
    Stop(
        _("居民说的事办得怎么样"),
        _("邻里反映的事合成一件来办，办完请当事人回答：解决了，还是没解决。"),
        _("看公开的事"),
        lambda: url_for("needs.public"),
    ),
    Stop(
        _("最后做成了什么"),
        _("做完的项目，谁投了多少人、多少小时，居民怎么说。"),
        _("看已解决的"),
        lambda: url_for("projects.solved"),
    ),
    Stop(
        _("场地大家一起用"),
        _("合伙人把剧场、会议室、停车位拿出来：哪天空着，谁都看得到。"),
        _("看剧场这一周"),
        theatre,
    ),
    Stop(
        _("来帮忙的和来办事的，各走各的门"),
        _("同一场活动：志愿者报名来帮忙，居民取号来看诊、理发。"),
        _("看这场活动"),
        clinic,
    ),
    Stop(
        _("证明造不了假"),
        _("志愿服务证明人人能查。这里有一份真的，和一份被改过的。"),
        _("去查一查"),
        check,
    ),
)


@bp.get("/tour")
@permit("demo:tour")
def tour():
    """The stops that the data have, in their order; nothing where no demo data are loaded."""
    if not is_demo():
        abort(404)
    found = [(stop, stop.find()) for stop in STOPS]
    return Page("demo/tour.html", stops=[(stop, url) for stop, url in found if url], today=clock.today())


def invitation() -> str:
    """On the first page of a demo: the way to here."""
    return render_template("demo/invitation.html") if is_demo() else ""


def set_up(app) -> None:
    """The page, the way to it, and the examples of the check."""
    app.register_blueprint(bp)
    slots.fill("welcome.actions", invitation)
    forged.set_up()
