"""台账: the tables that staff keep. Every package registers its own by name; one page and one writer serve them all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from . import clock
from .export import write
from .i18n import _
from .work import Refusal

MOST = 5_000  # rows of one workbook: more keeps others waiting
SIGNERS = (_("填表人"), _("审核人"), _("日期"))

Filters = Mapping[str, str]


class TooLong(Refusal):
    """A workbook of that size keeps others waiting."""

    message = _("超过 %(most)s 行，一次下载不完。请选一个街道或社区，分几次下载。")


@dataclass(frozen=True)
class Ledger:
    """One table: its `name` in addresses, what it is called, its columns by key in their order.

    `rows(person, filters)` gives the cells in the order of the columns, and only of what this person may know.
    `filters` are words of the address (`place` is the code of a place); what a ledger does not know it leaves alone.
    `action` is the rule that opens it. Cells are what `kernel.export.write` takes.
    """

    name: str
    label: Any
    columns: Mapping[str, Any]
    rows: Callable[[Any, Filters], Iterable[Sequence]]
    action: str = "ledger:see"

    def some(self, person, filters: Filters) -> list[Sequence]:
        """The rows, if one workbook holds them. Raises `TooLong`."""
        rows = list(islice(self.rows(person, filters), MOST + 1))
        if len(rows) > MOST:
            raise TooLong(most=MOST)
        return rows

    def workbook(self, person, filters: Filters, *, place: object = "") -> bytes:
        """The ledger as Excel to print and to keep; `place` is what stands above it. Raises `TooLong`."""
        rows = self.some(person, filters)
        count = _("共 %(count)s 行", count=len(rows))
        return write(
            str(self.label),
            list(self.columns.values()),
            rows,
            place=place,
            as_of=clock.now(),
            notes=[count],
            signers=SIGNERS,
        )


LEDGERS: dict[str, Ledger] = {}


def register(ledger: Ledger) -> None:
    """Add a ledger. Registering it again replaces it."""
    LEDGERS[ledger.name] = ledger
