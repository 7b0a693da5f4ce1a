"""What was told back after a talk, and what the person said to it (2.15, 1.9)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Participation
from earnest.listening.models.talks import Conversation, Quote


class Recap(models.Model):
    """ "This is what I heard”: told once for each who was there; right, or corrected by them."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="recaps")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="recaps"
    )
    words = models.CharField(_("a line of your own"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()  # put in the outbox, or handed over by hand
    message_id = models.BigIntegerField(null=True)
    right_at = models.DateTimeField(null=True)  # "yes, that is it"
    corrected_at = models.DateTimeField(null=True)
    correction = models.TextField(_("what should be different"), max_length=2000, blank=True)
    correction_read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        indexes = (
            models.Index(
                fields=("participation",),
                condition=models.Q(corrected_at__isnull=False, correction_read_at=None),
                name="recap_corrected",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "participation"), name="told_back_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"recap {self.pk}"


class QuoteObjection(models.Model):
    """“That is not what I meant”: their new words stand in the quote's place, everywhere."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="objections")
    withdrawn = models.BooleanField(default=False)  # struck, with nothing in its place
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    @override
    def __str__(self) -> str:
        return f"objection to quote {self.quote_id}"
