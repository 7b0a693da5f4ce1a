"""How long it takes to search among a million rows, on both databases, in one run.

    python -m benchmarks.searching [rows]
    DATABASE_URL=… EARNEST_DATA_DIR=… python -m benchmarks.searching 1000000 --one    # builds it there
    DATABASE_URL=… EARNEST_DATA_DIR=… python -m benchmarks.searching 1000000 --kept   # asks it again

Measured are the function (`pages.search.find`, all sorts at once) and the page over HTTP, beside the
bare page in turn; what the index costs a write; and what making it anew takes. Words are drawn as
in any language: the so-manieth most common is so-many times rarer than the first (Zipf).
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import accumulate, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from earnest.accounts.models import User

ROWS, ASKED, OVER_HTTP = 1_000_000, 40, 6
SEED, VOCABULARY, BATCH = 20260301, 30_000, 5_000
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
VARY = {"initiative_id", "participation_id", "words", "title", "why"}
LARGE, SMALL, INITIATIVES = 0.7, 0.0003, 40  # shares of all rows; the others share the rest
SORTS = {"quote": 0.55, "promise": 0.25, "question": 0.08, "idea": 0.05, "person": 0.05}
SORTS |= {"input": 0.015, "need": 0.004, "part": 0.001}
SYLLABLES = [a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "an", "er")]


def vocabulary() -> list[str]:
    """Made-up words, each once, the most common short."""
    dice = random.Random(SEED)
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        count = 1 + (len(words) > 60) + (dice.random() < 0.6) + (dice.random() < 0.3)
        words["".join(dice.choice(SYLLABLES) for _ in range(count))] = None
    return list(words)


def texts(words: list[str]) -> Iterator[str]:
    """Sentences of eight to twenty words, and names of people's rows."""
    dice = random.Random(SEED + 1)
    weights = list(accumulate(1 / (n + 1) for n in range(len(words))))
    while True:
        drawn = iter(dice.choices(words, cum_weights=weights, k=14_000))
        while some := list(islice(drawn, dice.randint(8, 20))):
            yield " ".join(some)


def main() -> None:
    if "--one" in sys.argv:
        print(json.dumps(one(int(sys.argv[1]))))
        return
    if "--kept" in sys.argv:
        print(json.dumps(kept(int(sys.argv[1]))))
        return
    from tempfile import TemporaryDirectory

    from benchmarks.__main__ import both, run
    from benchmarks.searching_report import said

    rows = sys.argv[1] if len(sys.argv) > 1 else str(ROWS)
    found = {}
    for name, url in both():
        with TemporaryDirectory(prefix="earnest-bench-") as folder:
            done = run(["-m", "benchmarks.searching", rows, "--one"], folder, url)
        found[name] = json.loads(done.said.splitlines()[-1])
    print("\n".join(said(found)))


def one(rows: int) -> dict[str, Any]:
    """Everything on the database of DATABASE_URL, in an empty data directory."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from earnest.pages.search import index

    call_command("migrate", verbosity=0)
    index.step_aside()
    few, many = build(rows, texts(vocabulary()))
    without, rebuilt = writes(), seconds(index.rebuild)
    settle()
    write = {"with": writes(), "without": without}
    made = {"index_mb": size_of_index(), "rebuild": rebuilt, "purge": seconds(index.purge)}
    return {"rows": rows, "write": write, **made, **measured(few, many)}


def kept(rows: int) -> dict[str, Any]:
    """The searches alone, on a database that ``one`` has built."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    from earnest.accounts.models import User

    few, many = (User.objects.get(email=f"lead{n}@example.org") for n in (0, 1))
    return {"rows": rows, **measured(few, many)}


def measured(few: User, many: User) -> dict[str, Any]:
    """The function, then the page; beside a query that is always the same."""
    from django.db import connections

    words = vocabulary()
    users = {"leads 70 % of it": many, "leads three small ones": few}
    found: dict[str, Any] = {
        who: {what: asked(user, typed) for what, typed in queries(words).items()}
        for who, user in users.items()
    }
    cookies = {who: cookie_of(user) for who, user in users.items()}
    connections.close_all()
    pages = {who: asked_over_http(cookie, words) for who, cookie in cookies.items()}
    return {"found": found, "pages": pages, "load": os.getloadavg()[0]}


def seconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def build(rows: int, sentences: Iterator[str]) -> tuple[User, User]:
    """Rows as they are, without the actions; who leads little, and who leads much."""
    from earnest.accounts import actions as accounts
    from earnest.accounts.models import User
    from earnest.initiatives.models import Initiative, Participation, Role
    from earnest.people.models import Person

    few, many, *others = [
        User.objects.create_user(f"lead{n}@example.org", None, name=f"Lead {n}") for n in range(8)
    ]
    place = accounts.start_workspace("Harbour Clinic", time_zone="UTC", by=many, at=AT)
    for user in (few, *others):
        accounts.add_member(place, user, role="member", by=many, at=AT)
    ours = Initiative.objects.bulk_create(
        Initiative(workspace=place, title=f"Initiative {n}", target="Rest", made_at=AT)
        for n in range(INITIATIVES)
    )
    for n, one in enumerate(ours):
        user = many if n == 0 else few if n < 4 else others[n % len(others)]
        Role.objects.create(initiative=one, user=user, kind="lead", since=AT)
    dice = random.Random(SEED + 2)
    weights = [LARGE, *[SMALL / 3] * 3]
    weights += [(1 - LARGE - SMALL) / (INITIATIVES - 4)] * (INITIATIVES - 4)
    drawn: Iterator[Initiative] = iter(lambda: dice.choices(ours, weights)[0], None)
    count = int(rows * SORTS["person"])
    people = _people(place, count, sentences)
    Person.objects.bulk_create(people, batch_size=BATCH)
    on_it = [
        Participation(
            person=person,
            initiative=ours[n] if n < INITIATIVES else next(drawn),  # somebody on each
            held_by=many,
            since=AT,
        )
        for n, person in enumerate(people)
    ]
    Participation.objects.bulk_create(on_it, batch_size=BATCH)
    by = {one.pk: [there for there in on_it if there.initiative_id == one.pk] for one in ours}
    for name, share in SORTS.items():
        if name != "person":
            places = [next(drawn) for _ in range(int(rows * share))]
            _fill(name, [(one, dice.choice(by[one.pk])) for one in places], sentences)
    return few, many


def _people(place: Any, count: int, sentences: Iterator[str]) -> list[Any]:
    from earnest.people.models import Person

    named = (next(sentences).split() for _ in range(count))
    return [
        Person(workspace=place, name=" ".join(words[:2]).title(), job=" ".join(words[2:5]))
        for words in named
    ]


