"""The small world is what its names say, made by the verbs of the trade."""

from communities.account import Account
from demo.world import PASSWORD
from kernel import clock
from kernel.passwords import fits
from volunteers.volunteer import Volunteer


def test_every_account_opens_with_the_one_password(world):
    for username in (
        "volunteer",
        "volunteer2",
        "partner",
        "committee",
        "grid",
        "department",
        "subdistrict",
        "district",
    ):
        assert fits(Account.named(username).password_hash, PASSWORD)
    assert Account.named("other-committee").person == world.stranger_lin


def test_wu_zhou_and_zhao_are_volunteers_and_the_others_are_not(world):
    assert all(Volunteer.of(person) for person in (world.wu, world.zhou, world.zhao))
    assert Volunteer.of(world.lin) is None


def test_the_committee_serves_its_community_and_not_the_other_one(world):
    assert world.lin.reach == [world.community.path]
    assert world.stranger_lin.reach == [world.other_community.path]
    assert world.community.covers(world.building1)


def test_three_partners_are_active_and_one_waits(world):
    assert all(partner.is_active for partner in (world.egret, world.team, world.department))
    assert not world.applicant.is_active
    assert world.egret.managers == [world.zhao]


def test_the_project_is_open_with_43_and_20_households(world):
    assert [(part.quantity, part.unit, part.left) for part in world.project.parts] == [(43, "户", 43), (20, "户", 20)]


def test_the_two_shifts_lie_on_the_same_saturday_and_overlap(world):
    one, other = world.shift, world.shift2
    assert (one.seats, other.seats) == (1, 3)
    assert clock.local(one.starts_at).weekday() == 5
    assert f"{clock.local(one.starts_at):%H:%M}–{clock.local(one.ends_at):%H:%M}" == "07:00–08:00"
    assert one.starts_at < other.starts_at < one.ends_at
    assert not one.is_rushed
