"""How many places there are of a kind, in words: one building, two buildings."""

from collections.abc import Callable

from kernel.i18n import n_

from .place import Kind

SAID: dict[Kind, Callable] = {
    Kind.DISTRICT: lambda num: n_("%(num)s 个区", "%(num)s 个区", num),
    Kind.SUBDISTRICT: lambda num: n_("%(num)s 个街道", "%(num)s 个街道", num),
    Kind.COMMUNITY: lambda num: n_("%(num)s 个社区", "%(num)s 个社区", num),
    Kind.GRID: lambda num: n_("%(num)s 个基础网格", "%(num)s 个基础网格", num),
    Kind.DEDICATED_GRID: lambda num: n_("%(num)s 个专属网格", "%(num)s 个专属网格", num),
    Kind.COMPOUND: lambda num: n_("%(num)s 个小区、院落", "%(num)s 个小区、院落", num),
    Kind.BUILDING: lambda num: n_("%(num)s 栋楼", "%(num)s 栋楼", num),
    Kind.SITE: lambda num: n_("%(num)s 处场所", "%(num)s 处场所", num),
}


def said(kind: Kind, number: int):
    """“12 栋楼”."""
    return SAID[kind](number)
