"""How often a word is due for whom: set, changed, and back to the usual numbers (3.13, 3.14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative
from earnest.people.models import Team
from earnest.rhythm.models import Audience, Cadence


@dataclass(frozen=True, slots=True)
class AudienceDraft:
    """Who is meant, who sees to its mail, and the days by rung and sort; left out: never."""

    kind: str
    team: Team | None = None
    done_by: User | None = None
    days: dict[tuple[str, str], int] = field(default_factory=dict)


@transaction.atomic
def set_rhythm(initiative: Initiative, draft: AudienceDraft, *, by: User, at: datetime) -> Audience:
    """The rhythm of one audience, as a whole. Set twice is set once."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    audience, _made = Audience.objects.update_or_create(
        initiative=initiative,
        kind=draft.kind,
        team=draft.team,
        defaults={"done_by": draft.done_by},
        create_defaults={"done_by": draft.done_by, "made_at": at},
    )
    audience.cadences.all().delete()
    Cadence.objects.bulk_create(
        Cadence(audience=audience, rung=rung, how=how, days=days)
        for (rung, how), days in draft.days.items()
    )
    events.record("rhythm_set", by=by, at=at, about=audience, detail={"kind": draft.kind})
    return audience


@transaction.atomic
def remove_audience(audience: Audience, *, by: User, at: datetime) -> None:
    """No rhythm of its own any more; for everyone, the usual numbers again."""
    events.record("rhythm_removed", by=by, at=at, about=audience, detail={"kind": audience.kind})
    audience.delete()
