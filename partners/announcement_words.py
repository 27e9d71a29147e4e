"""The words of 小区通知: kinds, states with their moves, and what is refused."""

from datetime import timedelta

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal

LONGEST = timedelta(days=30)
MOST = 100  # characters of its one line


class Kind(Choice):
    """What it is about."""

    WATER = "water", _("停水")
    POWER = "power", _("停电")
    UPKEEP = "upkeep", _("维保")
    OTHER = "other", _("其他")


class State(Choice):
    """Where a notice stands: “changed” is another time or another place than was told first."""

    ANNOUNCED = "announced", _("通知了")
    CHANGED = "changed", _("改过时间或地方")
    CALLED_OFF = "called_off", _("取消了")


ALONE = (Kind.WATER, Kind.POWER)  # of these there is one at a time; two lifts may be serviced on one day
MOVES = {
    State.ANNOUNCED: {State.CHANGED, State.CALLED_OFF},
    State.CHANGED: {State.CHANGED, State.CALLED_OFF},
    State.CALLED_OFF: set(),
}


class NotHere(Refusal):
    """Compounds and buildings have notices."""

    message = _("小区通知发在小区或楼栋上，请先选好是哪个小区。")
    field = "place_id"


class EndsBeforeItBegins(Refusal):
    """No moment lies in it."""

    message = _("结束的时间要比开始晚，请看看日期和钟点。")
    field = "ends"


class TooLong(Refusal):
    """Longer is no notice but how things are."""

    message = _("一条通知最长 30 天。更长的请分开说，或者只写最近的一段。")
    field = "last_day"


class OverAlready(Refusal):
    """What is over concerns nobody."""

    message = _("这段时间已经过了，不用再通知；时间填错的请改一下。")
    field = "last_day"


class SayWhat(Refusal):
    """“Other” says nothing."""

    message = _("选了“其他”，请写一句是什么事。")
    field = "words"


class SaidAlready(Refusal):
    """One notice for one thing: two would be changed apart."""

    message = _("%(place)s这段时间的“%(kind)s”已经通知过了，请在那一条上改。")
    field = "day"


class NothingChanged(Refusal):
    """A change that changes nothing would ring telephones for nothing."""

    message = _("没有改动：时间、地方和说明都和原来一样。")
    field = "words"


class NotInThisState(Refusal):
    """What was called off stays so."""

    message = _("这条通知已经取消了。又要停的话，请另发一条。")
