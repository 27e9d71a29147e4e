"""Followers: who wants to be told what becomes of a project, without having taken anything on."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.db import Id, Model, Moment, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

LIVING = text("until IS NULL")


class FollowsAlready(Refusal):
    """Once is enough."""

    message = _("您已经在关注“%(project)s”了，有公开的进展会告诉您。")


class FollowsNot(Refusal):
    """Nothing to end."""

    message = _("您现在没有关注“%(project)s”。")


class Follower(Model):
    """One person, one project; following again is another row."""

    __tablename__ = "project_follower"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_project_follower_living",
            "person_id",
            "project_id",
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
        Index("ix_project_follower_project_id", "project_id"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to", 30))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), info=kept("what to tell of", 30))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("whom to tell", 30))
    since: Mapped[Moment] = mapped_column(default=clock.now, info=kept("from when on", 30))
    until: Mapped[Moment | None] = mapped_column(info=kept("until when", 30))

    person: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own."""
        return seen(select(cls).where(cls.person_id == person.id))


def watchers(project_id: int) -> list[Person]:
    """Who follows this project."""
    living = (Follower.project_id == project_id) & Follower.until.is_(None)
    return list(db.session.scalars(seen(select(Person).join(Follower, Follower.person_id == Person.id).where(living))))


class Followed(Noted):
    """The part of Project that is about those who follow it. Following is one's own affair: the journal has no line."""

    if TYPE_CHECKING:
        id: Any
        title: Any

    def note(self, verb: str, by, *, tell=(), audience: Audience = Audience.PLACE, **ids):
        """What everybody may read is told to the followers too."""
        more = watchers(self.id) if audience is Audience.PUBLIC else []
        return super().note(verb, by, tell=[*tell, *more], audience=audience, **ids)

    def follow(self, *, by) -> None:
        """From now on. Refuses a second time (`FollowsAlready`)."""
        if self.followed_by(by):
            raise FollowsAlready(project=self.title)
        db.session.add(Follower(project_id=self.id, person_id=by.id))

    def unfollow(self, *, by) -> None:
        """No longer. Refuses what was not followed (`FollowsNot`)."""
        follower = self.followed_by(by)
        if follower is None:
            raise FollowsNot(project=self.title)
        follower.until = clock.now()

    def followed_by(self, person) -> Follower | None:
        """The living row of this person."""
        mine = Follower.seen_by(person).where(Follower.project_id == self.id, Follower.until.is_(None))
        return db.session.scalar(mine) if person.id else None
