"""A synthetic district: communities with compounds of buildings, people who live in them, teams that serve some."""

import numpy as np

from matching.solvers.inputs import ALWAYS, People, Places, key
from matching.solvers.rules import Rules

PEOPLE, BUILDINGS, COMMUNITIES = 10_000, 3_500, 108
SIDE = 8_500  # metres, for one district
COMPOUNDS = 6  # in a community
TEAMS = 40


def district(people: int = PEOPLE, *, seed: int = 1, share: float = 1.0) -> tuple[People, Places, Rules]:
    """As many districts as these people are; `share` of them are there, the buildings all."""
    dice = np.random.default_rng(seed)
    size = people / PEOPLE
    side = SIDE * size**0.5
    places, compounds = buildings(dice, int(BUILDINGS * size), max(int(COMMUNITIES * size), 1), side)
    there = persons(dice, int(people * share), places, compounds)
    everybody = with_teams(dice, there, places, max(int(TEAMS * size), 1))
    return everybody, places, rules(dice, everybody, places)


def buildings(dice, count: int, communities: int, side: float) -> tuple[Places, np.ndarray]:
    """Buildings stand in compounds, these in communities; 3 % of them have no coordinates yet."""
    centres = dice.uniform(0, side, (communities, 2))
    compounds = np.repeat(centres, COMPOUNDS, axis=0) + dice.normal(0, 220, (communities * COMPOUNDS, 2))
    compound = np.sort(dice.integers(0, len(compounds), count))
    at = compounds[compound] + dice.normal(0, 60, (count, 2))
    at[dice.random(count) < 0.03] = np.nan
    seats = dice.choice([1, 2, 3, 4], count, p=[0.2, 0.3, 0.3, 0.2])
    reserved = np.where(dice.random(count) < 0.05, 1, 0)
    return Places(
        ids=10_000 + np.arange(count),
        x=at[:, 0],
        y=at[:, 1],
        compound=compound,
        community=compound // COMPOUNDS,
        seats=seats,
        reserved=reserved,
        papers=reserved,
        skills=bits(dice, count, 0.1),
        languages=np.where(dice.random(count) < 0.1, 1, 0),
        times=np.where(dice.random(count) < 0.2, 1 << dice.integers(0, 14, count), 0),
        urgency=np.where(dice.random(count) < 0.2, dice.integers(0, 301, count), 0),
        members=dice.random(count) < 0.1,
    ), compounds


def persons(dice, count: int, places: Places, compounds: np.ndarray) -> People:
    """Two in three live in a building of the list; some compounds have many volunteers; 5 % have no coordinates."""
    lively = dice.gamma(0.7, size=len(compounds))
    compound = dice.choice(len(compounds), count, p=lively / lively.sum())
    low, high = np.searchsorted(places.compound, compound), np.searchsorted(places.compound, compound, "right")
    home = np.where(
        (high > low) & (dice.random(count) < 0.65), low + (dice.random(count) * (high - low)).astype(int), -1
    )
    at = compounds[compound] + dice.normal(0, 80, (count, 2))
    at[dice.random(count) < 0.05] = np.nan
    return People(
        ids=1 + np.arange(count),
        x=at[:, 0],
        y=at[:, 1],
        compound=compound,
        community=compound // COMPOUNDS,
        home=np.where(home >= 0, places.ids[home], -1),
        capacity=dice.choice([1, 2], count, p=[0.85, 0.15]),
        skills=bits(dice, count, 0.2),
        languages=np.where(dice.random(count) < 0.3, 1, 0),
        papers=np.where(dice.random(count) < 0.15, 1, 0),
        free=np.where(dice.random(count) < 0.02, 0, dice.integers(1, 2**14, count)),
        hours=dice.gamma(1.5, 12, count),
        kept=np.clip(dice.normal(92, 12, count), 0, 100),
        member=dice.random(count) < 0.2,
    )


def bits(dice, count: int, share: float) -> np.ndarray:
    """Each of eight skills with this probability."""
    return (dice.random((count, 8)) < share) @ (1 << np.arange(8))


def with_teams(dice, people: People, places: Places, count: int) -> People:
    """People and as many teams, each of which serves two communities and has its members in one compound of them."""
    row = dice.integers(0, len(places), count)
    keys = [key(number + 1, True) for number in range(count)]
    community = places.community[row]
    areas = np.r_[np.c_[keys, community], np.c_[keys, np.maximum(community - 1, 0)]]
    columns = {name: np.r_[getattr(people, name), fill] for name, fill in team_columns(dice, count).items()}
    return People(
        **columns,
        areas=areas,
        homes=np.c_[keys, places.compound[row], dice.integers(10, 90, count)],
    )


def team_columns(dice, count: int) -> dict[str, np.ndarray]:
    """The columns of teams beside those of persons."""
    nowhere, nothing = np.full(count, np.nan), np.full(count, -1)
    return {
        "ids": 1 + np.arange(count),
        "partner": np.ones(count, bool),
        "x": nowhere,
        "y": nowhere,
        "compound": nothing,
        "community": nothing,
        "home": nothing,
        "capacity": dice.integers(3, 12, count),
        "skills": bits(dice, count, 0.4),
        "languages": np.ones(count, np.int64),
        "papers": np.ones(count, np.int64),
        "free": np.full(count, ALWAYS),
        "hours": np.zeros(count),
        "kept": np.full(count, 100),
        "member": np.zeros(count, bool),
    }


def rules(dice, people: People, places: Places) -> Rules:
    """One in fifty has declined a building, one in five hundred must not meet one, one in five held one before."""

    def some(share: float) -> np.ndarray:
        rows = np.flatnonzero(dice.random(len(people)) < share)
        home = people.compound[rows]
        low, high = np.searchsorted(places.compound, home), np.searchsorted(places.compound, home, "right")
        near = low + (dice.random(len(rows)) * (high - low)).astype(int)
        right = (home >= 0) & (high > low)
        return np.c_[people.keys[rows[right]], places.ids[near[right]]]

    return Rules(declined=some(0.02), conflicts=some(0.002), held=some(0.2))
