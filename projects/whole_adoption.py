"""An adoption with all that its page shows: read in four statements, built once, whatever the number of rows."""

from functools import cache

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm.attributes import set_committed_value

from communities.journal import Line
from communities.person import Nobody
from communities.place import Place
from kernel.db import db, seen
from kernel.stored_file import StoredFile
from partners.agreements.agreement import Agreement
from partners.partner import Partner

from .adoption import Adoption
from .evaluation import Evaluation
from .milestone import Milestone, Postponement
from .part import Part
from .project import Project
from .transfer import Transfer


@cache
def around() -> Select:
    """The statement for the project of an `adoption`, its place, its agreement, and what was said at its end."""
    mine = bindparam("adoption", type_=Integer)
    found = select(Project, Place, Evaluation, Agreement).join(Place, Place.id == Project.place_id)
    signed = select(Adoption.agreement_id).where(Adoption.id == mine).scalar_subquery()
    found = found.outerjoin(Agreement, Agreement.id == signed)
    found = found.outerjoin(Evaluation, Evaluation.adoption_id == mine)
    return seen(found.where(Project.id == bindparam("project", type_=Integer)))


@cache
def together() -> Select:
    """The statement for everybody who took on some of a `project`, what of it, and who that is."""
    found = select(Adoption, Part, Partner).join(Part, Part.id == Adoption.part_id)
    found = found.join(Partner, Partner.id == Adoption.partner_id)
    return seen(found.where(Adoption.project_id == bindparam("project", type_=Integer)).order_by(Adoption.id))


@cache
def steps() -> Select:
    """The statement for the milestones of an `adoption`, the days that they had before, and their evidence."""
    found = select(Milestone, Postponement, StoredFile)
    found = found.outerjoin(Postponement, Postponement.milestone_id == Milestone.id)
    found = found.outerjoin(StoredFile, StoredFile.id == Milestone.file_id)
    mine = Milestone.adoption_id == bindparam("adoption", type_=Integer)
    return seen(found.where(mine).order_by(Milestone.due, Milestone.id, Postponement.id))


@cache
def offers() -> Select:
    """The statement for the hand-overs that were tried, and to whom."""
    found = select(Transfer, Partner).join(Partner, Partner.id == Transfer.to_id)
    return seen(found.where(Transfer.adoption_id == bindparam("adoption", type_=Integer)).order_by(Transfer.id))


@cache
def told_to_all() -> Select:
    """The statement for those lines about an `adoption` that everybody may read, oldest first."""
    mine = (Line.subject == "adoption") & (Line.subject_id == bindparam("adoption", type_=Integer))
    return seen(Line.seen_by(Nobody()).where(mine).order_by(Line.id))


def read(adoption: Adoption) -> None:
    """Load what its page shows of this adoption."""
    values = {"adoption": adoption.id, "project": adoption.project_id}
    project, place, evaluation, agreement = db.session.execute(around(), values).one()
    set_committed_value(adoption, "agreement", agreement)
    set_committed_value(project, "place", place)
    rows = db.session.execute(together(), {"project": project.id}).all()
    for one, part, partner in rows:
        for name, value in (("project", project), ("part", part), ("partner", partner)):
            set_committed_value(one, name, value)
    set_committed_value(project, "adoptions", [one for one, *_what in rows])
    set_committed_value(adoption, "evaluation", evaluation)
    read_steps(adoption)
    transfers = db.session.execute(offers(), {"adoption": adoption.id}).all()
    for transfer, to in transfers:
        set_committed_value(transfer, "adoption", adoption)
        set_committed_value(transfer, "to", to)
    set_committed_value(adoption, "transfers", [transfer for transfer, _to in transfers])


def read_steps(adoption: Adoption) -> None:
    """Its milestones, each with the days that it had before."""
    known: dict[Milestone, list[Postponement]] = {}
    for milestone, postponement, file in db.session.execute(steps(), {"adoption": adoption.id}):
        before = known.setdefault(milestone, [])
        if postponement is not None:
            before.append(postponement)
        set_committed_value(milestone, "file", file)
        set_committed_value(milestone, "adoption", adoption)
    for milestone, before in known.items():
        set_committed_value(milestone, "postponements", before)
    set_committed_value(adoption, "milestones", list(known))


def handling(adoption: Adoption, person) -> list[Line]:
    """办理经过: the lines about it that this person may read, oldest first."""
    if person.id is None:
        return list(db.session.scalars(told_to_all(), {"adoption": adoption.id}))
    mine = (Line.subject == "adoption") & (Line.subject_id == adoption.id)
    return list(db.session.scalars(seen(Line.seen_by(person).where(mine).order_by(Line.id))))
