"""The terms of a duty: from when to when one signs up, who decides, whom it fits, and how often one may."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel import clock
from kernel.db import Note
from kernel.i18n import _
from kernel.work import Refusal

FAIR_SPAN = timedelta(days=14)
FAIR_LIFTED = timedelta(hours=24)  # before the start: what is free then is free for everybody


class AgesCrossed(Refusal):
    """Nobody is as old as that and as young as this."""

    message = _("最小年龄比最大年龄还大，请对调一下。")
    field = "least_age"


class ClosedBeforeOpen(Refusal):
    """Sign-up would never be open."""

    message = _("截止比开放还早，就没有人能报名了。请把“提前几小时截止”改小一些。")
    field = "closes_before"


class Terms:
    """The part of a duty that says who signs up how. Hours count back from the start of a shift; null is no limit."""

    opens_before: Mapped[int | None]
    closes_before: Mapped[int | None]
    late_join: Mapped[bool] = mapped_column(default=False)
    confirms: Mapped[bool] = mapped_column(default=False)
    least_age: Mapped[int | None]
    most_age: Mapped[int | None]
    needs_proof: Mapped[bool] = mapped_column(default=False)
    fair_cap: Mapped[int | None]
    materials: Mapped[Note] = mapped_column(default="")

    @property
    def ages(self) -> str:
        """The ages that it fits, in words."""
        return ages(self)


WITHIN = (
    CheckConstraint("opens_before > 0", name="opens_ahead"),
    CheckConstraint("closes_before >= 0", name="closes_ahead"),
    CheckConstraint("fair_cap > 0", name="fair_cap_positive"),
)


def check(*, opens_before=None, closes_before=None, least_age=None, most_age=None, **_others) -> None:
    """Refuse terms that fit nobody: crossed ages (`AgesCrossed`), an end before the opening (`ClosedBeforeOpen`)."""
    if least_age is not None and most_age is not None and least_age > most_age:
        raise AgesCrossed
    if opens_before is not None and closes_before is not None and closes_before >= opens_before:
        raise ClosedBeforeOpen


def opens_at(shift, duty) -> datetime | None:
    """When sign-up opens; None for at once."""
    return shift.starts_at - timedelta(hours=duty.opens_before) if duty.opens_before is not None else None


def closes_at(shift, duty) -> datetime:
    """When sign-up closes."""
    return shift.starts_at - timedelta(hours=duty.closes_before or 0)


def is_late(shift, duty) -> bool:
    """Whether sign-up is closed: now the lead has to agree, where the duty lets people join late at all."""
    return closes_at(shift, duty) <= clock.now()


def is_fair_capped(shift, duty) -> bool:
    """Whether the rolling cap still counts for this shift."""
    return duty.fair_cap is not None and shift.starts_at - FAIR_LIFTED > clock.now()


def ages(duty) -> str:
    """The ages that a duty fits, in words."""
    if duty.most_age is None:
        return str(_("满 %(least)s 周岁的人", least=duty.least_age))
    if duty.least_age is None:
        return str(_("不超过 %(most)s 周岁的人", most=duty.most_age))
    return str(_("%(least)s 到 %(most)s 周岁的人", least=duty.least_age, most=duty.most_age))
