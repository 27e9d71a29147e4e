"""What this package keeps about people, for copies and erasure."""

from sqlalchemy import select

from kernel.i18n import _
from kernel.personal import LEADS, ME, WORDS, acts, register
from kernel.stored_file import StoredFile

from .assignments.assignment import Assignment
from .assignments.pause import Pause
from .attendances.attendance import Attendance
from .attendances.call_back import CallBack
from .attendances.time_code import TimeCode
from .attendances.walk_in import WalkIn
from .calendar_mail import CalendarMail
from .duty import Duty
from .gathering import Companion, Gathering
from .hours import personal as hours
from .pledged_seat import PledgedSeat
from .qualification import Qualification
from .signup import Signup
from .standing_place import StandingPlace
from .swap import Swap
from .tickets.ticket import Ticket
from .volunteer import Volunteer, volunteer_capability

BUILDING = _("您和这栋楼所在的社区；您同意过的，公示牌上有称呼")
SEATS = _("名额和排队要对得上；姓名不留")
CALLED = {
    "shift_id": _("活动"),
    "slot_id": _("几点来"),
    "size": _("几个人"),
    "duty_id": _("做什么"),
    "birth_date": _("出生日期"),
    "says_adult": _("说过已满 18 周岁"),
    "weekly_most": _("一周最多几小时"),
    "capability_id": _("会什么"),
    "paper": _("看过的证件"),
    "behalf": _("别人替您报名的原因"),
    "jumped": _("先请您的原因"),
    "said_to": _("您答应过的日子"),
    "arrived_at": _("到的时间"),
    "left_at": _("走的时间"),
    "came_at": _("到的时间"),
    "agreed": _("答应了吗"),
    "seed": _("抽签用的随机数"),
    "building_id": _("楼栋"),
    "yes_on": _("哪天答应的"),
    "first": _("从哪天"),
    "last": _("到哪天"),
    "why": _("什么原因"),
    "address": _("发到哪个邮箱"),
}


def set_up() -> None:
    """Register the tables."""
    WORDS.update(CALLED)
    of_volunteers()
    of_seats()
    of_attendance()
    hours.set_up()
    of_buildings()
    acts(Duty, "lead_id")


def of_volunteers() -> None:
    """What somebody can do and may do."""
    register(
        Volunteer,
        _("志愿者登记"),
        _("报名时看年龄、看一周排了多少"),
        empty="birth_date weekly_most",
        why=_("只剩哪天登记的"),
    )
    register(volunteer_capability, _("您会什么"), _("要会一样本事的岗位才能报"), owners="volunteer_id", gone=True)
    register(Qualification, _("看过的证件"), _("有的岗位要有证才能报"), gone=True, acts="seen_by_id")


def of_seats() -> None:
    """What somebody signed up for, and with whom."""
    register(
        Signup,
        _("您的报名"),
        _("名额给谁、候补轮到谁"),
        LEADS,
        acts="by_id",
        empty="behalf jumped reason",
        why=SEATS,
    )
    register(CalendarMail, _("发到您邮箱日历里的活动"), _("变动和取消也发得到，同一封不发两遍"), ME, gone=True)
    register(Swap, _("换班"), _("谁替谁去"), LEADS, owners="signup_id to_id taker_id", empty="reason", why=SEATS)
    register(Gathering, _("您约的伴"), _("几个人要么都去，要么一起候补"), LEADS, owners="asker_id", why=SEATS)
    register(Companion, _("约您作伴的"), _("您答没答应"), LEADS, why=SEATS)
    register(PledgedSeat, _("合伙人给您留的名额"), _("请您去的那个座位"), LEADS, acts="by_id", why=SEATS)
    register(
        Ticket,
        _("您取的号"),
        _("到了现场照号叫人"),
        LEADS,
        acts="by_id",
        empty="name phone token_hash behalf",
        withheld="token_hash",
        why=SEATS,
    )
    register(StandingPlace, _("固定来的位置"), _("每周给您留着"), LEADS, acts="by_id", empty="said_to", why=SEATS)


def of_attendance() -> None:
    """Whether somebody came."""
    register(WalkIn, _("临时来帮忙"), _("当天加进名单"), LEADS, acts="by_id", why=SEATS)
    register(
        Attendance,
        _("您的签到"),
        _("时长从这里算起"),
        LEADS,
        owners="signup_id",
        acts="by_id changed_by_id",
        why=_("时长台账的依据；姓名不留"),
    )
    register(
        CallBack,
        _("电话回访"),
        _("抽查人到没到"),
        LEADS,
        owners="signup_id",
        acts="by_id",
        stays={"seed": _("抽签用的随机数，不是您的资料")},
        why=_("抽查过没有，要查得到；姓名不留"),
    )
    register(
        TimeCode,
        _("用过的计时码"),
        _("一张码只能用一次"),
        LEADS,
        owners="signup_id",
        acts="by_id",
        withheld="code_hash",
        stays={"code_hash": _("用过的码的指纹，反推不出什么")},
        why=_("一张码不能用第二次"),
    )


def of_buildings() -> None:
    """Which building somebody looks after."""
    register(
        Assignment,
        _("包联楼栋"),
        _("谁照看哪栋楼，怎么答应的"),
        BUILDING,
        acts="asked_by_id approved_by_id collected_by_id ended_by_id",
        empty="reason scan_id",
        why=_("哪栋楼哪段时间有没有人照看，要查得到；姓名不留"),
    )
    register(Pause, _("暂停包联"), _("这段时间请人暂代"), BUILDING, owners="assignment_id", acts="by_id", gone=True)
    file, row = StoredFile.__table__, Assignment.__table__
    register(
        StoredFile,
        _("您签过字的确认单（扫描件）"),
        _("证明您答应过照看这栋楼"),
        BUILDING,
        find=lambda person: file.c.id.in_(slips_of(row, person)),
        gone=True,
        withheld="sha256",
    )


def slips_of(assignment, person: int):
    """The scans that belong to what this person looked after."""
    return select(assignment.c.scan_id).where(assignment.c.person_id == person, assignment.c.scan_id.is_not(None))
