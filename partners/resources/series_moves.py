"""The verbs of a series: all of its dates at once, one line of the journal for all of them."""

from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from kernel import clock
from kernel.i18n import _
from kernel.work import Refusal

from .booking_words import NothingToConfirm, NotInThisState, State, Why, WhyNot


class NoDates(Refusal):
    """No day between the first and the last fits."""

    message = _("这段日期里没有一天能约：不是所选的星期，就是节假日，或者已经过去了。请改一改日期或星期。")
    field = "last"


class AllBooked(Refusal):
    """One booker, one living booking of a time: nothing of the pattern is left to ask for."""

    message = _("这些日子里的这个时间，您这边都已经约过了，不用再约。")
    field = "last"


class TooManyDates(Refusal):
    """A pattern that would fill the calendar by mistake."""

    message = _("一次最多约 %(most)s 个日子，请缩短日期范围，到期前再接着约。")
    field = "last"


class SeriesMoves(Noted):
    """The part of Series that moves its dates; each verb is called with the row of the resource locked."""

    if TYPE_CHECKING:
        id: Any
        resource: Any
        of_state: Any
        speakers: Any

    def asked(self, *, by) -> None:
        """Say what came of it: to the booker, and to the owner where there is something to answer."""
        granted, asked, waiting = self.counts
        told = [*self.speakers, *(self.resource.runners if asked else ())]
        counts: dict[str, Any] = {"granted": granted or asked, "waiting": waiting}
        self.note("series.asked" if asked else "series.booked", by, tell=told, series=self.id, **counts)

    def accept(self, *, by) -> None:
        """The owner says yes to the series: free dates are granted, the others wait and heal by themselves."""
        self._some(State.ASKED)
        self.resource.lapse()
        for date in self.of_state(State.ASKED, State.WAITING):
            date.approved_at = clock.now()
        for date in self.of_state(State.ASKED):
            why = self.resource.blocked(date) or self._behind(date)
            if why is not None or not date.take():
                date.queue(why or Why.TAKEN)
            else:
                self.resource.displace(date, by=by)
        self._told("series.accepted", by)

    def refuse(self, reason: str, *, by) -> None:
        """The owner says no to what is open of it, and why."""
        dates = self._some(State.ASKED, State.WAITING)
        if not reason.strip():
            raise WhyNot
        for date in dates:
            date.move(State.REFUSED)
            date.reason = reason
        self.note("series.refused", by, tell=self.speakers, series=self.id)
        self._pass_on(dates)

    def withdraw(self, *, by) -> None:
        """The booker needs none of the dates to come; whoever waits gets them."""
        dates = self._some(State.ASKED, State.WAITING, State.GRANTED)
        held = [date for date in dates if date.is_holding]
        for date in dates:
            date.give_up(State.WITHDRAWN)
        told = [*self.speakers, *(self.resource.runners if held else ())]
        self.note("series.withdrawn", by, tell=told, series=self.id, dates=len(dates))
        self._pass_on(dates)

    def confirm(self, *, by) -> None:
        """The booker still needs every date that he was asked about."""
        dates = [date for date in self.of_state(State.GRANTED) if date.asks_to_confirm]
        if not dates:
            raise NothingToConfirm
        for date in dates:
            date.confirmed_at = clock.now()
        self.note("series.confirmed", by, series=self.id, dates=len(dates))

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many dates to come are granted, asked for, waiting."""
        granted, asked, waiting = (len(self.of_state(s)) for s in (State.GRANTED, State.ASKED, State.WAITING))
        return granted, asked, waiting

    def _behind(self, date) -> Why | None:
        """Why a date of a series that is accepted has to wait for somebody else's answer."""
        return Why.OTHERS if self.resource.goes_first(date) else None

    def _some(self, *states: State) -> list:
        found = self.of_state(*states)
        if not found:
            now = next((date.state for date in self.of_state(*State)), State.LAPSED)
            raise NotInThisState(state=now.label)
        return found

    def _told(self, verb: str, by) -> None:
        granted, _asked, waiting = self.counts
        self.note(verb, by, tell=self.speakers, series=self.id, granted=granted, waiting=waiting)

    def _pass_on(self, dates) -> None:
        for date in dates:
            self.resource.heal_after(date)
