"""Mail that came in, each taken once."""

from __future__ import annotations

from typing import override

from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Participation


class Inbound(models.Model):
    """One received mail. Append-only; as it came it is kept as long as notes are (privacy.md 10).

    What could not be matched to somebody who was written to leaves nothing here but its mark.
    """

    class Kind(models.TextChoices):
        WORDS = "words", _("an answer in words")
        CALENDAR = "calendar", _("the answer of a calendar")
        AUTOMATIC = "automatic", _("written by a machine")
        BOUNCE = "bounce", _("could not be delivered")
        UNMATCHED = "unmatched", _("not an answer to us")

    mark = models.CharField(max_length=64, unique=True)  # a hash of its Message-ID
    kind = models.CharField(max_length=9, choices=Kind)
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.SET_NULL, related_name="received"
    )
    answers = models.BigIntegerField(null=True)  # the mail of ours that it answers
    raw = models.BinaryField(default=bytes)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("received_at", "pk")
        indexes = (
            models.Index(
                fields=("received_at",), condition=~models.Q(raw=b""), name="inbound_with_words"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.get_kind_display()
