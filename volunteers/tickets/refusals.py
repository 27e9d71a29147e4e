"""Why somebody gets no ticket, or cannot do with it what he wants: sentences."""

from kernel.i18n import _
from kernel.work import Refusal


class NoTickets(Refusal):
    """The duty has no door for residents, or it is shut."""

    message = _("这一场现在不取号，请看看别的场次，或者问问社区。")


class HasTicket(Refusal):
    """One living ticket for a person, or a phone number, and a shift."""

    message = _("这一场已经取过号了：一个人、一个手机号，一场只取一个。要多带人，先退号再重新取。")


class PartyTooLarge(Refusal):
    """More than the duty takes at once, or than there are places at one time."""

    message = _("一个号最多 %(most)s 人。人多请分开取，或者打电话问社区。")
    field = "size"


class SlotFull(Refusal):
    """Somebody was faster, for this time only."""

    message = _("这个时段的号不够了，请换一个还有号的时段。")
    field = "slot"


class SayLocal(Refusal):
    """The tickets are for those who live here, by their own word."""

    message = _("这一场的号只给本社区的居民。您住在本社区的话，请勾上“我住在本社区”。")
    field = "local"


class OfferOver(Refusal):
    """The time to answer is over."""

    message = _("答复的时间过了，号给了下一位。您可以重新取号。")


class PlaceGone(Refusal):
    """Several were asked at once, and somebody was faster; or the free places do not do for all of the party."""

    message = _("空出来的号刚刚给了别人，或者不够你们一起用。您的位置不动，还在候补。")


class TooFewTickets(Refusal):
    """What was given out is not taken away."""

    message = _("%(when)s那一场已经给出 %(given)s 人的号，不能少于这个数。要少发，请先请人退号。")
    field = "tickets"


class NoPlaceAtDoor(Refusal):
    """The lead sees who did not come."""

    message = _("号都发完了。有人没来的，先点“没来”，空出来的号就能给现场的人。")
    field = "size"


class ToldAlready(Refusal):
    """A colleague rang."""

    message = _("这一位已经有人告知过了。")
