"""What was said to the estimate since a backup holds after a restore, too (privacy.md 5 and 6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from earnest.accounts.models import EstimateTurn, User, Workspace
from earnest.cli import backup, restore
from earnest.initiatives.models import Participation
from earnest.standing import actions
from earnest.standing.actions import Fact
from earnest.standing.models import Belief, Evidence, Parameters, Rung
from earnest.standing.tests.test_estimates import GROUNDS
from tests.test_restore import ask, joan

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def owner() -> User:
    return User.objects.get(
        memberships__role="owner", memberships__workspace=joan().person.workspace
    )


def deed(value: int, day: int) -> Evidence:
    fact = Fact("did", value, f"promise {day}", item="kept")
    return actions.record_evidence(joan(), fact, at=AT - timedelta(days=day))


@pytest.fixture
def saved(folder: Path) -> Path:
    """A backup with the estimate on, direct reports covered, and something known of Joan."""
    grounds = GROUNDS.__class__(GROUNDS.why, AT.date(), GROUNDS.agreement, covers_reports=True)
    workspace = joan().person.workspace
    actions.turn_on(workspace, grounds, by=owner(), at=AT - timedelta(days=30))
    Parameters.objects.create(workspace=workspace, tried_at=AT)
    for day in (3, 2, 1):
        deed(day % 2, day)
    backup.make(folder / "saved.zip", at=AT, with_key=False)
    return folder / "saved.zip"


def workspace_now() -> Workspace:
    return Workspace.objects.get(pk=joan().person.workspace_id)


def test_turned_off_since_it_stays_off_with_its_record(saved: Path) -> None:
    actions.turn_off(workspace_now(), "Not agreed after all", by=owner(), at=LATER)
    restore.restore(ask(saved))
    assert not workspace_now().estimates
    assert not Belief.objects.exists()
    assert not Parameters.objects.exists()
    turn = EstimateTurn.objects.all()[0]
    assert (turn.is_on, turn.why, turn.by, turn.at) == (
        False,
        "Not agreed after all",
        owner(),
        LATER,
    )


def test_left_on_it_is_on_as_it_was(saved: Path) -> None:
    restore.restore(ask(saved))
    assert workspace_now().estimates
    assert workspace_now().estimates_cover_reports
    assert Belief.objects.get().pk == joan().pk


def test_direct_reports_left_out_since_stay_left_out(saved: Path) -> None:
    actions.turn_off(workspace_now(), by=owner(), at=LATER)
    actions.turn_on(workspace_now(), GROUNDS, by=owner(), at=LATER)
    restore.restore(ask(saved))
    assert workspace_now().estimates
    assert not workspace_now().estimates_cover_reports


def test_who_wanted_no_estimate_since_has_none(saved: Path) -> None:
    actions.refuse_estimate(joan(), at=LATER)
    restore.restore(ask(saved))
    assert joan().person.not_estimated_at == LATER
    assert not Belief.objects.exists()


def test_what_was_said_to_be_not_right_since_counts_no_more(saved: Path) -> None:
    missed = Evidence.objects.get(value=0)
    before = Belief.objects.get().chance
    actions.say_not_right(joan(), missed.id, at=LATER)
    restore.restore(ask(saved))
    assert Evidence.objects.filter(corrects=missed.id, at=LATER).count() == 1
    assert Belief.objects.get().chance > before
    assert Participation.objects.filter(pk=joan().pk, rung__step=Rung.Step.AGAIN).exists()
