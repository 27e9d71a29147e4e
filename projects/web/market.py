"""The list of projects, as a page and as a sheet."""

from datetime import date
from typing import Any

from flask import g, make_response, request, url_for

from kernel import clock, sheets
from kernel.cursor import PAGE, pack, unpack
from kernel.i18n import _, joined
from kernel.permits import may
from kernel.request import Page, permit
from kernel.text import clean_line

from ..market import Group, Market
from ..project_row import COUNTED
from .filters import categories, place_at, places_near

LONGEST = 64  # characters of a query
ROWS = 5000  # rows of a sheet
FILTERS = ("stage", "place", "category", "q", "untouched", "sort")
HEADS = (
    _("编号"), _("项目"), _("地点"), _("类别"), _("状态"), _("开始"), _("结束"), _("要做的事"),
    _("已认领百分比"), _("认领的合伙人"), _("成效"), _("受益人数"),
)  # fmt: skip


@permit("project:list")
def index() -> Page:
    """25 projects, the most urgent or the newest first; the filters stay in the address."""
    market = asked_for(request.args)
    rows, total = market.page(g.person, behind(request.args.get("page")))
    shown = rows[:PAGE]
    return Page(
        "projects/index.html",
        market=market,
        groups=[group for group in Group if offered(group)],
        ours=may("project:ours"),
        desk=may("project:desk"),
        projects=shown,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        places=places_near(market.place),
        categories=categories(),
        kept=kept(),
        more=url_for("projects.index", **kept(), page=last(shown)) if len(rows) > PAGE else None,
    )


def offered(group: Group) -> bool:
    """Whether this person has such projects: nobody follows without an account, or has drafts without an office."""
    return bool({Group.FOLLOWED: g.person.id, Group.DRAFT: g.person.posts}.get(group, True))


def last(rows) -> str:
    """The cursor of the last row that is shown."""
    return pack(rows[-1].starts_on.isoformat(), rows[-1].id)


def behind(word: str | None) -> tuple[date, int] | None:
    """The row that was shown last, as the address says it."""
    found = unpack(word, str, int)
    try:
        return (date.fromisoformat(found[0]), found[1]) if found else None
    except ValueError:
        return None


def asked_for(args) -> Market:
    """What the address asks for; what cannot be read is not asked for."""
    category = args.get("category", "")
    return Market(
        group=next((word for word in Group if word.value == args.get("stage") and offered(word)), Group.OPEN),
        place=place_at(clean_line(args["place"])[:40]) if args.get("place") else None,
        category_id=int(category) if category.isascii() and category.isdecimal() and len(category) < 10 else None,
        text=clean_line(args.get("q", ""))[:LONGEST],
        untouched=args.get("untouched") == "1",
        newest=args.get("sort") == "new",
    )


def kept() -> dict[str, Any]:
    """The filters of this address, without the cursor."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


@permit("project:list")
def sheet():
    """The same list as an Excel file, with who adopted what and what came of it."""
    market = asked_for(request.args)
    projects = market.all(g.person, ROWS)
    where = market.place.name if market.place else _("全部地点")
    notes = [_("%(place)s · %(group)s · %(n)s 个", place=where, group=market.group.label, n=len(projects)), as_of()]
    title = str(_("公益项目"))
    response = make_response(sheets.write(title, HEADS, map(row_of, projects), notes=notes))
    response.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers.set("Content-Disposition", "attachment", filename=f"projects-{clock.today():%Y%m%d}.xlsx")
    return response


def as_of():
    """When the sheet was made."""
    return _("导出时间 %(moment)s（北京时间）", moment=f"{clock.local(clock.now()):%Y-%m-%d %H:%M}")


def row_of(project) -> list:
    """One row of the sheet."""
    partners = {adoption.partner.name: None for adoption in project.living_adoptions}
    return [
        project.id,
        project.title,
        project.place.name,
        project.category.label,
        project.stage.label,
        project.starts_on,
        project.ends_on,
        "\n".join(str(part) for part in project.parts),
        project.share,
        joined(partners),
        project.outcome,
        project.people_served,
    ]
