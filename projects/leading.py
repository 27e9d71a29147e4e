"""The lead of a project that several have adopted: one of them, and when it goes the next."""

from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal


class LeadsAlready(Refusal):
    """Two people had the same page open."""

    message = _("“%(partner)s”已经是牵头的了，请刷新后再看。")


class NotAmongThem(Refusal):
    """Only whoever does something of it can lead."""

    message = _("“%(partner)s”现在没有在做这个项目，不能牵头。")


class Leading(Noted):
    """The part of Adoption that is about who leads. One of the living of a project leads, always exactly one."""

    if TYPE_CHECKING:
        project: Any
        partner: Any
        is_living: Any
        leads: Any
        _named: Any

    def take_lead(self, *, by) -> None:
        """The committee or the lead so far passes the lead on to this one."""
        if not self.is_living:
            raise NotAmongThem(partner=self.partner.name)
        if self.leads:
            raise LeadsAlready(partner=self.partner.name)
        self._lead_instead(self.project.lead, by)

    def _lead_goes_on(self, by) -> None:
        """Whoever leads has gone: the one who runs longest leads now, if anybody is left."""
        if not self.leads:
            return
        left = self.project.living_adoptions
        if left:
            min(left, key=lambda one: (one.running_since is None, one.id))._lead_instead(self, by)
        else:
            self.leads = False

    def _lead_instead(self, before, by, *, told: bool = True) -> None:
        if before is not None:
            before.leads = False
            db.session.flush()  # there is one lead a project, in the database too
        self.leads = True
        db.session.flush()
        if told:
            self.note("adoption.leads", by, tell=self.project.followers, **self._named)
