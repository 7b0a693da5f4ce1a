"""The server dies a hundred times while many answer and tap: what was accepted is there, once.

Slow: run by make prove. Whoever sees "thank you" for an answer nobody can give again must be able to
rely on it; and a tap leaves its line in the log, or nothing at all.
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
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.commands import clean, earnest
from tests.proofs.dying import CLIENTS, kill_under, post

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("PROOF_KILLS", "100"))
AT_MOST_SECONDS = 900.0
SOME = 6  # answers and taps accepted before each death
PEOPLE = 12_000
SET_UP = f"""
import json
from datetime import timedelta
from pathlib import Path
from django.conf import settings
from django.utils.timezone import now
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.checkins import access as checkins
from earnest.checkins.models import AnswerSlot, Round
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation, PersonLink
from earnest.listening.models import NeedNamed
from earnest.pages import access as pages
from earnest.people.models import Person
at = now()
user = User.objects.create_user("amara@example.org", None, name="Amara")
place = accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=at)
one = initiatives.start_initiative(place, title="Intake", target="One owner", by=user, at=at)
ends = (at + timedelta(days=7)).date()
about = dict(made_at=at, opened_at=at, closes_on=ends, asked_count={PEOPLE})
asked = Round.objects.create(initiative=one, is_anonymous=True, **about)
secrets = [checkins.new_secret(asked.pk) for _ in range({PEOPLE})]
keys = {{checkins.key_of(secret): secret for secret in secrets}}
AnswerSlot.objects.bulk_create([AnswerSlot(key=key, round=asked) for key in sorted(keys)])
numbers = range(1, {PEOPLE} + 1)
Person.objects.bulk_create(Person(pk=n, workspace=place, name=f"Joan {{n}}") for n in numbers)
there = dict(initiative=one, held_by=user, since=at)
Participation.objects.bulk_create(Participation(pk=n, person_id=n, **there) for n in numbers)
need = one.needs.create(words="something that lasts", made_at=at)
named = dict(need=need, words="something that lasts", at=at)
NeedNamed.objects.bulk_create(NeedNamed(pk=n, participation_id=n, **named) for n in numbers)
over = at + timedelta(days=9)
links = [
    PersonLink(pk=n, participation_id=n, secret_hash=str(n), made_at=at, expires_at=over)
    for n in numbers
]
PersonLink.objects.bulk_create(links)
cookies = [pages.token_for(link) for link in links]
told = {{"round": asked.pk, "answers": list(keys.items()), "cookies": cookies}}
Path(settings.DATA_DIR, "told.json").write_text(json.dumps(told))
"""


@dataclass
class Crowd:
    """Everyone who will answer or tap, each once, and what the server said yes to."""

    round: int
    answers: list[tuple[str, str]]
    cookies: list[str]
    said: dict[str, int] = field(default_factory=dict)  # key of a slot: what was tapped
    tapped: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_answer(self) -> tuple[str, str]:
        with self.lock:
            return self.answers.pop()

    def next_tap(self) -> tuple[int, str]:
        with self.lock:
            return len(self.cookies), self.cookies.pop()

    def act(self, server: http.client.HTTPConnection, dice: random.Random, n: int) -> None:
        self.tap(server) if n % 2 else self.answer(server, dice)

    def tap(self, server: http.client.HTTPConnection) -> None:
        pk, cookie = self.next_tap()
        if post(server, f"/mine/{pk}/needs/{pk}/carry/", f"mine={cookie}"):
            self.tapped.add(pk)

    def answer(self, server: http.client.HTTPConnection, dice: random.Random) -> None:
        key, secret = self.next_answer()
        tap = dice.randint(1, 5)
        taps = dict.fromkeys(("understands", "matters", "doable", "owns"), str(tap))
        path = f"/c/{self.round}/answered/"
        if post(server, path, f"check-in={secret}", line=f"line {tap}", **taps):
            self.said[key] = tap

    def accepted(self) -> int:
        return len(self.said) + len(self.tapped)


@pytest.mark.timeout(1100)
def test_no_answer_and_no_tap_that_was_accepted_is_lost(tmp_path: Path) -> None:
    env = clean(tmp_path / "data")
    assert earnest("migrate", env=env).returncode == 0
    made = earnest("manage", "shell", "--no-imports", "-c", SET_UP, env=env)
    assert made.returncode == 0, made.stderr
    told = json.loads((tmp_path / "data" / "told.json").read_text())
    crowd = Crowd(told["round"], [tuple(one) for one in told["answers"]], told["cookies"])
    dice, began, kills = random.Random(20261122), time.monotonic(), 0
    while kills < KILLS and time.monotonic() - began < AT_MOST_SECONDS:
        kill_under(crowd.act, env, dice, accepted=crowd.accepted, some=SOME)
        kills += 1
    logging.getLogger(__name__).warning(
        "%d kills; %d answers, %d taps accepted", kills, len(crowd.said), len(crowd.tapped)
    )
    with sqlite3.connect(tmp_path / "data" / "earnest.sqlite3") as rows:
        slots = {
            key: tuple(taps)
            for key, *taps in rows.execute(
                "select key, understands, matters, doable, owns, line from checkins_answerslot"
                " where state = 'answered'"
            )
        }
        yes = {
            pk
            for (pk,) in rows.execute(
                "select id from listening_neednamed where may_carry_at is not null"
            )
        }
        logged = rows.execute(
            "select object_id, count(*) from core_event where action = 'need_may_be_carried'"
            " group by object_id"
        ).fetchall()
        assert rows.execute("pragma integrity_check").fetchone() == ("ok",)
    lost = [key for key, tap in crowd.said.items() if slots.get(key) != (*[tap] * 4, f"line {tap}")]
    assert lost == []
    assert crowd.tapped - yes == set()
    assert kills == KILLS
    assert len(crowd.said) > 5 * KILLS  # there was something to lose
    assert len(crowd.tapped) > 5 * KILLS
    # Beside what was accepted at most what was in flight when it died; nothing half-written.
    assert len(slots) - len(crowd.said) <= KILLS * CLIENTS
    assert dict(logged) == dict.fromkeys(yes, 1)
