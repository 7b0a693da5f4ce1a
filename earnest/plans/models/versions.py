"""Published versions of the plan: what changed, and through whom (3.10, 1.14)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation, Told
from earnest.listening.models import Need
from earnest.plans.models.inputs import Input
from earnest.plans.models.parts import Part


class Version(Told):
    """The plan as it was published. Append-only. It holds our words alone: of theirs only pointers."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    summary = models.TextField(_("what is new, in a sentence"), max_length=1000)
    parts = models.JSONField(default=list)  # {"part", "title", "what", "why", "owner"} each
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("initiative", "number"), name="version_number_once"),
        )
        indexes = (
            models.Index(
                fields=("published_at",), condition=models.Q(told_at=None), name="version_to_tell"
            ),
        )

    @override
    def __str__(self) -> str:
        return str(_("version %d")) % self.number


class Change(models.Model):
    """One thing that changed in a version, and through whom: as far as each of them allows."""

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        DROPPED = "dropped", _("dropped")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="changes")
    part = models.ForeignKey(Part, null=True, on_delete=models.SET_NULL, related_name="changes")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=7, choices=Kind)
    words = models.CharField(_("what changed"), max_length=500, blank=True)
    inputs = models.ManyToManyField(Input, related_name="changes", blank=True)
    needs = models.ManyToManyField(Need, related_name="changes", blank=True)

    after: bool  # people stepped back, and it changed by that: set where it is told

    class Meta:
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return self.title


class NewsStop(models.Model):
    """This person wants no mail about new versions of this plan; their page still shows them."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="no_plan_news"
    )
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return str(self.at)
