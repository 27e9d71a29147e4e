"""What this package keeps about people, for copies and erasure."""

from kernel.i18n import _
from kernel.personal import ME, WORDS, acts, register

from .follower import Follower
from .photo import Photo
from .project import Project


def set_up() -> None:
    """Register the tables."""
    WORDS["project_id"] = _("项目")
    register(Follower, _("您关注的项目"), _("有公开的进展就告诉您"), ME, gone=True)
    acts(Project, "posted_by_id")
    acts(Photo, "by_id")
