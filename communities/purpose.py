"""What people are asked to agree to, each in words of its own; what was once agreed to stays readable."""

from typing import Any

from kernel.choice import Choice
from kernel.i18n import _


class Purpose(Choice):
    """What a consent is for; one consent is for one purpose."""

    GUARDIAN = "guardian", _("未成年人参加志愿服务")
    PARTY = "party", _("记下党员身份")
    HEALTH = "health", _("记下身体情况")
    NAMED = "named", _("公示牌上写称呼")
    BRANCH = "branch", _("记下企业联系的党支部和党员人数")


class Way(Choice):
    """How a yes was given."""

    SCREEN = "screen", _("本人在网页上同意")
    SIGNED = "signed", _("到场签字")
    PHONE = "phone", _("电话确认")


BY_HAND = (Way.SIGNED, Way.PHONE)

# Purpose → version → text. Other words are another version: the old one stays, for those who agreed to it.
TEXTS: dict[Purpose, dict[int, Any]] = {
    Purpose.GUARDIAN: {
        1: _("我是监护人，同意孩子参加志愿服务：不排有危险的和夜间的，每次都有组织方的成年人在场；我随时可以收回。"),
    },
    Purpose.PARTY: {
        1: _("我同意记下我是党员，只用来办党员报到和汇总人数，不对外显示；我随时可以收回。"),
    },
    Purpose.HEALTH: {
        1: _("我同意记下我自己说的身体情况，只给安排活动的工作人员看，好避开不适合我的事；我随时可以收回。"),
    },
    Purpose.NAMED: {
        1: _("我同意在“这栋楼找谁”的公示牌上写我的称呼，不写电话；我随时可以收回。"),
    },
    Purpose.BRANCH: {
        1: _("我代表企业同意记下：企业联系了党支部、有几名党员。只记人数，不记是谁，只用来汇总；我随时可以收回。"),
    },
}


def newest(purpose: Purpose) -> int:
    """The version that is asked for now."""
    return max(TEXTS[purpose])
