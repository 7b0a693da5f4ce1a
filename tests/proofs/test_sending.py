"""Worker, web server and whoever writes die at any moment, a hundred times, against a real mail server.

Slow: run by make prove. The server counts by Message-ID what it took; it is busy, slow, refuses, and
hangs up before or after it took a mail. Afterwards every reply and confirmation arrived at least
once, every ask at most once, and whatever did not arrive is shown: unclear, not sent, withdrawn, or
handed over. Rows of tries and contacts agree with it.
"""

from __future__ import annotations

import asyncio
import http.client
import logging
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.commands import clean, earnest, free_port, wait_for
from tests.proofs.test_killing import Visitor

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("PROOF_KILLS", "100"))
AT_MOST_SECONDS = 660.0  # a machine with much else to do; then the proof fails, for want of kills
PEOPLE = 1500
# At any hour of the day and any day of the week: the proof does not wait for Monday.
AT_ANY_HOUR = (
    "from earnest.messaging import limits; limits.working_moment = lambda at, zone: at;"
    "from earnest.cli import main; raise SystemExit(main())"
)
SET_UP = f"""
from django.utils.timezone import now
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.people import actions as people
at = now()
user = User.objects.create_user("amara@example.org", None, name="Amara")
place = accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=at)
one = initiatives.start_initiative(place, title="Intake", target="One owner", by=user, at=at)
named = [people.Named(f"Joan {{n}}", f"joan{{n}}@example.net") for n in range({PEOPLE})]
for joan in people.add_people(place, named, by=user, at=at):
    initiatives.put_on(one, joan, held_by=user, by=user, at=at)
"""
WRITE = """
import random, time
from datetime import timedelta
from django.utils.timezone import now
from earnest.initiatives.models import Participation
from earnest.messaging import actions
from earnest.messaging.models import Message
people = list(Participation.objects.select_related("held_by").order_by("pk"))
kinds = list(Message.Kind)
n = Message.objects.count()
while True:
    while Message.objects.pending().filter(tries=0).count() > 30:
        time.sleep(0.05)
    who, at = people[n // 2 % len(people)], now()
    draft = actions.Draft(kinds[n % 6], f"Mail {n}", f"Hello [[page]] {n}")
    later = at + timedelta(seconds=random.choice((0, 0, 1.5)))
    try:
        row = actions.put_in_outbox(who, draft, by=who.held_by, at=at, leaves_at=later)
        print(row.pk, flush=True)
    except actions.MayNotWrite:
        pass
    n += 1
"""


@dataclass
class MailServer:
    """Takes mail as servers do on a bad day, and knows how often it took which."""

    dice: random.Random
    port: int = field(default_factory=free_port)
    took: Counter[str] = field(default_factory=Counter)
    greeted: int = 0
    is_kind: bool = False  # from then on it takes everything at once

    def _chance(self, share: float) -> bool:
        return not self.is_kind and self.dice.random() < share

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.greeted += 1
        if self._chance(0.04):
            return "451 4.3.0 busy"
        if self._chance(0.01):
            return "554 5.7.1 not today, not ever"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._chance(0.15):
            await asyncio.sleep(self.dice.uniform(0.05, 0.3))
        if self._chance(0.05):
            return "452 4.3.1 later"
        if self._chance(0.04):
            return self._hang_up(server)
        content = envelope.content
        assert isinstance(content, bytes)
        self.took[message_from_bytes(content)["Message-ID"].strip()] += 1
        return self._hang_up(server) if self._chance(0.06) else "250 OK taken"

    def _hang_up(self, server: SMTP) -> str:
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
        return "421 gone"


