"""A pilot: one willing part tries it, on a small scale, with a beginning and an end (1.11)."""

from __future__ import annotations

from typing import Self, override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.engine.groups import FEWEST
from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team
from earnest.pilots.models.first import Volunteer
from earnest.plans.models import Input


class PilotQuerySet(models.QuerySet["Pilot"]):
    def for_all(self) -> Self:
        """Those whose figures others may read, too (privacy.md 7): see ``Pilot.is_for_all``."""
        return self.filter(people_count__gte=FEWEST, rest_is_few=False)


class Pilot(models.Model):
    """What one part tries, from when to when, and what would make us stop.

    Its state follows from moments: *volunteered* until it is started, *running*, then *stopped*
    with a reason or *ended*. Before that the part was *invited* by the question to all (``Call``).
    """

    class State(models.TextChoices):
        VOLUNTEERED = "volunteered", _("being prepared")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        ENDED = "ended", _("ended")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="pilots")
    # How it came about: they said yes to going first, or asked for it (``SpreadRequest.became``).
    volunteer = models.OneToOneField(
        Volunteer, null=True, on_delete=models.SET_NULL, related_name="pilot"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    part = models.CharField(_("which part"), max_length=120)  # its name, as it was then
    what = models.CharField(_("what is tried"), max_length=300)
    stop_if = models.TextField(_("what would make us stop"), max_length=1000)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.TextField(_("why"), max_length=1000, blank=True)  # it was stopped, or how it ended
    # A reading crossed the line of a measure, and no lead has said what follows.
    stop_met_at = models.DateTimeField(null=True)
    # Stored: how many people of the part are on it. Others see it from five on.
    people_count = models.PositiveIntegerField(default=0)
    # Stored: without the people of a pilot inside it fewer than five are left, of whom the figures of
    # the one less those of the other would tell.
    rest_is_few = models.BooleanField(default=False)

    objects = PilotQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="pilot_in_order"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(ended_at=None), name="pilot_over_once"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | ~Q(why=""), name="pilot_stopped_with_reason"
            ),
        )
        indexes = (
            models.Index(
                fields=("initiative", "ends_on"),
                condition=Q(started_at__isnull=False, stopped_at=None, ended_at=None),
                name="pilot_running",
            ),
            models.Index(
                fields=("initiative", "starts_on"),
                condition=Q(started_at=None, stopped_at=None, ended_at=None),
                name="pilot_to_start",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.part}: {self.what}"

    @property
    def is_for_all(self) -> bool:
        """Its figures are of five people and more, also beside those of other pilots."""
        return self.people_count >= FEWEST and not self.rest_is_few

    @property
    def state(self) -> State:
        if self.stopped_at:
            return self.State.STOPPED
        if self.ended_at:
            return self.State.ENDED
        return self.State.RUNNING if self.started_at else self.State.VOLUNTEERED

    @property
    def is_over(self) -> bool:
        return bool(self.stopped_at or self.ended_at)

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and not self.is_over


class PilotStep(models.Model):
    """What its leads decided about a pilot, with the reason. Append-only."""

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        EXTENDED = "extended", _("extended")
        WENT_ON = "went_on", _("went on")
        MEASURED = "measured", _("measured otherwise")
        STOPPED = "stopped", _("stopped")
        ENDED = "ended", _("ended")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    why = models.TextField(_("why"), max_length=1000, blank=True)
    ends_on = models.DateField()  # the last day from then on
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    @override
    def __str__(self) -> str:
        return self.get_kind_display()


class PilotPerson(models.Model):
    """Somebody of the part: their own page says that the pilot runs, and what is measured."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="people")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="in_pilots"
    )
    since = models.DateTimeField()
    by_team = models.BooleanField(default=False)  # brought in by it; named by nobody
    # A lead said that they are not of it: the row stays, so that their team does not bring them back.
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("pilot", "participation"), name="in_pilot_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.participation_id} in {self.pilot_id}"


class PilotWord(models.Model):
    """A word of somebody in the part about the pilot. It is an input, and so is owed an answer."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="words")
    input = models.OneToOneField(Input, on_delete=models.CASCADE, related_name="pilot_word")
    objects_to_it = models.BooleanField(_("I object to it"), default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    @override
    def __str__(self) -> str:
        return str(self.input)
