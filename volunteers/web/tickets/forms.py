"""The forms of the residents' door: its terms, taking a number, and what the lead writes at the door."""

from kernel.fields import Count, Form, Line, Phone, Pick, Tick, row_id
from kernel.i18n import _

MOST = 500
LARGEST = 20


class CounterForm(Form):
    """How residents come in to a duty."""

    label = Line(_("居民的按钮上写什么"), most=12, description=_("比如“我要理发”“我要看诊”。来帮忙的人用另一个按钮。"))
    tickets = Count(_("每场发几个人的号"), least=1, most=MOST)
    minutes = Count(
        _("几分钟一个时段"),
        needed=False,
        least=5,
        most=600,
        description=_("填了就按时段取号，人数平均分到各个时段；不填就是从头到尾一个队，按号叫。"),
    )
    most = Count(
        _("一个号最多几个人"),
        least=1,
        most=LARGEST,
        description=_("填 2，老两口能取一个号，要么都有，要么一起候补。"),
    )
    local = Tick(_("只给本社区的居民"), description=_("取号的人自己勾一下“我住在本社区”，不查证件。"))
    is_open = Tick(_("现在可以取号"), description=_("不勾就先停发；已经给出的号还算数。"))


class TakeForm(Form):
    """A number for oneself, and perhaps for who comes along."""

    slot = Pick(_("什么时段"), coerce=row_id, needed=False)
    size = Count(_("几个人一起来"), needed=False, least=1, most=LARGEST)
    local = Tick(_("我住在本社区"))


class GuestForm(TakeForm):
    """The same without an account."""

    name = Line(_("怎么称呼您"), most=40, description=_("叫号时用，写“王阿姨”就行。"))
    phone = Phone(_("手机号或座机"), description=_("只在时间有变、轮到您时打给您；活动过后 30 天删掉。"))


class BehalfForm(GuestForm):
    """For somebody who cannot; he gets the slip."""

    name = Line(_("怎么称呼他"), most=40, id="behalf-name")
    phone = Phone(_("他的手机号或座机"), id="behalf-phone")
    size = Count(_("几个人一起来"), needed=False, least=1, most=LARGEST, id="behalf-size")
    slot = Pick(_("什么时段"), coerce=row_id, needed=False, id="behalf-slot")
    reason = Line(_("为什么替他取"), most=200, id="behalf-reason", description=_("号条上会写，比如“打电话来要的”。"))


class DoorstepForm(Form):
    """Who stands at the door."""

    name = Line(_("怎么称呼"), most=40, id="doorstep-name")
    size = Count(_("几个人"), needed=False, least=1, most=LARGEST, id="doorstep-size")


class NumberForm(Form):
    """A number of its own for one date."""

    tickets = Count(
        _("这一场发几个人的号"),
        needed=False,
        most=MOST,
        id="own-tickets",
        description=_("不填就跟岗位定的一样；填 0 就是这一场不取号。"),
    )
