"""Notices by mail: an errand for each, and a sweep that finds those that were not sent."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from kernel import clock, mail
from kernel.db import db
from kernel.i18n import _, force_locale
from kernel.jobs import errand, every_minute, nudge
from kernel.logs import log
from kernel.work import work

from .channel import Channel
from .journal import without_names
from .notice import Notice

AGAIN_AFTER = timedelta(minutes=5)
TRIES = 5
AT_ONCE = 200
LOCALES = {"zh": "zh_CN", "en": "en"}


def waiting():
    """A condition: to be sent by mail, and nobody is at it."""
    idle = or_(Notice.tried_at.is_(None), Notice.tried_at < clock.now() - AGAIN_AFTER)
    return (Notice.channel == Channel.MAIL) & Notice.sent_at.is_(None) & Notice.told_at.is_(None) & idle


@every_minute
def send_letters() -> None:
    """Ask for every letter that is not sent: new ones at once, those that failed or died after five minutes."""
    if mail.is_configured():
        for id in db.session.scalars(select(Notice.id).where(waiting()).order_by(Notice.id).limit(AT_ONCE)).all():
            nudge(send_letter, id)


@errand
def send_letter(id: int) -> None:
    """Send one notice. Its row is taken before and ticked after, so that a death repeats it once at most."""
    with work() as session:
        taken = update(Notice).where(Notice.id == id, waiting()).values(tried_at=clock.now(), tries=Notice.tries + 1)
        if session.scalar(taken.returning(Notice.id)) is None:
            return
    notice = db.session.get_one(Notice, id)
    if notice.person.email and notice.tries <= TRIES:
        try:
            mail.send(notice.person.email, *letter(notice))
        except OSError:
            log.warning("letter not sent", notice=id, exc_info=True)
        else:
            with work() as session:
                session.get_one(Notice, id).sent()
            return
    if notice.tries >= TRIES or not notice.person.email:
        with work() as session:
            session.get_one(Notice, id).to_be_rung()


def letter(notice: Notice) -> tuple[str, str]:
    """Subject and text in the language of the one who gets it, without the name of anybody else."""
    with force_locale(LOCALES[notice.person.language or "zh"]):
        line = without_names(notice.line, notice.person)
        more = _("登录后看详情：%(url)s", url=mail.site_link("/notices/"))
        why = _("您收到这封邮件，是因为您在“账号与登录”里选了用邮件告诉您。")
        return str(_("社区合伙人：您有一条新消息")), f"{line}\n\n{more}\n\n{why}\n"
