"""A person out of the directory: what was written of them goes, the row stays as a count."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from earnest.accounts import actions as accounts
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
    "team_since": None,
    "manager": None,
    "user": None,
    "wants_less_at": None,
    "stopped_at": None,
    "not_estimated_at": None,
    "asked_enough_until": None,
    "left_alone_until": None,
}


@transaction.atomic
def erase_from_directory(person: Person, *, at: datetime) -> None:
    """Empty the person's row, and cut everyone's ties to it (privacy.md 13).

    Called by ``pages.erasure`` alone, after every context above has erased what was theirs.
    """
    _empty_imports(person, at=at)
    accounts.forget_invites(person.workspace_id, person.email, at=at)
    away = Away.objects.filter(person=person)
    events.cut_pointers({"person": [person.pk], "away": list(away.values_list("pk", flat=True))})
    away.delete()
    Tie.objects.filter(Q(person=person) | Q(other=person)).delete()
    Person.objects.filter(manager=person).update(manager=None)
    Person.objects.filter(pk=person.pk).update(**EMPTY, erased_at=at)
    for field, value in EMPTY.items():
        setattr(person, field, value)
    person.erased_at = at


def _empty_imports(person: Person, *, at: datetime) -> None:
    """Every file on its way in: in which encoding or columns one names them, nobody can tell."""
    words = [word.casefold() for word in (*person.name.split(), person.email) if word]
    reason = _("Somebody was erased, and this file may have named them, so it was let go.")
    rows = PeopleImport.objects.filter(workspace=person.workspace_id)
    for import_ in rows.defer("file", "problems_csv", "head"):
        empty_import(import_, at=at, reason=reason)
        if any(word in import_.file_name.casefold() for word in words):
            PeopleImport.objects.filter(pk=import_.pk).update(file_name="erased")
