"""Whatever is sent to any address by anyone, no page breaks and nobody gets through a door.

Slow: run by make prove. What it finds becomes a test of its own beside the behaviour.
"""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.test_doors import ALL, DOORS, Place, client_of, place, rolled_back

__all__ = ["place"]  # the fixture of the doors

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TRIES = 12
FEWER_TRIES = {"pages:example": 2}  # each builds the whole example, whatever is sent
NASTY = [
    "",
    " ",
    "0",
    "-1",
    "99999999999999999999",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "x" * 5000,
    "\x00",
    "😀",
    "\u202eabc",
    "<script>alert(1)</script>",
    "{{ 7 }}{% now %}",
    "%s %(name)s {title}",
    "' OR 1=1 --",
    "joan@example.org",
    "Joan Okafor\nJoan\n,,,;;;",
    "on",
    "take",
    "leave",
    "ours",
    "dated",
    "../../etc/passwd",
    "//elsewhere.example/",
]
NAMES = [
    *("words", "who", "when", "due", "direction", "condition", "why", "reason", "answer", "next"),
    *("notes", "target", "title", "held_on", "balance", "step", "until", "kind", "email", "name"),
    *("people", "held_by", "q", "after", "before", "only", "team", "mine", "code", "heir", "which"),
    *("who-who", "own-words", "own-who", "own-due", "team", "manager", "time_zone", "language"),
]


def anything(dice: random.Random) -> dict[str, Any]:
    """A form nobody would fill in."""
    sent: dict[str, Any] = {name: dice.choice(NASTY) for name in NAMES if dice.random() < 0.6}
    if dice.random() < 0.3:
        junk = dice.randbytes(dice.randrange(400))
        name = dice.choice(["a.txt", "a.docx", "a.eml", "a.csv", "a.xlsx", "a.vcf", "a", "a.pdf"])
        sent["file"] = SimpleUploadedFile(name, junk)
    return sent


@pytest.mark.parametrize("name", [name for name in ALL if name in DOORS])
def test_no_page_breaks_whatever_is_sent(name: str, place: Place) -> None:
    comes_in, args = DOORS[name]
    url = reverse(name, kwargs={key: place.ids[value] for key, value in args.items()})
    dice = random.Random(name)  # the same tries every time
    insiders = [client_of(who, place) for who in sorted(comes_in)[:2]]
    outsider = client_of("outsider", place)
    for _try in range(FEWER_TRIES.get(name, TRIES)):
        for client in [*insiders, outsider]:
            for ask in (client.post, client.get):
                response = rolled_back(partial(ask, url, anything(dice)))
                assert response.status_code < 500
