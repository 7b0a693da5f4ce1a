"""The index says what the rows say, after whatever happened to them, and forgets what is erased."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.models import Quote
from earnest.pages import erasure, search, sweeps
from earnest.pages.apps import before
from earnest.pages.search import index
from earnest.pages.search.sort import Sort
from earnest.pages.search.sorts import SORTS
from earnest.people.models import Person, Team
from tests.worlds import NOW, World

ONLY_SQLITE = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL keeps its index in a table"
)
WORDS = ["weekend", "cover", "night", "list", "morning", "desk", "休息", "café", "straße"]


@pytest.fixture
def quote(world: World) -> Quote:
    return Quote.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words="Zebras wait at every crossing",
        said_on=NOW.date(),
    )


def is_found(world: World, typed: str = "zebras") -> bool:
    return bool(search.find(world.lead, typed).groups)


def kept_in(sort: Sort) -> list[tuple[object, ...]]:
    """All that the index holds of a sort: each word, where."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(f"SELECT id, words::text FROM search_{sort.name} ORDER BY id")  # noqa: S608
            return list(cursor.fetchall())
        cursor.execute(f"CREATE VIRTUAL TABLE seen USING fts5vocab(search_{sort.name}, instance)")
        cursor.execute('SELECT term, doc, "offset" FROM seen ORDER BY 1, 2, 3')
        rows = list(cursor.fetchall())
        cursor.execute("DROP TABLE seen")
    return rows


def everything() -> dict[str, list[tuple[object, ...]]]:
    return {sort.name: kept_in(sort) for sort in SORTS}


