"""Ideas answer the target, not the leader's plan (4.4)."""

from __future__ import annotations

from typing import override

from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation


class Idea(models.Model):
    """How somebody would make it work (1.13)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="ideas")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.CASCADE, related_name="ideas"
    )
    words = models.TextField(_("idea"))
    on = models.DateField()
    # Where it stands in the notes: plain columns, listening lies beside this context.
    conversation_id = models.BigIntegerField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("-on", "-pk")

    @override
    def __str__(self) -> str:
        return self.words
