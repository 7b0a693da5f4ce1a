"""Promises both ways and what happened to them (2.17, 2.18); a deed asked about again (4.2)."""

from __future__ import annotations

from datetime import date
from typing import override

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import FromNotes

FAR_DAY = date(9999, 12, 31)  # no date comes after every date


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> PromiseQuerySet:
        """Neither kept, nor missed, nor released."""
        return self.filter(state=Promise.State.OPEN)

    def ours(self) -> PromiseQuerySet:
        return self.filter(direction=Promise.Direction.OURS)

    def theirs(self) -> PromiseQuerySet:
        return self.filter(direction=Promise.Direction.THEIRS)


class Promise(FromNotes):
    """Something one side said it would do for the other. Its state follows from its events."""

    class Direction(models.TextChoices):
        OURS = "ours", _("you promised")
        THEIRS = "theirs", _("they promised")

    class When(models.TextChoices):
        DATED = "dated", _("by a date")
        CONDITIONAL = "conditional", _("when something happens")
        STANDING = "standing", _("from now on")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("kept")
        MISSED = "missed", _("not done")
        RELEASED = "released", _("released")

    class Origin(models.TextChoices):
        NOTES = "notes", _("from notes")
        HAND = "hand", _("written by hand")
        PAGE = "page", _("from their page")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="promises"
    )
    initiative = models.ForeignKey(  # that of the participation: lists and counts walk one index
        Initiative, on_delete=models.CASCADE, related_name="promises", db_index=False
    )
    direction = models.CharField(max_length=6, choices=Direction)
    by = models.ForeignKey(  # ours: who promised; theirs: who noted it
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="promises"
    )
    words = models.CharField(_("promise"), max_length=280)
    when = models.CharField(max_length=12, choices=When, default=When.DATED)
    due = models.DateField(_("by"), null=True, blank=True)
    condition = models.CharField(_("when"), max_length=200, blank=True)
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.HAND)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # theirs: "yes, that is what I said"
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    state_at = models.DateTimeField()
    kept_late = models.BooleanField(default=False)  # after its day, by the workspace's calendar
    asked_at = models.DateTimeField(null=True)  # the one neutral question, after due without word
    untold_at = models.DateTimeField(null=True)  # moved then, and the other side not told since
    day = models.GeneratedField(
        expression=Coalesce("due", models.Value(FAR_DAY, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(when="dated", due__isnull=False)
                | models.Q(when="conditional", due__isnull=True)
                | models.Q(when="standing", due__isnull=True),
                name="promise_when_fits",
            ),
        )
        indexes = (
            models.Index(fields=("by", "direction", "state", "due"), name="promise_owed"),
            models.Index(fields=("state", "due"), name="promise_due"),
            models.Index(fields=("initiative", "state", "day", "direction"), name="promise_listed"),
            models.Index(fields=("by", "made_at"), name="promise_made"),
            models.Index(
                fields=("initiative", "direction", "state", "asked_at"),
                condition=models.Q(asked_at__isnull=False),
                name="promise_asked",
            ),
            models.Index(
                fields=("by", "untold_at"),
                condition=models.Q(untold_at__isnull=False),
                name="promise_untold",
            ),
            models.Index(
                fields=("initiative", "direction", "state", "state_at"), name="promise_settled"
            ),
            models.Index(
                fields=("by", "direction", "state", "state_at"), name="promise_settled_by"
            ),
            models.Index(
                fields=("initiative", "participation"),
                condition=models.Q(state="open", direction="ours", when="standing"),
                name="promise_standing",
            ),
            models.Index(
                fields=("by", "made_at"),
                condition=models.Q(state="open", direction="ours", when="conditional"),
                name="promise_conditional",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.words

    def is_late(self, today: date) -> bool:
        """Past its date and still open; ``today`` is the workspace's."""
        return self.state == self.State.OPEN and self.due is not None and self.due < today


class PromiseEvent(models.Model):
    """What happened to a promise. Append-only."""

    class Kind(models.TextChoices):
        MADE = "made", _("made")
        CONFIRMED = "confirmed", _("confirmed")
        ASKED = "asked", _("asked how it went")
        KEPT = "kept", _("kept")
        MISSED = "missed", _("not done")
        MOVED = "moved", _("moved")
        TOLD = "told", _("told")
        RELEASED = "released", _("released")
        UNDONE = "undone", _("taken back")

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_person = models.BooleanField(default=False)  # said by the person, on their page
    why = models.CharField(max_length=300, blank=True)
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(
                fields=("by", "at"), condition=models.Q(kind="moved"), name="promise_moved_by"
            ),
            models.Index(
                fields=("at", "promise"), condition=models.Q(kind="moved"), name="promise_moved_at"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.get_kind_display()


class Tally(models.Model):
    """How the promises of one side went on an initiative, in stored numbers.

    What is settled only; it stays when a person is erased, as counts do. What is open is counted
    when it is shown, for it changes with the day.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="tallies")
    direction = models.CharField(max_length=6, choices=Promise.Direction)
    kept = models.IntegerField(default=0)
    late = models.IntegerField(default=0)  # of those kept
    missed = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("initiative", "direction"), name="tally_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.get_direction_display()}: {self.kept}"


class AskedAgain(models.Model):
    """One short question, some time after their first deed: how is it now? (4.2)

    Of what they did it holds a pointer alone; their line is theirs to change until the next one.
    """

    class After(models.IntegerChoices):
        MONTH = 30, _("a month")
        QUARTER = 90, _("three months")
        HALF_YEAR = 180, _("half a year")
        YEAR = 365, _("a year")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for room")
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

    class Answer(models.TextChoices):
        GOES_ON = "goes_on", _("it goes on")
        NO_OCCASION = "no_occasion", _("there was no occasion")
        ANOTHER_WAY = "another_way", _("I do it another way")
        NOT_ANY_MORE = "not_any_more", _("not any more")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="asked_again"
    )
    initiative = models.ForeignKey(  # that of the participation: sweeps and lists walk one index
        Initiative, on_delete=models.CASCADE, related_name="asked_again", db_index=False
    )
    after = models.PositiveSmallIntegerField(choices=After)
    due = models.DateField()  # by the workspace's calendar
    deed = models.CharField(max_length=80, blank=True)  # a pointer in words: "promise 12"
    deed_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    state_at = models.DateTimeField()
    why = models.CharField(max_length=8, choices=Why, blank=True)
    asked_at = models.DateTimeField(null=True)
    message_id = models.BigIntegerField(null=True)  # the mail that asked
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    words = models.CharField(_("in a line"), max_length=300, blank=True)  # theirs
    is_no = models.BooleanField(default=False)  # "and it is a no for me now": their own tap
    answered_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(  # a lead wrote it down after a talk; None: their own hand
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-due", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("participation", "after"), name="asked_again_once"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(is_no=False) | models.Q(answer="not_any_more"),
                name="no_with_not_any_more",
            ),
        )
        indexes = (
            models.Index(fields=("initiative", "state", "due"), name="asked_again_by_state"),
            models.Index(
                fields=("initiative", "answered_at"),
                condition=models.Q(answer="not_any_more"),
                name="asked_again_no_more",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.get_answer_display() or self.get_state_display()

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def source(self) -> str:
        """How the record names it."""
        return f"asked again {self.pk}"

    @property
    def by_own_hand(self) -> bool:
        """Answered by themselves: from here on only they change it."""
        return self.is_answered and self.noted_by_id is None
