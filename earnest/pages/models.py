"""What joins contexts and is remembered: codes that prove who asks, what was taken out, mirrors."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import override
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

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


class MirrorWeek(models.Model):
    """What one lead pushed in one week of an initiative, and what came back: numbers alone (0.5).

    Stored when the week is well over, so that it stays when words go and people are erased; what
    is younger is counted when it is shown. Nobody but its user ever sees it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    monday = models.DateField()
    asks = models.PositiveIntegerField(default=0)
    nudges = models.PositiveIntegerField(default=0)
    explained = models.PositiveIntegerField(default=0)  # talks, mostly explained
    accepted = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    came = models.PositiveIntegerField(default=0)
    did = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    silent = models.PositiveIntegerField(default=0)
    pitched = models.PositiveIntegerField(default=0)  # people, asked to agree for the first time
    heard_first = models.PositiveIntegerField(default=0)  # of these, heard before
    kept = models.PositiveIntegerField(default=0)  # own promises
    kept_late = models.PositiveIntegerField(default=0)  # of those kept
    moved = models.PositiveIntegerField(default=0)  # before they were due
    missed = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)  # mails whose wording was looked at
    hints = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "initiative", "monday"), name="mirror_once"),
        )

    @override
    def __str__(self) -> str:
        return str(self.monday)


class WeeklyLine(models.Model):
    """ "How do I help us cooperate?": a line about oneself, or left, once a week (4.7)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    monday = models.DateField()
    words = models.CharField(max_length=300, blank=True)  # empty: left, which counts for nothing
    at = models.DateTimeField()

    class Meta:
        ordering = ("-monday", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "initiative", "monday"), name="asked_oneself_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.words


class LeaderQuestion(models.Model):
    """ "How do you get a yes from us?", asked of one's own leader: planned, and noted (2.22).

    About oneself and one's leader, who is called so and by no name; for oneself alone.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(_("what you will ask"), max_length=200)
    planned_on = models.DateField(_("the day"))
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)  # of its calendar file
    sequence = models.PositiveSmallIntegerField(default=0)  # counts the changes of that file
    changed_at = models.DateTimeField()
    asked_on = models.DateField(_("when you asked"), null=True)
    said = models.TextField(_("what my leader said"), max_length=1000, blank=True)
    differently = models.CharField(_("what I will do differently"), max_length=300, blank=True)
    example = models.ForeignKey(  # made up for this one; goes with it
        Initiative, null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ("-planned_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=models.Q(asked_on__isnull=True),
                name="one_question_planned",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.question


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
