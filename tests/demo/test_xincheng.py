"""The demo data hold together: counts, days and names, the same for the same seed, and the stories are in them."""

from datetime import timedelta
from random import Random

import pytest
import time_machine
from sqlalchemy import func, select

from communities.account import Account
from communities.journal import Audience, Line
from communities.person import Nobody, Person
from communities.place import Kind, Place
from communities.proforma import Proforma
from demo import departments, xincheng
from demo.scale import DONGFANG, HUANGHE, TOTALS, quotas, read
from kernel import clock, scan, search
from kernel.db import db
from kernel.paper_number import fault as number_fault
from kernel.work import work
from partners.agreements.agreement import Agreement
from partners.agreements.sweep import remind_of_agreements
from partners.agreements.term import State as AgreementState
from partners.credit_code import fault
from partners.incubations.board import Board
from partners.kind import Kind as PartnerKind
from partners.partner import Partner, Stage
from projects import giveback
from projects.adoption import Adoption, State
from projects.certificate_state import State as PaperState
from projects.milestone import Milestone
from projects.participation import Participation
from projects.project import Project
from projects.sweep import release_idle_adoptions
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.coverage import Pattern, counts, covers
from volunteers.shift import Shift
from volunteers.signup import Signup
from volunteers.signup import State as SignupState
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import State as TicketState
from volunteers.tickets.ticket import Ticket

from .checks import CHECKS, rows


