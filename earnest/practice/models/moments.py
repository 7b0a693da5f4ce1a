"""Moments: written beforehand, noticed when they come, and what became of each (0.4, 0.8, 0.11)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team
from earnest.practice.models.lessons import Lesson, Point

LAPSES_AFTER = 14  # days a moment that came waits for somebody to do something with it
LONGEST_PHRASE = 80


class Moment(models.Model):
    """When this happens to somebody, it is the moment for a point of a lesson.

    For one person, for anyone in a team and the teams below it, or for anyone on the initiative.
    Everybody it is for reads it on their own page, and can say that it is not to be watched for.
    """

    class How(models.TextChoices):
        """How it is noticed. A lead can always notice it by hand as well."""

        HAND = "hand", _("by hand")
        DATE = "date", _("on a day")
        WORD = "word", _("by a word in an invitation or a note")
        TEAM = "team", _("when somebody comes into a team")
        ADDED = "added", _("when somebody comes onto the initiative")
        HOOK = "hook", _("by a message from another system")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="moments", db_index=False
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="moments")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="moments")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.CASCADE, related_name="moments"
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(_("what happens"), max_length=200)
    link = models.CharField(_("the link to their work"), max_length=600, blank=True)
    how = models.CharField(_("how it is noticed"), max_length=5, choices=How, default=How.HAND)
    on = models.DateField(_("the day"), null=True)
    words = models.CharField(_("words to watch for"), max_length=200, blank=True)
    joins = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    lapses_after = models.PositiveSmallIntegerField(_("days it waits"), default=LAPSES_AFTER)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    watched_from = models.DateTimeField()  # what happened before it was written is not noticed
    dated_at = models.DateTimeField(null=True)  # its day came, and was looked at
    stopped_at = models.DateTimeField(null=True)
    came = models.PositiveIntegerField(default=0)  # stored: pages never count rows
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(participation=None) | Q(team=None), name="moment_for_one_or_a_team"
            ),
            models.CheckConstraint(
                condition=(~Q(how="date") | Q(on__isnull=False))
                & (~Q(how="word") | ~Q(words=""))
                & (~Q(how="team") | Q(joins__isnull=False)),
                name="moment_says_how",
            ),
        )
        indexes = (
            models.Index(fields=("initiative", "-made_at", "-id"), name="moments_written"),
            models.Index(
                fields=("initiative", "how"),
                condition=Q(participation=None, stopped_at=None),
                name="moments_for_many",
            ),
            models.Index(
                fields=("on",),
                condition=Q(how="date", dated_at=None, stopped_at=None),
                name="moments_by_day",
            ),
            models.Index(
                fields=("how", "initiative"),
                condition=Q(how__in=("team", "added"), stopped_at=None),
                name="moments_by_joining",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.stopped_at is None

    @property
    def phrases(self) -> list[str]:
        """The words watched for, one by one."""
        return [one.strip() for one in self.words.split(",") if one.strip()]


class MomentSeenQuerySet(models.QuerySet["MomentSeen"]):
    def waiting(self) -> MomentSeenQuerySet:
        """Those that came and wait for a lead, whose people may be asked."""
        return self.filter(
            state=MomentSeen.State.WAITING,
            participation__stopped_at=None,
            participation__person__stopped_at=None,
            participation__person__wants_less_at=None,
            participation__person__erased_at=None,
        )


class MomentSeen(models.Model):
    """A moment that came for somebody: when, how it was noticed, and what became of it.

    The row is never taken back by the application; what became of it is set by compare and set.
    ``source`` names what it was noticed by, so that the same thing is never noticed twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        NUDGED = "nudged", _("sent to them")
        SPOKEN = "spoken", _("spoken about")
        USED = "used", _("used")
        LAPSED = "lapsed", _("passed unused")
        NOT_CASE = "not_case", _("was not the case")
        LEFT = "left", _("left alone, as they asked")

    OPEN = (State.WAITING, State.NUDGED, State.SPOKEN)

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="seen")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="moments_seen"
    )
    initiative = models.ForeignKey(  # that of the moment: Today walks one index
        Initiative, on_delete=models.CASCADE, related_name="moments_seen", db_index=False
    )
    how = models.CharField(max_length=5, choices=Moment.How)
    source = models.CharField(max_length=60)
    word = models.CharField(max_length=LONGEST_PHRASE, blank=True)  # of the moment's own words
    words = models.CharField(_("what happened, in a line"), max_length=300, blank=True)
    noticed_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lapses_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    state_at = models.DateTimeField()
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    message_id = models.BigIntegerField(null=True)  # the mail that brought it to them

    objects = MomentSeenQuerySet.as_manager()

    class Meta:
        ordering = ("-noticed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("moment", "participation", "source"), name="moment_noticed_once"
            ),
            models.UniqueConstraint(
                fields=("moment", "participation"),
                condition=Q(state="waiting"),
                name="moment_waits_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("initiative", "noticed_at"),
                condition=Q(state="waiting"),
                name="moments_that_wait",
            ),
            models.Index(
                fields=("lapses_on",), condition=Q(state="waiting"), name="moments_to_lapse"
            ),
            models.Index(fields=("moment", "-noticed_at", "-id"), name="moments_seen_of_one"),
            models.Index(fields=("initiative", "-noticed_at", "-id"), name="moments_seen_lately"),
        )

    @override
    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class NotWatched(models.Model):
    """Somebody does not want this moment, or any here, to be watched for; taken back any time."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="not_watched"
    )
    moment = models.ForeignKey(
        Moment, null=True, on_delete=models.CASCADE, related_name="not_watched"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "moment"),
                condition=Q(moment__isnull=False),
                name="moment_not_watched_once",
            ),
            models.UniqueConstraint(
                fields=("participation",), condition=Q(moment=None), name="none_watched_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return str(self.at)


class WatchMark(models.Model):
    """How far a watch has come: the last event it read, or when it looked last.

    ``seen_id`` and ``seen_at`` are for PostgreSQL, where an event with a lower number may be
    committed after one with a higher: what is missing below a number seen long ago stays missing.
    """

    name = models.CharField(max_length=20, primary_key=True)
    event_id = models.BigIntegerField(default=0)
    seen_id = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return self.name
