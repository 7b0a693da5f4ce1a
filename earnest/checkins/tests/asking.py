"""People to ask, rounds, and links out of mails, for these tests."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core import serializers
from django.test import Client

from earnest.checkins import actions, sweeps
from earnest.checkins.actions import RoundDraft
from earnest.checkins.models import Round
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.messaging.tests.mails import Server
from earnest.people import actions as people
from tests.worlds import NOW, World

LAST_DAY = date(2026, 11, 27)
AFTER = NOW + timedelta(days=8)
TAPS = {"understands": "4", "matters": "2", "doable": "5", "owns": "0", "line": ""}
UNNAMED = re.compile(r"http://[^/\s]+(/c/\S+?/)(?=\s|$)")


def more_people(world: World, n: int, since: int = 0) -> list[Participation]:
    """So many more on the initiative, each with an address."""
    named = [people.Named(f"Ann {i}", f"ann{i}@example.org") for i in range(since, since + n)]
    lead = world.lead
    return [
        initiatives.put_on(world.initiative, one, held_by=lead, by=lead, at=NOW)
        for one in people.add_people(world.workspace, named, by=lead, at=NOW)
    ]


def draft(world: World, at: datetime = NOW, **more: Any) -> Round:
    words: dict[str, Any] = {"is_anonymous": True, "closes_on": LAST_DAY, **more}
    return actions.make_round(world.initiative, RoundDraft(**words), by=world.lead, at=at)


def opened(world: World, at: datetime = NOW, **more: Any) -> Round:
    made = draft(world, at, **more)
    actions.open_round(made, by=world.lead, at=at)
    made.refresh_from_db()
    return made


def links_in(server: Server) -> dict[str, str]:
    """By address, the path of the link that answers without a name."""
    found = {}
    for address, mail in server.taken:
        body = mail.get_body(("plain",))
        assert body is not None
        if link := UNNAMED.search(body.get_content()):
            found[address] = link[1]
    return found


def sent(world: World, server: Server, n: int = 6) -> tuple[Round, dict[str, str]]:
    """An anonymous round whose mails have left, and the links in them."""
    more_people(world, n)
    made = opened(world)
    sweeps.send_sealed(at=NOW)
    return made, links_in(server)


def answer(path: str, **taps: str) -> Any:
    """As one who presses the link in a mail, on a device of their own."""
    client = Client()
    page = client.get(path)
    return client.post(f"{page.headers['Location']}answered/", {**TAPS, **taps}, follow=True)


def everything_kept() -> str:
    """Every row of every table, in one text."""
    return "\n".join(
        serializers.serialize("json", model._default_manager.all())
        for model in apps.get_models()
        if model.__name__ not in {"Contact", "Evidence"}  # no words in them, and two keys each
    )


def secret_of(path: str) -> str:
    return path.strip("/").partition("/")[2]
