"""How much is built: the figures of the newspaper report of 2024-06, dealt out to the communities of the district."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"
DISTRICT = "610102"
DONGFANG, XIANDONG = "610102004003", "610102004001"
HUANGHE, XINGLE = "610102002002", "610102001003"
HANSENZHAI = "610102004"


@dataclass(frozen=True)
class Scale:
    """How many districts, which of the communities (by the beginning of their code), how many days of history."""

    districts: int = 1
    only: tuple[str, ...] = (DISTRICT,)
    days: int = 365


SCALES = {
    "tiny": Scale(only=(DONGFANG, XIANDONG, HUANGHE), days=42),
    "small": Scale(only=(HANSENZHAI, HUANGHE, XINGLE)),
    "district": Scale(),
    "city": Scale(districts=10, only=(DISTRICT, "6199")),
}
TOTALS = {
    "grids": 275,
    "dedicated": 285,
    "buildings": 3_500,
    "volunteers": 10_000,
    "cadres": 1_500,
    "paired": 112,
    "projects": 500,
}
FIXED = {DONGFANG: {"grids": 3, "dedicated": 3, "buildings": 84, "volunteers": 210}}
EVEN = ("grids", "dedicated", "paired")


@dataclass(frozen=True)
class Quota:
    """What one community gets of the district's figures."""

    grids: int
    dedicated: int
    buildings: int
    volunteers: int
    cadres: int
    paired: int
    projects: int


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file of places."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quotas(codes: list[str], rng: Random) -> dict[str, Quota]:
    """The figures of the district, dealt out so that they add up."""
    dealt: dict[str, dict[str, int]] = {code: {} for code in codes}
    for what, total in TOTALS.items():
        fixed = {code: figures[what] for code, figures in FIXED.items() if code in dealt and what in figures}
        others = [code for code in codes if code not in fixed]
        weights = [1.0 if what in EVEN else rng.uniform(0.8, 1.25) for _ in others]
        shares = dict(zip(others, deal(total - sum(fixed.values()), weights, rng), strict=True)) | fixed
        for code in codes:
            dealt[code][what] = shares[code]
    return {code: Quota(**figures) for code, figures in dealt.items()}


def deal(total: int, weights: list[float], rng: Random) -> list[int]:
    """Whole numbers in these proportions with this sum; what is left over goes to the largest remainders."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda n: (shares[n] - exact[n], rng.random()))
    for number in order[: total - sum(shares)]:
        shares[number] += 1
    return shares


def example_district(number: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The subdistricts and communities of an invented district, shaped like the real one."""
    prefix = f"6199{number:02}"
    subdistricts = [
        {"code": prefix + row["code"][6:], "name": f"示例街道-{number:02}-{n}"}
        for n, row in enumerate(read("subdistricts.csv"), 1)
    ]
    communities = [
        {"code": prefix + row["code"][6:], "name": f"示例社区-{number:02}-{n:03}", "status": "example"}
        for n, row in enumerate(read("communities.csv"), 1)
    ]
    return subdistricts, communities
