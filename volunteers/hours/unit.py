"""Recording units: which community keeps a ledger of hours, what it lets in, where its chain ends (67号令 art. 2)."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from communities.place import Kind, Place
from kernel.db import Id, Model, db
from kernel.i18n import _
from kernel.receipt import INSERT
from kernel.work import Refusal

from ..duty import ServiceKind
from .chain import START


class AlreadySo(Refusal):
    """Said twice."""

    message = _("现在就是这样记的，不用再改。")


class RecordingUnit(Noted, Model):
    """A community with its ledger. `entries` and `head` are where the chain ends: a missing last entry shows."""

    __tablename__ = "recording_unit"

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), unique=True)
    takes_report_in: Mapped[bool] = mapped_column(default=False)
    entries: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default=START)

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def of(cls, place: Place) -> "RecordingUnit | None":
        """The ledger of this place; None where nothing was recorded yet."""
        return db.session.scalar(select(cls).where(cls.place_id == place.id))

    @classmethod
    def hold(cls, place: Place) -> "RecordingUnit":
        """The ledger of this place, made where there is none, locked for this `work()`: who appends holds it."""
        fresh = {"place_id": place.id, "takes_report_in": False, "entries": 0, "head": START}
        insert = INSERT[db.engine.dialect.name](cls).values(fresh)
        db.session.execute(insert.on_conflict_do_nothing())
        held = select(cls).where(cls.place_id == place.id).with_for_update(of=cls, key_share=True)
        return db.session.scalars(held.execution_options(populate_existing=True)).one()

    def take_report_in(self, yes: bool, *, by) -> None:
        """Whether 党员报到 counts here as volunteer hours (67号令 art. 19). Refuses what is so (`AlreadySo`)."""
        if self.takes_report_in is yes:
            raise AlreadySo
        self.takes_report_in = yes
        self.note("hours.takes_report_in" if yes else "hours.leaves_report_in", by, place=self.place_id)

    def takes(self, kind: ServiceKind) -> bool:
        """67号令 art. 19: voluntary, unpaid service; 党员报到 where this unit says so; nothing else."""
        return kind in kinds(self)


def kinds(unit: RecordingUnit | None) -> list[ServiceKind]:
    """The kinds of service that this unit records."""
    report_in = [ServiceKind.REPORT_IN] if unit is not None and unit.takes_report_in else []
    return [ServiceKind.VOLUNTEER, *report_in]


def recorder_of(place: Place) -> Place:
    """Whose ledger what is done here belongs to: the community it lies in, above the communities the place itself."""
    if place.kind is Kind.COMMUNITY:
        return place
    above = select(Place).where(Place.id.in_(place.ancestor_ids), Place.kind == Kind.COMMUNITY)
    return db.session.scalar(above) or place
