"""A file that takes a while: how far it is, then the file, for whoever asked for it."""

from flask import Blueprint, abort

from kernel.jobs import is_asleep
from kernel.request import Page, permit
from kernel.task import State, Task

from .files import attachment

bp = Blueprint("tasks", __name__)


@bp.get("/tasks/<int:id>")
@permit("task:see", of=Task)
def show(task):
    """How far it is; when it is done, the way to the file."""
    is_made = task.state is State.DONE and bool(task.filename)
    return Page("communities/task.html", task=task, is_made=is_made, asleep=task.is_open and is_asleep())


@bp.get("/tasks/<int:id>/file")
@permit("task:see", of=Task)
def file(task):
    """The file."""
    return attachment(task.result, task.filename) if task.result else abort(404)
