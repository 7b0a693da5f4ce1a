"""How much one space without names takes in a minute, whoever it comes from: beside ``door.py``.

Its address asks for no account, so a script could fill it with words and voices. What is counted is the
space, in the memory of this process, for the minute that runs: nothing of who, from where, or with which
browser, and nothing that outlives it (privacy.md 12). An address of the network would tell little anyway:
a hall of three hundred comes from one.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WORDS, NEWCOMERS = "words", "newcomers"  # what is written; voices never heard before that vote

_lock = Lock()
_counts: dict[tuple[int, str], tuple[int, int]] = {}  # space and sort → minute and how many


def is_crowded(space_pk: int, what: str, *, at: datetime) -> bool:
    """Whether this one is more than a space takes in a minute."""
    most = settings.TOGETHER_A_MINUTE.get(what)
    if most is None:
        return False
    minute = int(at.timestamp()) // 60
    with _lock:
        when, count = _counts.get((space_pk, what), (minute, 0))
        count = count + 1 if when == minute else 1
        _counts[space_pk, what] = minute, count
    return count > most


def turned_away(request: HttpRequest) -> HttpResponse:
    """For a minute, in a sentence; nothing was written."""
    return render(request, "pages/together/crowded.html", status=429)
