"""Needs of earlier initiatives that a person lets later ones know (1.2, privacy.md 10)."""

from __future__ import annotations

from django.db.models import QuerySet

from earnest.initiatives.models import Participation
from earnest.listening.models import NeedNamed


def allowed_for(participation: Participation) -> QuerySet[NeedNamed]:
    """Of earlier initiatives of the same workspace, with their yes, not taken along here yet."""
    here = participation.initiative
    theirs = NeedNamed.objects.filter(
        participation__person=participation.person_id,
        participation__person__erased_at=None,
        may_carry_at__isnull=False,
        need__initiative__workspace=here.workspace_id,
        need__initiative__made_at__lt=here.made_at,
        need__initiative__is_example=here.is_example,
    )
    taken = NeedNamed.objects.filter(participation=participation).exclude(carried_from=None)
    return theirs.exclude(need__in=taken.values("carried_from__need"))
