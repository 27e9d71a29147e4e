"""Who asks: the only module that knows Flask-Login's current user."""

from flask import g, request
from flask_login import LoginManager, current_user, login_user, logout_user

from .i18n import choose_again

__all__ = ["enter", "leave", "login_manager", "recognise", "sign_in_row"]

login_manager = LoginManager()
login_manager.session_protection = None
QUIET = {"static", "health.healthz", "health.metrics"}


def recognise():
    """Set `g.person` for this request: the person of the sign-in row, or nobody."""
    if request.endpoint not in QUIET:
        g.person = current_user.person


def sign_in_row():
    """The row of this browser's sign-in; nobody's has no id."""
    return current_user


def enter(row) -> None:
    """This browser is signed in from now on."""
    login_user(row)
    g.person = row.person
    choose_again()


def leave() -> None:
    """This browser is signed out."""
    logout_user()
    choose_again()
