"""Batch accounts: a sheet of staff becomes people, accounts and posts; all of it or nothing."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import clock
from kernel.bulk import insert_all, new_ids
from kernel.db import Model, db
from kernel.i18n import _, n_
from kernel.sheet_import import Table
from kernel.work import Refusal

from .channel import Channel
from .journal import Audience, Line
from .notice import tell_of
from .place import Place
from .staff_plan import StaffPlan, look, plan
from .staff_sheet import Staff, take

PERSON, ACCOUNT, POST, NOTICE = (Model.metadata.tables[name] for name in ("person", "account", "post", "notice"))
AN_ANSWER = 12_000  # bytes, some 250 rows: as many slips as fit on a page


class StaffProblems(Refusal):
    """What was looked at has changed since, or was wrong from the start."""

    message = _("表里还有 %(count)s 处要改，整张表都没有导入。请看下面的说明。")


class PhonesTaken(Refusal):
    """Somebody joined with one of these numbers while they were written."""

    message = _("表里有手机号刚刚被别人登记了，整张表都没有导入。请重新上传，再核对一遍。")


@dataclass
class Imported:
    """What came of it, by ids: the new posts, and the people who are new here."""

    posts: list[int] = field(default_factory=list)
    newcomers: list[int] = field(default_factory=list)


def carry_out(staff: Staff, *, by) -> Imported:
    """Carry the sheet out inside `work()`: one journal line, the same sheet again changes nothing.

    Whoever is known already gets the post and no code: a code would open his account to whoever prints it.
    Raises `StaffProblems` and `PhonesTaken`.
    """
    one_at_a_time(by)
    found = plan(staff, by=by)
    if found.problems:
        raise StaffProblems(count=len(found.problems))
    if not found.new:
        return Imported()
    people = register(found)
    posts = appoint(found, people)
    note(found, by, posts, newcomers := [people[wanted.phone] for wanted in found.newcomers])
    return Imported(posts, newcomers)


def register(found: StaffPlan) -> dict[str, int]:
    """A person and an account for whoever is new; the ids of all by their phones."""
    newcomers, now = found.newcomers, clock.now()
    ids = dict(zip((wanted.phone for wanted in newcomers), new_ids(PERSON, len(newcomers)), strict=True))
    people = [
        {"id": ids[wanted.phone], "name": wanted.name, "called": wanted.name, "phone": wanted.phone}
        | {"told_by": Channel.INBOX, "feed_turn": 1, "calendar_mail": False, "since": now}
        for wanted in newcomers
    ]
    try:
        with db.session.begin_nested():
            insert_all(PERSON, people)
            insert_all(ACCOUNT, [{"person_id": id, "username": phone} for phone, id in ids.items()])
    except IntegrityError as error:
        raise PhonesTaken from error
    return ids | {phone: person.id for phone, person in found.people.items()}


def appoint(found: StaffPlan, people: dict[str, int]) -> list[int]:
    """The new posts; their ids."""
    rows: list[dict[str, Any]] = [
        {"person_id": people[wanted.phone], "office": wanted.office, "place_id": place.id}
        | {"since": wanted.since, "handed_over": ""}
        for wanted, place in found.new
    ]
    ids = new_ids(POST, len(rows))
    insert_all(POST, [{"id": id} | row for id, row in zip(ids, rows, strict=True)])
    return ids


def one_at_a_time(by) -> None:
    """Imports of a district wait for one another: two sheets may name the same person."""
    root = by.posts[0].place.ancestor_ids[0]
    db.session.execute(select(Place.id).where(Place.id == root).with_for_update(key_share=True))


def note(found: StaffPlan, by, posts: list[int], newcomers: list[int]) -> None:
    """One line for the whole sheet; everybody in it is told."""
    line = Line(
        verb="staff.imported",
        by_id=by.id,
        place_id=by.office_place_id,
        audience=Audience.PLACE,
        subject="place",
        subject_id=by.office_place_id,
        ids={"place": by.office_place_id, "count": len(posts), "posts": posts},
    )
    db.session.add(line)
    db.session.flush()
    tell_of(line, [found.people[wanted.phone] for wanted, _place in found.new if wanted.phone in found.people])
    told = {"line_id": line.id, "channel": Channel.INBOX, "at": clock.now(), "tries": 0}
    insert_all(NOTICE, [told | {"person_id": id} for id in newcomers])


def said(imported: Imported):
    """What was done, and where the codes are."""
    if not imported.posts:
        return _("表里的岗位现在都已经是这样，没有新的。")
    if not imported.newcomers:
        return n_(
            "导入好了：安排了 %(num)s 个岗位，都是已有账号的人，不用发首次登录码。",
            "导入好了：安排了 %(num)s 个岗位，都是已有账号的人，不用发首次登录码。",
            len(imported.posts),
        )
    return _(
        "导入好了：安排了 %(posts)s 个岗位，新开 %(people)s 个账号。首次登录码在“谁还没登录过”里按地点印。",
        posts=len(imported.posts),
        people=len(imported.newcomers),
    )


STAFF = Table(
    kind="staff",
    action="staff:import",
    take=take,
    plan=lambda staff, by: plan(staff, by=by),
    look=look,
    carry_out=lambda staff, _found, by: carry_out(staff, by=by),
    said=said,
    small=AN_ANSWER,
)
