"""Each night the parameters are fitted to people here; what was there stays unless it is better."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from earnest.core.models import Event as Logged
from earnest.engine.belief import DEFAULTS, Fit
from earnest.initiatives import actions as initiatives
from earnest.people import actions as people
from earnest.people.models import Person
from earnest.standing import actions, estimating, refitting, sweeps
from earnest.standing.actions import Fact
from earnest.standing.models import Belief, Parameters
from earnest.standing.tests.test_estimates import GROUNDS
from tests.worlds import NOW, World

NIGHT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # three in the morning in Amsterdam
FITTED = replace(DEFAULTS, tau=60.0)


@pytest.fixture
def team(world: World) -> World:
    """Twelve people with three deeds each, the estimate on."""
    actions.turn_on(world.workspace, GROUNDS, by=world.owner, at=NOW)
    names = [people.Named(f"Person {n}", f"p{n}@example.org") for n in range(12)]
    for n, person in enumerate(people.add_people(world.workspace, names, by=world.lead, at=NOW)):
        there = initiatives.put_on(
            world.initiative, person, held_by=world.lead, by=world.lead, at=NOW
        )
        for hour in range(3):
            fact = Fact("did", (n + hour) % 2, f"promise {hour}", item="kept")
            actions.record_evidence(there, fact, at=NOW + timedelta(hours=hour))
    return world


def found(monkeypatch: pytest.MonkeyPatch, *, after: float, kept: bool) -> Mock:
    """The fit finds these, with the held-out likelihood −0.5 before."""
    fit = Mock(return_value=Fit(FITTED, -0.5, after, kept=kept))
    monkeypatch.setattr(refitting, "fit", fit)
    return fit


def night(world: World, at: datetime = NIGHT) -> int:
    return sweeps.refit(at=at)


def test_better_parameters_are_stored_and_every_state_is_made_anew(
    team: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(Belief.objects.values_list("chance", flat=True))
    found(monkeypatch, after=-0.4, kept=False)
    assert night(team) == 1
    stored = Parameters.objects.get()
    assert (stored.version, stored.people, stored.deeds) == (1, 12, 36)
    assert (stored.held_out_before, stored.held_out_after) == (-0.5, -0.4)
    assert estimating.params_of(stored) == (FITTED, "version 1")
    assert set(Belief.objects.values_list("made_with", flat=True)) == {"version 1"}
    assert set(Belief.objects.values_list("chance", flat=True)) != before
    assert Logged.objects.get(action="estimates_refitted").detail["version"] == 1


@pytest.mark.parametrize(("after", "kept"), [(-0.5, False), (-0.6, False), (-0.4, True)])
def test_the_old_ones_stay_unless_the_new_are_better(
    team: World, monkeypatch: pytest.MonkeyPatch, after: float, kept: bool
) -> None:
    found(monkeypatch, after=after, kept=kept)
    night(team)
    assert estimating.params_of(Parameters.objects.get()) == (DEFAULTS, estimating.SHIPPED)
    assert set(Belief.objects.values_list("made_with", flat=True)) == {estimating.SHIPPED}


def test_the_next_night_begins_with_what_was_found(
    team: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = found(monkeypatch, after=-0.4, kept=False)
    night(team)
    night(team, NIGHT + timedelta(days=1))
    assert [one.args[1] for one in fit.call_args_list] == [DEFAULTS, FITTED]
    assert Parameters.objects.get().version == 2


def test_once_a_night_and_only_at_night(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fit = found(monkeypatch, after=-0.4, kept=False)
    assert night(team, NIGHT + timedelta(hours=8)) == 0
    assert night(team) == 1
    assert night(team, NIGHT + timedelta(minutes=30)) == 0
    assert fit.call_count == 1


def test_nothing_is_fitted_on_who_may_not_be_estimated(
    team: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(name="Person 3").update(not_estimated_at=NOW)
    Person.objects.filter(name="Person 4").update(is_example=True)
    fit = found(monkeypatch, after=-0.4, kept=False)
    night(team)
    assert fit.call_args.args[0].people == 10


def test_of_a_handful_nothing_is_learned(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Person.objects.filter(name__startswith="Person 1").update(not_estimated_at=NOW)
    fit = found(monkeypatch, after=-0.4, kept=False)
    night(team)
    fit.assert_not_called()
    assert Parameters.objects.get().tried_at == NIGHT


@pytest.mark.parametrize("on_again", [False, True])
def test_turned_off_meanwhile_nothing_is_stored(
    team: World, monkeypatch: pytest.MonkeyPatch, on_again: bool
) -> None:
    def fit(*_args: object, **_more: object) -> Fit:
        actions.turn_off(team.workspace, by=team.owner, at=NIGHT)
        if on_again:
            actions.turn_on(team.workspace, GROUNDS, by=team.owner, at=NIGHT)
        return Fit(FITTED, -0.5, -0.4, kept=False)

    monkeypatch.setattr(refitting, "fit", fit)
    night(team)
    assert not Parameters.objects.exists()
    assert not Belief.objects.exclude(made_with=estimating.SHIPPED).exists()
    assert Belief.objects.exists() is on_again


def test_parameters_of_another_release_hold_nothing_up(team: World) -> None:
    Parameters.objects.create(
        workspace=team.workspace, version=4, values={"old": 1.0}, tried_at=NOW
    )
    whose = team.initiative.participations.filter(person__name="Person 3").get()
    fact = Fact("did", 1, "promise 9", item="kept")
    actions.record_evidence(whose, fact, at=NOW + timedelta(hours=9))
    assert Belief.objects.get(pk=whose.pk).made_with == estimating.SHIPPED


def test_while_it_is_off_nobody_is_fitted(world: World) -> None:
    assert night(world) == 0
    assert not Parameters.objects.exists()


def test_the_real_fit_never_worsens_what_it_was_given(team: World) -> None:
    night(team)
    stored = Parameters.objects.get()
    before, after = stored.held_out_before, stored.held_out_after
    assert stored.version == 0 or (before is not None and after is not None and after > before)
    assert Belief.objects.count() == 12
