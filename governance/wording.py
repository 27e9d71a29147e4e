"""The wording of a need: who may read what it is about, and in which words; taken back as easily as given."""

from typing import TYPE_CHECKING, Any

from kernel.i18n import _
from kernel.work import Refusal

from .need_state import Privacy, Stated


class MatterNeeded(Refusal):
    """What everybody may read is written without any person."""

    message = _("公开事由要写一句不带姓名、电话和门牌的话，例如“楼道灯不亮”。")
    field = "matter"


def check(privacy: Privacy, matter: str) -> None:
    """What is public has words. Raises `MatterNeeded`."""
    if privacy is Privacy.MATTER and not matter.strip():
        raise MatterNeeded


class Wording(Stated):
    """The part of Need that is about what others read of it."""

    if TYPE_CHECKING:
        privacy: Any
        matter: Any
        _index: Any

    def reword(self, privacy: Privacy, matter: str, *, by) -> None:
        """Other public words, or none any more; at any time. Refuses public ones that are empty (`MatterNeeded`)."""
        check(privacy, matter)
        self.privacy, self.matter = privacy, matter
        self._index()
        self._tell("need.reworded", by)
