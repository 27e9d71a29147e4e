"""The parties of an agreement, a row each: a partner, the office of a place, or somebody outside by name."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.office import Office, office_label
from communities.place import Place
from kernel.choice import stored
from kernel.db import Id, Model, Name

from ..partner import Partner

if TYPE_CHECKING:
    from .agreement import Agreement

ONE_OF_THREE = (
    "(partner_id IS NOT NULL AND place_id IS NULL AND office IS NULL AND outside = '')"
    " OR (partner_id IS NULL AND place_id IS NOT NULL AND office IS NOT NULL AND outside = '')"
    " OR (partner_id IS NULL AND place_id IS NULL AND office IS NULL AND outside <> '')"
)


class Party(Model):
    """One who has signed; what it is follows from which of the three columns is filled."""

    __tablename__ = "agreement_party"
    __table_args__ = (CheckConstraint(ONE_OF_THREE, name="one_of_three"),)

    id: Mapped[Id]
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    office: Mapped[Office | None] = mapped_column(stored(Office))
    outside: Mapped[Name] = mapped_column(default="")

    agreement: Mapped["Agreement"] = relationship(back_populates="parties")
    partner: Mapped[Partner | None] = relationship()
    place: Mapped[Place | None] = relationship()

    @property
    def label(self) -> str:
        """What it is called: “白鹭科技”, “东方社区党委”, “韩森寨街道”, or the name that was written."""
        if self.partner is not None:
            return self.partner.name
        return office_label(self.office, self.place) if self.office and self.place else self.outside

    @property
    def sign(self) -> tuple:
        """What makes it the same party: nobody signs twice."""
        return self.partner_id, self.place_id, self.office, self.outside or ""
