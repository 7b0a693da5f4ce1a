"""Measures every page at one size on one database, in a process of its own; prints JSON.

    DATABASE_URL=… EARNEST_DATA_DIR=… python -m benchmarks.measure 10000

Needs a data directory of its own: it makes a world there, and serves it with ``earnest serve``.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from benchmarks.world import World

ROUNDS = 100
START_SECONDS = 60


def main() -> None:
    people = int(sys.argv[1])
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client
    from django.utils import timezone

    from benchmarks import world

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    built = world.build(people, at=timezone.now())
    world.settle()
    seconds = time.perf_counter() - begun
    client = Client(headers={"host": "localhost"})
    client.force_login(built.lead)
    queries = {name: count(client, path) for name, path in pages_of(built).items()}
    connections.close_all()
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    measured = {} if "--only-count" in sys.argv else measure(built, cookie)
    found = {"rows": built.rows, "build": seconds, "queries": queries, "pages": measured}
    print(json.dumps(found))


def pages_of(world: World) -> dict[str, str]:
    """Every page that is measured, by its name."""
    return {**_on_people(world), **_listening(world), **_together(world)}


def _on_people(world: World) -> dict[str, str]:
    from django.urls import reverse

    one = world.initiative.pk
    return {
        "Bare page": f"/bare/{one}/",
        "Today": reverse("pages:today"),
        "Initiative": reverse("initiatives:initiative", args=[one]),
        "Overview": reverse("pages:overview", args=[one]),
        "In groups": reverse("pages:sponsor", args=[one]),
        "Person": reverse("pages:person", args=[one, world.usual_record]),
        "Person, long record": reverse("pages:person", args=[one, world.long_record]),
        "Person, as they see it": reverse("pages:see_as", args=[world.long_record]),
        "Search": reverse("pages:search") + "?q=the",
        "People": reverse("initiatives:people", args=[one]),
        "Take it out as files": reverse("pages:export", args=[one]),
        "Promises": reverse("promises:promises", args=[one]),
        "Stories": reverse("plans:stories", args=[one]),
        "Stories of all initiatives": reverse("plans:all_stories") + "?q=asking",
        "A story": reverse("plans:story", args=[world.story]),
        "New story": reverse("plans:new_story", args=[one]),
    }


def _listening(world: World) -> dict[str, str]:
    """Asking, and how often whom; the mirror."""
    from django.urls import reverse

    one = world.initiative.pk
    return {
        "Conversations": reverse("listening:conversations", args=[one]),
        "Asks": reverse("listening:asks", args=[one]),
        "An ask": reverse("listening:asked", args=[world.ask]),
        "Ask somebody": reverse("listening:ask", args=[world.usual_record]),
        "Before you ask": reverse("listening:brief", args=[world.usual_record]),
        "Teams and roles": reverse("listening:briefs", args=[one]),
        "Listening round": reverse("listening:round", args=[world.round]),
        "Who is in the round": reverse("listening:round_people", args=[world.round]),
        "Mirror": reverse("pages:mirror_on", args=[one]),
        "Mirror of all one leads": reverse("pages:mirror"),
        "People who fade": reverse("initiatives:people", args=[one]) + "?stands=fading",
        "Step backs": reverse("listening:step_backs", args=[one]),
        "Step back with somebody": reverse("listening:begin_step_back", args=[world.usual_record]),
        "Why each of them": reverse("listening:round_why", args=[world.round]),
        "Rhythm": reverse("rhythm:rhythm", args=[one]),
        "Due a talk": reverse("rhythm:due", args=[one, "talk"]),
        "Rhythm of everyone": reverse("rhythm:everyone", args=[one]),
        "What changed": reverse("rhythm:progress", args=[one]) + "?anyway=1",
        "New audience": reverse("rhythm:new_audience", args=[one]),
        "What changed, sent": reverse("rhythm:progress_sent", args=[one, 8]),
        "Digest": reverse("rhythm:digest"),
        "Picture of the overview": reverse("pages:overview_picture", args=[one]),
        "Weekly question": reverse("pages:mirror_question", args=[one]),
        "Question to one's own leader": reverse("pages:leader_question"),
        "A step back": reverse("listening:step_back", args=[world.step_back]),
    }


def _together(world: World) -> dict[str, str]:
    """Ideas, votes, open questions, sessions and introductions."""
    from django.urls import reverse

    from earnest.ideas import access
    from earnest.ideas.models import Idea, Space

    one, space = world.initiative.pk, access.token_of(Space(pk=world.space))
    named = Idea.objects.values_list("space_id", flat=True).get(pk=world.idea)
    return {
        "Ideas": reverse("ideas:spaces", args=[one]),
        "Open questions": reverse("ideas:topics", args=[one]),
        "Playbook": reverse("ideas:playbook"),
        "Ask for ideas": reverse("ideas:new_space", args=[one]),
        "A space": reverse("ideas:space", args=[world.space]),
        "A space with names": reverse("ideas:space", args=[named]),
        "Ask people in": reverse("ideas:invite", args=[named]),
        "Ideas, read by leads": reverse("ideas:read", args=[named]),
        "An idea": reverse("ideas:idea", args=[world.idea]),
        "What became of an idea": reverse("plans:idea_became", args=[world.idea]),
        "Ideas, on a phone": reverse("pages:ideas", args=[space]),
        "Put to the vote": reverse("ideas:statements", args=[world.space]) + "?state=shown",
        "Bring in a conversation": reverse("ideas:brought_in", args=[one]),
        "Where everyone stands": reverse("ideas:map", args=[world.space]),
        "Space, on a phone": reverse("pages:space", args=[space]),
        "Vote, on a phone": reverse("pages:vote", args=[space]),
        "Answers, on a phone": reverse("pages:votes", args=[space]),
        "Map, on a phone": reverse("pages:map", args=[space]),
        "Working sessions": reverse("pages:sessions", args=[one]),
        "Introductions": reverse("rhythm:introductions", args=[one]),
        "Lessons": reverse("practice:lessons", args=[one]),
        "A lesson": reverse("practice:lesson", args=[world.lesson]),
        "Who was there": reverse("practice:who_was_there", args=[world.lesson]),
        "Moments": reverse("practice:moments", args=[one]),
        "A moment": reverse("practice:moment", args=[world.moment]),
        "A moment that came": reverse("practice:seen", args=[world.moment_seen]),
        "When points come back": reverse("practice:days", args=[one]),
        "Whom a try-out fits": reverse("practice:whom_it_fits", args=[one]) + "?what=requests",
    }


def count(client: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return len(queries)


def measure(world: World, cookie: str) -> dict[str, dict[str, float]]:
    from benchmarks import load

    pages = pages_of(world)
    bare = pages.pop("Bare page")
    found = {}
    with served() as port:
        for name, path in pages.items():
            one = load.beside(load.Server(port, cookie), path, bare, rounds=ROUNDS)
            found[name] = {
                "p50": load.p50(one.page),
                "p95": load.p95(one.page),
                "bare_p50": load.p50(one.bare),
                "bare_p95": load.p95(one.bare),
                "rate": one.page_rate,
                "bare_rate": one.bare_rate,
            }
    return found


@contextmanager
def served() -> Iterator[int]:
    """The product's own server, as ``earnest serve`` runs it, without the worker beside it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "earnest", "serve", "--no-worker", "--port", str(port)]
    server = subprocess.Popen(
        command,
        env={**os.environ, "EARNEST_BASE_URL": f"http://localhost:{port}"},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/account/login/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    main()
