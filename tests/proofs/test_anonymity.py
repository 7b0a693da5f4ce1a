"""Who holds the whole database cannot tell who answered an anonymous check-in (privacy.md 12).

Slow: run by make prove. More than a thousand people are asked; mails leave through a mail server;
a thousand answers come through the web stack in an order of chance, with other life beside them.
Then a full copy is taken, three times: every table with the order in which rows lie, transaction
numbers, row numbers, the outbox, the log, the raw file with what is written ahead of it. Each copy is
attacked: every column that leads to a person is tried against everything that is known of a slot or a
published line. None may do better than chance. The same attack on a copy in which slots lie as their
mails left finds nearly everyone: so it can fail.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from pathlib import Path
from statistics import correlation
from typing import Any

import psycopg
import pytest

from earnest.checkins.tests.asking import links_in
from earnest.messaging.tests.mails import Server, running
from tests import postgres
from tests.commands import clean

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

PEOPLE, ANSWERS = 1040, 1000
LEAST_P = 0.001  # that anything at all is found where nothing is, over all joins of one copy
COMMON = """
import json, os, random
from datetime import timedelta
from django.db import transaction
from django.utils.timezone import now
from earnest.messaging import limits
limits.working_moment = lambda at, zone: at
from earnest.checkins import actions, sweeps
from earnest.checkins.models import Round
"""
ASK = f"""{COMMON}
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.people import actions as people
at = now()
user = User.objects.create_user("amara@example.org", None, name="Amara")
place = accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=at)
one = initiatives.start_initiative(place, title="Intake", target="One owner", by=user, at=at)
named = [people.Named(f"Joan {{n:04}}", f"joan{{n}}@example.net") for n in range({PEOPLE})]
with transaction.atomic():
    for joan in people.add_people(place, named, by=user, at=at):
        initiatives.put_on(one, joan, held_by=user, by=user, at=at)
draft = actions.RoundDraft(True, (at + timedelta(days=7)).date())
made = actions.make_round(one, draft, by=user, at=at)
actions.open_round(made, by=user, at=at)
while sweeps.send_sealed(at=now()):
    pass
"""
LIVE = f"""{COMMON}
from django.test import Client
from earnest.accounts.models import User
told = json.load(open(os.environ["TOLD"]))
dice = random.Random(5)
amara = User.objects.get()
for n, (link, typed) in enumerate(told["answers"]):
    one = Client(SERVER_NAME="localhost")
    place = one.get(link).headers["Location"]
    assert one.get(place).status_code == 200
    assert one.post(place + "answered/", typed).status_code == 302
    if n % 4 == 0:  # others look at their own page, some say something there, some tap a wish
        other = Client(SERVER_NAME="localhost")
        page = other.get(dice.choice(told["pages"])).headers["Location"]
        if n % 8 == 0:
            other.post(page + "say/", {{"words": f"Something {{n}}"}})
        if n % 16 == 0:
            other.post(page + dice.choice(["wants/less/", "wants/not-this/"]))
    if n % 50 == 0:
        lead = Client(SERVER_NAME="localhost")
        lead.force_login(amara)
        lead.get("/")
    if n % 130 == 0:
        sweeps.mix_slots(at=now())
"""
CLOSE = f"""{COMMON}
assert sweeps.close_due(at=now() + timedelta(days=9)) == 1
"""


@dataclass
class Table:
    """Rows as they lie, with their place, and on PostgreSQL the number of their transaction."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def column(self, name: str) -> list[Any]:
        at = self.columns.index(name)
        return [row[at] for row in self.rows]


@dataclass
class Copy:
    """All that somebody holds who holds everything: tables, raw bytes, the log."""

    tables: dict[str, Table]
    raw: bytes
    log: str


