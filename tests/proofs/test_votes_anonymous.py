"""Who holds copies of the whole database before and after a vote without names learns no person.

Slow: run by make prove. Three hundred people with pages of their own vote in a space without names, in
an order of chance, with other life beside them. Full copies are taken before and after single votes,
and one at the end; each is attacked as ``test_anonymity`` attacks check-ins: whatever leads to a person
is tried against whatever is known of a voice or a vote.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from collections.abc import Collection
from contextlib import closing
from operator import itemgetter
from pathlib import Path
from statistics import correlation

import pytest

from tests.commands import clean, earnest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PEOPLE, STATEMENTS = 300, 6
ALLOWED = {"ideas_voice", "ideas_voter", "ideas_vote", "ideas_statement"}
LIVE = f"""
import json, os, random, shutil
from pathlib import Path
from django.conf import settings
from django.test import Client
from django.utils.timezone import now
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.ideas import access
from earnest.ideas.actions import statements
from earnest.ideas.models import Space
from earnest.initiatives import actions as initiatives
from earnest.people import actions as people
at = now()
user = User.objects.create_user("amara@example.org", None, name="Amara")
place = accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=at)
one = initiatives.start_initiative(place, title="Intake", target="One owner", by=user, at=at)
named = [people.Named(f"Joan {{n:03}}", f"joan{{n}}@example.net") for n in range({PEOPLE})]
put = [initiatives.put_on(one, joan, held_by=user, by=user, at=at)
       for joan in people.add_people(place, named, by=user, at=at)]
space = Space.objects.create(initiative=one, question="How?", names=False, made_at=at)
rows = [statements.seed_statement(space, f"Sentence {{n}}", by=user, at=at) for n in range({STATEMENTS})]
there = f"/together/{{access.token_of(space)}}/vote/"
links = {{one.pk: initiatives.make_link(one, by=user, at=at) for one in put}}
dice, folder, secrets = random.Random(7), Path(settings.DATA_DIR), {{}}
order = dice.sample(put, len(put))
def copy(name):
    for end in ("", "-wal"):
        shutil.copyfile(folder / f"earnest.sqlite3{{end}}", folder / f"{{name}}.sqlite3{{end}}")
for n, who in enumerate(order):
    own = Client(SERVER_NAME="localhost")
    own.get(f"/p/{{links[who.pk]}}/")  # they look at their own page first, as people do
    browser = Client(SERVER_NAME="localhost")
    browser.get(there)
    if n % 100 == 50:
        copy(f"before{{n}}")
    for row in dice.sample(rows, dice.randint(1, {STATEMENTS})):
        browser.post(f"{{there}}answered/", {{"statement": row.pk,
            "value": dice.choice(["agree", "disagree", "pass"])}})
        if n % 100 == 50:
            copy(f"after{{n}}")
            break
    secrets[who.pk] = browser.cookies["voice"].value
copy("end")
(folder / "told.json").write_text(json.dumps(
    {{"secrets": secrets, "order": [who.pk for who in order]}}))
"""


def tables(path: Path) -> dict[str, tuple[list[str], list[tuple[object, ...]]]]:
    with closing(sqlite3.connect(path)) as rows:
        names = [
            name for (name,) in rows.execute("select name from sqlite_master where type='table'")
        ]
        found = {}
        for name in names:
            if "_words" in name or "search" in name or name.startswith("sqlite_"):
                continue
            asked = rows.execute(f'select rowid, * from "{name}"')  # noqa: S608 - our own tables
            # SQLite calls its own number by the name of the key, where they are one.
            names_of = ["rowid", *(one[0] for one in asked.description[1:])]
            found[name] = (names_of, asked.fetchall())
        return found


def test_no_copy_of_the_database_leads_from_a_vote_to_a_person(tmp_path: Path) -> None:
    env = clean(tmp_path / "data") | {"EARNEST_BASE_URL": "http://localhost"}
    assert earnest("migrate", env=env).returncode == 0
    made = earnest("manage", "shell", "--no-imports", "-c", LIVE, env=env)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "data"
    told = json.loads((folder / "told.json").read_text())
    no_secret_is_there(folder, told["secrets"].values())
    for n in range(50, PEOPLE, 100):
        before, after = tables(folder / f"before{n}.sqlite3"), tables(folder / f"after{n}.sqlite3")
        changed = {name for name in after if after[name] != before.get(name)}
        assert changed <= ALLOWED
        assert "ideas_vote" in changed
    end = tables(folder / "end.sqlite3")
    nothing_leads_to_a_person(end)
    nothing_is_in_the_order_of_coming(end, told)


def no_secret_is_there(folder: Path, secrets: Collection[str]) -> None:
    """Neither in a table nor in the log of writing; read before SQLite opens it, for it clears that log."""
    raw = b"".join(one.read_bytes() for one in folder.glob("end.sqlite3*"))
    assert not [one for one in secrets if one.encode() in raw]
    hashes = {hashlib.sha256(one.encode()).hexdigest() for one in secrets}
    assert all(one.encode() in raw for one in hashes)  # such a search finds what is there


def nothing_leads_to_a_person(end: dict[str, tuple[list[str], list[tuple[object, ...]]]]) -> None:
    columns, rows = end["ideas_voice"]
    assert {row[columns.index("participation_id")] for row in rows} == {None}
    columns, rows = end["ideas_vote"]
    assert {row[columns.index("at")] for row in rows} == {None}
    columns, rows = end["core_event"]
    assert not [row for row in rows if "vote" in str(row[columns.index("action")])]


def nothing_is_in_the_order_of_coming(
    end: dict[str, tuple[list[str], list[tuple[object, ...]]]], told: dict[str, object]
) -> None:
    """No number of a row, no key: sorted by any, voters lie as if shuffled."""
    secrets, order = told["secrets"], told["order"]
    assert isinstance(secrets, dict)
    assert isinstance(order, list)
    came = {hashlib.sha256(secrets[str(pk)].encode()).hexdigest(): n for n, pk in enumerate(order)}
    columns, rows = end["ideas_voice"]
    key, pk = columns.index("key_hash"), columns.index("id")
    place = {row[pk]: came[str(row[key])] for row in rows}
    assert len(place) == PEOPLE
    for table, whose in (
        ("ideas_voice", "id"),
        ("ideas_voter", "voice_id"),
        ("ideas_vote", "voter_id"),
    ):
        columns, rows = end[table]
        at = columns.index(whose)
        for mark in ("rowid", whose):
            where = columns.index(mark)
            ordered = sorted(rows, key=itemgetter(where))
            seen = [place[row[at]] for row in ordered]
            alike = abs(correlation(range(len(seen)), seen))
            assert alike * len(seen) ** 0.5 < 6, (table, mark, alike)


def test_the_attack_finds_rows_that_lie_as_they_came() -> None:
    came = list(range(PEOPLE))
    assert abs(correlation(range(PEOPLE), came)) * PEOPLE**0.5 > 6
    shuffled = random.Random(3).sample(came, PEOPLE)
    assert abs(correlation(range(PEOPLE), shuffled)) * PEOPLE**0.5 < 6
