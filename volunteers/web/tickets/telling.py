"""What the journal says of residents' tickets; a line names the number, never the person."""

from flask import url_for

from communities import journal
from kernel.i18n import _

SENTENCES = {
    "counter.opened": _("“%(duty)s”给居民开了门，可以取号了"),
    "counter.changed": _("“%(duty)s”给居民取号的办法改了"),
    "shift.tickets": _("%(shift)s 的号数改了，现在一共 %(count)s 个"),
    "ticket.taken": _("%(shift)s 的 %(number)s 号取好了"),
    "ticket.waiting": _("%(shift)s 的号发完了，%(number)s 号在候补，有空号就通知"),
    "ticket.offered": _("%(shift)s 有空号了，轮到 %(number)s 号，请在%(until)s前答复"),
    "ticket.first_yes": _("%(shift)s 空出了号，时间很近，候补的各位谁先点“我来”就是谁的"),
    "ticket.lapsed": _("%(shift)s 没等到 %(number)s 号的答复，先给了下一位；还想来可以重新取号"),
    "ticket.returned": _("%(shift)s 的 %(number)s 号退了"),
    "ticket.cancelled": _("%(shift)s 取消了，%(number)s 号不用来了，原因写在这一场的页面上"),
    "ticket.restored": _("%(shift)s 恢复了，%(number)s 号的位置还在，请再看一眼"),
    "ticket.moved": _("%(shift)s 是改过的时间，%(number)s 号还算数，来之前请再看一眼"),
    "ticket.came": _("%(shift)s 的 %(number)s 号来了"),
    "ticket.absent": _("%(shift)s 的 %(number)s 号没有来"),
    "ticket.walked_in": _("%(by)s在现场给了 %(shift)s 的 %(number)s 号"),
    "ticket.told": _("%(by)s打电话告诉了 %(shift)s 的 %(number)s 号"),
}


def set_up() -> None:
    """Tell the journal."""
    journal.speaks(SENTENCES)
    journal.addresses("ticket", lambda id: url_for("tickets.show", id=id))