@dataclass
class House:
    """One Earnest with its database, and what only the people and their mailboxes know."""

    env: dict[str, str]
    folder: Path
    url: str
    secret_of: dict[str, str] = field(default_factory=dict)  # by address: what the link holds
    line_of: dict[str, str] = field(default_factory=dict)  # by address: what they wrote
    log: str = ""

    def run(self, script: str) -> None:
        self.do("manage", "shell", "--no-imports", "-c", script)

    def do(self, *words: str) -> None:
        """Whatever it says is the log."""
        done = subprocess.run(
            [sys.executable, "-m", "earnest", *words],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        self.log += done.stdout + done.stderr

    def copied(self) -> Copy:
        return Copy(
            *(_of_sqlite(self.folder) if not self.url else _of_postgresql(self.url)), self.log
        )


def _of_sqlite(folder: Path) -> tuple[dict[str, Table], bytes]:
    """The file and what is written ahead of it, copied as they lie; rows by their number."""
    there = folder / "copy"
    shutil.rmtree(there, ignore_errors=True)
    there.mkdir()
    raw = b""
    for name in ("earnest.sqlite3", "earnest.sqlite3-wal"):
        # By another process: closed here, the file would lose the locks that keep it as it is.
        subprocess.run(["cp", folder / "data" / name, there / name], check=True)
        raw += (there / name).read_bytes()
    with closing(sqlite3.connect(there / "earnest.sqlite3")) as rows:
        # What has no numbers of rows (the inside of the index of the search) lies in its key's order.
        names = rows.execute(
            "select name, wr from pragma_table_list where schema = 'main'"
            " and type in ('table', 'shadow', 'virtual')"
        ).fetchall()
        return {
            name: _table(
                rows,
                f'select * from "{name}"'
                if unnumbered
                else f'select rowid, * from "{name}" order by rowid',
            )
            for name, unnumbered in names
        }, raw


def _of_postgresql(url: str) -> tuple[dict[str, Table], bytes]:
    """Every table in the order in which rows lie, with the number of their transaction."""
    with psycopg.connect(url) as rows:
        found = rows.execute("select tablename from pg_tables where schemaname = 'public'")
        return {
            name: _table(
                rows, f'select xmin::text::bigint as "xmin", * from "{name}" order by ctid'
            )
            for (name,) in found.fetchall()
        }, b""


def _table(rows: Any, query: str) -> Table:
    found = rows.execute(query)
    columns = ["place", *(one[0] for one in found.description)]
    return Table(columns, [(n, *row) for n, row in enumerate(found.fetchall())])


def key_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


type Marks = dict[
    str, dict[str, Any]
]  # by what it is, by whose it is: something that can be sorted
TO_PERSON = ("participation_id", "person_id", "message_id", "id")
OF_ANSWERS = ("checkins_answerslot", "checkins_line")
CONTENT = {"line", "words", "state", "understands", "matters", "doable", "owns", "under_a_minute"}


def marks_of_people(copy: Copy) -> Marks:
    """Every column of every row that leads to somebody: its least and its greatest for each."""
    found: Marks = {}
    for name, table in copy.tables.items():
        for lead, whose in _leads(copy, name, table):
            for column in table.columns:
                if column != lead:
                    found |= _least_and_greatest(f"{name}.{column}", whose, table.column(column))
    return {name: marks for name, marks in found.items() if len(set(marks.values())) > 20}


def _leads(copy: Copy, name: str, table: Table) -> Iterator[tuple[str, list[str]]]:
    """Columns that lead to a person, and to whose address each row does."""
    people = copy.tables["people_person"]
    address = dict(zip(people.column("id"), people.column("email"), strict=True))
    there = copy.tables["initiatives_participation"]
    on = {
        pk: address[person]
        for pk, person in zip(there.column("id"), there.column("person_id"), strict=True)
    }
    mails = copy.tables["messaging_message"]
    mailed = {
        pk: on[one]
        for pk, one in zip(mails.column("id"), mails.column("participation_id"), strict=True)
    }
    own = {"people_person": address, "initiatives_participation": on, "messaging_message": mailed}
    maps = {
        "participation_id": on,
        "person_id": address,
        "message_id": mailed,
        "id": own.get(name, {}),
    }
    for lead in TO_PERSON:
        if lead in table.columns:
            whose = [
                maps[lead].get(value, "") if isinstance(value, int) else ""
                for value in table.column(lead)
            ]
            if any(whose):
                yield lead, whose


def _least_and_greatest(name: str, whose: list[str], values: list[Any]) -> Marks:
    least: dict[str, Any] = {}
    greatest: dict[str, Any] = {}
    for one, value in zip(whose, values, strict=True):
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        mark = value if isinstance(value, int | float) else text
        if one and value is not None:
            least[one] = min(least.get(one, mark), mark)
            greatest[one] = max(greatest.get(one, mark), mark)
    return {f"least {name}": least, f"greatest {name}": greatest}


def marks_of_answers(copy: Copy, house: House) -> Marks:
    """What is known of slots by their key, and of answers by what was written, beside what they say."""
    by_key = {key_of(secret): one for one, secret in house.secret_of.items()}
    by_line = {line: one for one, line in house.line_of.items()}
    found: Marks = {}
    for name in OF_ANSWERS:
        table = copy.tables[name]
        for whose, said in (("key", by_key), ("line", by_line), ("words", by_line)):
            if whose not in table.columns:
                continue
            owners = [said.get(value, "") for value in table.column(whose)]
            for column in table.columns:
                if column not in CONTENT and isinstance(
                    next(iter(table.column(column)), None), int | str
                ):
                    pairs = zip(owners, table.column(column), strict=True)
                    found[f"{name}.{column} by {whose}"] = {
                        one: value for one, value in pairs if one
                    }
    first, last = copy.raw.find, copy.raw.rfind
    for where, find in (("first", first), ("last", last)):
        placed = {one: find(line.encode()) for one, line in house.line_of.items()}
        found[f"{where} place of the words in the file"] = {
            o: n for o, n in placed.items() if n >= 0
        }
    return {name: marks for name, marks in found.items() if len(set(marks.values())) > 20}


@dataclass
class Tried:
    """How an attack went: joins tried, the closest of them, and those that beat chance."""

    joins: int
    closest: tuple[float, float, int]  # how far from chance, how alike, about how many people
    hits: int
    better: list[str]


def attack(people: Marks, answers: Marks) -> Tried:
    """Sort people by one thing and answers by another, and lay them side by side."""
    pairs = [(f, g) for f, g in product(people, answers)]
    tried = Tried(0, (0.0, 0.0, 0), 0, [])
    for f, g in pairs:
        both = sorted(people[f].keys() & answers[g].keys())
        if len(both) < 50 or len({people[f][one] for one in both}) < 5:
            continue
        tried.joins += 1
        alike = abs(correlation(_ranks(both, people[f]), _ranks(both, answers[g])))
        hits = _hits(both, people[f], answers[g])
        tried.closest = max(tried.closest, (alike * math.sqrt(len(both) - 1), alike, len(both)))
        tried.hits = max(tried.hits, hits)
        chance = min(_by_chance_alike(alike, len(both)), _by_chance_hit(hits))
        if chance * len(pairs) * 2 < LEAST_P:
            tried.better.append(f"{f} × {g}: {alike:.3f}, {hits} of {len(both)}")
    return tried


def _ranks(whose: list[str], marks: dict[str, Any]) -> list[float]:
    """Places, the same for equals."""
    order = sorted(whose, key=lambda one: marks[one])
    place: dict[Any, list[int]] = {}
    for n, one in enumerate(order):
        place.setdefault(marks[one], []).append(n)
    return [sum(place[marks[one]]) / len(place[marks[one]]) for one in whose]


def _hits(whose: list[str], left: dict[str, Any], right: dict[str, Any]) -> int:
    """How many are named rightly, by place; equals in an order of chance."""
    dice = random.Random(11)
    shuffled = dice.sample(whose, len(whose))
    a = sorted(shuffled, key=lambda one: left[one])
    b = sorted(dice.sample(whose, len(whose)), key=lambda one: right[one])
    return sum(one == other for one, other in zip(a, b, strict=True))


def _by_chance_alike(alike: float, n: int) -> float:
    return math.erfc(alike * math.sqrt(n - 1) / math.sqrt(2)) if alike < 1 else 0.0


def _by_chance_hit(hits: int) -> float:
    """That so many or more are right where one is expected (n tries at 1/n)."""
    return 1 - sum(math.exp(-1) / math.factorial(k) for k in range(min(hits, 60)))


def nearest(copy: Copy, house: House) -> tuple[int, int]:
    """PostgreSQL: guess, for an answer just given, who did something in the transaction beside it."""
    slots = copy.tables["checkins_answerslot"]
    if "xmin" not in slots.columns:
        return 0, 0
    by_line = {line: one for one, line in house.line_of.items()}
    lived: dict[int, str] = {}
    for name, table in copy.tables.items():
        if name not in OF_ANSWERS:
            for _lead, whose in _leads(copy, name, table):
                pairs = zip(table.column("xmin"), whose, strict=True)
                lived |= {number: one for number, one in pairs if one}
    fresh = [
        (number, by_line[line])
        for number, line, state in zip(
            slots.column("xmin"), slots.column("line"), slots.column("state"), strict=True
        )
        if state == "answered"
    ]
    assert not {number for number, _one in fresh} & lived.keys()  # nothing else is written with it
    right = sum(lived[min(lived, key=lambda n: abs(n - number))] == one for number, one in fresh)
    return right, len(fresh)


def found_in(haystack: Iterable[str], needles: Iterable[str]) -> set[str]:
    text = "\n".join(haystack)
    return {one for one in needles if one in text}


def written_outside(copy: Copy) -> list[str]:
    """Every column of every row but those of the slots."""
    return [
        str(value)
        for name, table in copy.tables.items()
        if name != "checkins_answerslot"
        for row in table.rows
        for value in row
    ]


def as_if_leaked(copy: Copy, house: House) -> Copy:
    """The same copy, had slots been laid one by one as their mails left."""
    slots, mails = copy.tables["checkins_answerslot"], copy.tables["messaging_delivery"]
    left = {
        one: n
        for _lead, whose in _leads(copy, "messaging_delivery", mails)
        for n, one in enumerate(whose)
    }
    by_key = {key_of(secret): one for one, secret in house.secret_of.items()}
    at = slots.columns.index("key")
    rows = sorted(slots.rows, key=lambda row: left.get(by_key.get(row[at], ""), 0))
    laid = Table(slots.columns, [(n, *row[1:]) for n, row in enumerate(rows)])
    return Copy({**copy.tables, "checkins_answerslot": laid}, copy.raw, copy.log)


@contextmanager
def a_house(kind: str, folder: Path, server: Server) -> Iterator[House]:
    with postgres.server() if kind == "postgresql" else nullcontext("") as url:
        more = {"DATABASE_URL": url} if url else {}
        env = clean(
            folder / "data",
            EARNEST_EMAIL_URL=f"smtp://127.0.0.1:{server.port}",
            EARNEST_LOG_LEVEL="DEBUG",
            PYTHONPATH=os.environ.get("PYTHONPATH", "."),
            TOLD=str(folder / "told.json"),
            **more,
        )
        house = House(env, folder, url)
        house.do("migrate")
        database = folder / "data" / "earnest.sqlite3"
        # Held open, what is written ahead of the file stays there to be copied.
        with nullcontext() if url else closing(sqlite3.connect(database)) as held:
            if held is not None:
                held.execute("select count(*) from django_migrations").fetchone()
            yield house


def answers_by_lot(house: House, server: Server, dice: random.Random) -> None:
    """Who answers what, in which order: known to nobody but this proof."""
    links = links_in(server)
    house.secret_of = {one: link.strip("/").partition("/")[2] for one, link in links.items()}
    answering = dice.sample(sorted(links), ANSWERS)
    tokens = dice.sample(range(10**8, 10**9), ANSWERS)
    house.line_of = {one: f"says {n}" for one, n in zip(answering, tokens, strict=True)}
    names = ("understands", "matters", "doable", "owns")
    typed = [
        (
            links[one],
            {**{name: str(dice.randrange(6)) for name in names}, "line": house.line_of[one]},
        )
        for one in answering
    ]
    own = [str(mail["List-Unsubscribe"]) for _to, mail in server.taken]
    pages = [f"/p/{one.partition('/p/')[2].partition('/')[0]}/" for one in own]
    told = {"answers": typed, "pages": pages}
    Path(house.env["TOLD"]).write_text(json.dumps(told))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_answer_can_be_joined_to_a_person(kind: str, tmp_path: Path) -> None:
    dice = random.Random(20261122)
    copies: dict[str, Copy] = {}
    with running(Server()) as server, a_house(kind, tmp_path, server) as house:
        house.run(ASK)
        answers_by_lot(house, server, dice)
        copies["open"] = house.copied()
        house.run(LIVE)
        copies["before its end"] = house.copied()
        house.run(CLOSE)
        copies["closed"] = house.copied()
    for when, copy in copies.items():
        tried = attack(marks_of_people(copy), marks_of_answers(copy, house))
        logging.getLogger(__name__).warning(
            "%s, %s: %d joins; closest: %.3f over %d people (z %.2f); at most %d right",
            kind, when, tried.joins, *tried.closest[1:], tried.closest[0], tried.hits,
        )  # fmt: skip
        assert tried.joins > 20
        assert tried.better == []
        nothing_is_written_elsewhere(copy, house)
    right, guessed = nearest(copies["before its end"], house)
    assert right <= 3 + guessed // 50
    assert [*copies["closed"].tables["checkins_answerslot"].rows] == []
    assert len(copies["closed"].tables["checkins_line"].rows) == ANSWERS
    leaky = as_if_leaked(copies["open"], house)
    found = attack(marks_of_people(leaky), marks_of_answers(leaky, house))
    logging.getLogger(__name__).warning("%s, leaky: %d of %d right", kind, found.hits, PEOPLE)
    assert found.hits > ANSWERS / 2  # the attack finds what there is to find


def nothing_is_written_elsewhere(copy: Copy, house: House) -> None:
    """Secrets are nowhere; their hashes are keys of slots alone; words stand where they belong."""
    secrets = set(house.secret_of.values())
    secrets |= {one.split(".")[1] for one in secrets}
    keys = {key_of(one) for one in house.secret_of.values()}
    rows = written_outside(copy)
    assert found_in([*rows, copy.log], secrets | keys) == set()
    assert {one for one in secrets if one.encode() in copy.raw} == set()
    assert found_in([copy.log], house.line_of.values()) == set()
    kept = copy.tables["checkins_answerslot"].column("key")
    assert len(set(kept) & keys) in {0, len(keys)}
