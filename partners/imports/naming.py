"""What the words of a sheet of partners name: places, entries of the catalogues, people. Raises `Wrong`."""

from typing import Any

from communities.person import Person
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel.i18n import _
from kernel.text import masked_phone

from ..applying import ANSWERS
from ..kind import Fact
from .cells import Wrong, phone
from .known import Known
from .sheet import listed

Lists = dict[str, list[Any]]


def place_of(
    text: str, found: Known, *, must: bool = False, near: Place | None = None, kind: PlaceKind | None = None
) -> Place:
    """The one place that a word means; `must`: where the importer decides and an office answers applications.

    Of several places of one name the one nearest to `near` is meant.
    """
    if not text:
        raise Wrong(_("请写所在的社区；街道和区的单位写街道或区。"))
    here = found.places.get(text, [])
    if must:
        here = [place for place in here if found.covers(place) and place.kind in ANSWERS]
    if kind is not None:
        here = [place for place in here if place.kind is kind]
    if near is not None and len(here) > 1:
        here = nearest(here, near)
    if not here:
        where = _("您管的范围里没有叫“%(place)s”的街道或社区。") if must else _("没有找到“%(place)s”，请写全名或编码。")
        raise Wrong(str(where) % {"place": text[:40]})
    if len(here) > 1:
        raise Wrong(_("有 %(count)s 个地方叫“%(place)s”，请改写编码。", count=len(here), place=text[:40]))
    return here[0]


def nearest(places: list[Place], near: Place) -> list[Place]:
    """Those that share most of the way from the root."""
    shared = {place.id: len(set(place.ancestor_ids) & set(near.ancestor_ids)) for place in places}
    return [place for place in places if shared[place.id] == max(shared.values())]


def rows_of(key: str, text: str, found: Known, near: Place) -> list[Any] | None:
    """The rows that a cell lists; None when it lists nothing."""
    if not listed(text):
        return None
    if key in found.catalogues:
        return [entry(word, found.catalogues[key]) for word in listed(text)]
    kind = PlaceKind.COMPOUND if key == Fact.COMPOUNDS.value else None
    return [place_of(word, found, near=near, kind=kind) for word in listed(text)]


def entry(word: str, catalogue: dict[str, Any]) -> Any:
    """An entry of a catalogue."""
    if word.casefold() not in catalogue:
        raise Wrong(_("目录里没有“%(word)s”，请从模板的“选项”里选。", word=word[:20]))
    return catalogue[word.casefold()]


def members_of(text: str, found: Known, by) -> list[Person]:
    """The people whose numbers a cell lists; numbers are told masked, and of strangers only that they are not ours."""
    people = []
    for word in listed(text):
        number = phone(word)
        if number not in found.people:
            raise Wrong(
                _(
                    "%(phone)s 不是您范围内登记的人。请对方先点“加入”，或由合伙人的管理员发邀请。",
                    phone=masked_phone(number),
                )
            )
        if found.people[number].id == by.id:
            raise Wrong(
                _("%(phone)s 是您自己的号码：自己的合伙人不能自己登记，请同事来办。", phone=masked_phone(number))
            )
        people.append(found.people[number])
    return people
