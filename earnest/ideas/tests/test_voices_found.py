"""A browser's voice is found by its index, however many there are: SQLite asks to hear its very words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.ideas import access, actions
from earnest.ideas.access.booth import booth_by_token
from earnest.ideas.tests.voting import space_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what tables hold")
def test_whoever_comes_is_found_by_an_index(world: World) -> None:
    space = space_of(world, names=False)
    with CaptureQueriesContext(connection) as asked:
        booth_by_token(access.token_of(space), "a secret")
        access.voice_in(space, key="a secret")
        actions.speak(space, participation=None, key_hash="5" * 64, at=NOW)
    found = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    assert len([sql for sql in found if "ideas_voice" in sql]) == 3
    for sql in found:
        if "ideas_voice" in sql:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                plan = " ".join(str(row[3]) for row in cursor.fetchall())
            assert "voice_of_key_once" in plan, plan
