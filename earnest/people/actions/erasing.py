"""A person out of the directory: what was written of them goes, the row stays as a count."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from earnest.core import events
from earnest.people.actions.imports import empty_import
from earnest.people.models import Away, PeopleImport, Person, Tie

EMPTY = {
    "name": "",
    "email": "",
    "email_changed_at": None,
    "job": "",
    "time_zone": "",
    "language": "",
    "own_goals": "",
    "own_measures": "",
    "own_work_at": None,
    "team": None,
    "manager": None,
    "user": None,
    "wants_less_at": None,
    "stopped_at": None,
}


@transaction.atomic
def erase_from_directory(person: Person, *, at: datetime) -> None:
    """Empty the person's row, and cut everyone's ties to it (privacy.md 13).

    Called by ``pages.erasure`` alone, after every context above has erased what was theirs.
    """
    _empty_imports_naming(person, at=at)
    away = Away.objects.filter(person=person)
    events.cut_pointers({"person": [person.pk], "away": list(away.values_list("pk", flat=True))})
    away.delete()
    Tie.objects.filter(Q(person=person) | Q(other=person)).delete()
    Person.objects.filter(manager=person).update(manager=None)
    Person.objects.filter(pk=person.pk).update(**EMPTY, erased_at=at)
    for field, value in EMPTY.items():
        setattr(person, field, value)
    person.erased_at = at


def _empty_imports_naming(person: Person, *, at: datetime) -> None:
    """Files on their way in and lists of bad lines that hold them; a packed file may, so it goes."""
    for import_ in PeopleImport.objects.filter(workspace=person.workspace_id):
        held = f"{import_.file_name} {import_.head} {import_.problems} {import_.reason}".lower()
        held += _text(import_.file) + _text(import_.problems_csv)
        packed = bytes(import_.file[:2]) == b"PK"
        if packed or any(word.lower() in held for word in (person.name, person.email) if word):
            empty_import(import_, at=at)
            PeopleImport.objects.filter(pk=import_.pk).update(file_name="erased")


def _text(data: bytes | memoryview) -> str:
    return bytes(data).decode("utf-8", errors="replace").lower()
