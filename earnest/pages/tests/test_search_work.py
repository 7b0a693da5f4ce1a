"""How much is done for an answer, counted and not timed: it must not grow with what is common."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.listening.models import Quote
from earnest.pages import search
from earnest.pages.search import asking, doors, postgresql, sqlite
from earnest.pages.search.asking import Wanted
from tests.worlds import NOW, World

ONLY_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="FTS5's own plan")
ONLY_POSTGRESQL = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="GIN's own plan")


@pytest.fixture
def often(world: World) -> World:
    """Two hundred quotes of the same few words, three of them in another order."""
    words = [f"list the cover {n}" for n in range(200)] + [f"the list cover {n}" for n in range(3)]
    Quote.objects.bulk_create(
        Quote(initiative=world.initiative, participation=world.joan, words=one, said_on=NOW.date())
        for one in words
    )
    return world


def wanted(world: World, typed: str) -> Wanted:
    return Wanted("quote", asking.read(typed), (f"i{world.initiative.pk}",), None, 6)


def test_the_doors_are_put_together_once_for_everybody(
    often: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = search.find(often.lead, "list")

    def never(*_: object) -> None:
        raise AssertionError("put together anew")

    monkeypatch.setattr(initiatives, "initiatives_led_by", never)
    again = search.find(often.co_lead, "cover")
    assert [len(group.hits) for group in again.groups] == [len(first.groups[0].hits)] == [5]


def test_of_whom_nothing_but_the_key_is_there_a_door_reads_nothing_else(world: World) -> None:
    with pytest.raises(User.DoesNotExist):
        _ = doors._whoever().email


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for one in plan.get("Plans", ()) for node in _nodes(one))]


def looked_at(world: World, typed: str) -> list[int]:
    """Rows that came out of each look into the index of PostgreSQL."""
    query = postgresql.query_of(wanted(world, typed))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN (ANALYZE, FORMAT JSON) SELECT id FROM search_quote WHERE words @@ %s::tsquery",
            [query],
        )
        (said,) = cursor.fetchone()
    plan = json.loads(said)[0] if isinstance(said, str) else said[0]
    found = [node for node in _nodes(plan["Plan"]) if node["Node Type"] == "Bitmap Index Scan"]
    return [int(node["Actual Rows"]) for node in found]


@ONLY_POSTGRESQL
@pytest.mark.parametrize("typed", ['"the list"', '"the list cover"', '"the lis', '"list cover"'])
def test_a_phrase_of_common_words_looks_at_no_more_rows_than_have_it(
    often: World, typed: str
) -> None:
    assert looked_at(often, '"list" "the" "cover"') == [203]
    assert looked_at(often, typed) == [3]


@ONLY_SQLITE
@pytest.mark.parametrize("typed", ["the", '"the list"', "list cov"])
def test_the_newest_come_out_of_the_index_first_and_nothing_is_sorted(
    often: World, typed: str
) -> None:
    table = "search_quote"
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN QUERY PLAN SELECT rowid FROM {table} "  # noqa: S608
            f"WHERE {table} MATCH %s ORDER BY rowid DESC LIMIT 6",
            [sqlite.match_of(wanted(often, typed))],
        )
        plan = [row[3] for row in cursor.fetchall()]
    assert len(plan) == 1
    assert "VIRTUAL TABLE INDEX" in plan[0]
