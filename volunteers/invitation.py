"""The mail that brings an appointment into somebody's calendar: the same in words, in his language and to him alone."""

from dataclasses import dataclass
from email.message import EmailMessage

from kernel import mail
from kernel.calendar import Event, invitation_bytes, line, lines, method
from kernel.i18n import _, force_locale, span

MOST = 20  # mails to one person in a day; what is taken down is always said


@dataclass(frozen=True)
class Invitation:
    """What is mailed: the event as it is now, to whom, and what is to be said beside it.

    `known`: the calendar has the event already. `why`: why the shift does not take place. `last`: of this day.
    """

    mail_id: int
    event: Event
    to: str
    name: str
    language: str
    community: str
    known: bool
    why: str
    last: bool

    @property
    def id(self) -> str:
        """The Message-ID: a mail that is sent again after a death is the same mail."""
        of = self.event.uid.partition("@")[0]
        return f"<{of}.{self.event.sequence}.{method(self.event).lower()}@{mail.sender().domain}>"


def letter(invitation: Invitation) -> EmailMessage:
    """The whole mail: words, calendar entry, and the entry as a file. Raises `mail.NoAddress`."""
    with force_locale(invitation.language):
        site = str(_("社区合伙人"))
        name = f"{site} · {line(invitation.community)}" if invitation.community else site
        found = mail.message(invitation.to, subject(invitation), text(invitation), name=name)
    found["Message-ID"] = invitation.id
    people = {"organizer": mail.sender(name), "attendee": mail.address(invitation.to, line(invitation.name))}
    entry = invitation_bytes(invitation.event, **people, language=invitation.language)
    mail.add_calendar(found, entry, method(invitation.event))
    return found


def subject(invitation: Invitation) -> str:
    """What has happened, what and when."""
    event = invitation.event
    facts = {"title": line(event.summary), "span": span(event.starts, event.ends)}
    if event.cancelled:
        said = (
            _("取消了：%(title)s，%(span)s", **facts) if invitation.why else _("不去了：%(title)s，%(span)s", **facts)
        )
    elif invitation.known:
        said = _("有变动：%(title)s，%(span)s", **facts)
    else:
        said = _("已报名：%(title)s，%(span)s", **facts)
    return str(said)


def text(invitation: Invitation) -> str:
    """The words: when, where, what to mind, how to leave, and that an answer reaches nobody."""
    event = invitation.event
    parts = [_("%(name)s，您好：", name=line(invitation.name)), first(invitation), facts(event)]
    parts += goodbye(invitation) if event.cancelled else [lines(event.description)]
    if invitation.last:
        url = mail.site_link("/me")
        parts.append(_("今天已经给您发了 %(most)s 封，还有的明天再发。现在就想看全：%(url)s", most=MOST, url=url))
    parts += closing(event)
    return "\n\n".join(map(str, filter(None, parts))) + "\n"


def first(invitation: Invitation):
    """What has happened, in a sentence."""
    if invitation.event.cancelled:
        return _("这一场取消了，不用来了。") if invitation.why else _("这一场您现在没有名额了，不用来。")
    return _("您报名的这一场，时间或地点有变动：") if invitation.known else _("您报上名了：")


def facts(event: Event) -> str:
    """What, when and where."""
    when = _("时间：%(span)s", span=span(event.starts, event.ends))
    rows = [line(event.summary), when, _("地点：%(place)s", place=line(event.location))]
    return "\n".join(map(str, rows))


def goodbye(invitation: Invitation) -> list:
    """Why it does not take place, and where it stands."""
    why = [_("原因：%(reason)s", reason=lines(invitation.why))] if invitation.why else []
    return [*why, _("详情：%(url)s", url=invitation.event.url)]


def closing(event: Event) -> list:
    """What the mail does with the calendar, and why he gets it."""
    does = (
        _("您邮箱里的日历会自己记上，以后有变动也会自己改。")
        if not event.cancelled
        else _("您邮箱里的日历会自己拿掉。")
    )
    never = _("在邮件里点“接受”“拒绝”或者回信，我们收不到。去不了，请点上面的链接。")
    why = _("您收到它，是因为您选了把活动发到邮箱的日历里。不想要了：%(url)s", url=mail.site_link("/me/account"))
    return [does, *([] if event.cancelled else [never]), why]