def _fill(name: str, places: list[tuple[Any, Any]], sentences: Iterator[str]) -> None:
    """So many rows of one sort, each with its initiative and somebody on it; without the models."""
    from django.db import connection, transaction

    model, row = _models()[name]
    fields = [
        one for one in model._meta.concrete_fields if not one.primary_key and not one.generated
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(one.column) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    initiative, somebody = places[0]
    sample = model(initiative=initiative, **row("", somebody))
    same = [one.get_db_prep_save(getattr(sample, one.attname), connection) for one in fields]
    vary = [(n, one.attname) for n, one in enumerate(fields) if one.attname in VARY]

    def rows() -> Iterator[list[Any]]:
        for initiative, somebody in places:
            given, said = list(same), row(next(sentences), somebody)
            keys = {"initiative_id": initiative.pk, "participation_id": somebody.pk}
            for n, column in vary:
                given[n] = keys.get(column) or said[column]
            yield given

    every = rows()
    with transaction.atomic(), connection.cursor() as cursor:
        while some := list(islice(every, BATCH)):
            cursor.executemany(sql, some)


def _models() -> dict[str, tuple[Any, Callable[[str, Any], dict[str, Any]]]]:
    from earnest.ideas.models import Idea
    from earnest.listening.models import Need, Question, Quote
    from earnest.plans.models import Input, Part
    from earnest.promises.models import Promise

    day = date(2026, 11, 20)
    promise = {"direction": "ours", "when": "standing", "made_at": AT, "state_at": AT}
    return {
        "quote": (Quote, lambda w, p: {"words": w, "participation": p, "said_on": day}),
        "promise": (Promise, lambda w, p: {"words": w[:280], "participation": p, **promise}),
        "question": (Question, lambda w, p: {"words": w, "participation": p, "asked_on": day}),
        "idea": (Idea, lambda w, p: {"words": w, "participation": p, "on": day}),
        "input": (
            Input,
            lambda w, p: {"words": w, "participation": p, "source": "noted", "at": AT},
        ),
        "need": (Need, lambda w, p: {"words": w[:200], "made_at": AT}),
        "part": (
            Part,
            lambda w, p: {"title": w[:160], "why": w, "made_at": AT, "changed_at": AT},
        ),
    }


def settle() -> None:
    """As it is after a night: statistics taken, the log of writes emptied."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("ANALYZE")


def queries(words: list[str]) -> dict[str, list[str]]:
    """What is asked: so many of each kind, no two alike."""
    dice = random.Random(SEED + 4)
    common, usual, rare = words[:60], words[200:2_000], words[-9_000:]

    def drawn(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(ASKED)]

    return {
        "a rare word": drawn(lambda: f"{dice.choice(rare)} "),
        "a common word": drawn(lambda: f'"{dice.choice(common)}"'),
        "two common words": drawn(lambda: " ".join(f'"{one}"' for one in dice.sample(common, 2))),
        "a common and a rare one": drawn(lambda: f'"{dice.choice(rare)}" "{dice.choice(common)}"'),
        "two usual words": drawn(lambda: " ".join(f'"{one}"' for one in dice.sample(usual, 2))),
        "two letters": drawn(lambda: dice.choice(words)[:2]),
        "three letters": drawn(lambda: dice.choice(usual)[:3]),
        "five letters": drawn(lambda: dice.choice([one for one in usual if len(one) > 5])[:5]),
        "common, then three letters": drawn(
            lambda: f"{dice.choice(common)} {dice.choice(usual)[:3]}"
        ),
        "a phrase": drawn(lambda: f'"{dice.choice(common)} {dice.choice(common)}"'),
        "a phrase of three": drawn(lambda: f'"{" ".join(dice.sample(common, 3))}"'),
        "a phrase of five, most common": drawn(
            lambda: f'"{" ".join(dice.choice(words[:12]) for _ in range(5))}"'
        ),
        "nothing there": drawn(lambda: f'"{dice.choice(common)}" {dice.choice(rare)} qqqq'),
    }


def asked(user: User, typed: list[str]) -> dict[str, float]:
    from benchmarks.load import p50, p95
    from earnest.accounts.models import User
    from earnest.pages import search

    for one in typed[:5]:
        search.find(user, one)
    taken, least, found = [], [], 0
    for one in typed:
        least.append(seconds(lambda: User.objects.get(pk=user.pk)))
        begun = time.perf_counter()
        results = search.find(user, one)
        taken.append(time.perf_counter() - begun)
        found += bool(results.groups)
    return {
        "p50": p50(taken), "p95": p95(taken), "found": found / len(typed), "one_row": p50(least)
    }  # fmt: skip


def cookie_of(user: User) -> str:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def asked_over_http(cookie: str, words: list[str]) -> dict[str, float]:
    """The page beside the bare one, in turn: each time another search, of every kind as often."""
    from urllib.parse import quote

    from benchmarks.load import Server, Visitor, p50, p95
    from benchmarks.measure import served
    from earnest.initiatives.models import Initiative

    bare = f"/bare/{Initiative.objects.latest('pk').pk}/"
    typed = [one for kind in queries(words).values() for one in kind[:OVER_HTTP]]
    paths = [f"/search/?q={quote(one)}" for one in typed]
    with served() as port:
        visitor = Visitor(Server(port, cookie))
        for path in (*paths[:12], *[bare] * 5):
            visitor.ask(path)
        pairs = [(visitor.ask(path), visitor.ask(bare)) for path in paths]
    ours, least = [a for a, _ in pairs], [b for _, b in pairs]
    return {"p50": p50(ours), "p95": p95(ours), "bare_p50": p50(least), "bare_p95": p95(least)}


def writes() -> float:
    """A quote written, and struck again, each its own transaction; the middle of both."""
    from django.db import transaction

    from earnest.initiatives.models import Initiative
    from earnest.listening.models import Quote

    sentences = texts(vocabulary())
    said = {"initiative": Initiative.objects.earliest("pk"), "said_on": date(2026, 11, 20)}

    def one() -> float:
        begun = time.perf_counter()
        with transaction.atomic():
            quote = Quote.objects.create(**said, words=next(sentences))
        with transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(words="struck", erased_at=AT)
        return (time.perf_counter() - begun) / 2

    return median(one() for _ in range(150))


def size_of_index() -> float:
    """Megabytes of the index."""
    from django.db import connection

    if connection.vendor == "sqlite":
        sql = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search\\_%' ESCAPE '\\'"
    else:
        sql = (
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relkind = 'r' AND starts_with(relname, 'search_')"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return float(cursor.fetchone()[0]) / 1024**2


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main()
