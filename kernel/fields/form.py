"""The form: its token, its key, and errors over several fields."""

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField

from .. import receipt


class Form(FlaskForm):
    """A form of the site: CSRF token, and a key by which a second sending is known."""

    key = HiddenField(default=receipt.new_key)

    def hidden_tag(self) -> Markup:
        """The hidden fields, without ids: several forms stand on one page."""
        return Markup("").join(field(id=False) for field in self if isinstance(field, HiddenField))

    def checked(self, name: str, message) -> None:
        """Add an error found by a rule over several fields."""
        self[name].errors = [*self[name].errors, message]