@dataclass
class House:
    """The processes, each in a group of its own so that it can be killed alone."""

    env: dict[str, str]
    database: Path
    server: MailServer
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    accepted: list[int] = field(default_factory=list)
    leaving: set[tuple[int, str]] = field(default_factory=set)
    port: int = 0

    def start(self, name: str) -> None:
        words = ["worker"]
        if name == "writer":
            words = ["manage", "shell", "--no-imports", "-c", WRITE]
        elif name == "web":
            self.port = free_port()
            words = ["serve", f"--port={self.port}", "--no-worker"]
        process = subprocess.Popen(
            [sys.executable, "-c", AT_ANY_HOUR, *words],
            env=self.env,
            stdout=subprocess.PIPE if name == "writer" else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.processes[name] = process
        if name == "writer":
            threading.Thread(target=self._listen, args=(process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """What the writer was told is in the outbox."""
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n") and line.strip().isdigit():
                self.accepted.append(int(line))

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def time_passes(self) -> None:
        """Leases of the dead end, and what backs off is due: hours in a moment.

        A message that has been leaving since somebody died before is taken for one of theirs. That
        may wrong a worker who is only slow: it has to be safe, too.
        """
        with sqlite3.connect(self.database, timeout=20) as rows:
            rows.execute("update core_lease set until = '2000-01-01' where until is not null")
            leaving = rows.execute(
                "select id, lease_until from messaging_message where state = 'leaving'"
            ).fetchall()
            rows.executemany(
                "update messaging_message set lease_until = datetime(lease_until, '-1 day') "
                "where id = ? and lease_until = ? and state = 'leaving'",
                [one for one in leaving if one in self.leaving],
            )
            rows.execute(
                "update messaging_message set leaves_at = datetime('now') || '.000000' "
                "where state = 'waiting' and tries > 0"
            )
        self.leaving = set(leaving)


@dataclass
class Outcome:
    """One message at the end."""

    pk: int
    kind: str
    state: str
    reason: str
    arrived: int
    tries: list[str]
    contacts: int

    @property
    def asks(self) -> bool:
        return self.kind in {"ask", "nudge", "check_in", "progress"}


@contextmanager
def a_house(folder: Path, dice: random.Random) -> Iterator[House]:
    server = MailServer(dice)
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    env = clean(folder / "data", EARNEST_EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
    house = House(env, folder / "data" / "earnest.sqlite3", server)
    try:
        yield house
    finally:
        for name in list(house.processes):
            house.kill(name)
        controller.stop()


def set_up(house: House) -> Visitor:
    migrated = earnest("migrate", env=house.env)
    assert migrated.returncode == 0, migrated.stderr
    made = earnest("manage", "shell", "--no-imports", "-c", SET_UP, env=house.env)
    assert made.returncode == 0, made.stderr
    for name in ("writer", "worker", "other worker", "web"):
        house.start(name)
    wait_for(house.port, house.processes["web"])
    visitor = Visitor(house.port)
    said = earnest("sign-in-link", "amara@example.org", env=house.env).stdout
    link = re.search(r"/account/link/\S+", said)
    assert link, said
    visitor.sign_in(link[0])
    return visitor


@dataclass
class Lead:
    """Takes messages back and hands them over, while they leave; remembers what was said."""

    house: House
    visitor: Visitor
    dice: random.Random
    withdrawn: set[int] = field(default_factory=set)
    by_hand: set[int] = field(default_factory=set)
    ending: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        while not self.ending.wait(0.5):
            with suppress(OSError, ValueError, http.client.HTTPException, urllib.error.URLError):
                self._one()

    def _one(self) -> None:
        if not self.house.accepted:
            return
        self.visitor.base = f"http://localhost:{self.house.port}"
        pk = self.dice.choice(self.house.accepted[-12:])
        page = self.visitor.get(f"/messages/{pk}/")
        if self.dice.random() < 0.5:
            self.visitor.post(f"/messages/{pk}/withdrawn/", page)
            if "Taken back." in self.visitor.get(f"/messages/{pk}/"):
                self.withdrawn.add(pk)
        elif self.visitor.post(f"/messages/{pk}/by-hand/", page) == 200:
            self.by_hand.add(pk)


def one_kill(house: House, dice: random.Random) -> None:
    """Somebody dies in the midst of work, time passes, and it is started again."""
    victim = dice.choices(("worker", "other worker", "web", "writer"), (4, 4, 1, 1))[0]
    seen, over = house.server.greeted, time.monotonic() + 5
    while house.server.greeted < seen + 1 and time.monotonic() < over:
        time.sleep(0.01)  # somebody is at work
    time.sleep(dice.uniform(0.05, 0.8))
    house.kill(victim)
    house.time_passes()
    house.start(victim)


def come_to_rest(house: House) -> None:
    """A calm day: the server takes everything, and whatever can leave leaves."""
    house.server.is_kind = True
    for name in ("writer", "worker", "other worker", "web"):
        house.kill(name)
    house.start("worker")
    over = time.monotonic() + 90
    while time.monotonic() < over:
        house.time_passes()
        time.sleep(1)
        with sqlite3.connect(house.database, timeout=20) as rows:
            found = "select count(*) from messaging_message where state in ('waiting', 'leaving')"
            if not rows.execute(found).fetchone()[0]:
                break
    house.kill("worker")


def outcomes(house: House) -> list[Outcome]:
    with sqlite3.connect(house.database) as rows:
        tries: dict[int, list[str]] = {}
        for pk, how in rows.execute(
            "select message_id, outcome from messaging_delivery order by id"
        ):
            tries.setdefault(pk, []).append(how)
        contacts = Counter(
            pk
            for (pk,) in rows.execute(
                "select message_id from messaging_contact c where corrects is null and not exists "
                "(select 1 from messaging_contact d where d.corrects = c.id)"
            )
        )
        return [
            Outcome(
                pk, kind, state, reason, house.server.took[mid], tries.get(pk, []), contacts[pk]
            )
            for pk, kind, state, reason, mid in rows.execute(
                "select id, kind, state, reason, message_id from messaging_message"
            )
        ]


def wrong_with(one: Outcome) -> str:
    """What is not as it must be; empty when all is well."""
    perhaps = "unclear" in one.tries  # a reply that may have arrived before it was taken back
    arrived_fits = {
        "sent": one.arrived >= 1,
        "unclear": one.asks,
        "failed": one.arrived == 0 or (perhaps and not one.asks),
        "withdrawn": one.arrived == 0 or (perhaps and not one.asks),
        "by_hand": one.arrived == 0 or (perhaps and not one.asks),
    }
    checks = {
        "an ask arrived twice": not (one.asks and one.arrived > 1),
        "its state does not fit what arrived": arrived_fits.get(one.state, False),
        "it failed and says no reason": one.state != "failed" or bool(one.reason),
        "a try has no end": "" not in one.tries,
        "its last try does not fit": one.state != "sent" or one.tries[-1:] == ["sent"],
        "an ask was handed over twice": not one.asks
        or sum(how in {"sent", "unclear"} for how in one.tries) <= 1,
        "its contacts do not fit": one.contacts == (one.state in {"sent", "unclear", "by_hand"}),
    }
    return "; ".join(what for what, holds in checks.items() if not holds)


def killed_again_and_again(house: House, dice: random.Random) -> tuple[int, Lead]:
    """How many were killed in the time there is, and what the lead was told meanwhile."""
    began, kills = time.monotonic(), 0
    lead = Lead(house, set_up(house), random.Random(3))
    at_work = threading.Thread(target=lead.work)
    at_work.start()
    while kills < KILLS and time.monotonic() - began < AT_MOST_SECONDS:
        one_kill(house, dice)
        kills += 1
    lead.ending.set()
    at_work.join(timeout=60)
    return kills, lead


@pytest.mark.timeout(880)
def test_nothing_is_lost_or_doubled_that_should_not_be(
    tmp_path: Path,
) -> None:
    dice = random.Random(20261120)
    with a_house(tmp_path, dice) as house:
        kills, lead = killed_again_and_again(house, dice)
        come_to_rest(house)
        found = outcomes(house)
    states = Counter(one.state for one in found)
    took = house.server.took
    logging.getLogger(__name__).warning(
        "%d kills; %d messages: %s; %d mails of %d taken",
        kills, len(found), dict(states), took.total(), len(took),
    )  # fmt: skip
    assert [(one, wrong) for one in found if (wrong := wrong_with(one))] == []
    there = {one.pk: one.state for one in found}
    assert [pk for pk in house.accepted if pk not in there] == []  # nothing lost
    assert [pk for pk in lead.withdrawn if there[pk] != "withdrawn"] == []
    assert [pk for pk in lead.by_hand if there[pk] != "by_hand"] == []
    assert kills == KILLS
    assert states["sent"] > kills  # there was something to lose
    assert states["unclear"] > 0
    assert database_is_whole(house.database)


def database_is_whole(database: Path) -> bool:
    """No page of it is damaged, and nobody was asked more often than may be."""
    asked = (
        "select person_id from messaging_contact where corrects is null and direction = 'we' and "
        "kind in ('ask', 'nudge', 'check_in', 'progress') group by person_id having count(*) > 2"
    )
    with sqlite3.connect(database) as rows:
        whole = rows.execute("pragma integrity_check").fetchone() == ("ok",)
        return whole and rows.execute(asked).fetchall() == []
