"""What of a project is sent to a group: without anybody's name."""

from kernel.group_text import shortened, written
from kernel.i18n import _, day, joined

from .stage import Stage

SHORT = 60  # characters of all the parts together


def group_text(project, url: str) -> str:
    """Place, title, what is still wanted, days, skills and the way there."""
    wanted = [part for part in project.parts if part.left] if project.stage is Stage.OPEN else []
    parts = joined(f"{part.title} {part.left} {part.unit}" for part in wanted)
    skills = joined(capability.label for capability in project.capabilities)
    lines = [
        _("【%(place)s】%(title)s", place=project.place.name, title=project.title),
        _("还要人认领：%(parts)s", parts=shortened(parts, SHORT)) if parts else str(project.stage.label),
        _("%(first)s 到 %(last)s", first=day(project.starts_on), last=day(project.ends_on)),
        _("需要会：%(skills)s", skills=shortened(skills, SHORT)) if skills else "",
    ]
    return written(lines, url)
