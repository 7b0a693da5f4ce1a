"""A page costs a fixed number of queries, fifteen at most, whatever the size (architecture.md)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from benchmarks import world
from benchmarks.measure import count, pages_of
from earnest.accounts.models import Workspace
from earnest.standing import estimating
from earnest.standing.models import Belief

MOST = 15
SMALL, LARGE = 20, 300


def counted(people: int) -> dict[str, int]:
    """The queries of every page in an organisation of this size, everybody estimated."""
    built = world.build(people, at=now())
    Workspace.objects.update(estimates_since=now())
    estimating.make_all_anew(built.initiative.workspace, at=now())
    assert Belief.objects.filter(pk=built.usual_record, is_enough=True).exists()
    client = Client()
    client.force_login(built.lead)
    pages = pages_of(built)
    del pages["Bare page"]  # it belongs to the benchmark's own addresses
    return {name: count(client, path) for name, path in pages.items()}


@pytest.mark.timeout(300)  # two organisations are built
@pytest.mark.django_db
def test_every_page_costs_as_many_queries_at_any_size_and_few(subtests: pytest.Subtests) -> None:
    small, large = counted(SMALL), counted(LARGE)
    for page, queries in small.items():
        with subtests.test(page):
            assert queries == large[page]
            assert queries <= MOST
