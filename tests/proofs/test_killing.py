"""The server dies at any moment, again and again: what was accepted is there once and whole.

Slow: run by make prove. A promise is one row, its event and its line in the log, written together;
an answer of the server is a promise of ours.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import random
import re
import signal
import sqlite3
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.commands import clean, earnest, free_port, started

pytestmark = pytest.mark.slow
ROUNDS = 20
NOTES = "Talked with Joan. I'll send her draft {n} by Friday."
SET_UP = """
from django.utils.timezone import now
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.people import actions as people
at = now()
user = User.objects.create_user("amara.diallo@example.org", None, name="Amara")
place = accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=at)
one = initiatives.start_initiative(place, title="Intake", target="One owner", by=user, at=at)
joan = people.add_people(place, [people.Named("Joan")], by=user, at=at)[0]
initiatives.put_on(one, joan, held_by=user, by=user, at=at)
"""


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer; it is not followed."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


class Visitor:
    """A signed-in leader's browser, as far as forms go."""

    def __init__(self, port: int) -> None:
        self.base = f"http://localhost:{port}"
        self.cookies = http.cookiejar.CookieJar()
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(jar, Stay())

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=10) as answer:
            return str(answer.read().decode())

    def post(self, path: str, page: str, **data: str) -> int:
        """The status of the answer; the token is read from the page the form is on."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **data}).encode()
        try:
            with self.opener.open(self.base + path, sent, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def sign_in(self, link: str) -> None:
        assert self.post(link, self.get(link)) == 302


def write_until_it_dies(visitor: Visitor, round_: int, accepted: list[str]) -> None:
    """Promises and notes, one after the other, remembering what the server said yes to."""
    pages = {path: visitor.get(path) for path in ("/promises/with/1/new/", "/first/")}
    for n in range(10_000):
        words = f"{round_}-{n}"
        try:
            if n % 3:
                path = "/promises/with/1/new/"
                form = {"direction": "ours", "words": words, "when": "standing"}
            else:
                path, form = "/first/", {"notes": NOTES.format(n=words), "target": words}
            if visitor.post(path, pages[path], **form) == 302:
                accepted.append(words)
        except (OSError, ValueError, http.client.HTTPException):
            return  # it died while we waited for its answer: unknown, and nothing was promised


def one_round(env: dict[str, str], round_: int, dice: random.Random, accepted: list[str]) -> None:
    port = free_port()
    command = [sys.executable, "-m", "earnest", "serve", f"--port={port}"]
    with started(command, env, port) as server:
        visitor = Visitor(port)
        said = earnest("sign-in-link", "amara.diallo@example.org", env=env).stdout
        found = re.search(r"/account/link/\S+", said)
        assert found, said
        visitor.sign_in(found[0])
        writer = threading.Thread(target=write_until_it_dies, args=(visitor, round_, accepted))
        writer.start()
        time.sleep(dice.uniform(0.1, 1.2))
        os.killpg(server.pid, signal.SIGKILL)
        writer.join(timeout=30)
        assert not writer.is_alive()


def counted(database: Path, query: str) -> dict[str, int]:
    with sqlite3.connect(database) as rows:
        return dict(rows.execute(query).fetchall())


@pytest.mark.timeout(900)
def test_what_was_accepted_outlives_the_server_whole_and_once(tmp_path: Path) -> None:
    env = clean(tmp_path / "data")
    assert earnest("migrate", env=env).returncode == 0
    made = earnest("manage", "shell", "--no-imports", "-c", SET_UP, env=env)
    assert made.returncode == 0, made.stderr
    dice, accepted = random.Random(7), list[str]()
    for round_ in range(ROUNDS):
        one_round(env, round_, dice, accepted)
    database = tmp_path / "data" / "earnest.sqlite3"
    promises = counted(database, "select words, count(*) from promises_promise group by words")
    targets = counted(
        database, "select target, count(*) from initiatives_initiative group by target"
    )
    there = promises | targets
    assert [words for words in accepted if there.get(words) != 1] == []  # nothing lost or doubled
    assert len(accepted) > ROUNDS  # the proof wrote something to lose
    unknown = set(there) - set(accepted) - {"One owner"}
    assert len(unknown) <= ROUNDS  # at most the one in flight when it died
    # Nothing half-written: each promise with its event and its line in the log, each initiative
    # with its conversation and its lead.
    halves = """
        select 'promise', count(*) from promises_promise p where
            (select count(*) from promises_promiseevent e where e.promise_id = p.id) != 1
            or (select count(*) from core_event v
                where v.object_type = 'promise' and v.object_id = p.id) != 1
        union select 'initiative', count(*) from initiatives_initiative i where i.id > 1 and (
            (select count(*) from listening_conversation c where c.initiative_id = i.id) != 1
            or (select count(*) from initiatives_role r where r.initiative_id = i.id) != 1)
    """
    assert counted(database, halves) == {"promise": 0, "initiative": 0}
    with sqlite3.connect(database) as rows:
        assert rows.execute("pragma integrity_check").fetchone() == ("ok",)
