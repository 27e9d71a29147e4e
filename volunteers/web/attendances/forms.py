"""The small forms of the list."""

from kernel.fields import Clock, Count, Form, Line, Phone, Pick, row_id
from kernel.i18n import _

from ...attendances.time_code import MOST

CAME_AT = _("几点到")
ON_TIME = _("准点到的不用填。")


class HelperForm(Form):
    """A walk-in whom the lead knows by phone number."""

    phone = Phone(_("他的手机号或座机"))
    at = Clock(CAME_AT, needed=False, id="helper-at", description=ON_TIME)


class CodeForm(Form):
    """A code from a slip of paper."""

    code = Line(_("纸条上的计时码"), most=20, id="typed-code", description=_("六位字母和数字，大小写都行。"))


class ForForm(CodeForm):
    """A code that somebody handed to the lead."""

    signup_id = Pick(_("谁的纸条"), coerce=row_id)
    at = Clock(CAME_AT, needed=False, id="code-at", description=ON_TIME)

    def __init__(self, *args, choices=(), **facts):
        super().__init__(*args, **facts)
        self.signup_id.choices = [(row.signup.id, row.signup.person.called) for row in choices]


class CodesForm(Form):
    """How many slips."""

    count = Count(_("印几张"), least=1, most=MOST)
