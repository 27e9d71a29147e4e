"""People: who they are, how they want to be told, and what they may reach."""

from sqlalchemy import ForeignKey, Select, String, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Name, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.remembering import Remembering
from kernel.text import masked_phone
from kernel.work import Refusal

from .alarm import Alarm
from .channel import Channel
from .journal import Audience, Line
from .place import Place, in_ranges
from .post import Office, Post


class NoMail(Refusal):
    """Mail needs an address."""

    message = _("选“邮件”要先填邮箱。")
    field = "email"


class NoCalendarMail(Refusal):
    """A letter for the calendar needs an address as well."""

    message = _("要把活动发到您邮箱的日历里，请先填邮箱。")
    field = "email"


class NoPhone(Refusal):
    """A call needs a number."""

    message = _("我们没有您的手机号，打不了电话。请选别的方式，或者请社区补上手机号。")
    field = "told_by"


class Person(Remembering, Model):
    """Somebody known here. Erasure empties the row and leaves the id."""

    __tablename__ = "person"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    name: Mapped[Name] = mapped_column(info=kept("to know who signed up"))
    called: Mapped[Name] = mapped_column(default="", info=kept("the form of address that was chosen"))
    phone: Mapped[str | None] = mapped_column(String(20), unique=True, info=kept("to reach in case of a change"))
    email: Mapped[str | None] = mapped_column(String(120), info=kept("to send messages and appointments, where chosen"))
    language: Mapped[str | None] = mapped_column(String(2), info=kept("the language of pages and messages"))
    told_by: Mapped[Channel] = mapped_column(
        stored(Channel), default=Channel.INBOX, info=kept("how messages are passed on")
    )
    calendar_mail: Mapped[bool] = mapped_column(
        default=False, info=kept("whether appointments are sent to the calendar of the mailbox")
    )
    home_id: Mapped[int | None] = mapped_column(
        ForeignKey("place.id"), index=True, info=kept("to show what is near; buildings only, no flat")
    )
    feed_turn: Mapped[int] = mapped_column(default=1, info=kept("to renew the calendar address"))
    feed_closed_at: Mapped[Moment | None] = mapped_column(info=kept("since when no calendar address works"))
    alarm: Mapped[Alarm | None] = mapped_column(stored(Alarm), info=kept("when the phone rings before an event"))
    alarm_at: Mapped[Moment | None] = mapped_column(info=kept("to tell calendars of a new choice"))
    since: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when the person joined"))

    home: Mapped[Place | None] = relationship()
    posts: Mapped[list[Post]] = relationship(
        primaryjoin=lambda: (Post.person_id == Person.id) & Post.is_now(), viewonly=True, order_by=Post.id
    )

    def __init__(self, **facts):
        super().__init__(**facts)
        self.called = self.called or self.name

    @classmethod
    def seen_by(cls, person) -> Select:
        """Oneself, and whoever lives where one serves."""
        if person.id is None:
            return select(cls).where(false())
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        return select(cls).where(or_(cls.id == person.id, cls.home_id.in_(near)))

    @classmethod
    def near(cls, person) -> Select:
        """Whoever lives or serves where one serves: who can take a post over, and oneself."""
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        serving = select(Post.person_id).where(Post.is_now(), Post.place_id.in_(near))
        return seen(select(cls).where(or_(cls.id == person.id, cls.home_id.in_(near), cls.id.in_(serving))))

    def be_told(self, way: Channel, email: str = "", *, calendar_mail: bool = False) -> None:
        """How messages are passed on from now on, and whether appointments are sent to the calendar of the mailbox.

        Raises `NoMail`, `NoCalendarMail` or `NoPhone` when there is no way to do it.
        """
        if way is Channel.MAIL and not email:
            raise NoMail
        if calendar_mail and not email:
            raise NoCalendarMail
        if way is Channel.PHONE and not self.phone:
            raise NoPhone
        self.email = email or None
        self.told_by = way
        self.calendar_mail = calendar_mail

    def renew_feed(self) -> None:
        """A new calendar address, also where there was none; those that were given away are dead for ever."""
        self.feed_turn += 1
        self.feed_closed_at = None
        self.note_feed("renewed")

    def close_feed(self) -> None:
        """No calendar address works, of his partners' calendars neither, until he makes a new one."""
        self.feed_turn += 1
        self.feed_closed_at = clock.now()
        self.note_feed("closed")

    def note_feed(self, move: str) -> None:
        """The line of it in the journal; it is for oneself, and what the address was does not stand in it."""
        facts = {"subject": self.__tablename__, "subject_id": self.id, "ids": {"person": self.id}}
        db.session.add(Line(verb=f"person.feed_{move}", by_id=self.id, audience=Audience.PARTIES, **facts))

    def be_rung(self, alarm: Alarm | None) -> None:
        """When the phone rings before an event from now on; None is what each kind of event suggests."""
        if alarm is not self.alarm:
            self.alarm, self.alarm_at = alarm, clock.now()

    @property
    def masked_phone(self) -> str:
        """The phone as it is shown outside the circle that needs it."""
        return masked_phone(self.phone) if self.phone else ""

    @property
    def reach(self) -> list[str]:
        """The paths of the places where this person serves in an office of a place."""
        return [post.place.path for post in self.posts]

    @property
    def office_place_id(self) -> int | None:
        """Where this person serves first: what is new is created there unless said otherwise."""
        return self.posts[0].place_id if self.posts else None

    def holds(self, offices: "Office | set[Office]", place: Place | None) -> bool:
        """Whether one of these offices is held at this place or above it: authority flows down the tree."""
        wanted = {offices} if isinstance(offices, Office) else offices
        return place is not None and any(post.office in wanted and post.place.covers(place) for post in self.posts)

    def lock(self) -> None:
        """Hold this person's row until the end of `work()`: verbs that judge by it come one after the other."""
        db.session.execute(select(Person.id).where(Person.id == self.id).with_for_update(key_share=True))


class Nobody:
    """Who is not signed in: may know what is public, reaches nothing."""

    id = None
    name = called = ""
    language = home = home_id = office_place_id = phone = email = None
    posts: list[Post] = []
    reach: list[str] = []

    def holds(self, offices, place) -> bool:
        """Never."""
        return False

    def lock(self) -> None:
        """There is no row."""

    def remember(self, name, load):
        """Nothing is known of nobody."""
        return load(self)
