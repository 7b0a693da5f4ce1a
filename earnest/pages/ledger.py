"""Who was erased or taken off, noted beside the database, so that no restored backup brings them back.

A file of its own: it is the one thing that outlives the database (privacy.md 13). It holds numbers
and times, no name and no address: an older backup, brought back, is told by it whom to erase again.
``earnest restore`` reads it; a sweep and every erasure write it.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from earnest.accounts.models import Workspace
from earnest.initiatives.models import Participation
from earnest.people.models import Person

NAME = "erased.jsonl"
LOOKS_BACK = timedelta(hours=1)  # an erasure is dated before it is committed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """One person, or one person on one initiative, by number; ``place`` is their workspace."""

    at: str
    place: str
    person: int = 0
    on: int = 0

    @property
    def line(self) -> str:
        return json.dumps({name: getattr(self, name) for name in Erased.__slots__}) + "\n"


def path() -> Path:
    return Path(settings.DATA_DIR) / NAME


def place_of(workspace: Workspace) -> str:
    """Tells workspaces apart, also those of another installation with the same number."""
    said = f"{workspace.pk} {workspace.created_at.isoformat()}"
    return sha256(said.encode()).hexdigest()[:16]


def read(text: str) -> list[Erased]:
    """Every line of it that is one; the last may be half a line where the power went."""
    found = []
    for line in text.splitlines():
        try:
            found.append(Erased(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def noted() -> list[Erased]:
    return read(path().read_text()) if path().exists() else []


def catch_up() -> int:
    """Note every erasure that is not yet noted. Returns how many; what cannot be written is logged."""
    try:
        return _append(_in_database())
    except OSError:
        log.exception("an erasure could not be noted in %s", path())
        return 0


def note_taken_off(pk: int, workspace: Workspace, *, at: datetime) -> None:
    """Of who was only taken off nothing stays in the database that ``catch_up`` could find later.

    What it would find is noted first: it looks from the last line on.
    """
    catch_up()
    try:
        _append([Erased(at.isoformat(), place_of(workspace), on=pk)])
    except OSError:
        log.exception("who was taken off could not be noted in %s", path())


def add(lines: Iterable[Erased]) -> int:
    """Lines of another ledger: one that came with a backup."""
    return _append(lines)


def _append(lines: Iterable[Erased]) -> int:
    handle = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        known = {(one.place, one.person, one.on) for one in read(text)}
        new = [one for one in lines if (one.place, one.person, one.on) not in known]
        if text and not text.endswith("\n"):
            file.write("\n")
        file.writelines(one.line for one in new)
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def _in_database() -> Iterator[Erased]:
    """What was erased since the last line, and a while before it."""
    known = noted()
    since = max((datetime.fromisoformat(one.at) for one in known), default=None)
    people = Person.objects.filter(erased_at__isnull=False)
    there = Participation.objects.filter(person__erased_at__isnull=False)
    if since:
        people = people.filter(erased_at__gte=since - LOOKS_BACK)
        there = there.filter(person__erased_at__gte=since - LOOKS_BACK)
    places = {one.pk: place_of(one) for one in Workspace.objects.all()}
    for pk, workspace, at in people.values_list("pk", "workspace_id", "erased_at").iterator():
        yield Erased(at.isoformat() if at else "", places[workspace], person=pk)
    rows = there.values_list("pk", "person__workspace_id", "person__erased_at")
    for pk, workspace, at in rows.iterator():
        yield Erased(at.isoformat() if at else "", places[workspace], on=pk)
