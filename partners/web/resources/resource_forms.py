"""The forms of resources: what is offered, until when, when it is closed, and why."""

import re

from wtforms import HiddenField

from kernel import clock
from kernel.fields import Clock, Count, Day, Form, Line, Lines, Phone, Pick, Picks, Tick, row_id
from kernel.i18n import _
from kernel.text import ascii_digits

from ...kind import Kind
from ...resources import hours as opening
from ...resources.resource_words import Sort

FACTS = tuple(
    "name spot quantity capacity step_free closed_on_holidays free_hours others_welcome at_once office_answers"
    " confirm_days valid_until".split()
)
TEXTS = ("equipment", "conditions", "terms", "contact_name", "contact_phone")
POINT = re.compile(r"(-?\d{1,2}\.\d+)\s*[,，]\s*(-?\d{1,3}\.\d+)")
SORTS = [("", _("请选择")), *Sort.pairs()]
AT_ONCE = "at-once"
ANSWERS = [(AT_ONCE, _("空着就能约，不用等答复")), ("answered", _("每次都由我们答复"))]


def named(form, word: str):
    """One of several forms of a page: its fields get ids of their own."""
    for field in form:
        field.id = field.label.field_id = f"{word}-{field.short_name}"
    return form


class HoursFields:
    """The windows of seven days, a line each."""

    hours_0 = Line(opening.WEEKDAYS[0], needed=False)
    hours_1 = Line(opening.WEEKDAYS[1], needed=False)
    hours_2 = Line(opening.WEEKDAYS[2], needed=False)
    hours_3 = Line(opening.WEEKDAYS[3], needed=False)
    hours_4 = Line(opening.WEEKDAYS[4], needed=False)
    hours_5 = Line(opening.WEEKDAYS[5], needed=False)
    hours_6 = Line(opening.WEEKDAYS[6], needed=False)


class OfferForm(HoursFields, Form):
    """What somebody lends, and on what conditions."""

    sort = Pick(_("是哪一种"), choices=SORTS)
    name = Line(_("名称"), description=_("大家怎么叫它，比如“幸福剧场”“党群服务中心书画室”。"))
    place = Pick(_("在哪里"), coerce=row_id)
    spot = Line(_("具体位置"), needed=False, most=120, description=_("几楼、哪个门进，比如“二楼东头”。"))
    point = Line(_("坐标"), needed=False, description=_("纬度和经度，比如 34.2513, 109.0144；不填就用上面那个地方的。"))
    quantity = Count(_("同一时间能约几个"), least=1, most=5000, description=_("场地、房间填 1；车位、设备填数量。"))
    capacity = Count(_("容纳多少人"), needed=False, least=1, most=100_000)
    capability_id = Pick(_("是哪项本领"), coerce=row_id, needed=False, description=_("专长才用选。"))
    equipment = Lines(_("有什么设备"), needed=False, most=500)
    step_free = Tick(_("没有台阶，轮椅能到"))
    conditions = Lines(_("使用的条件"), needed=False, most=1000, description=_("要注意什么、要带什么、不能做什么。"))
    closed_on_holidays = Tick(_("法定节假日不开"))
    free_for = Picks(_("对谁免费"), choices=Kind.pairs(), description=_("勾上的，按下面的小时数免费用。"))
    free_hours = Count(
        _("每家每月免费几小时"), needed=False, least=1, most=744, description=_("不填就是不限。约了没来的也算用过。")
    )
    others_welcome = Tick(_("别的合伙人也可以申请（由我们答复）"))
    terms = Line(
        _("别的合伙人怎么算"),
        needed=False,
        most=120,
        description=_("免费，或每小时最多多少元；当面结算，本站不经手钱。"),
    )
    at_once = Pick(_("怎么约"), choices=ANSWERS)
    office_answers = Tick(_("请社区工作人员也能代我们答复"))
    confirm_days = Count(
        _("提前几天再确认"),
        least=0,
        most=14,
        description=_("填 3：三天前还没确认的，自动放出给排队的人。填 0 不用确认。"),
    )
    contact_name = Line(_("找谁"), needed=False, description=_("有事问谁，比如“值班室”。"))
    contact_phone = Phone(_("电话"), needed=False)
    valid_until = Day(_("提供到"), description=_("到期前 30 天和 7 天提醒您再确认，过期就不能约了。"))
    version = HiddenField()

    def validate(self, extra_validators=None):
        """Every field by itself, then the hours and the point."""
        good = super().validate(extra_validators)
        for number in range(len(opening.WEEKDAYS)):
            try:
                opening.parse(self[f"hours_{number}"].data or "")
            except opening.HoursUnclear as unclear:
                self.checked(f"hours_{number}", str(unclear))
        if self.point.data and self.where is None:
            self.checked("point", _("坐标看不懂，请写成“纬度, 经度”，比如 34.2513, 109.0144。"))
        return good and not self.errors

    @property
    def where(self) -> tuple[float, float] | None:
        """The point that was typed."""
        found = POINT.fullmatch(ascii_digits(self.point.data or "").strip())
        point = (float(found[1]), float(found[2])) if found else None
        return point if point and abs(point[0]) <= 90 and abs(point[1]) <= 180 else None

    @property
    def facts(self) -> dict:
        """The facts as the model calls them, without the rows that they name."""
        lat, lon = self.where or (None, None)
        texts = {name: self[name].data or "" for name in TEXTS}
        said = {name: self[name].data for name in FACTS}
        week = [opening.parse(self[f"hours_{number}"].data or "") for number in range(len(opening.WEEKDAYS))]
        kinds = [kind.value for kind in Kind if kind.value in self.free_for.data]
        words = {"spot": self.spot.data or "", "at_once": self.at_once.data == AT_ONCE, "sort": Sort(self.sort.data)}
        return texts | said | words | {"hours": week, "free_for": kinds, "lat": lat, "lon": lon}

    @property
    def shown(self) -> int:
        """The version that was shown when the typing began, 0 for none."""
        sent = str(self.version.data or "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def known(resource) -> dict:
    """What is stored of a resource, as its form calls it."""
    said = {name: getattr(resource, name) for name in (*FACTS, *TEXTS, "capability_id", "free_for", "version")}
    week = {f"hours_{number}": opening.typed(windows) for number, windows in enumerate(resource.hours)}
    point = f"{resource.lat}, {resource.lon}" if resource.lat is not None else ""
    at_once = ANSWERS[0 if resource.at_once else 1][0]
    return said | week | {"point": point, "sort": resource.sort.value, "place": resource.place_id, "at_once": at_once}


class RenewForm(Form):
    """Does it still stand?"""

    valid_until = Day(_("提供到"), description=_("最多两年以后。"))


class CloseForm(Form):
    """A time at which it is not lent."""

    first = Day(_("从哪天"))
    starts = Clock(_("几点"), needed=False)
    last = Day(_("到哪天"), needed=False, description=_("不填就是同一天。"))
    ends = Clock(_("几点为止"), needed=False, description=_("都不填就是整天。"))
    reason = Line(_("为什么关"), most=120, description=_("约了这段时间的人会看到，比如“灯光检修”。"))

    @property
    def span(self):
        """From which moment to which."""
        last = self.last.data or self.first.data
        start = clock.at(self.first.data, self.starts.data) if self.starts.data else clock.at(self.first.data)
        end = clock.at(last, self.ends.data) if self.ends.data else clock.at(last) + opening.DAY
        return start, end


class WhyForm(Form):
    """Why: for a pause and for an end."""

    reason = Lines(_("原因"), needed=False, most=500, description=_("大家会看到，约了的人会收到消息。"))
