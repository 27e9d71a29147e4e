"""The places of the demo data: from the district down to the buildings, and the sites of the dedicated grids."""

from random import Random

from communities.place import Kind, Place
from communities.place_import import UNSEARCHED

from .community import Community
from .names import MARK
from .scale import DONGFANG, example_district, quotas, read
from .town import Town

NORTH, EAST = 0.0042, 0.0045  # between communities, in degrees: some 450 and 410 metres
CENTRES = [  # approximate, in the order of the codes
    (34.2660, 108.9530), (34.2700, 108.9990), (34.2650, 108.9720), (34.2540, 109.0060), (34.2740, 108.9620),
    (34.2840, 108.9540), (34.2900, 108.9700), (34.2720, 108.9800), (34.2830, 108.9920),
]  # fmt: skip
DONGFANG_AT = (34.2513, 109.0144)
FORMS = ("小区", "1号院", "3号院", "5号院", "东院", "西院", "家属院", "8号院", "新村", "12号院", "南院", "北院")
SITES = ("便民市场", "小学", "幼儿园", "沿街商铺", "超市", "卫生服务站", "农贸市场", "商业街", "医院门诊部")
GENERATED = "示例：本处为演示数据。"


def survey(town: Town) -> None:
    """All districts of the scale with the chosen communities in them."""
    for number in range(1, town.scale.districts + 1):
        subdistricts, communities = (read("subdistricts.csv"), read("communities.csv"))
        name = "新城区"
        if number > 1:
            subdistricts, communities = example_district(number)
            name = f"示例区-{number:02}"
        code = subdistricts[0]["code"][:6]
        east = 0.12 * (number - 1)
        shares = quotas([row["code"] for row in communities], town.rng(f"quotas {code}"))
        chosen = [row for row in communities if row["code"].startswith(town.scale.only)]
        district = place(town, Kind.DISTRICT, code, name, None, lat=34.268, lon=108.956 + east)
        town.districts.append(district)
        for row, (lat, lon) in zip(subdistricts, CENTRES, strict=True):
            mine = [community for community in chosen if community["code"].startswith(row["code"])]
            if mine:
                position = int(row["code"][6:])
                centre = {"lat": lat, "lon": lon + east}
                above = place(town, Kind.SUBDISTRICT, row["code"], row["name"], district, position=position, **centre)
                town.subdistricts[above[0]] = (row["name"], district[0])
                for facts in mine:
                    settle(town, facts, district, above, centre, shares[facts["code"]])


def place(town: Town, kind: Kind, code: str, name: str, above, **facts) -> tuple[int, str]:
    """One place below another; its id and path."""
    parent, path = above or (None, "/")
    number = town.rows.next(Place)
    path = f"{path}{number}/"
    id = town.rows.add(Place, kind=kind, code=code, name=name, parent_id=parent, path=path, **facts)
    if kind not in UNSEARCHED:
        town.index("place", id, name)
    return id, path


def settle(town: Town, facts, district, above, centre, quota) -> None:
    """A community with its grids, compounds, buildings and sites."""
    code, name = facts["code"], facts["name"]
    position = int(code[9:])
    row, column = divmod(position - 1, 4)
    lat, lon = centre["lat"] + (row - 1) * NORTH, centre["lon"] + (column - 1.5) * EAST
    if code == DONGFANG:
        lat, lon = DONGFANG_AT
    rng = town.rng(f"places {code}")
    buildings = [rng.randint(40, 92) for _ in range(quota.buildings)]
    about = "" if facts["status"] == "real" else "示例：名称待核实。"
    where = {"lat": lat, "lon": lon, "position": position}
    here = place(town, Kind.COMMUNITY, code, name, above, households=sum(buildings), about=about, **where)
    community = Community(code, name, *here, above[0], district[0], quota, town.rng(code))
    town.communities.append(community)
    grids = []
    for number in range(1, quota.grids + 1):
        grid = place(town, Kind.GRID, f"{code}-G{number}", f"第{number}网格", here, position=number)
        grids.append(grid)
    community.grids = [id for id, _ in grids]
    build(town, community, grids, buildings, (lat, lon), rng)
    for number in range(1, quota.dedicated + 1):
        open_sites(town, community, here, number, (lat, lon), rng)
    town.tick()


def build(town: Town, community: Community, grids, buildings: list[int], centre, rng: Random) -> None:
    """Compounds of four to twelve buildings, dealt to the grids; each a cluster of rows on the map."""
    left, number = list(buildings), 0
    while left:
        size = len(left) if len(left) < 8 else rng.randint(5, min(12, len(left) - 3))
        mine, left = left[:size], left[size:]
        row, column = divmod(number, 4)
        lat, lon = round(centre[0] + (row - 1) * 0.0013, 6), round(centre[1] + (column - 1.5) * 0.0016, 6)
        name = compound_name(community, number)
        code = f"{community.code}-Y{number + 1:02}"
        facts = {"lat": lat, "lon": lon, "position": number + 1, "households": sum(mine), "about": GENERATED}
        compound = place(town, Kind.COMPOUND, code, name, grids[number % len(grids)], **facts)
        community.compounds.append((compound[0], name))
        label = "甲字{}号楼" if rng.random() < 0.08 else "{}号楼"
        for position, households in enumerate(mine, 1):
            row, column = divmod(position - 1, 3)
            point = {"lat": round(lat + (row - 1) * 0.00032, 6), "lon": round(lon + (column - 1) * 0.00042, 6)}
            facts = point | {"position": position, "households": households, "about": GENERATED}
            id, _ = place(town, Kind.BUILDING, f"{code}-{position:03}", label.format(position), compound, **facts)
            community.buildings.append(id)
        number += 1


def compound_name(community: Community, number: int) -> str:
    """The factory numbered those of 东方 (11小区, 12小区, 21小区); elsewhere 新中小区, 新中3号院, 新中家属院."""
    if community.code == DONGFANG:
        return f"{number // 2 + 1}{number % 2 + 1}小区"
    form = FORMS[number] if number < len(FORMS) else f"{number + 20}号院"
    return community.stem + form


def open_sites(town: Town, community: Community, here, number: int, centre, rng: Random) -> None:
    """A dedicated grid with one to three shops, markets or schools."""
    code = f"{community.code}-Z{number}"
    grid = place(town, Kind.DEDICATED_GRID, code, f"第{number}专属网格", here, position=100 + number)
    community.dedicated.append(grid[0])
    for position, kind in enumerate(rng.sample(SITES, rng.randint(1, 3)), 1):
        point = {"lat": centre[0] + rng.uniform(-1, 1) * 0.0018, "lon": centre[1] + rng.uniform(-1, 1) * 0.002}
        name = f"{community.stem}{kind}{number if number > 1 else ''}{MARK}"
        place(town, Kind.SITE, f"{code}-S{position}", name, grid, position=position, about=GENERATED, **point)
