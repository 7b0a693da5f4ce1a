"""Follow-ups: one point brought back at a time, on a plain even schedule (0.9)."""

from __future__ import annotations

from typing import override

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.practice.models.lessons import Lesson, Point

DAYS = (3, 10, 30, 90)  # laid with the first lesson of an initiative; its leads may change them


class FollowUpDay(models.Model):
    """After how many days one point of a lesson is brought back, on this initiative."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="follow_up_days"
    )
    after = models.PositiveSmallIntegerField(_("days after the lesson"))

    class Meta:
        ordering = ("after",)
        constraints = (
            models.UniqueConstraint(fields=("initiative", "after"), name="follow_up_day_once"),
            models.CheckConstraint(condition=Q(after__gte=1), name="follow_up_day_is_later"),
        )

    @override
    def __str__(self) -> str:
        return str(self.after)


class FollowUp(models.Model):
    """One point, brought back as a question to somebody who was there.

    Laid when it is noted that they were there. It waits for its day and for room within the limits
    of asking, and lapses; never are two on their way at once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        ASKED = "asked", _("asked")
        LEFT = "left", _("not asked")

    class Why(models.TextChoices):
        """Why it waits, or was left: never by whom else they were asked (privacy.md 9)."""

        ENOUGH = "enough", _("asked enough for now")
        REST = "rest", _("left alone for a while")
        LESS = "less", _("they asked for less")
        NEVER = "never", _("they asked never to be written to")
        AWAY = "away", _("away")
        SAID_NO = "said_no", _("they said no, and that stands")
        STOPPED = "stopped", _("they asked to be left alone")
        NOT_SENT = "not_sent", _("the mail did not leave")
        CLOSED = "closed", _("the initiative was closed")
        MOMENT = "moment", _("the moment came first")
        NOT_THERE = "not_there", _("they were not there after all")
        TAKEN_BACK = "taken_back", _("the lesson was taken back")

    class Answer(models.TextChoices):
        CAME_UP = "came_up", _("it came up")
        NO_CHANCE = "no_chance", _("no chance yet")
        SHOW_AGAIN = "show_again", _("please show it to me again")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="follow_ups"
    )
    initiative = models.ForeignKey(  # that of the participation: sweeps and lists walk one index
        Initiative, on_delete=models.CASCADE, related_name="follow_ups", db_index=False
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="follow_ups")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="follow_ups")
    after = models.PositiveSmallIntegerField()
    due = models.DateField()  # by the workspace's calendar
    lapses_on = models.DateField()  # from this day on it is not asked any more
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    state_at = models.DateTimeField()
    why = models.CharField(max_length=10, choices=Why, blank=True)
    asked_at = models.DateTimeField(null=True)
    message_id = models.BigIntegerField(null=True)  # the mail that asked
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.CharField(_("in a line"), max_length=300, blank=True)  # theirs
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "lesson", "after"), name="follow_up_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", words="", answered_at__isnull=True)
                | ((~Q(answer="") | ~Q(words="")) & Q(answered_at__isnull=False)),
                name="follow_up_answer_has_its_moment",
            ),
        )
        indexes = (
            models.Index(fields=("state", "due"), name="follow_ups_due"),
            models.Index(
                fields=("initiative", "answered_at"),
                condition=Q(answer="show_again"),
                name="follow_ups_to_show_again",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.get_answer_display() or self.get_state_display()

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
