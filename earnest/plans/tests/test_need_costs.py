"""Pages of needs cost the same, however many needs, quotes and parts there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.listening.models import Need, NeedNamed, Quote
from earnest.plans.models import Answers, Part, PartWords
from tests.worlds import NOW, World

MOST = 15


@pytest.fixture
def many(world: World) -> World:
    """Sixty needs with three quotes each, and twenty parts."""
    here = {"initiative": world.initiative}
    needs = Need.objects.bulk_create(
        Need(**here, words=f"Need {n}", made_at=NOW, people_count=n % 9, called_at=NOW)
        for n in range(60)
    )
    parts = Part.objects.bulk_create(
        Part(**here, title=f"Part {n}", why="So", made_at=NOW, changed_at=NOW) for n in range(20)
    )
    who = (world.joan, world.sam)
    quotes = Quote.objects.bulk_create(
        Quote(**here, participation=who[n % 2], words=f"Said {n}", said_on=NOW, passed_on="unnamed")
        for n in range(180)
    )
    link = Quote.needs.through._default_manager
    link.bulk_create(
        Quote.needs.through(quote=one, need=needs[n % 59]) for n, one in enumerate(quotes[:120])
    )
    NeedNamed.objects.bulk_create(
        NeedNamed(need=needs[0], participation=who[n % 2], words="So", at=NOW) for n in range(70)
    )
    Answers.objects.bulk_create(
        Answers(need=needs[n], part=parts[n % 20], how="helps", at=NOW) for n in range(40)
    )
    PartWords.objects.bulk_create(
        PartWords(part=parts[n % 20], quote=one, at=NOW) for n, one in enumerate(quotes[:90])
    )
    return world


@pytest.mark.parametrize(
    "path",
    [
        "/initiatives/{i}/needs/",
        "/initiatives/{i}/needs/merged/?need={n}&need={m}",
        "/needs/{n}/",
        "/initiatives/{i}/plan/connect/",
        "/initiatives/{i}/plan/case/",
        "/initiatives/{i}/plan/case/text/",
        "/parts/{p}/words/?all",
        "/parts/{p}/words/",
    ],
)
def test_a_page_costs_at_most_fifteen_queries(client: Client, many: World, path: str) -> None:
    first, second = Need.objects.order_by("pk")[:2]
    found = {"i": many.initiative.pk, "n": first.pk, "m": second.pk, "p": Part.objects.all()[0].pk}
    client.force_login(many.lead)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path.format(**found))
    assert answer.status_code == 200
    assert len(asked) <= MOST, [one["sql"][:120] for one in asked]
