"""Offices: what a post entitles to, and at which level of the tree it stands."""

from kernel.choice import Choice
from kernel.i18n import _

from .place import Kind, Place


class Office(Choice):
    """What a post entitles to; the words of the responsibility chain."""

    DISTRICT_OFFICE = "district", _("区级管理")
    LINKED_LEADER = "linked_leader", _("联系领导")
    SUBDISTRICT_OFFICE = "subdistrict", _("街道管理")
    COMMITTEE = "committee", _("社区党委")
    RESIDENTS_COMMITTEE = "residents", _("居委会")
    PAIRED_LEADER = "paired_leader", _("包抓领导")
    GRID_WORKER = "grid", _("网格员")
    CADRE = "cadre", _("下沉干部")


AT = {
    Office.DISTRICT_OFFICE: {Kind.DISTRICT},
    Office.LINKED_LEADER: {Kind.SUBDISTRICT},
    Office.SUBDISTRICT_OFFICE: {Kind.SUBDISTRICT},
    Office.COMMITTEE: {Kind.COMMUNITY},
    Office.RESIDENTS_COMMITTEE: {Kind.COMMUNITY},
    Office.PAIRED_LEADER: {Kind.COMMUNITY},
    Office.GRID_WORKER: {Kind.GRID, Kind.DEDICATED_GRID},
    Office.CADRE: {Kind.COMPOUND},
}
STAFF = {Office.DISTRICT_OFFICE, Office.SUBDISTRICT_OFFICE, Office.COMMITTEE, Office.RESIDENTS_COMMITTEE}
DECIDERS = {Office.DISTRICT_OFFICE, Office.SUBDISTRICT_OFFICE, Office.COMMITTEE}
CARERS = STAFF | {Office.GRID_WORKER}
RANK = {Office.DISTRICT_OFFICE: 3, Office.SUBDISTRICT_OFFICE: 2, Office.COMMITTEE: 1}


def office_label(office: Office, place: Place) -> str:
    """An office of a place as it signs: “东方社区党委”, “东方社区居委会”; above the communities the place itself."""
    if place.kind is not Kind.COMMUNITY:
        return place.name
    if office is Office.COMMITTEE:
        return str(_("%(community)s党委", community=place.name))
    return str(_("%(community)s%(office)s", community=place.name, office=office.label))
