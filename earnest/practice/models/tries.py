"""Try-outs: something small to try with one's own hands, offered and never assigned (0.3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.practice.models.lessons import Lesson

STANDS_FOR = timedelta(days=14)  # after its time: then no answer is waited for, and nothing follows


class TryOut(models.Model):
    """Offered to one person, with place, time and help, and why it may fit their work.

    What becomes of it they say themselves; nobody says it for them, and silence says nothing.
    """

    class Fit(models.TextChoices):
        """Where the reason is from, so that it can be shown in words."""

        GOAL = "goal", _("what they work for")
        MEASURE = "measure", _("how they measure a good job")
        NEED = "need", _("what they need")
        LESSON = "lesson", _("a lesson they were at")
        JOB = "job", _("what they do")
        OTHER = "other", _("another reason")

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        TAKEN = "taken", _("they would like to")
        DECLINED = "declined", _("not for them")
        DONE = "done", _("tried")
        CHOSE_NOT = "chose_not", _("had the chance, and chose not to")
        NOT_HELD = "not_held", _("it did not take place")
        WITHDRAWN = "withdrawn", _("taken back")

    class How(models.TextChoices):
        HELPED = "helped", _("it helped")
        NO_HELP = "no_help", _("it did not help")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="try_outs"
    )
    initiative = models.ForeignKey(  # that of the participation: lists walk one index
        Initiative, on_delete=models.CASCADE, related_name="try_outs", db_index=False
    )
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="try_outs"
    )
    what = models.CharField(_("what they would try"), max_length=160)
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    place = models.CharField(_("where"), max_length=160)
    help = models.CharField(_("who helps"), max_length=160)
    fit = models.CharField(max_length=7, choices=Fit, default=Fit.OTHER)
    why = models.CharField(_("why it may fit their work"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    offered_at = models.DateTimeField()
    message_id = models.BigIntegerField(null=True)  # the mail that offered it
    state = models.CharField(max_length=9, choices=State, default=State.OFFERED)
    state_at = models.DateTimeField()
    how = models.CharField(_("how it went"), max_length=7, choices=How, blank=True)
    words = models.CharField(_("in a line"), max_length=300, blank=True)  # theirs

    class Meta:
        ordering = ("-offered_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(how="") | Q(state="done"), name="how_it_went_once_tried"
            ),
        )
        indexes = (
            models.Index(fields=("participation", "-offered_at"), name="try_outs_of"),
            models.Index(fields=("initiative", "-starts_at", "-id"), name="try_outs_by_day"),
            models.Index(
                fields=("participation", "starts_at"),
                condition=Q(state__in=("offered", "taken")),
                name="try_outs_open",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.what

    @property
    def source(self) -> str:
        """How the record names it."""
        return f"try-out {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.OFFERED, self.State.TAKEN}

    def waits(self, at: datetime) -> bool:
        """An answer is waited for: until two weeks after its time."""
        return self.is_open and at < self.starts_at + STANDS_FOR

    def is_over(self, at: datetime) -> bool:
        """Its time has come: now one may say how it went."""
        return at >= self.starts_at
