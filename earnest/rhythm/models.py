"""What was chosen about a proposed step. The steps themselves are computed, never stored."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Chosen(models.Model):
    """A step done, put off until a day, or dismissed with a reason. Append-only."""

    class Kind(models.TextChoices):
        DONE = "done", _("done")
        PUT_OFF = "put_off", _("later")
        DISMISSED = "dismissed", _("not this one")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chosen"
    )
    step = models.CharField(max_length=80)  # its key, such as "promise-late:promise:12"
    initiative_id = models.BigIntegerField(null=True)  # where that lies: a plain column, as the key
    due = models.DateField(null=True)  # the date it had then: with another it is chosen anew
    kind = models.CharField(max_length=10, choices=Kind)
    until = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("user", "step", "-at"), name="chosen_for_step"),)

    @override
    def __str__(self) -> str:
        return f"{self.step}: {self.get_kind_display()}"
