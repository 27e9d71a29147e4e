"""What a person says of himself: the form of address, the home, the language, and how to be told."""

from communities.channel import Channel
from communities.person import Person
from communities.place import Place
from kernel.i18n import LANGUAGES, _
from kernel.work import Refusal

from .volunteer import HOMES, NoHome


class MailNeeded(Refusal):
    """Nobody can be told by mail without an address."""

    message = _("要用邮件通知您，请先填邮箱；不用邮箱的话，通知方式请选别的。")
    field = "email"


def revise(person: Person, *, called: str, email: str, language: str, told_by: Channel, home: Place | None) -> None:
    """Store one's own choices. Refuses mail without an address (`MailNeeded`) and a home that is none (`NoHome`)."""
    if told_by is Channel.MAIL and not email:
        raise MailNeeded
    if home is not None and home.kind not in HOMES:
        raise NoHome
    person.called = called or person.name
    person.email = email or None
    person.calendar_mail = person.calendar_mail and bool(email)
    person.language = language if language in LANGUAGES else None
    person.told_by = told_by
    person.home = home or person.home
