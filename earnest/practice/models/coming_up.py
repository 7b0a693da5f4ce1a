"""It came up: the moment somebody needed what was taught, and how it went (0.4, 0.8, 0.11)."""

from __future__ import annotations

from typing import override

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.practice.models.lessons import Lesson, Point


class CameUpQuerySet(models.QuerySet["CameUp"]):
    def standing(self) -> CameUpQuerySet:
        """As it was said last: no later row names it."""
        return self.filter(corrected_by=None)

    def true(self) -> CameUpQuerySet:
        """Those of which nobody said that it was not so."""
        return self.standing().exclude(how=CameUp.How.NOT_SO)


class CameUp(models.Model):
    """A point of a lesson came up for somebody. Never changed: how it went is a row that names it."""

    class How(models.TextChoices):
        HELPED = "helped", _("used it, and it helped")
        NO_HELP = "no_help", _("used it, and it did not help")
        CHOSE_NOT = "chose_not", _("had the chance, and chose not to")
        NOT_SO = "not_so", _("it was not the case")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="came_up"
    )
    initiative = models.ForeignKey(  # that of the participation: lists walk one index
        Initiative, on_delete=models.CASCADE, related_name="came_up", db_index=False
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="came_up")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="came_up")
    at = models.DateTimeField()  # when it came up; kept by the rows that name it
    said_at = models.DateTimeField()  # when this row was said
    told_by = models.ForeignKey(  # a colleague, with their agreement beforehand; None: themselves
        Participation, null=True, on_delete=models.SET_NULL, related_name="told_for_others"
    )
    how = models.CharField(_("how it went"), max_length=9, choices=How, blank=True)
    words = models.CharField(_("in a line"), max_length=300, blank=True)  # theirs
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="corrected_by"
    )

    objects = CameUpQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("participation", "-at"), name="came_up_for"),
            models.Index(fields=("lesson", "-at"), name="came_up_of_lesson"),
            models.Index(fields=("initiative", "-at"), name="came_up_on_initiative"),
        )

    @override
    def __str__(self) -> str:
        return self.get_how_display() or str(_("it came up"))


class Agreement(models.Model):
    """Somebody agreed that a colleague may say for them that it came up; taken back any time."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="lets_tell"
    )
    colleague = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="may_tell_for"
    )
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "colleague"),
                condition=Q(taken_back_at=None),
                name="agreed_with_a_colleague_once",
            ),
            models.CheckConstraint(
                condition=~Q(participation=models.F("colleague")), name="agreed_with_another"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.participation_id} → {self.colleague_id}"
