"""Every page of the plan costs the same, however much stands on it (docs/architecture.md, rule 7)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.initiatives.models import Measure
from earnest.plans import actions
from earnest.plans.actions import MeasureDraft, ReadingDraft
from earnest.plans.tests.planned import a_need, a_part, an_input, publish
from tests.worlds import NOW, World

PAGES = (
    "initiatives/{initiative}/",
    "initiatives/{initiative}/plan/",
    "initiatives/{initiative}/plan/glance/",
    "initiatives/{initiative}/plan/publish/",
    "initiatives/{initiative}/plan/versions/",
    "initiatives/{initiative}/plan/versions/1/",
    "initiatives/{initiative}/measures/",
    "initiatives/{initiative}/more-time/",
    "initiatives/{initiative}/evidence/",
    "measures/{measure}/",
    "parts/{part}/",
)


def furnish(world: World, many: int) -> Measure:
    lead, here = world.lead, world.initiative
    measure = actions.add_measure(here, MeasureDraft(f"Measure {many}"), by=lead, at=NOW)
    for n in range(many):
        part = a_part(world, f"Part {many} {n}", owner=world.joan, measures=(measure,))
        an_input(world, world.joan, part, passed_on="named")
        an_input(world, world.sam, part, passed_on="unnamed")
        a_need(world, part, world.joan)
        draft = ReadingDraft(NOW.date() - timedelta(days=n), Decimal(n))
        actions.add_readings(measure, [draft], by=lead, at=NOW)
        here.outside_evidence.create(
            what="It helped", where=f"Town {n}", source="A book", on=NOW.date(), at=NOW
        )
        here.schedule_changes.create(cause="more", moved={}, at=NOW, told_at=NOW)
    if not here.versions.exists():
        publish(world)
        a_part(world, "To be published")
    return measure


def counted(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_however_much_stands_on_it(
    client: Client, world: World, page: str
) -> None:
    client.force_login(world.lead)
    furnish(world, 1)
    costs = []
    for many in (2, 7):
        measure = furnish(world, many)
        part = world.initiative.parts.first()
        assert part is not None
        keys = {"initiative": world.initiative.pk, "measure": measure.pk, "part": part.pk}
        costs.append(counted(client, f"/{page.format(**keys)}"))
    assert costs[0] == costs[1] <= 15
