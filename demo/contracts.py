"""What the owners of some compounds pay for, and why volunteers help with the same all the same."""

from datetime import timedelta

from partners.contract_service import ContractService, Service
from volunteers.instead import Grounds

from .town import Town

LISTED = (  # the service, the category of duties that fall under it, and what the contract says
    (Service.CLEANING, "environment", "楼道每周清扫两次，垃圾每天清运。"),
    (Service.GREENING, "environment", "每季度修剪一次，夏天浇水。"),
    (Service.ORDER, "parking", "门岗全天有人，白天巡查两次。"),
)
GROUNDS = {  # by category
    "environment": (Grounds.TOGETHER, "邻居一起动手，物业的清扫照旧。"),
    "parking": (Grounds.OUTSIDE, "周末晚高峰加的岗，合同里没有。"),
}
SHARE = 0.4  # of the compounds; old courtyards have no contract


def sign(town: Town) -> None:
    """The lists of 31小区 and of some others, from last year until next."""
    rng = town.rng("contracts")
    term = {"since": town.today - timedelta(days=200), "until": town.today + timedelta(days=530)}
    for community in town.communities:
        for place, name in community.compounds:
            if name == "31小区" or rng.random() < SHARE:
                for service, category, scope in LISTED:
                    facts = {"service": service, "category_id": town.categories[category], "scope": scope}
                    town.rows.add(ContractService, place_id=place, **facts, **term)


def grounds(category: str, *, in_compound: bool) -> dict:
    """Why volunteers do it where owners pay for it, as columns of a duty."""
    if category not in GROUNDS or not in_compound:
        return {}
    chosen, words = GROUNDS[category]
    return {"grounds": chosen, "grounds_words": words}
