"""What an office does with an agreement: record, correct, renew, let it run out, end it early, keep its paper."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm.attributes import flag_modified

from communities.noted import Noted
from communities.place import Place
from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.scan import Scan
from kernel.stored_file import StoredFile
from kernel.work import Refusal

from .party import Party
from .term import State

if TYPE_CHECKING:
    from .agreement import Agreement


class TooFewParties(Refusal):
    """Nobody signs with himself."""

    message = _("一份协议至少有两方，请把另一方也选上或写上。")
    field = "outside"


class DaysDisagree(Refusal):
    """The days of an agreement follow one another."""

    message = _("日期前后对不上：签订不能在今天以后，到期不能在开始以前。")
    field = "until"


class OverAlready(Refusal):
    """What is over stays as it was."""

    message = _("“%(agreement)s”现在是“%(state)s”，这一步做不了。要接着合作，请登记一份新的。")


class RenewedAlready(Refusal):
    """An agreement has one renewal."""

    message = _("“%(agreement)s”已经续签过了，新的一份在这一页上。")


class NoEnd(Refusal):
    """What has no last day neither runs out nor is renewed."""

    message = _("“%(agreement)s”没有写到期日，不用续签；不合作了，请提前终止。")


class WhyEnded(Refusal):
    """Whoever reads of it later wants to know."""

    message = _("请写一句为什么提前终止，各方都会看到。")
    field = "reason"


class NotThatDay(Refusal):
    """It ends on a day that has come."""

    message = _("终止的日子不能在今天以后，也不能在签订以前。")
    field = "ended_on"


class ChangedMeanwhile(Refusal):
    """What was saved is not what was shown when the typing began."""

    message = _("您填写的时候，同事改过这份协议。您填的还在；请打开协议页对照后再存一次。")


class Signing(Noted):
    """The part of Agreement that is about what was signed."""

    if TYPE_CHECKING:
        id: Any
        title: Any
        signed_on: Any
        since: Any
        until: Any
        runs_out: Any
        ended_on: Any
        reason: Any
        place: Any
        parties: Any
        file: Any
        renewals: Any
        version: Any
        reminded_days: Any
        state: Any
        _everybody: Any

    @classmethod
    def record(cls, place: Place, parties: list[Party], *, by, renews: "Agreement | None" = None, **facts):
        """Keep what was signed, at the office of this place.

        Refuses a single party (`TooFewParties`) and days that contradict each other (`DaysDisagree`).
        """
        new: Any = cls
        agreement = new(place=place, renews=renews)
        db.session.add(agreement)
        with db.session.no_autoflush:
            agreement._take(parties, facts)
        agreement._note("agreement.renewed" if renews else "agreement.recorded", by)
        return agreement

    def amend(self, parties: list[Party], *, version: int, by, **facts) -> None:
        """Correct what was written down. Refuses as `record`, and a save over a colleague's (`ChangedMeanwhile`)."""
        self._only(*set(State) - {State.ENDED})
        if version != self.version:
            raise ChangedMeanwhile
        before = self.until
        with db.session.no_autoflush:
            self._take(parties, facts)
        if self.until != before:
            self.reminded_days = self.runs_out = None
        flag_modified(self, "title")  # other parties alone are a new version too
        self._note("agreement.amended", by)

    def renew(self, parties: list[Party], *, by, **facts) -> "Agreement":
        """A new agreement that names this one. One at a time: two who press at once come one after the other."""
        self._only(State.VALID, State.ENDING, State.EXPIRED)
        if self.until is None:
            raise NoEnd(agreement=self.title)
        if self.renewal is not None:
            raise RenewedAlready(agreement=self.title)
        self.runs_out = None
        return type(self).record(self.place, parties, by=by, renews=self, **facts)  # type: ignore[arg-type]

    def let_run_out(self, *, by) -> None:
        """It is not renewed: nobody is reminded any more."""
        self._only(State.VALID, State.ENDING)
        if self.until is None:
            raise NoEnd(agreement=self.title)
        if self.renewal is not None:
            raise RenewedAlready(agreement=self.title)
        self.runs_out = clock.today()
        self._note("agreement.runs_out", by)

    def end(self, on: date, reason: str, *, by) -> None:
        """Before its time; `on` is the first day on which it no longer counts."""
        self._only(State.COMING, State.VALID, State.ENDING)
        if not reason.strip():
            raise WhyEnded
        if not self.signed_on <= on <= clock.today():
            raise NotThatDay
        self.ended_on, self.reason = on, reason
        self._note("agreement.ended", by)

    def attach(self, scan: Scan, *, by) -> None:
        """Keep its paper; a wrong one that was there is gone."""
        old, self.file = self.file, StoredFile.keep(scan)
        if old is not None:
            db.session.flush()
            db.session.delete(old)
        self._note("agreement.filed", by)

    @property
    def renewal(self) -> "Agreement | None":
        """The agreement that goes on where this one ends."""
        return next((one for one in self.renewals if one.ended_on is None), None)

    def _take(self, parties: list[Party], facts) -> None:
        for name, value in facts.items():
            setattr(self, name, value)
        if self.signed_on > clock.today() or (self.until and self.until < self.since):
            raise DaysDisagree
        known = {party.sign: party for party in self.parties}
        wanted = {party.sign: known.get(party.sign, party) for party in parties}
        if len(wanted) < 2:
            raise TooFewParties
        self.parties = list(wanted.values())

    def _only(self, *states: State) -> None:
        if self.state not in states:
            raise OverAlready(agreement=self.title, state=self.state.label)

    def _note(self, verb: str, by) -> None:
        db.session.flush()
        self.note(verb, by, tell=self._everybody(), agreement=self.id)
