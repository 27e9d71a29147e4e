"""Answering a need: solved, confirmed by whoever said it, opened again, asked once more after four weeks."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from communities.working_day import working_days_after
from kernel import clock
from kernel.i18n import _
from kernel.work import Refusal

from .need_state import State, Stated
from .receiving import ANSWER_IN
from .recheck import Kind, Recheck, Way

FOUR_WEEKS = timedelta(weeks=4)


class SayWhatWasDone(Refusal):
    """Whoever said it reads what was done."""

    message = _("请写一句做了什么，反映的人会看到。")
    field = "answer"


class SayWhatIsWrong(Refusal):
    """Who opens it again says what is still wrong."""

    message = _("请写一句还有哪里没解决，好接着办。")
    field = "reason"


class NothingAsked(Refusal):
    """Answered already, by a link that was used, in another window, or on the telephone."""

    message = _("这件事已经答过了，谢谢您。要是又有问题，请再说一次。")


class Answering(Stated):
    """The part of Need that is about its end."""

    if TYPE_CHECKING:
        partner: Any
        answer: Any
        due: Any
        solved_on: Any
        confirmed_on: Any
        recheck_on: Any
        rechecks: Any
        merged_into: Any
        told: Any
        followers: Any

    @property
    def question(self) -> Recheck | None:
        """The re-check that waits for an answer."""
        return next((row for row in self.rechecks if row.answered_at is None), None)

    def solved(self, answer: str, *, by) -> None:
        """It is done, and what was done; whoever said it is asked whether it is so. Refuses without words."""
        if not answer.strip():
            raise SayWhatWasDone
        self._move(State.SOLVED)
        self.answer, self.reason, self.due = answer, "", None
        self.solved_on, self.recheck_on = clock.today(), clock.today() + FOUR_WEEKS
        Recheck.ask(self, Kind.SOLVED)
        self._tell("need.solved", by, tell=self.told)

    def confirm(self, *, way: Way, by) -> None:
        """解决了, says whoever said it, or whoever rang him. Refuses when nothing was asked (`NothingAsked`)."""
        self._close_questions(True, way)
        if self.state is State.SOLVED:
            self._move(State.CONFIRMED)
            self.confirmed_on = clock.today()
            self._tell("need.confirmed", by, tell=self._partner_people())
        else:
            self._tell("need.confirmed_again", by)

    def still_wrong(self, reason: str, *, way: Way, by) -> None:
        """没解决: it is opened again with what is still wrong. Refuses without words, and when nothing was asked."""
        if not reason.strip():
            raise SayWhatIsWrong
        self._close_questions(False, way)
        self._open_again(reason, by)

    def reopen(self, reason: str, *, by) -> None:
        """The staff open it again: it was not solved, not to be declined, or not the same as the other one."""
        if not reason.strip():
            raise SayWhatIsWrong
        self._open_again(reason, by)
        for row in self.rechecks:
            if row.answered_at is None:
                row.answer(None, None)

    def ask_again(self) -> bool:
        """Four weeks later whoever said it is asked once more; called by the clock, and again at any time."""
        if self.recheck_on is None or self.recheck_on > clock.today():
            return False
        self.recheck_on = None
        if self.state not in (State.SOLVED, State.CONFIRMED):
            return False
        if self.question is None:
            Recheck.ask(self, Kind.LATER)
        self._tell("need.asked_again", None, tell=self.followers)
        return True

    def _open_again(self, reason: str, by) -> None:
        self._move(State.REOPENED, reason)
        self.merged_into = None
        self.due, self.recheck_on = working_days_after(clock.today(), ANSWER_IN), None
        self._tell("need.reopened", by, tell=[*self.told, *self._partner_people()])

    def _close_questions(self, solved: bool, way: Way) -> None:
        if self.question is None or self.state not in (State.SOLVED, State.CONFIRMED):
            raise NothingAsked
        for row in self.rechecks:
            if row.answered_at is None:
                row.answer(solved, way)

    def _partner_people(self) -> list:
        return self.partner.managers if self.partner else []
