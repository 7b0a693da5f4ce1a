"""The stored estimate follows the record: one row more is one step, and the whole is the same."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.accounts.models import Workspace
from earnest.core.models import Event as Logged
from earnest.initiatives import actions as initiatives
from earnest.people.models import Person
from earnest.standing import actions, estimating, queries
from earnest.standing.actions import Fact, Grounds
from earnest.standing.models import Belief, Evidence
from tests.worlds import NOW, World

GROUNDS = Grounds("To prepare talks better", NOW.date(), "Works agreement 12, 1 Nov 2026")
KINDS = (("nodded", ""), ("agreed", ""), ("did", "kept"), ("silent", ""), ("did", "attended"))


@pytest.fixture
def on(world: World) -> World:
    """The world with the estimate on."""
    actions.turn_on(world.workspace, GROUNDS, by=world.owner, at=NOW)
    return world


def note(world: World, kind: str, value: int, *, hours: float, item: str = "") -> Evidence:
    fact = Fact(kind, value, f"{kind} {hours}", item=item)
    return actions.record_evidence(world.joan, fact, at=NOW + timedelta(hours=hours))


def stored(world: World) -> Belief:
    return Belief.objects.get(pk=world.joan.pk)


def shown(world: World) -> bool:
    return queries.beliefs_shown().filter(pk=world.joan.pk).exists()


def numbers(one: Belief) -> list[float]:
    at, mean, cov = one.state
    return [at, *mean, *cov]


def test_nothing_is_stored_while_it_is_off(world: World) -> None:
    note(world, "did", 1, hours=1, item="kept")
    assert not Belief.objects.exists()


def test_row_by_row_is_the_same_as_all_at_once(on: World) -> None:
    draw = random.Random(7)
    for n in range(30):
        kind, item = draw.choice(KINDS)
        note(on, kind, draw.randrange(2), hours=n * 31.7, item=item)
        note(on, "said", draw.randrange(1, 6), hours=n * 31.7, item="doable")
    followed = stored(on)
    assert followed.events == 60
    estimating.make_all_anew(on.workspace, at=NOW)
    anew = stored(on)
    assert numbers(followed) == pytest.approx(numbers(anew), abs=1e-9)
    assert (anew.events, anew.last, anew.made_with) == (60, followed.last, followed.made_with)


def test_one_row_more_reads_no_earlier_row(on: World, monkeypatch: pytest.MonkeyPatch) -> None:
    note(on, "nodded", 1, hours=1)
    monkeypatch.setattr(estimating, "state_after", None)  # the whole record is not gone through
    note(on, "did", 1, hours=2, item="kept")
    assert stored(on).events == 2


def test_what_is_corrected_leaves_no_trace_in_the_estimate(on: World) -> None:
    note(on, "nodded", 1, hours=1)
    before = numbers(stored(on))
    row = note(on, "did", 0, hours=2, item="kept")
    actions.withdraw_evidence(on.joan, row.source, kind="did", at=NOW + timedelta(hours=3))
    assert numbers(stored(on)) == before
    actions.withdraw_evidence(on.joan, "nodded 1", kind="nodded", at=NOW + timedelta(hours=4))
    assert not Belief.objects.exists()


def test_what_happened_earlier_is_taken_in_where_it_belongs(on: World) -> None:
    note(on, "nodded", 1, hours=100)
    note(on, "did", 1, hours=50, item="kept")
    late = numbers(stored(on))
    Belief.objects.all().delete()
    estimating.make_all_anew(on.workspace, at=NOW)
    assert late == pytest.approx(numbers(stored(on)), abs=1e-9)


def test_fewer_than_three_things_say_nothing(on: World) -> None:
    for hour in (1, 2):
        note(on, "nodded", 1, hours=hour)
        assert not shown(on)
    note(on, "did", 1, hours=3, item="kept")
    assert shown(on)


def test_missed_deeds_alone_do_not_tell_which_step_is_open(on: World) -> None:
    for hour in range(6):
        note(on, "did", 0, hours=24 * hour, item="kept")
    assert shown(on)
    assert stored(on).weakest == ""
    note(on, "said", 2, hours=150, item="doable")
    assert stored(on).weakest == "doable"


def test_one_step_spoken_of_is_named(on: World) -> None:
    for hour, value in enumerate((1, 1, 2)):
        note(on, "said", value, hours=hour, item="owns")
    assert stored(on).weakest == "owns"


def test_of_two_steps_spoken_of_alike_one_is_asked_about(on: World) -> None:
    for item, value in (("understands", 5), ("matters", 5), ("doable", 1), ("owns", 1)):
        note(on, "said", value, hours=1, item=item)
    assert stored(on).weakest in {"doable", "owns"}


def test_turning_it_off_deletes_every_estimate_and_keeps_the_record(on: World) -> None:
    note(on, "did", 1, hours=1, item="kept")
    actions.turn_off(on.workspace, "No need", by=on.owner, at=NOW + timedelta(days=1))
    assert not Belief.objects.exists()
    turns = list(queries.turns_of(on.workspace))
    assert [(one.is_on, one.why) for one in turns] == [
        (False, "No need"),
        (True, "To prepare talks better"),
    ]
    note(on, "did", 1, hours=48, item="kept")
    assert not Belief.objects.exists()


def test_turned_on_later_everybody_is_estimated_from_their_record(world: World) -> None:
    for hour in range(3):
        note(world, "did", 1, hours=hour, item="kept")
    actions.turn_on(world.workspace, GROUNDS, by=world.owner, at=NOW + timedelta(days=1))
    estimating.make_all_anew(world.workspace, at=NOW + timedelta(days=1))
    assert shown(world)


def test_turned_on_twice_the_first_record_stands(on: World) -> None:
    assert not actions.turn_on(on.workspace, GROUNDS, by=on.owner, at=NOW)
    assert queries.turns_of(on.workspace).count() == 1


def test_do_not_estimate_me_is_obeyed_in_the_same_moment(on: World) -> None:
    for hour in range(3):
        note(on, "did", 1, hours=hour, item="kept")
    actions.refuse_estimate(on.joan, at=NOW)
    assert not Belief.objects.exists()
    note(on, "did", 1, hours=9, item="kept")
    estimating.make_all_anew(on.workspace, at=NOW)
    assert not Belief.objects.exists()


def test_pressed_twice_it_is_said_once_and_of_nobody(on: World) -> None:
    for day in range(2):
        actions.refuse_estimate(on.joan, at=NOW + timedelta(days=day))
    assert Person.objects.get(pk=on.joan.person_id).not_estimated_at == NOW
    said = Logged.objects.get(action="estimate_refused")
    assert (said.actor_id, said.object_id, said.initiative_id) == (None, None, None)
    assert said.workspace_id == on.workspace.pk


def test_who_writes_evidence_meanwhile_is_waited_for(on: World) -> None:
    note(on, "did", 1, hours=1, item="kept")
    with CaptureQueriesContext(connection) as asked:
        actions.refuse_estimate(on.joan, at=NOW)
    said = [one["sql"] for one in asked if "standing_" in one["sql"] or "people_" in one["sql"]]
    assert [sql.split()[0] for sql in said] == ["UPDATE", "SELECT", "DELETE"]
    assert "standing_rung" in said[1]  # for update, where the database knows that


def test_who_changes_their_mind_is_estimated_again(on: World) -> None:
    for hour in range(3):
        note(on, "did", 1, hours=hour, item="kept")
    actions.refuse_estimate(on.joan, at=NOW)
    actions.allow_estimate(on.joan, at=NOW)
    estimating.make_person_anew(on.joan.person_id, at=NOW)
    assert shown(on)


def reports_to_lead(world: World) -> None:
    """Joan's manager in the directory has the address of the lead."""
    boss = Person.objects.create(
        workspace=world.workspace, name="Lead Lead", email=world.lead.email.upper()
    )
    Person.objects.filter(pk=world.joan.person_id).update(manager=boss)