@pytest.mark.parametrize("seed", range(4))
def test_after_any_writes_it_is_as_if_it_were_made_anew(world: World, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        _write_something(world, dice)
    followed = everything()
    index.rebuild()
    assert everything() == followed
    assert any(followed.values())


def _write_something(world: World, dice: random.Random) -> None:
    """A row made, changed, moved or gone, by whatever way."""
    words = " ".join(dice.choices(WORDS, k=4))
    needs = world.initiative.needs
    team = Team.objects.order_by("pk").last()
    writes: list[Callable[[], object]] = [
        lambda: Quote.objects.create(initiative=world.initiative, words=words, said_on=NOW.date()),
        lambda: Quote.objects.filter(pk__in=_some(Quote, dice)).update(words=words),
        lambda: Quote.objects.filter(pk__in=_some(Quote, dice)).update(erased_at=NOW),
        lambda: Quote.objects.filter(pk__in=_some(Quote, dice)).update(erased_at=None),
        lambda: Quote.objects.filter(pk__in=_some(Quote, dice)).delete(),
        lambda: Quote.objects.filter(pk__in=_some(Quote, dice)).update(
            initiative=world.other_initiative
        ),
        lambda: needs.create(words=words, made_at=NOW),
        lambda: needs.update(people_count=dice.randint(3, 6), called_at=NOW),
        lambda: Team.objects.create(workspace=world.workspace, name=f"{words} {dice.random()}"),
        lambda: team and Team.objects.filter(pk=team.pk).update(name=f"{words} {dice.random()}"),
        lambda: Person.objects.filter(pk__in=_some(Person, dice)).update(team=team),
        lambda: Person.objects.filter(pk__in=_some(Person, dice)).update(name=words),
        lambda: Person.objects.filter(pk__in=_some(Person, dice)).update(erased_at=NOW),
        lambda: Person.objects.update(erased_at=None),
        lambda: team and team.delete(),
        lambda: Participation.objects.filter(pk__in=_some(Participation, dice)).delete(),
        lambda: Participation.objects.get_or_create(
            person=world.sam.person,
            initiative=world.initiative,
            defaults={"held_by": world.lead, "since": NOW},
        ),
    ]
    dice.choice(writes)()


def _some(model: type, dice: random.Random) -> list[int]:
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
    return dice.sample(keys, k=min(len(keys), 1))


def test_a_struck_quote_is_gone_the_same_moment(world: World, quote: Quote) -> None:
    assert is_found(world)
    listening.strike_quote(quote, at=NOW + timedelta(hours=1))
    assert not is_found(world)


def test_one_mended_is_found_by_its_new_words_alone(world: World, quote: Quote) -> None:
    Quote.objects.filter(pk=quote.pk).update(words="Nobody waits")
    assert not is_found(world)
    assert is_found(world, "nobody")


def cells(sort: Sort) -> Iterator[str]:
    """Every cell of the index, in whatever table the database keeps it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(f"search_{sort.name}"):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                yield from (_as_text(one) for row in cursor.fetchall() for one in row)


def _as_text(cell: object) -> str:
    raw = bytes(cell) if isinstance(cell, (bytes, memoryview)) else None
    return str(cell) if raw is None else raw.decode("utf-8", "replace")


def holds(sort_name: str, word: str) -> bool:
    sort = next(one for one in SORTS if one.name == sort_name)
    return any(word in cell for cell in cells(sort))


def test_who_was_erased_leaves_no_byte_in_the_index(world: World, quote: Quote) -> None:
    assert holds("quote", "zebras")
    assert holds("person", "okafor")
    erasure.erase_person(world.joan.person, by=None, at=NOW)
    assert not holds("quote", "zebra")
    assert not holds("person", "okaf")
    assert is_found(world, "reyes")


def test_what_was_struck_leaves_none_after_the_night(world: World, quote: Quote) -> None:
    listening.strike_quote(quote, at=NOW)
    sweeps.purge_search(at=NOW)
    assert not holds("quote", "zebra")


def test_what_stands_is_left_as_it_is(world: World) -> None:
    assert index.stand() == []


def test_missing_triggers_come_back_and_what_was_missed_with_them(
    world: World, quote: Quote
) -> None:
    index.step_aside()
    Quote.objects.filter(pk=quote.pk).update(words="Nobody waits")
    assert set(index.stand()) == {sort.name for sort in SORTS}
    assert not is_found(world)
    assert is_found(world, "nobody")
    assert index.stand() == []


@ONLY_SQLITE
@pytest.mark.django_db(transaction=True)
def test_a_table_that_sqlite_makes_anew_is_followed_again(world: World, quote: Quote) -> None:
    """As Django changes a column there: by a copy, which takes the triggers with it."""
    before(plan=["a migration"])
    with connection.schema_editor() as editor:
        editor._remake_table(Quote)  # type: ignore[attr-defined]
    Quote.objects.filter(pk=quote.pk).update(words="Nobody waits")
    call_command("migrate", verbosity=0)
    assert not is_found(world)
    assert is_found(world, "nobody")
    Quote.objects.filter(pk=quote.pk).update(words="Zebras again")
    assert is_found(world)


def test_migrating_with_nothing_to_do_leaves_the_index_alone(world: World, quote: Quote) -> None:
    before(plan=[])
    assert index.stand() == []


@ONLY_SQLITE
def test_an_emptied_table_has_an_empty_index(world: World, quote: Quote) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM listening_quote")
    assert kept_in(next(sort for sort in SORTS if sort.name == "quote")) == []


@ONLY_SQLITE
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["people_team", "people_person"])
def test_whatever_goes_first_the_index_stays_whole(world: World, first: str) -> None:
    """A team before its people, a person before their place: as in a database emptied at once."""
    person = world.joan.person
    person.team = Team.objects.create(workspace=world.workspace, name="Night heron")
    person.save()
    assert is_found(world, "heron")
    connection.disable_constraint_checking()
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {first}")  # noqa: S608
            cursor.execute("DELETE FROM initiatives_participation")
            cursor.execute("SELECT count(*) FROM search_person WHERE search_person MATCH 'joan'")
            assert cursor.fetchone() == (0,)
            cursor.execute("INSERT INTO search_person (search_person) VALUES ('integrity-check')")
    finally:
        connection.enable_constraint_checking()
