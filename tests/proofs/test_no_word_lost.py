"""While one listens, the window, the network, the server or the browser dies: no word is lost.

Slow, and in Chromium: run by make prove. A hundred talks, each with a schedule of its own from one
seed: words are typed key by key into one window or two, things die at random moments, also while
somebody types; then all comes back, the talk is ended, and its notes are compared with what was
typed.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.browser import chromium
from tests.commands import clean, earnest, free_port, wait_for
from tests.proofs.test_killing import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser]
TALKS = int(os.environ.get("PROOF_TALKS", "100"))
SEED = int(os.environ.get("PROOF_SEED", "11"))
SET_UP = """
from django.utils.timezone import now
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.people import actions as people
at = now()
user = User.objects.create_user("amara@example.org", None, name="Amara")
place = accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=at)
one = initiatives.start_initiative(place, title="Intake", target="One owner", by=user, at=at)
for person in people.add_people(place, [people.Named("Joan"), people.Named("Sam")], by=user, at=at):
    initiatives.put_on(one, person, held_by=user, by=user, at=at)
"""
NOTES = "textarea[name=text]"
KEPT = "Object.keys(localStorage).filter((key) => /talk|sheet|sent/.test(key))"
DEATHS = ("nothing", "window", "closed", "network", "server", "browser")
HOW_OFTEN = (2, 4, 1, 3, 2, 0.5)
FLUSH_SECONDS = 0.4  # a whole browser killed may lose its last moment: docs/architecture.md
WAIT_MS = 45_000


class Server:
    """A real one, in a process of its own, killed as a machine would."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env, self.port = env, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self.process and self.process.poll() is None:
            return
        command = [sys.executable, "-m", "earnest", "serve", f"--port={self.port}", "--no-worker"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, env=self.env, stdout=quiet, stderr=quiet, start_new_session=True
        )
        wait_for(self.port, self.process)  # type: ignore[arg-type]

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Device:
    """A browser with a profile on disk; what dies in it dies by SIGKILL."""

    def __init__(
        self, playwright: Playwright, profile: Path, cookies: list[dict[str, str]]
    ) -> None:
        self.playwright, self.profile, self.cookies = playwright, profile, cookies
        self.process: subprocess.Popen[bytes] | None = None
        self.browser: Browser | None = None

    def start(self) -> None:
        port = free_port()
        quiet = subprocess.DEVNULL
        words = [f"--user-data-dir={self.profile}", f"--remote-debugging-port={port}"]
        command = [chromium.executable(), "--headless=new", *chromium.ARGUMENTS, *words]
        self.process = subprocess.Popen(
            [*command, "--no-first-run", "about:blank"],
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        )
        over = time.monotonic() + 30
        while self.browser is None:
            with suppress(Error):
                self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            assert time.monotonic() < over, "no browser"
        self.context.set_default_timeout(WAIT_MS)
        self.context.add_cookies(self.cookies)  # type: ignore[arg-type]

    @property
    def context(self) -> BrowserContext:
        assert self.browser
        return self.browser.contexts[0]

    def windows(self) -> list[int]:
        """The processes in which pages live."""
        assert self.browser
        asked = self.browser.new_browser_cdp_session()
        found = asked.send("SystemInfo.getProcessInfo")["processInfo"]
        asked.detach()
        return [one["id"] for one in found if one["type"] == "renderer"]

    def new_page(self) -> Page:
        """Tried again where the process waiting to show it was killed with the others."""
        over = time.monotonic() + 10
        while True:
            try:
                return self.context.new_page()
            except Error:
                assert time.monotonic() < over, "no new page"
                time.sleep(0.05)

    def bury(self) -> None:
        """Close what was killed; the browser itself needs one page to live."""
        dead = list(self.context.pages)
        self.new_page()
        for page in dead:
            with suppress(Error):
                page.close()

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.browser:
            with suppress(Error):
                self.browser.close()
        self.browser = None


@dataclass
class Window:
    """A window of the talk, and what was typed into it."""

    page: Page | None
    typed: str = ""


