"""Two notices of 31小区: the water is off in two days, the lift of a building is serviced in four."""

from datetime import time, timedelta

from kernel import clock
from partners.announcement import Announcement
from partners.announcement_words import Kind

from .scale import DONGFANG
from .town import Town

TOLD = (  # what, in how many days, from when until when, its line, whether it is about the first building only
    (Kind.WATER, 2, time(9), time(17), "换总阀（示例），请提前接好水。", False),
    (Kind.UPKEEP, 4, time(14), time(16, 30), "电梯年检（示例），请走楼梯，不方便的打社区电话。", True),
)


def tell(town: Town) -> None:
    """They were told yesterday by the community, and stand among the public news."""
    here = town.community(DONGFANG)
    building = min(one for one in here.buildings if one > here.compound_31)
    yesterday = town.now - timedelta(days=1)
    for kind, days, begins, ends, words, is_of_building in TOLD:
        day, place = town.today + timedelta(days=days), building if is_of_building else here.compound_31
        span = {"starts_at": clock.at(day, begins), "until": clock.at(day, ends)}
        facts = {"kind": kind, "words": words, "written_at": yesterday, "changed_at": yesterday}
        row = town.rows.add(Announcement, place_id=place, **facts, **span)
        told = {"spot": place, "announced": kind.value}
        about = {"by": here.lead_id, "place": place, "public": True}
        town.note(yesterday, "announcement.made", "announcement", row, **about, **told)
