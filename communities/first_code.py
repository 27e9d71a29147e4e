"""Who has not signed in yet, place by place, and the first-use codes for them."""

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import joinedload, selectinload

from kernel.db import db, seen
from kernel.i18n import _
from kernel.permits import allowed
from kernel.work import Refusal

from .account import Account
from .card import Card, Paper, Use
from .person import Person
from .place import Place, in_ranges
from .post import Post
from .sign_in import SignIn

MOST = 50  # slips of one printing
NAMED = 10  # people of one place who are listed by name


class NobodyToPrintFor(Refusal):
    """Who has a code that was not used keeps it: a second one would make the first worthless."""

    message = _("这里没有要印的：没登录过的人手里都有没用过的码，或者要由上一级来印。码丢了，到他的岗位页上重印。")


def waiting(person, *columns) -> Select:
    """Living posts in one's reach whose holders have never signed in."""
    ready = select(Account.person_id).where(Account.password_hash.is_not(None))
    theirs = Post.person_id.not_in(ready) & Post.person_id.not_in(select(SignIn.person_id))
    near = select(*(columns or (Post,))).join(Post.place)
    return seen(near.where(Post.is_now(), in_ranges(Place.path, person.reach), theirs))


def totals(person) -> tuple[int, int]:
    """How many places and how many posts that is."""
    found = db.session.execute(waiting(person, func.count(distinct(Post.place_id)), func.count(Post.id))).one()
    return found[0], found[1]


def places(person) -> Select:
    """(place, how many posts) in the order of the places."""
    return waiting(person, Place, func.count(Post.id)).group_by(Place.id).order_by(Place.path)


def posts_at(person, ids: list[int]) -> list[Post]:
    """These posts at these places, the first of each place."""
    number = func.row_number().over(partition_by=Post.place_id, order_by=Post.id).label("number")
    here = waiting(person, Post.id, number).where(Post.place_id.in_(ids)).subquery()
    first = select(Post).join(here, here.c.id == Post.id).where(here.c.number <= NAMED).order_by(Post.place_id, Post.id)
    return list(db.session.scalars(seen(first.options(joinedload(Post.person)))))


def print_at(place: Place, *, by) -> tuple[list[Paper], dict[int, list[Post]]]:
    """A code for everybody at a place who has none, at most 50 at a time; each with the posts. For a decider there.

    Refuses when there is nobody (`NobodyToPrintFor`).
    """
    holders = select(Card.person_id).where(Card.use == Use.FIRST, Card.open_())
    wanted = waiting(by).where(Post.place_id == place.id, Post.person_id.not_in(holders))
    loaded = joinedload(Post.person)
    options = (loaded.joinedload(Person.home), loaded.selectinload(Person.posts))
    posts: dict[int, list[Post]] = {}
    for post in db.session.scalars(wanted.options(*options).order_by(Post.id)):
        if allowed(by, "post:print-code", post) and (post.person_id in posts or len(posts) < MOST):
            posts.setdefault(post.person_id, []).append(post)
    if not posts:
        raise NobodyToPrintFor
    return [Card.print(mine[0].person, by=by, use=Use.FIRST) for mine in posts.values()], posts


def print_for(people: list[int], *, by) -> tuple[list[Paper], dict[int, list[Post]]]:
    """A code for each of these new people, whose import is one line in the journal already; each with the posts."""
    found = select(Person).where(Person.id.in_(people)).options(selectinload(Person.posts)).order_by(Person.id)
    newcomers = list(db.session.scalars(seen(found)))
    return [Card.made(person, Use.FIRST, by) for person in newcomers], {one.id: one.posts for one in newcomers}
