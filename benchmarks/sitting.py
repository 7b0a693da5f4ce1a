"""Thirty phones in one working session, asking whether it moved on, beside the bare page.

    DATABASE_URL=… EARNEST_DATA_DIR=… python -m benchmarks.sitting

Needs a data directory of its own. First both in turn, and as fast as they are answered; then thirty
phones that each ask every four seconds, as the page does: how long each waits. Prints JSON.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks import load

if TYPE_CHECKING:
    from earnest.ideas.models import Session

PHONES, EVERY_SECONDS, FOR_SECONDS, ROUNDS = 30, 4, 24, 200


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client
    from django.urls import reverse

    from benchmarks.measure import served
    from earnest.ideas.access.sessions import token_of_session

    call_command("migrate", verbosity=0)
    session = a_session()
    client = Client(headers={"host": "localhost"})
    assert session.by is not None
    client.force_login(session.by)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    poll = reverse("pages:session_turn", args=[token_of_session(session)]) + "?turn=1"
    bare = f"/bare/{session.space.initiative_id}/"
    connections.close_all()
    with served() as port:
        server = load.Server(port, cookie)
        one = load.beside(server, poll, bare, rounds=ROUNDS)
        waits = sitting(lambda: load.Visitor(server), poll)
    print(
        json.dumps(
            {
                "poll_p50_ms": load.p50(one.page) * 1000,
                "bare_p50_ms": load.p50(one.bare) * 1000,
                "polls_a_second": one.page_rate,
                "bare_a_second": one.bare_rate,
                "phones_one_server_carries": one.page_rate * EVERY_SECONDS,
                "thirty_phones_p50_ms": load.p50(waits) * 1000,
                "thirty_phones_p95_ms": load.p95(waits) * 1000,
                "asked": len(waits),
                "due": PHONES * FOR_SECONDS // EVERY_SECONDS,
            },
            indent=1,
        )
    )


def a_session() -> Session:
    from django.utils.timezone import now

    from earnest.accounts import actions as accounts
    from earnest.accounts.models import User
    from earnest.ideas.actions.sessions import begin_with_question
    from earnest.initiatives import actions as initiatives

    at = now()
    user = User.objects.create_user("lead@example.org", None, name="Amara Diallo")
    place = accounts.start_workspace("Harbour Clinic", time_zone="UTC", by=user, at=at)
    one = initiatives.start_initiative(
        place, title="One intake", target="One owner within a day", by=user, at=at
    )
    return begin_with_question(one, "How would you make it work?", names=True, by=user, at=at)


def sitting(phone: Callable[[], load.Visitor], path: str) -> list[float]:
    """Each begins at its own moment, as people in a room do; none is skipped."""
    waits: list[float] = []

    def one(number: int) -> None:
        mine = phone()
        time.sleep(number * EVERY_SECONDS / PHONES)
        for _time in range(FOR_SECONDS // EVERY_SECONDS):
            taken = mine.ask(path)
            waits.append(taken)
            time.sleep(max(0.0, EVERY_SECONDS - taken))

    phones = [threading.Thread(target=one, args=(number,)) for number in range(PHONES)]
    for each in phones:
        each.start()
    for each in phones:
        each.join()
    return waits


if __name__ == "__main__":
    main()
