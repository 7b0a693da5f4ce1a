"""What one knows before one asks: five questions, each answer with its source (2.8, 2.9)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team


class Brief(models.Model):
    """Why they would care today: of one person, or written once for a team or a role and inherited."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="briefs")
    participation = models.OneToOneField(
        Participation, null=True, on_delete=models.CASCADE, related_name="brief"
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    job = models.CharField(_("role"), max_length=120, blank=True)  # as in Person.job, in any case
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(participation__isnull=False, team=None, job="")
                | (models.Q(participation=None, team__isnull=False, job=""))
                | (models.Q(participation=None, team=None) & ~models.Q(job="")),
                name="brief_of_one",
            ),
            models.UniqueConstraint(
                "initiative",
                "team",
                condition=models.Q(team__isnull=False),
                name="brief_of_team_once",
            ),
            models.UniqueConstraint(
                "initiative", Lower("job"), condition=~models.Q(job=""), name="brief_of_role_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.job or str(self.team or self.participation)


class BriefAnswer(models.Model):
    """One of the five, in words, and where they come from; a guess does not open the gate."""

    class Topic(models.TextChoices):
        PRESSURE = "pressure", _("pressure now")
        PRIORITY = "priority", _("their priority")
        RESULT = "result", _("a result they owe")
        HELPS = "helps", _("how this helps with that")
        TODAY = "today", _("why today")

    class Source(models.TextChoices):
        SAID = "said", _("they said it")
        COLLEAGUE = "colleague", _("a colleague said it")
        DOCUMENT = "document", _("a document says it")
        GUESS = "guess", _("a guess")
        OURS = "ours", _("ours to write")

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="answers")
    topic = models.CharField(max_length=8, choices=Topic)
    words = models.CharField(max_length=500)
    source = models.CharField(max_length=9, choices=Source)
    where = models.CharField(_("who, or which document"), max_length=160, blank=True)
    on = models.DateField(_("when"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("brief", "topic"), name="brief_topic_once"),
            models.CheckConstraint(
                condition=models.Q(topic__in=("helps", "today"), source="ours")
                | (~models.Q(topic__in=("helps", "today")) & ~models.Q(source="ours")),
                name="brief_source_fits",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.words

    @property
    def opens(self) -> bool:
        """A guess is no answer yet."""
        return self.source != self.Source.GUESS
