"""What joins contexts and has to be remembered: codes that prove who asks, and what was taken out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import override

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from earnest.initiatives.models import Initiative, Participation

LASTS = timedelta(minutes=15)
TRIES = 5


class ProofCode(models.Model):
    """Six digits mailed to a person: asked for, sent, tried at most five times, used once.

    The digits are made as the mail leaves; kept is a keyed hash, worthless without our secret key.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("participation", "-made_at"), name="code_latest"),)

    @override
    def __str__(self) -> str:
        return f"code {self.pk}"

    def is_open(self, at: datetime) -> bool:
        """May still be tried: sent, young, unused, with tries left."""
        young = at - self.made_at < LASTS
        return bool(self.code_hash) and young and self.used_at is None and self.tries < TRIES

    def fits(self, digits: str) -> bool:
        return constant_time_compare(self.code_hash, self.hashed(digits))

    def hashed(self, digits: str) -> str:
        return salted_hmac(
            "earnest.pages.code", f"{self.pk}:{digits}", algorithm="sha256"
        ).hexdigest()


class TakenOut(models.Model):
    """A whole initiative was taken out as files, with its people or without (privacy.md 3)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="taken_out")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    with_people = models.BooleanField(default=False)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("initiative", "-at"), name="taken_out_latest"),)

    @override
    def __str__(self) -> str:
        return f"{self.initiative_id} {self.at}"
