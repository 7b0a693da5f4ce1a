"""The server dies a hundred times while many vote: what was accepted is there, once, and counted.

Slow: run by make prove. Votes with names and without, from many clients at once.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import random
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.commands import clean, earnest
from tests.proofs.dying import CLIENTS, kill_under, post

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("PROOF_KILLS", "100"))
AT_MOST_SECONDS = 900.0
SOME = 6  # votes accepted before each death
VOTERS, STATEMENTS = 60, 400
WAYS = {"agree": 1, "disagree": -1, "pass": 0}
SET_UP = f"""
import json
from datetime import timedelta
from pathlib import Path
from django.conf import settings
from django.utils.timezone import now
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.ideas import access
from earnest.ideas.models import Space, Statement
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation, PersonLink
from earnest.pages import access as pages
from earnest.people.models import Person
at = now()
user = User.objects.create_user("amara@example.org", None, name="Amara")
place = accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=at)
one = initiatives.start_initiative(place, title="Intake", target="One owner", by=user, at=at)
numbers = range(1, {VOTERS} + 1)
Person.objects.bulk_create(Person(pk=n, workspace=place, name=f"Joan {{n}}") for n in numbers)
there = dict(initiative=one, held_by=user, since=at)
Participation.objects.bulk_create(Participation(pk=n, person_id=n, **there) for n in numbers)
over = at + timedelta(days=9)
links = PersonLink.objects.bulk_create(
    PersonLink(pk=n, participation_id=n, secret_hash=str(n), made_at=at, expires_at=over)
    for n in numbers
)
told = {{"statements": {{}}}}
for names in (True, False):
    space = Space.objects.create(initiative=one, question="How?", names=names, made_at=at)
    made = dict(space=space, made_on=at.date(), state="shown")
    rows = [Statement(words=f"Sentence {{n}}", **made) for n in range({STATEMENTS})]
    keys = [row.pk for row in Statement.objects.bulk_create(rows)]
    told["named" if names else "unnamed"] = [
        [f"/mine/{{link.pk}}/spaces/{{space.pk}}/vote/", "mine=" + pages.token_for(link), keys]
        if names
        else [f"/together/{{access.token_of(space)}}/vote/", f"voice=secret-{{link.pk}}", keys]
        for link in links
    ]
Path(settings.DATA_DIR, "told.json").write_text(json.dumps(told))
"""


@dataclass
class Crowd:
    """Every vote that may be given, each once, and what the server said yes to."""

    votes: list[tuple[str, str, int]]  # where, by whom, on what
    said: dict[tuple[str, int], int] = field(default_factory=dict)  # by whom on what: how
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_vote(self) -> tuple[str, str, int]:
        with self.lock:
            return self.votes.pop()

    def vote(self, server: http.client.HTTPConnection, dice: random.Random, _n: int) -> None:
        where, who, statement = self.next_vote()
        way = dice.choice(list(WAYS))
        if post(server, f"{where}answered/", who, statement=str(statement), value=way):
            self.said[who, statement] = WAYS[way]

    def accepted(self) -> int:
        return len(self.said)


@pytest.mark.timeout(1100)
def test_no_vote_that_was_accepted_is_lost_and_every_count_is_right(tmp_path: Path) -> None:
    env = clean(tmp_path / "data")
    assert earnest("migrate", env=env).returncode == 0
    made = earnest("manage", "shell", "--no-imports", "-c", SET_UP, env=env)
    assert made.returncode == 0, made.stderr
    told = json.loads((tmp_path / "data" / "told.json").read_text())
    dice = random.Random(20261122)
    votes = [
        (where, who, statement)
        for sort in ("named", "unnamed")
        for where, who, statements in told[sort]
        for statement in statements
    ]
    dice.shuffle(votes)
    crowd, began, kills = Crowd(votes), time.monotonic(), 0
    while kills < KILLS and time.monotonic() - began < AT_MOST_SECONDS:
        kill_under(crowd.vote, env, dice, accepted=crowd.accepted, some=SOME)
        kills += 1
    logging.getLogger(__name__).warning("%d kills; %d votes accepted", kills, len(crowd.said))
    assert kills == KILLS
    assert len(crowd.said) >= SOME * KILLS  # there was something to lose
    everything_accepted_is_there(tmp_path / "data" / "earnest.sqlite3", crowd)


def everything_accepted_is_there(database: Path, crowd: Crowd) -> None:
    with sqlite3.connect(database) as rows:
        there = rows.execute(
            "select statement_id, value, count(*) from ideas_vote group by statement_id, value"
        ).fetchall()
        counted = rows.execute("select id, agree, disagree, passed from ideas_statement").fetchall()
        assert rows.execute("select count(*) from ideas_vote where turn > 0").fetchone() == (0,)
        voters = rows.execute("select count(distinct voter_id) from ideas_vote").fetchone()
        assert voters == rows.execute("select count(*) from ideas_voter").fetchone()
        assert rows.execute("pragma integrity_check").fetchone() == ("ok",)
    found = {(statement, value): n for statement, value, n in there}
    accepted = Counter((statement, value) for (_who, statement), value in crowd.said.items())
    assert [cell for cell, n in accepted.items() if found.get(cell, 0) < n] == []
    # Beside what was accepted at most what was in flight when it died.
    assert sum(found.values()) - len(crowd.said) <= KILLS * CLIENTS
    for statement, *counts in counted:
        assert counts == [found.get((statement, value), 0) for value in (1, -1, 0)]
