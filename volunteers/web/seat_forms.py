"""The forms of pledged seats: how many to keep, and whom to ask."""

from wtforms import HiddenField

from kernel.fields import Count, Form, Pick, row_id
from kernel.i18n import _

MOST = 20


class KeepForm(Form):
    """So many seats of one shift."""

    shift_id = Pick(_("哪一场"), coerce=row_id)
    count = Count(_("留几个名额"), least=1, most=MOST)


class NameForm(Form):
    """A member; the form names the seat, since a page shows several."""

    seat = HiddenField()
    person_id = Pick(_("请谁去"), coerce=row_id)
