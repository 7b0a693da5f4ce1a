"""By what one sees whether a pilot helps: measures, and what was read of them (1.11)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.pilots.models.running import Pilot


class PilotMeasure(models.Model):
    """One thing measured of the part as a whole, and of another part to compare with."""

    class Better(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")

    class Counts(models.TextChoices):
        VALUE = "value", _("a number")
        SHARE = "share", _("a share, in per cent of how many")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(_("what is measured"), max_length=120)  # "requests with one owner"
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    better = models.CharField(max_length=4, choices=Better, default=Better.UP)
    counts = models.CharField(_("what counts"), max_length=5, choices=Counts, default=Counts.VALUE)
    baseline = models.DecimalField(
        _("where it begins"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    # What would make us stop, as a figure: at this one, or beyond it to the worse side.
    stop_at = models.DecimalField(
        _("stop at"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    comparison = models.CharField(_("who it is compared with"), max_length=120, blank=True)
    # Of a comparison that is no team of the directory: its figures are of five people or more.
    comparison_of_five = models.BooleanField(default=False)
    every_days = models.PositiveSmallIntegerField(_("read every … days"), default=7)
    # The day on which the next reading is due; None: not followed, the pilot is not running.
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    # Did it help? As the engine answered after the last reading: see ``queries.found``.
    effect = models.JSONField(null=True)
    effect_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("pilot", "name"), name="pilot_measure_once"),
        )
        indexes = (
            models.Index(
                fields=("due_on",), condition=Q(due_on__isnull=False), name="pilot_reading_due"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.pilot.initiative_id

    @property
    def called(self) -> str:
        """As a heading: of a share the name goes on after its figure."""
        return f"% {self.name}" if self.counts == self.Counts.SHARE else self.name

    @property
    def sign(self) -> str:
        """What stands behind a figure."""
        return "%" if self.counts == self.Counts.SHARE else self.unit

    @property
    def step(self) -> timedelta:
        return timedelta(days=self.every_days)

    def says_stop(self, value: Decimal) -> bool:
        """This figure is where we said that we would stop."""
        if self.stop_at is None:
            return False
        return value <= self.stop_at if self.better == self.Better.UP else value >= self.stop_at


class PilotReadings(models.QuerySet["PilotReading"]):
    def standing(self) -> PilotReadings:
        """What holds: neither corrected later, nor a row that only takes back."""
        return self.filter(corrected_by=None, value__isnull=False)


class PilotReading(models.Model):
    """A measure as it was read of one group on a day. Append-only: a correction names the old."""

    class Group(models.TextChoices):
        PILOT = "pilot", _("the pilot")
        COMPARISON = "comparison", _("the comparison")

    class Source(models.TextChoices):
        HAND = "hand", _("by hand")
        FILE = "file", _("from a file")
        HOOK = "hook", _("sent by another program")

    measure = models.ForeignKey(PilotMeasure, on_delete=models.CASCADE, related_name="readings")
    group = models.CharField(max_length=10, choices=Group, default=Group.PILOT)
    on = models.DateField(_("on"))
    value = models.DecimalField(  # None: a correction that only takes back
        _("value"), max_digits=14, decimal_places=4, null=True
    )
    of = models.PositiveIntegerField(_("of how many"), null=True, blank=True)
    source = models.CharField(max_length=4, choices=Source, default=Source.HAND)
    note = models.CharField(_("where it is from"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by"
    )

    objects = PilotReadings.as_manager()

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("measure", "group", "on"),
                condition=Q(corrects=None),
                name="pilot_reading_once_a_day",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.value} · {self.on}"
