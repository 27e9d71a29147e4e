"""What this package keeps about people, for copies and erasure."""

from sqlalchemy import select

from communities.personal import worthless
from kernel import clock
from kernel.i18n import _
from kernel.personal import WORDS, nobodys, register

from .need import Need
from .recheck import Recheck
from .theme import Theme
from .voice import Voice

HANDLERS = _("您和经办的工作人员")
RECORD = _("事情怎么办的，社区的台账要留；写的是事，不写人")
CALLED = {
    "words": _("您写的话"),
    "behalf_of": _("替谁反映"),
    "number": _("编号"),
    "external_number": _("热线编号"),
    "matter": _("事由"),
    "owner_hint": _("可能归谁管"),
    "answer": _("答复"),
    "solved": _("解决了吗"),
    "said_at": _("什么时候说的"),
    "asked_on": _("哪天问的"),
}


def set_up() -> None:
    """Register the tables."""
    WORDS.update(CALLED)
    voice, need = Voice.__table__, Need.__table__
    register(
        Voice,
        _("您反映的话"),
        _("弄清是什么事，办完告诉您"),
        HANDLERS,
        empty="words name phone behalf_of person_id",
        becomes={"emptied_at": clock.now, "token_hash": worthless(voice), "language": "zh"},
        withheld="token_hash",
        others="behalf_of",
        why=_("只剩哪件事有人反映过"),
    )
    register(
        Need,
        _("您反映的事"),
        _("办这件事，记下办到哪一步"),
        HANDLERS,
        find=lambda person: need.c.id.in_(select(voice.c.need_id).where(voice.c.person_id == person)),
        stays=dict.fromkeys(("number", "external_number", "matter", "reason", "owner_hint", "answer"), RECORD),
        why=RECORD,
    )
    register(
        Recheck,
        _("问过您解决了没有"),
        _("没解决就接着办"),
        HANDLERS,
        owners="need_id",
        empty="token_hash",
        withheld="token_hash",
        why=_("只剩解决了没有"),
    )
    nobodys(Theme, "what several people said, told as one thing; who said it stands in their needs")
