"""What in the plan changed after somebody was asked why they do not commit (3.16)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q

from earnest.initiatives.models import Initiative, ScheduleChange
from earnest.listening.models import LargeAsk, StepBack
from earnest.plans.models.parts import Part
from earnest.plans.models.versions import Change


class AfterStepBack(models.Model):
    """One thing that changed by a step back: pointers alone, no word of anybody's."""

    step_back = models.ForeignKey(StepBack, on_delete=models.CASCADE, related_name="changed")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="after_step_backs"
    )
    part = models.ForeignKey(
        Part, null=True, on_delete=models.CASCADE, related_name="after_step_backs"
    )
    change = models.ForeignKey(  # in which published version the part came out changed
        Change, null=True, on_delete=models.SET_NULL, related_name="after_step_backs"
    )
    schedule = models.ForeignKey(
        ScheduleChange, null=True, on_delete=models.CASCADE, related_name="after_step_backs"
    )
    large_ask = models.ForeignKey(
        LargeAsk, null=True, on_delete=models.CASCADE, related_name="after_step_backs"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(part__isnull=False, schedule=None, large_ask=None)
                | Q(part=None, change=None, schedule__isnull=False, large_ask=None)
                | Q(part=None, change=None, schedule=None, large_ask__isnull=False),
                name="one_thing_changed",
            ),
            models.UniqueConstraint(fields=("step_back", "part"), name="part_changed_once"),
            models.UniqueConstraint(fields=("step_back", "schedule"), name="days_moved_once"),
            models.UniqueConstraint(fields=("step_back", "large_ask"), name="ask_smaller_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.step_back_id}"