def test_who_reports_to_a_lead_is_not_estimated(on: World) -> None:
    for hour in range(3):
        note(on, "did", 1, hours=hour, item="kept")
    reports_to_lead(on)
    assert not shown(on)  # at once, whatever lies in the table
    assert actions.forget_forbidden(at=NOW) == 1
    note(on, "did", 1, hours=9, item="kept")
    assert not Belief.objects.exists()


def test_a_linked_user_counts_whatever_the_address(on: World) -> None:
    note(on, "did", 1, hours=1, item="kept")
    boss = Person.objects.create(workspace=on.workspace, name="Lead", user=on.co_lead)
    Person.objects.filter(pk=on.joan.person_id).update(manager=boss)
    assert not queries.beliefs().exists()


def test_who_becomes_lead_over_their_people_sees_no_estimate_of_them(on: World) -> None:
    note(on, "did", 1, hours=1, item="kept")
    boss = Person.objects.create(workspace=on.workspace, name="M", email=on.member.email)
    Person.objects.filter(pk=on.joan.person_id).update(manager=boss)
    assert queries.beliefs().exists()
    initiatives.give_role(on.initiative, on.member, kind="co_lead", by=on.lead, at=NOW)
    assert not queries.beliefs().exists()


def test_direct_reports_are_estimated_where_the_agreement_says_so(world: World) -> None:
    grounds = Grounds("To prepare", NOW.date(), "Agreement", covers_reports=True)
    actions.turn_on(world.workspace, grounds, by=world.owner, at=NOW)
    reports_to_lead(world)
    note(world, "did", 1, hours=1, item="kept")
    assert queries.beliefs().exists()


@pytest.mark.parametrize("wish", ["not-this", "not-at-all"])
def test_who_stopped_is_not_estimated(on: World, wish: str) -> None:
    note(on, "did", 1, hours=1, item="kept")
    initiatives.say_wish(on.joan, initiatives.Wish(wish), at=NOW)
    assert not queries.beliefs().exists()
    assert actions.forget_forbidden(at=NOW) == 1


def test_on_a_closed_initiative_nobody_is_estimated(on: World) -> None:
    for hour in range(3):
        note(on, "did", 1, hours=hour, item="kept")
    initiatives.close_initiative(on.initiative, by=on.lead, at=NOW)
    assert not shown(on)
    assert actions.forget_forbidden(at=NOW) == 1
    initiatives.reopen_initiative(on.initiative, by=on.lead, at=NOW)
    estimating.make_all_anew(on.workspace, at=NOW)
    assert shown(on)


def test_an_erased_record_leaves_no_estimate(on: World) -> None:
    note(on, "did", 1, hours=1, item="kept")
    actions.erase_record(on.joan.pk)
    assert not Belief.objects.exists()


def test_other_parameters_make_the_state_anew(on: World) -> None:
    for hour in range(3):
        note(on, "did", 1, hours=hour, item="kept")
    at, _mean, cov = stored(on).state
    Belief.objects.update(made_with="others", state=[at, [9.0] * 8, cov])
    note(on, "did", 1, hours=9, item="kept")
    assert stored(on).made_with == estimating.SHIPPED
    assert max(stored(on).state[1]) < 5


def test_the_other_workspace_stays_off(on: World) -> None:
    assert Workspace.objects.get(pk=on.other_workspace.pk).estimates is False