def count(model, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_contradicts_itself(town, check):
    assert check() == []


@pytest.mark.long
def test_the_small_scale_holds_together_too(site):
    xincheng.load("small", "no hash")
    assert [check() for check in CHECKS] == [[]] * len(CHECKS)
    assert count(Place, Place.kind == Kind.COMMUNITY) == 14


def test_the_raised_firms_have_certificates_and_one_was_withdrawn_and_replaced(town):
    papers = db.session.scalars(select(Participation).order_by(Participation.id)).all()
    mine = [paper for paper in papers if paper.partner_id == town.raised[0].id]
    assert [paper.state for paper in mine] == [PaperState.WITHDRAWN, PaperState.ISSUED]
    assert (mine[1].replaces_id, mine[0].successor) == (mine[0].id, mine[1])
    assert {paper.partner_id for paper in papers if paper.is_valid} >= {taker.id for taker in town.raised}
    assert [paper.partner_id for paper in papers if paper.state is PaperState.ASKED] == [town.raised[1].id]
    issued = [paper for paper in papers if paper.number]
    assert {number_fault(paper.number) for paper in issued} == {None}
    assert all(paper.what for paper in issued)


def test_the_subdistrict_has_a_form_that_its_communities_fill_in(town):
    form = db.session.scalars(select(Proforma)).one()
    assert form.place.name == "韩森寨街道"
    assert form.unmatched == ["备注"]
    assert form.heads[5] == "联系方式 / 手机"


def test_the_figures_of_the_district_add_up():
    codes = [row["code"] for row in read("communities.csv")]
    dealt = quotas(codes, Random(1)).values()
    assert len(codes) == 108
    assert {what: sum(getattr(quota, what) for quota in dealt) for what in TOTALS} == TOTALS
    assert len(departments.of_the_district()) + 9 * len(departments.of_a_subdistrict("某街道")) == 69


@pytest.mark.databases("sqlite")
def test_the_same_seed_gives_the_same_people_and_days(site):
    prints = []
    for seed in (1, 1, 2):
        site.store.restore("empty")
        xincheng.load("tiny", "no hash", seed=seed)
        names = db.session.scalars(select(Person.name).order_by(Person.id)).all()
        days = rows(select(Shift.duty_id, Shift.starts_at, Shift.taken).order_by(Shift.id))
        prints.append((names, days))
    assert prints[0] == prints[1]
    assert prints[0] != prints[2]


def test_an_interrupted_load_leaves_nothing(site):
    steps = iter(range(12))
    with pytest.raises(StopIteration):
        xincheng.load("tiny", "no hash", tick=lambda: next(steps))
    assert not any(count(model) for model in (Place, Person, Account, Line, search.Entry))
    xincheng.load("tiny", "no hash")
    assert count(Place, Place.kind == Kind.DISTRICT) == 1


def test_what_is_added_later_gets_the_next_number(town):
    with work() as session:
        session.add(Person(name="后来的人（示例）"))


def test_phones_and_credit_codes_belong_to_nobody(town):
    assert not rows(select(Person.phone).where(Person.phone.not_like("100%")))
    codes = db.session.scalars(select(Partner.credit_code).where(Partner.credit_code.is_not(None))).all()
    assert codes
    assert not [code for code in codes if fault(code) or code[2:8] != "000000"]


def test_dongfang_has_84_buildings_and_a_compound_31(town):
    here = Place.at(DONGFANG)
    assert count(Place, Place.within(here), Place.kind == Kind.BUILDING) == 84
    assert db.session.scalar(Place.of_kind(Kind.COMPOUND, here).where(Place.name == "31小区"))
    assert not rows(select(Place.id).where(Place.kind == Kind.BUILDING, Place.lat.is_(None)))


def test_wu_has_her_saturday_her_tuesday_and_an_offer(town):
    wu = Account.named("volunteer").person
    agenda = [(signup.shift, signup.state) for signup in db.session.scalars(Signup.agenda(wu, since=clock.now()))]
    confirmed = {
        (str(shift), f"{clock.local(shift.starts_at):%a %H:%M}")
        for shift, state in agenda
        if state is SignupState.CONFIRMED
    }
    assert confirmed == {("联防巡查 · 巡查员", "Sat 07:00"), ("便民服务站 · 值班", "Tue 09:00")}
    [offered] = [shift for shift, state in agenda if state is SignupState.OFFERED]
    assert str(offered) == "义剪 · 引导排队"
    assert offered.taken == offered.seats
    assert offered.count(SignupState.WAITING) >= 2
    assert not offered.signup_of(wu).has_lapsed


def test_the_satellite_clinic_has_20_places_35_asked_and_a_couple_waits_as_two(town):
    doors = {counter.label: counter.duty for counter in db.session.scalars(select(Counter))}
    assert {str(duty) for duty in doors.values()} == {"卫星医院义诊 · 引导登记", "义剪 · 引导排队"}
    [shift] = {ticket.shift for ticket in rows_of(doors["我要看诊"])}
    asked = rows_of(doors["我要看诊"])
    waiting = [ticket.size for ticket in asked if ticket.state is TicketState.WAITING]
    assert sum(ticket.size for ticket in asked) == 35
    assert (sum(waiting), waiting[0]) == (15, 2)
    assert (Handout(shift).total, Handout(shift).left) == (20, 0)
    assert not shift.is_cancelled
    assert shift.starts_at > clock.now() + timedelta(days=5)


def rows_of(duty):
    """The tickets of a duty in the order of their numbers."""
    mine = select(Ticket).join(Ticket.shift).where(Shift.duty_id == duty.id).order_by(Ticket.number)
    return list(db.session.scalars(mine))


def test_the_repair_project_has_43_households_taken_and_20_open(town):
    project = db.session.scalar(select(Project).where(Project.title == "31小区老人家电义修"))
    assert [(part.quantity, part.left) for part in project.parts] == [(43, 0), (20, 20)]
    both = project.living_adoptions
    assert [adoption.partner.name for adoption in both] == ["白鹭科技（示例）", "红管家·邻里情（示例）"]
    assert project.lead is both[0]
    assert list(both[0].lateness.values()) == [2]
    assert project.adoptions[0].partner.managers == [Account.named("partner").person]


def test_the_incubator_raised_five_partners_with_nine_adoptions(town):
    firms = db.session.scalars(select(Partner).where(Partner.kind == PartnerKind.INCUBATED_FIRM)).all()
    active = [firm.id for firm in firms if firm.stage is Stage.ACTIVE]
    assert (len(firms), len(active)) == (6, 5)  # one more has applied
    adoptions = db.session.scalars(select(Adoption).where(Adoption.partner_id.in_(active))).all()
    states = [adoption.state for adoption in adoptions]
    assert [states.count(state) for state in (State.DELIVERED, State.RUNNING, State.RELEASED)] == [6, 2, 1]
    assert sum(a.part.person_hours for a in adoptions if a.state is State.DELIVERED) == 118
    counts = Board(place=Place.at(HUANGHE)).counts(Account.named("district").person)
    assert (counts.graduated, counts.partners, counts.incubating) == (7, 5, 3)
    assert giveback.sums(active) == giveback.Sums(finished=6, running=2, left=1, minutes=118 * 60, yuan=46_800)
    [left] = [one for firm in active for one in giveback.ledger(Nobody(), firm, 9) if one.successor]
    assert left.adoption.state is State.RELEASED


def test_nothing_of_the_demo_is_released_by_itself(town):
    with time_machine.travel(clock.at(town.today) + timedelta(hours=9), tick=False):
        release_idle_adoptions()
        assert count(Line, Line.verb == "adoption.idle") == 0
    late = [milestone for milestone in db.session.scalars(select(Milestone)) if milestone.days_late]
    assert [milestone.days_late for milestone in late] == [2]


def test_agreements_stand_in_every_way_and_those_of_the_stories_have_their_paper(town):
    found = db.session.scalars(select(Agreement)).all()
    states = {agreement.state for agreement in found}
    assert {AgreementState.VALID, AgreementState.ENDING, AgreementState.EXPIRED} <= states
    papers = [agreement.file for agreement in found if agreement.file]
    assert len(papers) == 4
    assert {scan.read(paper.payload, paper.name).kind for paper in papers} == {scan.Kind.PDF}
    assert any(agreement.renewal for agreement in found)
    assert all(len(agreement.parties) >= 2 for agreement in found)


def test_nobody_is_reminded_again_of_what_the_demo_has_told(town):
    with time_machine.travel(clock.at(town.today) + timedelta(hours=9), tick=False):
        before = count(Line, Line.verb == "agreement.ending")
        remind_of_agreements()
        assert count(Line, Line.verb == "agreement.ending") == before


def test_the_journal_is_in_the_order_of_time_and_much_of_it_is_public(town):
    lines = db.session.scalars(select(Line).order_by(Line.id)).all()
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert lines[-1].at <= clock.now()
    assert sum(line.audience is Audience.PUBLIC for line in lines) > 150


def test_shifts_go_on_for_four_weeks(town):
    last = db.session.scalar(select(func.max(Shift.starts_at)))
    assert timedelta(days=26) < last - town.now < timedelta(days=29)


def test_search_finds_places_partners_and_duties(town):
    for words, kind in (("31小区", "place"), ("白鹭", "partner"), ("联防巡查", "duty"), ("家电义修", "project")):
        assert kind in db.session.scalars(search.matching(words).with_only_columns(search.Entry.kind)).all()


def test_the_buildings_of_dongfang_tell_who_has_no_helper(town):
    found = covers(Place.at(DONGFANG))
    numbers = counts(found)
    patterns = (Pattern.COVERED, Pattern.NO_LEAD, Pattern.NO_HELPER, Pattern.NOBODY)
    assert len(found) == 84
    assert [numbers[pattern] for pattern in patterns] == [62, 6, 12, 4]
    assert sum(cover.overloaded for cover in found) == 3
    here = select(Place.id).where(Place.within(Place.at(DONGFANG)))
    serving = Assignment.in_post() & Assignment.building_id.in_(here)
    assert count(Assignment, serving) == 201
    assert db.session.scalar(select(func.count(Assignment.person_id.distinct())).where(serving)) == 189
