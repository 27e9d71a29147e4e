"""The forms of needs: three fields for everybody, more for staff, and what is said to one need."""

from wtforms import ValidationError

from kernel.fields import Count, Form, Line, Lines, Pick, Picks, Tick, row_id
from kernel.i18n import _

from ..answer_text import Use
from ..need_state import Privacy, Source
from ..route import MOST_DAYS
from ..voice import reach_in

LONGEST = 1000  # characters of what is wrong
MATTER = _("公开的说法")
NO_NAMES = _("不写姓名、电话、门牌和病情。")


def named(form, word: str):
    """One of several forms of a page: its fields get ids of their own."""
    for field in form:
        field.id = field.label.field_id = f"{word}-{field.short_name}"
    return form


def is_reach(form, field):
    """A number is whole, or there is none."""
    if field.data and reach_in(field.data) is None:
        raise ValidationError(_("电话看着不完整：手机号 11 位，座机带区号。也可以不填电话，只写称呼。"))


class SayForm(Form):
    """What everybody is asked: what, where, how to reach you."""

    words = Lines(_("什么事要解决"), most=LONGEST, description=_("像跟邻居说话一样写，几句就行。"))
    place = Pick(_("在哪里"), coerce=row_id, description=_("选到楼最好；不确定就选小区或社区。"))
    reach = Line(
        _("怎么联系您"),
        needed=False,
        most=60,
        checks=[is_reach],
        description=_("称呼和电话，例如“王阿姨 138 0000 1234”。只用来告诉您结果，只有经办的人看得到。"),
    )


class NoteForm(SayForm):
    """The same, written down by staff for somebody."""

    category_id = Pick(_("类别"), needed=False, coerce=row_id)
    source = Pick(_("怎么知道的"), choices=Source.pairs())
    external_number = Line(_("12345 工单号"), needed=False, most=40)
    behalf_of = Line(_("替谁说的"), needed=False, most=80, description=_("例如：楼上的李爷爷。只有经办的人看得到。"))
    households = Count(_("大约涉及几户"), needed=False, least=1, most=5000)
    privacy = Pick(_("谁能看"), choices=Privacy.pairs())
    matter = Line(MATTER, needed=False, most=120, description=NO_NAMES)
    new_one = Tick(_("看过了，不是同一件"))


class VerifyForm(Form):
    """It is so."""

    category_id = Pick(_("类别"), coerce=row_id)
    privacy = Pick(_("谁能看"), choices=Privacy.pairs())
    matter = Line(MATTER, needed=False, most=120, description=NO_NAMES)


class WordingForm(Form):
    """Who may read it, and in which words."""

    privacy = Pick(_("谁能看"), choices=Privacy.pairs())
    matter = Line(MATTER, needed=False, most=120, description=NO_NAMES)


class DeclineForm(Form):
    """Why nothing is done here."""

    reason = Lines(_("为什么不受理"), most=500, description=_("反映的人会看到，也写上可以找谁。"))


class RouteForm(Form):
    """To another one than the table says."""

    partner_id = Pick(_("转给谁"), coerce=row_id)
    reason = Line(_("为什么转给这一家"), needed=False, most=200, description=_("和转办表不一样的，要写一句。"))


class ByTableForm(Form):
    """To whom the table says: nothing but the button."""


class ReturnForm(Form):
    """Not ours."""

    reason = Lines(_("为什么不归我们"), most=500, description=_("退单不算办得不好，写清楚就行。"))
    owner = Line(_("该找谁"), needed=False, most=40, description=_("知道的话写上，社区好转。"))


class SolveForm(Form):
    """What was done."""

    answer = Lines(_("怎么办的"), most=1000, description=_("反映的人会看到。不写别人的姓名和电话。"))


class ReopenForm(Form):
    """Not solved after all."""

    reason = Lines(_("还有哪里没解决"), most=500, description=_("一句话就够，好接着办。"))


class StillWrongForm(ReopenForm):
    """The same, said by whoever said it first, or on the telephone."""


class MergeForm(Form):
    """Which one says the same."""

    into = Pick(_("并到哪一件"), coerce=row_id)


class RouteLineForm(Form):
    """One line of the routing table."""

    category_id = Pick(_("类别"), coerce=row_id)
    partner_id = Pick(_("转给谁"), coerce=row_id)
    days = Count(_("几个工作日办完"), least=1, most=MOST_DAYS)


class TextForm(Form):
    """The words of an answer."""

    title = Line(_("名称"), most=120, description=_("自己人看的，例如：灯已修好。"))
    words = Lines(_("中文"), most=500)
    words_en = Lines(_("英文"), needed=False, most=500, description=_("反映的人看英文页面时用它。"))


class NewTextForm(TextForm):
    """A text that is not there yet."""

    use = Pick(_("用在哪里"), choices=Use.pairs())


class OldTextForm(TextForm):
    """One that is."""

    is_on = Tick(_("继续用"))


class GatherForm(Form):
    """Needs that say the same, under one title."""

    title = Line(_("专题名称"), most=120, description=_("一句话说清是什么事，不写人名，例如：食堂排风噪音。"))
    needs = Picks(_("放进来的需求"), coerce=row_id, needed=True)


class NewsForm(Form):
    """How it stands."""

    news = Lines(_("有什么进展"), most=500, description=_("这个专题里反映的人会一起看到。"))


class ThemeNeedForm(Form):
    """One of its needs."""

    need = Pick(_("哪一件"), coerce=row_id)


class OneMoreForm(ThemeNeedForm):
    """One that is not in it yet."""
