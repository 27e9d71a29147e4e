"""合伙人参与证明 for the two sides: what there is, asking, counting before issuing, and the moves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, g, redirect, request, url_for

from communities.journal import Line, tell
from communities.place import Place
from communities.post import DECIDERS
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _, day
from kernel.permits import may
from kernel.request import Back, Page, form_for, one, permit, say
from partners.partner import Partner

from ..certificate_state import PUBLIC, State
from ..counting import Counted, count
from ..participation import Participation
from ..places_worked import places_worked
from .participation_forms import AskForm, IssueForm, ReasonForm

PAGES = ("participations.by_id", None)


@permit("participation:list", of=Partner)
def index(partner) -> Page:
    """Every certificate of a partner, newest first, and the form to ask for one."""
    papers = list(db.session.scalars(seen(Participation.of(partner))))
    form = form_for(AskForm, since=date(clock.today().year, 1, 1), until=clock.today())
    form.place.choices = [(place.id, place.name) for place in places_worked(partner)]
    return Page("projects/participations.html", partner=partner, papers=papers, form=form)


@permit("participation:ask", of=Partner, form=AskForm, back=("participations.index", None))
def ask(partner, form):
    """A manager asks; the committee answers within 2 working days."""
    place = one(Place, form.place.data)
    paper = Participation.ask(partner, place, form.since.data, form.until.data, line=form.line.data or "", by=g.person)
    say(_("申请交给了%(place)s，%(day)s 前会答复您。不收费。", place=place.name, day=day(paper.answer_due)))


@dataclass(frozen=True)
class Wanted:
    """Of which place and days a certificate is to be; `keys` say it again in an address."""

    place: Place
    since: date
    until: date
    replaces: int | None

    @property
    def keys(self) -> dict[str, Any]:
        words = {"place": self.place.id, "since": self.since.isoformat(), "until": self.until.isoformat()}
        return words | ({"replaces": self.replaces} if self.replaces else {})


def my_places() -> list[Place]:
    """Where this person decides."""
    return [post.place for post in g.person.posts if post.office in DECIDERS]


def wanted(asked: Participation | None) -> Wanted:
    """What the address says, else what was asked for, else this year."""
    places = {str(place.id): place for place in my_places()}
    first = asked.place if asked else next(iter(places.values()))
    today = clock.today()
    return Wanted(
        places.get(request.args.get("place", ""), first),
        a_day("since") or (asked.since if asked else date(today.year, 1, 1)),
        a_day("until") or (asked.until if asked else today),
        int(sent) if (sent := request.args.get("replaces", "")).isdecimal() and len(sent) < 10 else None,
    )


def a_day(name: str) -> date | None:
    """A day of the address; what cannot be read is not asked for."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def waiting(partner) -> Participation | None:
    """The wish of this partner that waits for an answer of the person who asks."""
    mine = Participation.place_id.in_([place.id for place in my_places()])
    asked = Participation.of(partner).where(Participation.state == State.ASKED, mine)
    return db.session.scalars(seen(asked)).first()


@permit("participation:issue", of=Partner)
def new(partner) -> Page:
    """What would be certified, counted now; the days may be changed before."""
    asked = waiting(partner)
    what = wanted(asked)
    fits = what.since <= what.until <= clock.today()
    return Page(
        "projects/participation_new.html",
        partner=partner,
        asked=asked,
        what=what,
        places=my_places(),
        counted=count(partner, what.place, what.since, what.until) if fits else Counted((), ()),
        fits=fits,
        form=form_for(IssueForm, line=asked.line if asked else ""),
    )


@permit("participation:issue", of=Partner, form=IssueForm, back=("participations.new", None))
def create(partner, form) -> Back:
    """Issue it, under a new number."""
    what = wanted(waiting(partner))
    before = one(Participation, what.replaces) if what.replaces else None
    if before and (before.partner_id != partner.id or before.state is not State.WITHDRAWN):
        abort(404)
    facts = {"line": form.line.data or "", "by": g.person, "replaces": before}
    paper = Participation.issue(partner, what.place, what.since, what.until, **facts)
    say(_("出具好了，编号 %(number)s。对方会收到消息；谁有编号都可以查验。", number=paper.shown_number))
    return Back("participations.by_id", id=paper.id)


@permit("participation:check", of=Participation)
def by_id(paper):
    """One certificate as the two sides handle it; everybody else is led to what it says."""
    if not may("participation:list", paper.partner):
        return redirect(url_for("participations.show", number=paper.shown_number))
    issued = paper.state in PUBLIC
    return Page(
        "projects/participation_handled.html",
        paper=paper,
        what=paper.what if issued else None,
        successor=paper.successor if issued else None,
        handling=tell(list(db.session.scalars(seen(Line.about(paper))))),
        form=form_for(ReasonForm),
    )


@permit("participation:decline", of=Participation, form=ReasonForm, back=PAGES)
def decline(paper, form):
    """Not this time."""
    paper.decline(form.reason.data, by=g.person)
    say(_("已告诉“%(partner)s”这次没有出具，对方看得到原因。", partner=paper.partner.name))


@permit("participation:withdraw", of=Participation, form=ReasonForm, back=PAGES)
def withdraw(paper, form):
    """It was wrong: from now on the check says so."""
    paper.withdraw(form.reason.data, by=g.person)
    say(_("已作废：谁来查验都会看到作废和原因。内容改好以后可以出一份新的。"))


@permit("participation:drop", of=Participation, back=PAGES)
def drop(paper):
    """The partner does not want it any more."""
    paper.drop(by=g.person)
    say(_("申请撤回了，需要时可以再申请。"))
