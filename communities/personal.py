"""What this package and the kernel keep about people, for copies and erasure."""

from sqlalchemy import String, cast, literal, select

from kernel.draft import Draft
from kernel.i18n import _
from kernel.leaving import stopper
from kernel.personal import ME, WORDS, acts, register
from kernel.receipt import Receipt
from kernel.task import Task

from .account import Account
from .account_closure import AccountClosure
from .card import Card
from .channel import Channel
from .consent import Consent
from .journal import Line
from .notice import Notice
from .person import Person
from .place import Place
from .post import Post
from .sign_in import SignIn

MINE = _("只给系统用")
CALLED = {
    "name": _("姓名"),
    "called": _("称呼"),
    "phone": _("手机号"),
    "email": _("邮箱"),
    "language": _("语言"),
    "told_by": _("怎么告诉您"),
    "home_id": _("住处"),
    "username": _("用户名"),
    "how": _("用什么登录的"),
    "use": _("用处"),
    "purpose": _("什么事"),
    "guardian": _("监护人（只留姓）"),
    "office": _("岗位"),
    "place_id": _("地方"),
    "handed_over": _("交接的话"),
    "channel": _("怎么告诉的"),
    "state": _("状态"),
    "way": _("方式"),
    "kind": _("种类"),
    "reason": _("原因"),
    "filename": _("文件名"),
    "step": _("办到哪一步"),
    "owner": _("谁交的"),
    "answer": _("答复"),
    "since": _("从哪天"),
    "until": _("到哪天"),
    "at": _("时间"),
    "asked_at": _("什么时候提的"),
    "ended_at": _("结束时间"),
    "expires_at": _("到期时间"),
    "made_at": _("印的时间"),
    "due_at": _("生效时间"),
}


def nobody() -> str:
    """What stands where a name was; written by the clock, so in Chinese."""
    return str(_("已注销"))


def set_up() -> None:
    """Register the tables, and what keeps somebody here."""
    WORDS.update(CALLED)
    of_people()
    of_the_kernel()
    acts(Line, "by_id")
    stopper("post", posts, _("您在“%(what)s”还有岗位，请先交接给别的同事。"), "posts.show")


def of_people() -> None:
    """Who somebody is, how he gets in, what he agreed to and was told."""
    register(
        Person,
        _("您本人"),
        _("认得您，有变动联系得上您"),
        owners="id",
        empty="phone email language home_id",
        becomes={
            "name": nobody,
            "called": nobody,
            "told_by": Channel.INBOX,
            "calendar_mail": False,
            "feed_turn": Person.__table__.c.feed_turn + 1,
        },
        why=_("只剩一个编号和“已注销”，别的记录才对得上"),
    )
    register(Account, _("账号"), _("让您能登录"), ME, gone=True, withheld="password_hash")
    register(
        SignIn, _("登录过的手机和电脑"), _("让您看到哪里登录着；退出半年后删掉"), ME, gone=True, withheld="token_hash"
    )
    register(
        Card,
        _("登录卡和首次登录码"),
        _("不用密码也能登录；到期半年后删掉"),
        gone=True,
        withheld="token_hash digits_hash",
    )
    register(
        Consent,
        _("同意过的事"),
        _("证明您同意过什么、哪天收回的"),
        acts="asked_by_id ended_by_id",
        others="guardian",
        empty="guardian",
        why=_("只剩哪天同意、哪天收回，不留监护人姓名；有人问起时作证明（民法典第188条）"),
    )
    register(Notice, _("发给您的消息"), _("告诉您报名、名额和时长的变动"), gone=True, acts="told_by_id")
    register(
        Post,
        _("担任过的岗位"),
        _("谁在哪个岗位办事，要查得到"),
        stays={"handed_over": _("交接的话是留给接手的同事的")},
        why=_("公务上谁办的要查得到；姓名不留"),
    )
    register(
        AccountClosure,
        _("注销申请"),
        _("照您说的办，到时候能证明是您要的"),
        acts="asked_by_id",
        ends={},
        why=_("证明是您要注销的、哪天办完的；姓名不留"),
    )


def of_the_kernel() -> None:
    """What the mechanism keeps for a short time."""
    register(
        Draft,
        _("传上来还没导入的表格"),
        _("先看一眼再导入；一天后删掉"),
        ME,
        owners="owner",
        gone=True,
        withheld="payload",
    )
    register(
        Task,
        _("正在后台办的事"),
        _("告诉您办到哪一步了；一天后删掉"),
        ME,
        owners="owner",
        gone=True,
        withheld="report result",
    )
    register(
        Receipt,
        _("交过的表单的回执"),
        _("同一张表点两次只算一次，留 30 天"),
        MINE,
        gone=True,
        withheld="key digest",
        find=lambda person: Receipt.__table__.c.owner == f"person-{person}",
    )


def posts(person: int):
    """Whoever serves hands over first."""
    return select(Post.id, Place.name).join(Post.place).where(Post.person_id == person, Post.is_now())


def worthless(table):
    """In place of the hash of a link that opens nothing any more: different in each row, the hash of nothing."""
    return literal("erased-") + cast(table.c.id, String)
