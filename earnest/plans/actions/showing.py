"""How many inputs others than the leads see counted: moved on by five people at once (privacy.md 7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.engine.groups import FEWEST
from earnest.initiatives.models import Initiative
from earnest.plans.models import Input, InputsShown


@transaction.atomic
def show_inputs(initiative: Initiative, *, at: datetime) -> bool:
    """Count what was given until now, where at least five more people gave some. True if so.

    What became of them is counted as it stands: that is about those who answer.
    """
    shown, _made = InputsShown.objects.select_for_update().get_or_create(
        initiative=initiative, defaults={"until": initiative.made_at}
    )
    given = Input.objects.filter(initiative=initiative, at__lte=at)
    new = given.filter(at__gt=shown.until) if shown.count else given
    since = new.exclude(participation=None)
    if since.values("participation").distinct().count() < FEWEST:
        return False
    InputsShown.objects.filter(pk=shown.pk).update(until=at, count=given.count())
    return True
