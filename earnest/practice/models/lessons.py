"""Lessons: something taught, its few points in the teacher's words, and who was there (0.4, 0.9)."""

from __future__ import annotations

from datetime import date
from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation

POINTS = 5  # few: what is brought back one by one
FILE_BYTES = 4_000_000  # of one file; with its form it stays below what a request may hold
FILES = 10


class LessonQuerySet(models.QuerySet["Lesson"]):
    def standing(self) -> LessonQuerySet:
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)


class Lesson(models.Model):
    """Something taught on a day, or planned for one. Its points are what stays of it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="lessons")
    title = models.CharField(_("what was taught"), max_length=160)
    taught_on = models.DateField(_("on"))
    taught_by = models.CharField(_("who taught it"), max_length=160, blank=True)
    place = models.CharField(_("where"), max_length=160, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    # Stored, as they are shown; they stay when somebody is erased, as counts do.
    there = models.PositiveIntegerField(default=0)
    not_there = models.PositiveIntegerField(default=0)
    came_up_for = models.PositiveIntegerField(default=0)  # of those who were there
    used_by = models.PositiveIntegerField(default=0)
    chose_not = models.PositiveIntegerField(default=0)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ("-taught_on", "-pk")
        indexes = (
            models.Index(fields=("initiative", "-taught_on", "-id"), name="lessons_by_day"),
            models.Index(
                fields=("initiative", "taught_on"),
                condition=Q(there=0, taken_back_at=None),
                name="lessons_nobody_noted",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.title

    def is_ahead(self, today: date) -> bool:
        """Planned and not taught yet; ``today`` is the workspace's."""
        return self.taught_on > today

    @property
    def no_chance_yet(self) -> int:
        """How many were there and wait for the moment: apart, and never against anybody."""
        return max(0, self.there - self.came_up_for)


class Point(models.Model):
    """One thing to keep of a lesson, in the words of who taught it."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("point"), max_length=280)
    struck_at = models.DateTimeField(null=True)  # left out since; what was said under it stays

    class Meta:
        ordering = ("position", "pk")

    @override
    def __str__(self) -> str:
        return self.words


class LessonLink(models.Model):
    """Where more of it is."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("what it is"), max_length=120, blank=True)
    address = models.URLField(_("address"), max_length=400)

    class Meta:
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return self.label or self.address


class LessonFile(models.Model):
    """A file of a lesson, kept in the database, so that a copy of it is a copy of everything.

    It is only ever handed out as something to save, never as a page.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=160)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """Somebody and a lesson: asked to come, whether they said they would, and whether they were there."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("not noted")
        THERE = "there", _("was there")
        NOT_THERE = "not_there", _("was not there")

    class Will(models.TextChoices):
        COME = "come", _("will come")
        NOT_COME = "not_come", _("will not come")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="attendances"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="attendances")
    state = models.CharField(max_length=9, choices=State, default=State.UNKNOWN)
    noted_at = models.DateTimeField()
    # Their own tap, before it: only who accepted is said to have come, or not (docs/model.md).
    will = models.CharField(max_length=8, choices=Will, blank=True)
    will_at = models.DateTimeField(null=True)
    message_id = models.BigIntegerField(null=True)  # the mail that invited them, where one did

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("participation", "lesson"), name="at_a_lesson_once"),
            models.CheckConstraint(
                condition=Q(will="", will_at__isnull=True)
                | (~Q(will="") & Q(will_at__isnull=False)),
                name="will_has_its_moment",
            ),
        )
        indexes = (models.Index(fields=("lesson", "state"), name="who_was_there"),)

    @override
    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.lesson.initiative_id

    @property
    def source(self) -> str:
        """How the record names it."""
        return f"lesson {self.lesson_id}"
