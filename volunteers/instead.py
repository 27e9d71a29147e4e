"""Not instead of the property contract (product.md rule 15): work that owners pay for needs a public reason."""

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.choice import Choice, stored
from kernel.db import Title
from kernel.i18n import _
from kernel.work import Refusal
from partners.contract_service import ContractService


class Grounds(Choice):
    """Why volunteers do what the owners pay somebody else for."""

    EMERGENCY = "emergency", _("应急")
    TOGETHER = "together", _("共建活动")
    OUTSIDE = "outside", _("合同外部分")


class PublicReasonNeeded(Refusal):
    """What is paid for is not asked of volunteers without a word."""

    message = _(
        "这项在物业合同内（%(contract)s）。志愿者不替代业主付过钱的服务：请在岗位说明里选一个公开的理由，"
        "应急、共建活动或合同外部分，人人看得到。"
    )
    field = "grounds"


class WhichPart(Refusal):
    """“Outside the contract” says nothing by itself."""

    message = _("选了“合同外部分”，请写明哪一部分不在合同里，人人看得到。")
    field = "grounds_words"


class Instead:
    """The part of a duty that says why it is done though it falls under a property contract."""

    if TYPE_CHECKING:
        place: Any
        category_id: Any

    grounds: Mapped[Grounds | None] = mapped_column(stored(Grounds))
    grounds_words: Mapped[Title] = mapped_column(default="")

    @property
    def contract(self) -> ContractService | None:
        """What the owners pay for today under which this work falls; nothing outside compounds."""
        return ContractService.covering(self.place, self.category_id)

    def must_have_grounds(self) -> None:
        """Raises `PublicReasonNeeded` for new dates of what fell under a contract after it was written."""
        check_grounds(self.place, self.category_id, self.grounds, self.grounds_words)


def check_grounds(place, category_id: int, grounds: Grounds | None, words: str) -> None:
    """Refuse work that falls under a contract without a public reason, and one that says too little (`WhichPart`)."""
    if grounds is Grounds.OUTSIDE and not words.strip():
        raise WhichPart
    if grounds is None and (contract := ContractService.covering(place, category_id)) is not None:
        raise PublicReasonNeeded(contract=contract.words)