@dataclass
class Talk:
    """One talk of the proof, with its own dice."""

    number: int
    server: Server
    device: Device
    dice: random.Random
    windows: list[Window] = field(default_factory=list)
    offline: bool = False
    said: list[str] = field(default_factory=list)  # what happened, for whoever reads a failure
    words: int = 0

    def __post_init__(self) -> None:
        people = self.dice.choice(["with=1", "with=2", "with=1&with=2"])
        self.url = f"http://localhost:{self.server.port}/listen/1/?{people}"
        for _ in range(self.dice.choice([1, 1, 2])):
            self.windows.append(Window(self.opened()))

    def opened(self) -> Page:
        page = self.device.new_page()
        page.goto(self.url)
        page.wait_for_selector("form[data-ready]")
        return page

    def reopen(self) -> None:
        """Open again what died; each window takes up one of the texts, none is missing or spoilt."""
        gone = [window for window in self.windows if window.page is None]
        texts = [window.typed for window in gone]
        for window in gone:
            window.page = self.opened()
            there = window.page.input_value(NOTES)
            assert there in texts, f"{there!r} is none of {texts!r}"
            texts.remove(there)
            window.typed = there

    def chunk(self) -> str:
        """Some words nobody else types, on a line with or without a mark."""
        words = []
        for _ in range(self.dice.randint(1, 4)):
            self.words += 1
            words.append(f"w{self.number}x{self.words}{self.dice.choice(['', 'é', '🙂', '…'])}")
        mark = self.dice.choice(["", "“ ", "! ", "> ", "< ", "? ", "+ ", "~ "])
        return f"{mark}{' '.join(words)}{self.dice.choice([' ', chr(10), '  ' + chr(10)])}"

    def type(self, window: Window, text: str) -> None:
        """Key by key: what the browser has taken counts as typed."""
        assert window.page
        for key in text:
            window.page.keyboard.insert_text(key)
            window.typed += key

    def die(self, what: str) -> None:
        """At some moment while somebody types, or right after a key."""
        self.said.append(what)
        window = self.dice.choice([one for one in self.windows if one.page])
        text = self.chunk()
        if what == "server":
            later = threading.Timer(self.dice.uniform(0, 0.25), self.server.kill)
            later.start()
            self.type(window, text)
            later.join()
        elif what == "network":
            half = self.dice.randrange(len(text))
            self.type(window, text[:half])
            self.offline = not self.offline
            self.device.context.set_offline(self.offline)
            self.type(window, text[half:])
        elif what == "window":
            self.type_until_killed(window, text)
        else:
            self.type(window, text)
            if what != "nothing":
                self.close(what, window)

    def type_until_killed(self, window: Window, text: str) -> None:
        """Every page process is killed at a random moment; the key on its way may be there or not."""
        targets = self.device.windows()
        later = threading.Timer(self.dice.uniform(0, 0.15), self.shoot, [targets])
        later.start()
        typed, own = window.typed, window
        with suppress(Error):
            self.type(window, text)
        later.join()
        self.device.bury()
        for one in self.windows:
            one.page = None
        page = self.opened()
        there = page.input_value(NOTES)
        self.take_up(page, there, own, typed + text)
        self.type(own, (typed + text).removeprefix(own.typed))

    def take_up(self, page: Page, there: str, own: Window, whole: str) -> None:
        """The first window opened again: that of the typist, or another one with its own words."""
        at_most = whole[: len(own.typed) + 1]
        if there in {own.typed, at_most}:
            own.page, own.typed = page, there
            return
        other = next((one for one in self.windows if one is not own and one.typed == there), None)
        assert other, f"{there!r} is neither {own.typed!r} nor another window's"
        other.page = page
        second = self.opened()
        there = second.input_value(NOTES)
        assert there in {own.typed, at_most}, f"{there!r} is not {own.typed!r}"
        own.page, own.typed = second, there

    @staticmethod
    def shoot(processes: list[int]) -> None:
        for one in processes:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    def close(self, what: str, window: Window) -> None:
        if what == "closed":
            assert window.page
            window.page.close()
            window.page = None
            return
        time.sleep(FLUSH_SECONDS)
        self.device.kill()
        for one in self.windows:
            one.page = None
        self.offline = False
        self.device.start()

    def heal(self) -> None:
        self.device.context.set_offline(False)
        self.offline = False
        self.server.start()

    def end(self) -> None:
        """With everything alive, or while it is dead; then perhaps from another page."""
        page = next(one.page for one in self.windows if one.page)
        way = self.dice.choice(["alive", "alive", "dead", "dead, and the window too"])
        self.said.append(f"ended {way}")
        if way == "alive":
            self.heal()
        elif not self.offline:
            self.device.context.set_offline(True)
        if way == "dead, and the window too":
            self.server.kill()  # so that nothing of the end can have left before the window goes
        page.get_by_role("button", name="End and look back").click()
        if way == "dead, and the window too":
            page.wait_for_selector("#notice p")
            for one in self.windows:
                if one.page:
                    one.page.close()
            self.heal()
            page = self.device.new_page()
            page.goto(f"http://localhost:{self.server.port}/")
            wait_until_nothing_is_kept(page)
        else:
            self.heal()
            page.wait_for_url("**/found/")
        wait_until_nothing_is_kept(page)
        for left in self.device.context.pages[1:]:
            left.close()

    def run(self) -> None:
        for _ in range(self.dice.randint(2, 4)):
            what = self.dice.choices(DEATHS, HOW_OFTEN)[0]
            self.die(what)
            self.reopen()
            if what == "server" and self.dice.random() < 0.5:
                self.server.start()
        self.end()

    def shown(self) -> str:
        """What happened in it and what its windows show, for whoever reads a failure."""
        told = [f"talk {self.number}: {', '.join(self.said)}"]
        for page in self.device.context.pages:
            with suppress(Error):
                notice = page.locator("#notice").all_text_contents()
                told.append(f"{page.url} {notice} {page.evaluate('({...localStorage})')}")
        return "\n".join(told)

    def wrong(self, notes: str) -> str:
        """What of the notes is not as typed; empty when all is."""
        typed = [window.typed for window in self.windows]
        orders = [typed, typed[::-1]]
        if notes in {"\n\n".join(t for t in order if t.strip()) for order in orders}:
            return ""
        found = Counter(re.findall(rf"w{self.number}x\d+", notes))
        lost = [n for n in range(1, self.words + 1) if found[f"w{self.number}x{n}"] != 1]
        return f"talk {self.number} ({', '.join(self.said)}): {typed!r} became {notes!r}: {lost}"


