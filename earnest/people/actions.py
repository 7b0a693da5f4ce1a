"""Adding and changing people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.people.models import Person


@dataclass(frozen=True, slots=True)
class Named:
    """A person as written: a name, and an address where there is one."""

    name: str
    email: str = ""


@transaction.atomic
def add_people(workspace: Workspace, named: list[Named], *, by: User, at: datetime) -> list[Person]:
    """Find or add each person, in the order given.

    The same address is the same person. A name without an address finds the one person of that
    name; where several share it, a new person is added, for nobody may be mixed up.
    """
    people = [_find(workspace, one) or _add(workspace, one) for one in named]
    events.record(
        "people_added", by=by, at=at, workspace_id=workspace.pk, detail={"count": len(people)}
    )
    return people


def _find(workspace: Workspace, one: Named) -> Person | None:
    here = Person.objects.present().filter(workspace=workspace)
    if one.email:
        return here.annotate(address=Lower("email")).filter(address=one.email.lower()).first()
    same = here.filter(name__iexact=one.name)[:2]
    return same[0] if len(same) == 1 else None


def _add(workspace: Workspace, one: Named) -> Person:
    return Person.objects.create(workspace=workspace, name=one.name, email=one.email)
