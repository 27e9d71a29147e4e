"""What came of a closed project: person-hours, value in kind, and the photos: read in one statement."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, Select, bindparam, select

from communities.person import Nobody
from kernel.db import db, seen

from .counting import hours
from .photo import Photo
from .project import Project
from .solved import given, worked


class Outcome(NamedTuple):
    """Person-hours as they are written ("" for none written down), yuan in kind, and photos in their order."""

    hours: str
    yuan: int
    photos: list[Photo]


def outcome(person) -> Select:
    """The statement for what one project (`id`) took, and its photos that this person sees; one row without any."""
    photos = (Photo.project_id == Project.id) & Photo.visible(person)
    found = select(worked(), given(), Photo).select_from(Project).outerjoin(Photo, photos)
    return seen(found.where(Project.id == bindparam("id", type_=Integer)).order_by(Photo.id))


@cache
def told_to_all() -> Select:
    """The same for whoever is not signed in, built once."""
    return outcome(Nobody())


def outcome_of(project: Project, person) -> Outcome:
    """What came of this project, as far as this person sees it."""
    rows = db.session.execute(outcome(person) if person.id else told_to_all(), {"id": project.id}).all()
    took, yuan, _first = rows[0]
    photos = [photo for _took, _yuan, photo in rows if photo is not None]
    return Outcome(hours(int(took)) if took else "", int(yuan), photos)
