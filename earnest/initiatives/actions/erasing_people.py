"""What this context keeps of a person on an initiative, gone; they stay as a bare count."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from earnest.core import events
from earnest.initiatives.models import Commission, Initiative, Participation
from earnest.people.models import Person

ERASED = "erased"


def cut_loose(participation: Participation, *, at: datetime) -> None:
    """Links and glass go, events and the commission point to nobody. Inside a caller's transaction."""
    events.cut_pointers(
        {
            "participation": [participation.pk],
            "personlink": list(participation.links.values_list("pk", flat=True)),
            "glassbreak": list(participation.glass_breaks.values_list("pk", flat=True)),
        }
    )
    participation.links.all().delete()
    participation.glass_breaks.all().delete()
    Commission.objects.filter(
        initiative=participation.initiative_id, person=participation.person_id
    ).update(person=None, asked_by=ERASED, will_give="")


@transaction.atomic
def erase_participation(participation: Participation, *, at: datetime) -> None:
    """Links, glass and wishes go; the row stays as a count, belonging to nobody (privacy.md 13).

    Called by ``pages.erasure`` alone, after every context above has erased what was theirs.
    """
    cut_loose(participation, at=at)
    nobody = Person.objects.create(
        workspace_id=participation.initiative.workspace_id, name="", erased_at=at
    )
    initiative_id = participation.initiative_id
    Participation.objects.filter(pk=participation.pk).update(
        person=nobody,
        first_told_at=None,
        last_contact_at=None,
        stopped_at=None,
        own_goals="",
        own_measures="",
    )
    Initiative.objects.filter(pk=initiative_id).update(
        people_count=F("people_count") - 1, erased_count=F("erased_count") + 1
    )
