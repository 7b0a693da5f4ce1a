"""The demo shows the estimate on, with its record; an example among real people turns nothing on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.accounts.models import Workspace
from earnest.initiatives.models import Participation
from earnest.pages import actions
from earnest.standing import queries
from tests.worlds import NOW, World


@pytest.mark.slow
def test_a_few_are_estimated_one_wants_none_and_the_leads_own_people_are_not(world: World) -> None:
    example = actions.build_example(world.workspace, by=world.lead, at=NOW)
    assert not Workspace.objects.get(pk=world.workspace.pk).estimates
    with CaptureQueriesContext(connection) as asked:
        actions.estimate_example(example, by=world.lead, at=NOW)
    assert len(asked) < 150
    turn = queries.turns_of(world.workspace).get()
    assert turn.is_on
    assert turn.told_on
    assert turn.told_on < turn.at.date()
    shown = Participation.objects.filter(pk__in=queries.beliefs_shown().values("pk"))
    assert 5 <= shown.count() < 20
    assert not shown.filter(person__name="Tomás Herrera").exists()
