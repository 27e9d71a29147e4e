"""Batch accounts: a sheet of staff becomes people, accounts, posts and first-use codes; all of it or nothing."""

from dataclasses import dataclass

from sqlalchemy import select

from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from .account import Account
from .card import Card, Paper, Use
from .journal import Audience, Line
from .notice import tell_of
from .person import Person
from .place import Place, in_ranges
from .post import Post
from .sign_in import SignIn
from .staff_plan import plan
from .staff_sheet import Staff


class StaffProblems(Refusal):
    """What was looked at has changed since, or was wrong from the start."""

    message = _("表里还有 %(count)s 处要改，整张表都没有导入。请看下面的说明。")


@dataclass
class Imported:
    """What came of it: the new posts, and the codes of whoever is new here."""

    posts: list[Post]
    papers: list[Paper]


def carry_out(staff: Staff, *, by) -> Imported:
    """Carry the sheet out inside `work()`: one journal line, the same sheet again changes nothing.

    Whoever is known already gets the post and no code: a code would open his account to whoever prints it.
    Raises `StaffProblems`.
    """
    one_at_a_time(by)
    found = plan(staff, by=by)
    if found.problems:
        raise StaffProblems(count=len(found.problems))
    people = dict(found.people)
    for wanted in found.newcomers:
        people[wanted.phone] = Person(name=wanted.name, phone=wanted.phone)
    newcomers = [people[wanted.phone] for wanted in found.newcomers]
    accounts = [Account(person=person, username=person.phone or "") for person in newcomers]
    posts = [
        Post(person=people[wanted.phone], office=wanted.office, place=place, since=wanted.since)
        for wanted, place in found.new
    ]
    db.session.add_all([*newcomers, *accounts, *posts])
    papers = [Card.made(person, Use.FIRST, by) for person in newcomers]
    db.session.flush()
    if posts:
        note(posts, by)
    return Imported(posts, papers)


def one_at_a_time(by) -> None:
    """Imports of a district wait for one another: two sheets may name the same person."""
    root = by.posts[0].place.ancestor_ids[0]
    db.session.execute(select(Place.id).where(Place.id == root).with_for_update(key_share=True))


def note(posts: list[Post], by) -> None:
    """One line for the whole sheet; everybody in it is told."""
    line = Line(
        verb="staff.imported",
        by_id=by.id,
        place_id=by.office_place_id,
        audience=Audience.PLACE,
        subject="place",
        subject_id=by.office_place_id,
        ids={"place": by.office_place_id, "count": len(posts), "posts": [post.id for post in posts]},
    )
    db.session.add(line)
    db.session.flush()
    tell_of(line, [post.person for post in posts])


def not_yet(person) -> list[Post]:
    """Living posts in one's reach whose holders have never signed in, in the order of the places."""
    ready = select(Account.person_id).where(Account.password_hash.is_not(None))
    theirs = Post.person_id.not_in(ready) & Post.person_id.not_in(select(SignIn.person_id))
    near = select(Post).join(Post.place).where(Post.is_now(), in_ranges(Place.path, person.reach), theirs)
    return list(db.session.scalars(seen(near.order_by(Place.path, Post.id))))
