"""Photos of the demo data: drawings of things, in which nobody can be known; the same few bytes wherever they hang."""

from datetime import timedelta
from functools import cache

from PIL import Image, ImageDraw

from kernel import clock, photo
from kernel.stored_file import StoredFile
from projects.photo import Photo

from .community import Community, Taker
from .town import Town

SIDES = 800, 600
WALL, FLOOR, WOOD, RED, GREEN, LIGHT = "#e9e2d3", "#b9ad97", "#8a5a34", "#b3271e", "#4b7f52", "#ffd867"
STEPS = range(110, 640, 130)
BOXES = {  # what is drawn, one on the other: kind, colour, corners
    "lamp": (
        ("rectangle", FLOOR, (0, 470, 800, 600)), ("ellipse", "#f6ecc8", (230, 60, 570, 400)),
        ("rectangle", "#555", (393, 0, 407, 120)), ("ellipse", LIGHT, (350, 110, 450, 210)),
        ("rectangle", WOOD, (90, 190, 220, 470)), ("rectangle", WOOD, (580, 190, 710, 470)),
    ),
    "wall": (
        ("rectangle", FLOOR, (0, 500, 800, 600)), ("rectangle", WOOD, (120, 420, 680, 510)),
        *(("rectangle", GREEN, (x, 300, x + 12, 420)) for x in range(180, 640, 110)),
        *(("ellipse", RED, (x - 34, 250, x + 46, 330)) for x in range(180, 640, 110)),
    ),
    "class": (
        ("rectangle", FLOOR, (0, 480, 800, 600)), ("rectangle", "#2f4f43", (150, 70, 650, 310)),
        ("rectangle", WOOD, (150, 310, 650, 326)),
        *(("rectangle", WOOD, (x, 420, x + 170, 444)) for x in (90, 315, 540)),
        *(("rectangle", RED, (x, 396, x + 60, 420)) for x in (140, 365, 590)),
    ),
    "stage": (
        ("rectangle", WOOD, (60, 460, 740, 560)), ("rectangle", RED, (60, 60, 170, 460)),
        ("rectangle", RED, (630, 60, 740, 460)),
        *(("ellipse", "#d9483b", (x, 120, x + 90, 220)) for x in (230, 355, 480)),
        *(("rectangle", LIGHT, (x + 38, 220, x + 52, 270)) for x in (230, 355, 480)),
    ),
    "rail": (
        *(("rectangle", FLOOR, (x - 50, 554 - x * 7 // 13, 800, 600)) for x in STEPS),
        *(("rectangle", "#777", (x, 414 - x * 7 // 13, x + 10, 554 - x * 7 // 13)) for x in STEPS),
        *(("ellipse", WOOD, (x, 400 - x * 7 // 13, x + 30, 430 - x * 7 // 13)) for x in range(100, 640, 5)),
    ),
}  # fmt: skip
HUNG = {  # idea → drawing, what is in it, whether the community has looked at it
    "楼道照明更换": (("lamp", "换好的声控灯", True), ("wall", "一楼门口的花箱", True)),
    "小广告清理和楼道美化": (("wall", "清干净的墙面和花箱", True),),
    "暑期四点半课堂": (("class", "放学后的教室，书放好了", True),),
    "社区春晚": (("stage", "挂好灯笼的舞台", True), ("lamp", "后台的灯", False)),
    "居家适老化小改造": (("rail", "楼梯边新装的扶手", True),),
}


@cache
def drawing(name: str) -> photo.Photo:
    """The photo of this name, as the site would keep it."""
    sheet = Image.new("RGB", SIDES, WALL)
    pen = ImageDraw.Draw(sheet)
    for kind, colour, corners in BOXES[name]:
        getattr(pen, kind)(corners, fill=colour)
    return photo.drawn(sheet)


def hang(town: Town, community: Community, project: int, taker: Taker, title: str, ago: int) -> None:
    """The photos of a closed project, a few days after it was closed: the community's, and one that waits for it."""
    at = clock.at(town.today - timedelta(days=ago - 90)) + timedelta(hours=15)
    for name, alt, shown in HUNG.get(title, ()):
        by = community.lead_id if shown else taker.manager_id
        if by is None:
            continue
        drawn = drawing(name)
        kept = StoredFile.facts(drawn.as_scan)
        file = town.rows.add(StoredFile, at=at, **kept)
        facts = {"width": drawn.width, "height": drawn.height, "alt": alt, "shown": shown}
        id = town.rows.add(Photo, project_id=project, file_id=file, by_id=by, consented_at=at, **facts)
        town.note(at, "project.photo_added", "project", project, by=by, place=community.id, project=project, photo=id)
