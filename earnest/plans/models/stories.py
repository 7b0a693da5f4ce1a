"""Stories: what worked and what did not, told at stages and at the end (3.18)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Stage
from earnest.listening.models import Quote


class Story(models.Model):
    """Our words alone; what people said stands beside them by pointer, with their permission."""

    class Readers(models.TextChoices):
        LEADING = "leading", _("who leads this initiative, and its sponsors")
        WORKSPACE = "workspace", _("everyone in the workspace")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="stories")
    stage = models.ForeignKey(
        Stage, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    at_end = models.BooleanField(default=False)
    title = models.CharField(_("title"), max_length=160)
    worked = models.TextField(_("what worked"), max_length=8000, blank=True)
    did_not = models.TextField(_("what did not"), max_length=8000, blank=True)
    differently = models.TextField(_("what we would do differently"), max_length=8000, blank=True)
    readers = models.CharField(
        _("who may read it"), max_length=9, choices=Readers, default=Readers.LEADING
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)  # None: a draft, for the leads alone

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name_plural = "stories"
        indexes = (
            models.Index(
                fields=("initiative", "-published_at"),
                condition=Q(published_at__isnull=False),
                name="stories_published",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class StoryVoice(models.Model):
    """Words of somebody's for one story, and what they answered when asked for this very story."""

    class State(models.TextChoices):
        CHOSEN = "chosen", _("not asked yet")
        ASKED = "asked", _("asked")
        NAMED = "named", _("yes, with the name")
        UNNAMED = "unnamed", _("yes, without the name")
        REFUSED = "refused", _("no")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="voices")
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="voices")
    state = models.CharField(max_length=7, choices=State, default=State.CHOSEN)
    # For how many readers they answered: a yes for few is none for everyone.
    for_readers = models.CharField(max_length=9, choices=Story.Readers, blank=True)
    chosen_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("chosen_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("story", "quote"), name="voice_in_story_once"),
        )

    @override
    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.story.initiative_id


class InputsShown(models.Model):
    """Inputs until when are counted for others than the leads: moved on when five more gave some."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, primary_key=True, related_name="inputs_shown"
    )
    until = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)  # as many as there were then

    @override
    def __str__(self) -> str:
        return str(self.until)
