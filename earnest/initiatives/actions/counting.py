"""Counts that lists and the rail show: stored, and written by whoever knows the rows behind them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.initiatives.models import Initiative


@transaction.atomic
def store_inputs_open(initiative: Initiative, count: int, *, at: datetime) -> bool:
    """How many inputs and needs wait for an answer at ``at``. True where that changed.

    No event: what changed it has its own.
    """
    rows = Initiative.objects.filter(pk=initiative.pk).exclude(inputs_open=count)
    initiative.inputs_open = count
    return bool(rows.update(inputs_open=count))
