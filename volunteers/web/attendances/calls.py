"""电话回访: whom to ring is drawn by lot, and what was said is ticked, by somebody other than the lead."""

from flask import Blueprint, abort, g
from sqlalchemy import select

from kernel.db import db, seen
from kernel.fields import Form, Pick
from kernel.i18n import _, n_
from kernel.request import Back, permit, say

from ...attendances.call_back import Answer, CallBack
from ...shift import Shift
from ...signup import Signup

bp = Blueprint("calls_back", __name__)


class AnswerForm(Form):
    """What was said."""

    answer = Pick(_("电话里怎么说"), choices=Answer.pairs())


def to_list(id: int) -> Back:
    """The list of the shift that it is about."""
    mine = CallBack.seen_by(g.person).where(CallBack.id == id).with_only_columns(CallBack.signup_id)
    shift = select(Signup.shift_id).where(Signup.id.in_(mine))
    return Back("attendances.show", "list", id=db.session.scalar(seen(shift)) or abort(404))


@bp.post("/shifts/<int:id>/call-backs")
@permit("call-back:draw", of=Shift, form=Form, back=("attendances.show", "list"))
def draw(shift, _form):
    """抽几位."""
    count = len(CallBack.draw(shift, by=g.person))
    say(n_("抽到了 %(num)s 位，请打电话问一声。", "抽到了 %(num)s 位，请打电话问一声。", count))


@bp.post("/call-backs/<int:id>")
@permit("call-back:tell", of=CallBack, form=AnswerForm, back=to_list)
def tell(row, form):
    """来过, 没来, 没打通."""
    row.tell(Answer(form.answer.data), by=g.person)
    say(_("回访记好了。"))
