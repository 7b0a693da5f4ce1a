"""Where people answer a target together (4.3, 4.4): a space, and who speaks in it."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation


class Space(models.Model):
    """A question put to everyone on an initiative, with names or without: fixed as it is made.

    Without names there is one address for all of them; whoever opens it is known by a secret of
    their browser alone (privacy.md 12).
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="spaces")
    question = models.CharField(_("what you ask"), max_length=300)  # drafted from the target
    names = models.BooleanField(_("with names"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # read on, no longer written in
    ideas_given = models.PositiveIntegerField(default=0)  # stored: as many as stand there
    taken_up_at = models.DateTimeField(null=True)  # the first of its ideas went to the plan

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(
                fields=("initiative", "made_at"),
                condition=Q(closed_at=None),
                name="space_open",
            ),
            models.Index(
                fields=("initiative", "made_at"),
                condition=Q(taken_up_at=None, ideas_given__gt=0),
                name="space_none_taken_up",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.question

    @property
    def holds_target(self) -> bool:
        """The question says the target itself, as the one drafted from it does: said once."""
        target = self.initiative.target.strip()
        return bool(target) and target in self.question

    @property
    def is_open(self) -> bool:
        """With its initiative everything in it ends: its time runs from that day (privacy.md 10)."""
        return self.closed_at is None and self.initiative.closed_at is None


class Invited(models.Model):
    """Somebody on the initiative was written to about a space with names: once, by their own link.

    Whether they said anything is not asked here: nobody is counted as silent for it.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="invited")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="invited_to_spaces"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("space", "participation"), name="invited_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.participation_id} to {self.space_id}"


class Voice(models.Model):
    """Somebody in a space: a person on the initiative, or a browser of whom nothing is known.

    Ideas, support and votes point here and at nothing else, so that a space without names leads to
    nobody; such a row holds no time.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="voices")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.CASCADE, related_name="voices"
    )
    key_hash = models.CharField(max_length=64, blank=True)  # sha256 of the browser's secret

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("space", "participation"),
                condition=Q(participation__isnull=False),
                name="voice_of_person_once",
            ),
            models.UniqueConstraint(
                fields=("space", "key_hash"), condition=~Q(key_hash=""), name="voice_of_key_once"
            ),
            models.CheckConstraint(
                condition=Q(participation=None) | Q(key_hash=""), name="voice_named_or_not"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"voice {self.pk}"
