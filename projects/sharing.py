"""What is sent to a group: plain text of at most 300 characters, without anybody's name."""

from kernel.i18n import _, day, joined

from .stage import Stage

MOST = 300  # characters: what a group's window shows without a tap
SHORT = 60  # characters of all the parts together


def group_text(project, url: str) -> str:
    """Place, title, what is still wanted, days, skills and the way there. The address is never cut off."""
    wanted = [part for part in project.parts if part.left] if project.stage is Stage.OPEN else []
    parts = joined(f"{part.title} {part.left} {part.unit}" for part in wanted)
    skills = joined(capability.label for capability in project.capabilities)
    lines = [
        _("【%(place)s】%(title)s", place=project.place.name, title=project.title),
        _("还要人认领：%(parts)s", parts=shortened(parts, SHORT)) if parts else str(project.stage.label),
        _("%(first)s 到 %(last)s", first=day(project.starts_on), last=day(project.ends_on)),
        _("需要会：%(skills)s", skills=shortened(skills, SHORT)) if skills else "",
    ]
    said = "\n".join(str(line) for line in lines if line)
    return shortened(said, MOST - len(url) - 1) + "\n" + url


def shortened(text: str, most: int) -> str:
    """At most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
