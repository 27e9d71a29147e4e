"""Nobody looks at his own: a manager who also decides leaves the answer to a colleague, or to the office above."""

from sqlalchemy import select

from communities.deciding import offices
from communities.post import DECIDERS, Post
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal


class OwnPartner(Refusal):
    """A manager neither verifies nor renews nor certifies his own partner."""

    message = _("您是“%(partner)s”的管理员，自己的合伙人不能自己来核实。请%(who)s来办。")


def impartial(partner, by) -> None:
    """Refuse whoever speaks for the partner (`OwnPartner`)."""
    if by is not None and any(person.id == by.id for person in partner.managers):
        raise OwnPartner(partner=partner.name, who=who_else(partner))


def who_else(partner) -> str:
    """The nearest who can: a colleague of the office that answers, else the office above it."""
    managers = [person.id for person in partner.managers]
    above = Post.place_id.in_(partner.place.ancestor_ids) & Post.office.in_(DECIDERS)
    posts = db.session.scalars(select(Post).where(above, Post.is_now(), Post.person_id.not_in(managers)))
    nearest = max(posts, key=lambda post: len(post.place.path), default=None)
    if nearest is None:
        return str(_("上一级"))
    name = offices({nearest.place_id})[nearest.place_id]
    return str(_("%(office)s的另一位同事", office=name)) if nearest.place_id == partner.place_id else name
