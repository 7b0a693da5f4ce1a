"""Stepping back: a talk to understand why somebody does not commit, and what it changed (3.16)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models.asks import Invitation
from earnest.listening.models.talks import Conversation, Quote


class StepBack(models.Model):
    """Opened on a person, talked over, and closed by what we change by it, or why we do not.

    The reason is theirs: a quote of theirs, by its pointer alone, so that what they do with their
    words is obeyed here too.
    """

    class Occasion(models.TextChoices):
        NEVER_AGREED = "never_agreed", _("said yes, and it never came to a date")
        MOVED = "moved", _("what was agreed moved more than once")
        NO = "no", _("said no")
        SILENT = "silent", _("no answer came")
        FADING = "fading", _("did it before, and not any more")
        OTHER = "other", _("to understand")

    class Outcome(models.TextChoices):
        PLAN = "plan", _("a part of the plan is changed, dropped or added")
        MORE_TIME = "more_time", _("more time is taken")
        SMALLER = "smaller", _("a smaller ask")
        STAYS_OUT = "stays_out", _("they stay out, and that is welcome")
        NOTHING = "nothing", _("nothing changes, and why")

    initiative = models.ForeignKey(  # that of the participation: lists walk one index
        Initiative, on_delete=models.CASCADE, related_name="step_backs", db_index=False
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="step_backs"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    occasion = models.CharField(max_length=12, choices=Occasion, default=Occasion.OTHER)
    opened_at = models.DateTimeField()
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.SET_NULL, related_name="step_backs"
    )  # the ask for it, where it was asked for
    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.SET_NULL, related_name="step_backs"
    )
    quote = models.ForeignKey(
        Quote, null=True, on_delete=models.SET_NULL, related_name="step_backs"
    )  # the reason, in their words
    is_no = models.BooleanField(default=False)  # they said no, for this reason
    reason_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    words = models.CharField(_("what we change by it, or why not"), max_length=500, blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # what it changed, told back
    message_id = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation",),
                condition=Q(outcome_at=None),
                name="one_step_back_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at__isnull=True)
                | (~Q(outcome="") & Q(outcome_at__isnull=False)),
                name="outcome_has_its_moment",
            ),
        )
        indexes = (
            models.Index(fields=("initiative", "-opened_at"), name="step_backs_listed"),
            models.Index(
                fields=("initiative", "opened_at"),
                condition=Q(outcome_at=None),
                name="step_backs_open",
            ),
            models.Index(
                fields=("initiative", "outcome_at"),
                condition=Q(outcome_at__isnull=False, told_at=None),
                name="step_backs_untold",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.get_occasion_display()

    @property
    def is_open(self) -> bool:
        """What it changes is still to be written."""
        return self.outcome_at is None

    @property
    def talk(self) -> Conversation | None:
        """Where they were listened to: noted as such, or the answer to the ask for it."""
        return self.conversation or (self.invitation.conversation if self.invitation else None)

    @property
    def source(self) -> str:
        """How the record names it."""
        return f"step back {self.pk}"

    @property
    def reason(self) -> str:
        """Why, in their words as they stand now; empty where they took them back."""
        return self.quote.words if self.quote and not self.quote.erased_at else ""
