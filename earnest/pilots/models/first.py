"""Who would like to go first? (1.11) The question, and who said yes to it."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team


class Call(models.Model):
    """The question to everyone on an initiative: what is tried, and what going first takes.

    It stands on each person's own page. Nobody is picked: only who says yes becomes a pilot.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="calls")
    what = models.CharField(_("what will be tried"), max_length=300)
    takes = models.TextField(_("what going first takes, and what they get"), max_length=1000)
    until = models.DateField(_("until when it is asked"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # Told by mail, where its lead wished so, some at a time: see ``Told`` of initiatives.
    mailed_at = models.DateTimeField(null=True)
    mailed_count = models.PositiveIntegerField(default=0)
    volunteers_waiting = models.PositiveIntegerField(default=0)  # stored: Today never counts rows

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("initiative",), condition=Q(closed_at=None), name="one_call_open"
            ),
        )
        indexes = (
            models.Index(
                fields=("initiative",),
                condition=Q(volunteers_waiting__gt=0),
                name="call_volunteers_wait",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.what

    @property
    def thread(self) -> str:
        """How mails about this question are found again."""
        return f"call {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.initiative.closed_at is None


class Volunteer(models.Model):
    """A part of the organisation says yes through somebody of it, in their words; any time back."""

    class PassedOn(models.TextChoices):
        """Who may read their words: as for quotes (privacy.md 4)."""

        LEADS_ONLY = "leads", _("for the leads alone")
        UNNAMED = "unnamed", _("without my name")
        NAMED = "named", _("with my name")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="volunteers")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="volunteered"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    part = models.CharField(_("which part"), max_length=120)  # its name, as it was then
    words = models.TextField(_("why, in your words"), max_length=1000, blank=True)
    passed_on = models.CharField(max_length=7, choices=PassedOn, default=PassedOn.LEADS_ONLY)
    said_at = models.DateTimeField()
    # Said to a lead, who noted it; None: by their own tap. Only that is evidence.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # a pilot begins with them, or not this time
    answer = models.TextField(_("what you answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("said_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("call", "participation"),
                condition=Q(taken_back_at=None),
                name="volunteered_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("call", "said_at"),
                condition=Q(taken_back_at=None, answered_at=None),
                name="volunteer_waits",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.part

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.call.initiative_id

    @property
    def stands(self) -> bool:
        return self.taken_back_at is None
