"""Read it as them, before it is saved or sent (1.9): what every such page shows.

A file of its own: whoever writes to somebody builds a ``Reading`` and renders ``core/read_as.html``.
Nothing is kept by it; what was typed goes along in hidden fields, and comes back with "Change".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.datastructures import MultiValueDict

LOOK, CHANGE, SEND = "look", "change", "send"  # the buttons
NEVER_CARRIED = {"csrfmiddlewaretoken", LOOK, CHANGE, SEND}


@dataclass(frozen=True, slots=True)
class Seen:
    """A mail as it will leave: to whom, how and when, and word for word."""

    to: str
    how: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody will read: the mails, their page, and what was typed for it.

    ``page`` is HTML, rendered in their language and by their clock; ``typed`` are our own words, hints stand
    beside them; ``does`` says on the button what happens next.
    """

    name: str
    does: str
    carried: list[tuple[str, str]]
    typed: tuple[str, ...] = ()
    speaks: str = ""
    mails: tuple[Seen, ...] = ()
    page: str = ""
    sensitive: tuple[str, ...] = ()
    refused: str = ""
    action: str = ""


def carried(
    posted: MultiValueDict[str, str], *, but: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Every field as it was typed, to send it again from the page that shows it."""
    left_out = NEVER_CARRIED.union(but)
    return [
        (name, str(value))
        for name, values in posted.lists()
        if name not in left_out
        for value in values
    ]