def wait_until_nothing_is_kept(page: Page) -> None:
    """Asked again and again from here: the pages' policy lets no text be run as a script."""
    over = time.monotonic() + WAIT_MS / 1000
    while page.evaluate(KEPT):
        assert time.monotonic() < over, page.evaluate("({...localStorage})")
        page.wait_for_timeout(30)


def notes_of(database: Path) -> list[str]:
    with sqlite3.connect(database) as rows:
        return [
            row[0] for row in rows.execute("select notes from listening_conversation order by id")
        ]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    env = clean(tmp_path / "data")
    assert earnest("migrate", env=env).returncode == 0
    made = earnest("manage", "shell", "--no-imports", "-c", SET_UP, env=env)
    assert made.returncode == 0, made.stderr
    server = Server(env)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def device(server: Server, tmp_path: Path) -> Iterator[Device]:
    visitor = Visitor(server.port)
    said = earnest("sign-in-link", "amara@example.org", env=server.env).stdout
    found = re.search(r"/account/link/\S+", said)
    assert found, said
    visitor.sign_in(found[0])
    cookies = [
        {"name": one.name, "value": str(one.value), "url": visitor.base} for one in visitor.cookies
    ]
    with sync_playwright() as playwright:
        device = Device(playwright, tmp_path / "profile", cookies)
        device.start()
        yield device
        device.kill()


def open_once(server: Server, device: Device) -> None:
    """Whoever listens where no server answers has opened the page before: its worker is there."""
    page = device.new_page()
    page.goto(f"http://localhost:{server.port}/listen/1/?with=1")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.close()


@pytest.mark.timeout(1800)
def test_no_word_is_lost_whatever_dies(server: Server, device: Device, tmp_path: Path) -> None:
    dice, wrong, happened = random.Random(SEED), list[str](), Counter[str]()
    open_once(server, device)
    for number in range(TALKS):
        talk = Talk(number, server, device, random.Random(dice.random()))
        try:
            talk.run()
        except Error as error:
            error.add_note(talk.shown())
            raise
        happened.update(talk.said)
        notes = notes_of(tmp_path / "data" / "earnest.sqlite3")
        assert len(notes) == number + 1, f"talk {number} ({talk.said}) became {len(notes) - number}"
        if said := talk.wrong(notes[-1]):
            wrong.append(said)
    assert wrong == []
    assert TALKS < 100 or min(happened[one] for one in DEATHS) >= 5  # each death was there
