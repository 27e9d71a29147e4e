"""志愿服务记录证明 for the volunteer and the unit: taking one, looking at it, printing it, revoking it."""

from datetime import date

from flask import abort, g
from sqlalchemy.orm import joinedload

from communities.journal import Line as JournalLine
from communities.journal import tell
from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.fields import Day, Form, Line, Lines, Pick, row_id
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Back, Page, form_for, permit, say

from ...hours.basics import Basics, printed_name
from ...hours.certificate import Certificate
from ...hours.unit import RecordingUnit
from .mine import units_of
from .papers import font, whole

PAGES = ("certificates.by_id", "state")


class TakeForm(Form):
    """Of which days, from whom; before the first one the legal basics."""

    unit = Pick(_("请哪里出具"), coerce=row_id)
    since = Day(_("从哪天"))
    until = Day(_("到哪天"))
    name = Line(_("证件上的姓名"), needed=False, most=40, description=_("空着就写您登记时的姓名。"))
    id_tail = Line(
        _("证件号码后四位"), needed=False, most=8, description=_("同名的人多时好分清；可以不填，网上查验时不显示。")
    )

    def validate(self, extra_validators=None):
        """Every field by itself, then the two days together."""
        good = super().validate(extra_validators)
        first, last = self.since.data, self.until.data
        if first and last and not first <= last <= clock.today():
            self.checked("until", _("起止日期不对：要从前往后写，最晚到今天。"))
        return good and not self.errors


class ReasonForm(Form):
    """Why."""

    reason = Lines(_("为什么作废"), most=300, description=_("一句话就够，本人和来查验的人都会看到。"))


@permit("certificate:ask")
def index() -> Page:
    """My certificates, and the form to take one."""
    return Page("hours/certificates.html", **facts(g.person), at_desk=False)


@permit("certificate:ask-for", of=Person)
def for_person(neighbour) -> Page:
    """The same at the desk, for somebody who asks there."""
    return Page("hours/certificates.html", **facts(neighbour), at_desk=True)


def facts(person) -> dict:
    """What both pages show."""
    units, basics = units_of(person), Basics.of(person)
    form = form_for(
        TakeForm, since=date(clock.today().year, 1, 1), until=clock.today(), name=printed_name(person, basics),
        id_tail=basics.id_tail if basics else "",
    )  # fmt: skip
    form.unit.choices = [(unit.id, unit.name) for unit in units]
    papers = Certificate.of(person).options(joinedload(Certificate.unit))
    return {
        "neighbour": person,
        "units": units,
        "basics": basics,
        "form": form,
        "papers": list(db.session.scalars(papers)),
    }


@permit("certificate:ask", form=TakeForm, back=("certificates.index", None), person_first=True)
def take(form):
    """At once: what is confirmed is certified."""
    return issued(g.person, form)


@permit("certificate:ask-for", of=Person, form=TakeForm, back=("certificates.for_person", None))
def take_for(neighbour, form):
    """For somebody who stands at the desk; the journal says who did it."""
    return issued(neighbour, form)


def issued(person, form) -> Back:
    """Keep the basics as they were given or left, then issue."""
    unit = one_of(units_of(person), form.unit.data)
    given = {"name": form.name.data or "", "id_tail": form.id_tail.data or ""}
    known = Basics.of(person)
    if known is None or (known.name or person.name, known.id_tail) != (given["name"] or person.name, given["id_tail"]):
        given["name"] = "" if given["name"] == person.name else given["name"]
        Basics.give(person, by=g.person, **given)
    held = RecordingUnit.hold(unit.place, unit.partner)
    paper = Certificate.issue(person, held, form.since.data, form.until.data, by=g.person)
    say(_("证明出好了，编号 %(number)s，不收费。打印出来，谁都能查验。", number=paper.shown_number))
    return Back("certificates.by_id", id=paper.id)


def one_of(units: list[RecordingUnit], id: int) -> RecordingUnit:
    """The unit that the form names, if it has recorded anything of this person."""
    return next((unit for unit in units if unit.id == id), None) or abort(404)


@permit("certificate:see", of=Certificate)
def by_id(paper) -> Page:
    """One certificate as its owner and the unit handle it."""
    whole(paper)
    lines = db.session.scalars(seen(JournalLine.about(paper))) if may("certificate:revoke", paper) else ()
    return Page(
        "hours/certificate_handled.html",
        paper=paper,
        what=paper.what,
        successor=paper.successor,
        handling=tell(list(lines)),
        form=form_for(ReasonForm),
        has_font=font() is not None,
    )


@permit("certificate:revoke", of=Certificate, form=ReasonForm, back=PAGES)
def revoke(paper, form):
    """It was wrong: from now on the check says so."""
    paper.revoke(form.reason.data, by=g.person)
    say(_("已作废：谁来查验都会看到。时长更正以后，本人可以再出一份。"))
