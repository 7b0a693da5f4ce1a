"""Half an hour in which people learn to cooperate on a target (4.6): its course, who is there,
what each wrote by themselves, and who tries what by when."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.ideas.models.ideas import Idea
from earnest.ideas.models.spaces import Space, Voice

LENGTH = 30  # minutes
# No letter or digit that is taken for another when it is read from the back of a room.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"


def chance_key() -> int:
    """A key that does not tell who came before whom: on SQLite it is the place of the row, too."""
    return secrets.randbelow(2**53 - 1) + 1


class Phase(models.TextChoices):
    """The steps of a session, in their order."""

    ARRIVE = "arrive", _("everyone comes in")
    TARGET = "target", _("the target")
    ALONE = "alone", _("own ideas, in silence")
    BUILD = "build", _("build on one")
    WHO = "who", _("who tries what by when")
    OVER = "over", _("over")


MINUTES = {Phase.TARGET: 4, Phase.ALONE: 7, Phase.BUILD: 10, Phase.WHO: 9}
ORDER = tuple(Phase)


class Session(models.Model):
    """A working session of a space. Its course is stored, and times are computed from it.

    Whoever looks counts the time left from ``phase_at``: no screen has to stay awake. ``turn`` goes
    up with each change, so that a button pressed twice, or on two screens, moves it once.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="sessions")
    by = models.ForeignKey(  # who runs it now; any lead may take it over
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    code = models.CharField(max_length=8, blank=True)  # on the screen; empty once it is over
    phase = models.CharField(max_length=6, choices=Phase, default=Phase.ARRIVE)
    phase_at = models.DateTimeField()
    phase_minutes = models.PositiveSmallIntegerField(default=0)  # with those added
    turn = models.PositiveIntegerField(default=1)
    target_minutes = models.PositiveSmallIntegerField(default=MINUTES[Phase.TARGET])
    alone_minutes = models.PositiveSmallIntegerField(default=MINUTES[Phase.ALONE])
    build_minutes = models.PositiveSmallIntegerField(default=MINUTES[Phase.BUILD])
    who_minutes = models.PositiveSmallIntegerField(default=MINUTES[Phase.WHO])
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)  # a lead read what came out, and closed the step

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("space",), condition=Q(ended_at=None), name="session_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="session_code_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) & ~Q(phase="over")
                | Q(ended_at__isnull=False, phase="over", code=""),
                name="session_over_is_over",
            ),
        )
        indexes = (
            models.Index(
                fields=("space", "ended_at"),
                condition=Q(ended_at__isnull=False, looked_at=None),
                name="session_to_look_at",
            ),
        )

    @override
    def __str__(self) -> str:
        return str(self.space)

    @property
    def initiative_id(self) -> int:
        return self.space.initiative_id

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    def minutes_of(self, phase: str) -> int:
        """How long it was meant to take; coming in takes as long as it takes."""
        minutes: int = getattr(self, f"{phase}_minutes", 0)
        return minutes

    def after(self, phase: str) -> Phase:
        return ORDER[min(ORDER.index(Phase(phase)) + 1, len(ORDER) - 1)]

    def before(self, phase: str) -> Phase:
        return ORDER[max(ORDER.index(Phase(phase)) - 1, 0)]

    def left(self, at: datetime) -> timedelta:
        """The time left in this phase; below zero once it is up."""
        return self.phase_at + timedelta(minutes=self.phase_minutes) - at


class Seat(models.Model):
    """Somebody is there. No time, and a key by chance: without names nothing tells who came when.

    What remains to be seen by whoever holds the whole database: on PostgreSQL the place of a row on
    the disk, until it is vacuumed away; it leads to a voice, and that to nobody.
    """

    id = models.BigAutoField(primary_key=True, default=chance_key)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="seats")
    # With names, by the code: who knows them by sight and said that it is them.
    let_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "voice"), name="seat_once"),)

    @override
    def __str__(self) -> str:
        return f"seat {self.pk}"


class Knock(models.Model):
    """With names, somebody came by the code of the room: who they are, the lead says who sees them.

    A code can be read over a shoulder or guessed. So it opens no list of names and nobody's words:
    the phone shows a number, its owner says who they are, and the lead, who sees both in the room,
    lets this one phone in as that person. What is said on it afterwards counts as noted by the
    lead, until its person confirms it by their own link: nobody's own word can be given for them.
    Who waits is forgotten when the session ends; whoever was let in reads what came out for an hour
    more, on a phone known by a hash alone, and writes nothing.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="knocks")
    key_hash = models.CharField(max_length=64)  # sha256 of the phone's secret
    name = models.CharField(_("your name"), max_length=120)  # as typed; empty once let in
    number = models.PositiveSmallIntegerField()  # on the phone and on the screen
    seat = models.ForeignKey(Seat, null=True, on_delete=models.CASCADE, related_name="knocks")
    turned_away = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("session", "key_hash"), name="knock_of_key_once"),
            models.UniqueConstraint(fields=("session", "number"), name="knock_number_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.number}"


class Jotting(models.Model):
    """An idea written in silence: nobody else reads it until that phase is over (4.6).

    Then it becomes an idea of the space, and this row goes.
    """

    id = models.BigAutoField(primary_key=True, default=chance_key)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="jottings")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="jottings")
    words = models.TextField(_("your idea"))
    # On a phone that this lead let in: only what was typed on such a phone is read on one.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return self.words


class SessionIdea(models.Model):
    """An idea that came out of a session."""

    id = models.BigAutoField(primary_key=True, default=chance_key)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="came_out")
    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="from_session")

    class Meta:
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return f"session idea {self.pk}"


class Try(models.Model):
    """Who tries what by when. With names it is a promise: its words stand there alone.

    Without names it is a word of nobody's, and never becomes one of somebody's: whoever wants it
    followed writes it as their own promise on their own page, and nothing leads from one to the
    other.
    """

    id = models.BigAutoField(primary_key=True, default=chance_key)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tries")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="tries")
    idea = models.ForeignKey(Idea, null=True, on_delete=models.SET_NULL, related_name="tries")
    words = models.CharField(_("what you try"), max_length=300, blank=True)
    due = models.DateField(null=True)
    promise_id = models.BigIntegerField(null=True, unique=True)  # a plain column: it lies above

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "tries"
        constraints = (
            models.CheckConstraint(
                condition=Q(promise_id=None) | Q(words="", due=None), name="try_words_in_one_place"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"try {self.pk}"
