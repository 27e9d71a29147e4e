"""What was looked up of a row, once a transaction: pages and rules ask the same of it again and again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event


class Remembering:
    """A model whose rows remember what was found out of them, until the transaction ends."""

    def remember(self, name: str, load: Callable[[Any], Any]) -> Any:
        """What is known under this name, loaded the first time: rights are read again in `work()`."""
        known = self.__dict__.setdefault("_known", {})
        if name not in known:
            known[name] = load(self)
        return known[name]

    def know(self, name: str, fact: Any) -> None:
        """Remember what was found out together with something else."""
        self.__dict__.setdefault("_known", {})[name] = fact

    def forget(self) -> None:
        """What was remembered may have changed: load it again."""
        self.__dict__.pop("_known", None)


@event.listens_for(Remembering, "expire", propagate=True)
def forget(row: Remembering | None, _attributes: Any) -> None:
    """A new transaction knows nothing yet; a row that nobody holds any more is None."""
    if row is not None:
        row.forget()
