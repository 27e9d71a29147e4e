"""One navigation for each role, and the number of what waits; evaluated only when a whole page is rendered."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import g, request, url_for

from communities.notice import Notice
from communities.person import Person
from communities.place import Kind, Place
from communities.sign_in import ask_along
from kernel import waiting
from kernel.db import db
from kernel.i18n import _, p_
from kernel.permits import may
from volunteers.volunteer import Volunteer

ask_along("unread", Notice.unread(Person).scalar_subquery())


PARTNERS = """partners members abilities renewals invitations join_requests services agreements incubations resources
    partner_resources bookings series partner_imports""".split()
BUILDINGS = ("places", "coverage", "buildings", "assignments", "assignment_imports")


@dataclass(frozen=True)
class Entry:
    """A link of the navigation."""

    url: str
    label: Any
    icon: str
    current: bool
    count: int = 0


def entry(endpoint: str, label, icon: str, *under: str, count: int = 0, **keys) -> Entry:
    """A link; current on its page and on the pages of the blueprints `under` it."""
    blueprint = request.blueprint or ""
    current = request.endpoint == endpoint or (blueprint in under)
    return Entry(url_for(endpoint, **keys), label, icon, current, count)


def waits() -> int:
    """How many lines wait for who asks, counted once a request."""
    return g.person.remember("waiting", waiting.count)


def grid(place: Place | None) -> Entry | None:
    """Who looks after the buildings round here, where somebody is missing."""
    label = p_("navigation", "楼栋")
    return entry("coverage.show", label, "building-2", *BUILDINGS, code=place.code) if place else None


class Navigation:
    """The main links of who asks. A fragment never asks for them, so it never pays for the counts."""

    @cached_property
    def entries(self) -> list[Entry]:
        """At most six."""
        shifts = entry("portal.shifts", _("活动"), "calendar-days", "shifts", "duties", "signups")
        projects = entry("projects.index", _("项目"), "hand-heart", "projects", "adoptions")
        partners = entry("partners.index", _("合伙人"), "handshake", *PARTNERS)
        needs = entry("needs.index", _("需求"), "message-circle", "needs", "themes", "need_routes", "answer_texts")
        places = entry("places.index", p_("navigation", "楼栋"), "building-2", *BUILDINGS)
        if g.person.id is not None and may("portal:today"):
            today = entry("portal.today", _("今天要办"), "list-checks", count=waits())
            return [today, needs, self.my_community or places, shifts, projects, partners]
        if g.person.id is None:
            say = entry("needs.new", _("反映一件事"), "message-circle")
            return [entry("portal.home", _("首页"), "house"), say, shifts, projects, partners]
        home = entry("portal.home", _("首页"), "house")
        mine = entry("portal.me", _("我的"), "user-round", "accounts", "notices", "profile", count=self.unread)
        return [home, shifts, self.my_place or places, projects, mine]

    @property
    def my_place(self) -> Entry | None:
        """The buildings round the home of a volunteer: who looks after them, where somebody is missing."""
        volunteer = Volunteer.of(g.person)
        return grid(volunteer.person.home if volunteer else None)

    @property
    def my_community(self) -> Entry | None:
        """The buildings of the community or grid where somebody serves first; offices above it start from the list."""
        served = g.person.posts[0].place if g.person.posts else None
        return grid(served) if served and served.kind in (Kind.COMMUNITY, Kind.GRID) else None

    @cached_property
    def unread(self) -> int:
        """Messages that were not read yet."""
        return g.person.remember("unread", lambda person: db.session.scalar(Notice.unread(person)) or 0)

    def __iter__(self):
        return iter(self.entries)

    def __bool__(self):
        return True


class Menu:
    """The links under one's own name."""

    def __iter__(self):
        yield entry("portal.me", _("我的活动和日历"), "calendar-days")
        yield entry("notices.inbox", _("消息"), "bell")
        yield entry("profile.show", _("我的资料"), "user-round")
        yield entry("accounts.show", _("账号与登录"), "key-round")
        if may("people:see"):
            yield entry("people.index", _("居民与志愿者"), "users")
            yield entry("calls.index", _("电话通知单"), "phone")
            yield entry("posts.index", _("岗位与交接"), "handshake")
        yield entry("incubations.index", _("创业孵化"), "layout-grid")
        if may("agreement:list"):
            yield entry("agreements.index", _("协议"), "handshake")
        if may("ledger:see"):
            yield entry("ledgers.index", _("台账"), "file-spreadsheet")
        yield entry("portal.journal", _("动态"), "history")


def links() -> dict:
    """What the layout needs of it."""
    return {"navigation": Navigation(), "account": Menu(), "search_url": url_for("portal.search")}
