"""What is put to the vote in a space, the votes on it, and the map they make (4.4, opinion.md).

In a space without names nothing here holds a time finer than a day, rows have keys of chance and no
event tells of them. What remains: that somebody, of whom a hash of a browser's secret is known, voted
so on what; which of several votes of theirs on one statement is the last; and whether they voted since
the map was last made. On SQLite rows have numbers of chance too. PostgreSQL keeps, beside what we ask
of it, where a row lies and the number of the transaction that wrote it: whoever reads its pages as an
administrator sees in which order votes of a space came, for as long as the rows stand there, and could
hold that against the time at which somebody's page was opened.
"""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from earnest.ideas.models.ideas import Idea
from earnest.ideas.models.spaces import Space, Voice

LENGTH = 280  # one thought, read on a phone at a glance


class Statement(models.Model):
    """One sentence to agree or disagree with. Never deleted: what was voted on stays to be seen."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the leads")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("not shown")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="statements")
    idea = models.ForeignKey(Idea, null=True, on_delete=models.SET_NULL, related_name="statements")
    # Whose it is: somebody in the space, or a lead who put it in to begin with.
    voice = models.ForeignKey(
        Voice, null=True, on_delete=models.SET_NULL, related_name="statements"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.CharField(_("statement"), max_length=LENGTH)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(_("why not"), max_length=500, blank=True)  # its author reads it
    made_on = models.DateField()
    decided_on = models.DateField(null=True)
    # Stored: which to show next is chosen by them, while somebody waits.
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    separates = models.FloatField(default=0)  # as of the last map

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("space", "state"), name="statement_in_space"),)
        constraints = (
            models.UniqueConstraint(
                fields=("space", "idea"),
                condition=models.Q(idea__isnull=False),
                name="idea_put_to_the_vote_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="hidden") | ~models.Q(reason=""),
                name="statement_not_shown_for_a_reason",
            ),
        )

    @override
    def __str__(self) -> str:
        """Its words; where it, or the idea it came from, was taken back, they are read nowhere."""
        if self.is_withdrawn:
            return gettext("[taken back by whoever gave it]")
        return self.words

    @property
    def is_withdrawn(self) -> bool:
        """Whoever wrote it, or gave the idea it came from, took it back or does not pass it on."""
        idea = self.idea if self.idea_id else None
        return not self.words or (idea is not None and (idea.is_gone or idea.is_kept_back))

    @property
    def votes(self) -> int:
        """How many voted on it."""
        return self.agree + self.disagree + self.passed


class Vote(models.Model):
    """One vote. Never changed: who votes again adds a row, and the last one counts.

    Keyed by the voter and an id made here, other pointers plain columns, so that a cluster can spread
    it by voter. With names the id is ordered by time and ``at`` says when; without names the id is
    chance and there is no time. Which is the last, ``turn`` says.
    """

    class Value(models.IntegerChoices):
        AGREE = 1, _("agree")
        DISAGREE = -1, _("disagree")
        PASS = 0, _("pass")

    pk = models.CompositePrimaryKey("voter_id", "id")
    voter_id = models.BigIntegerField()  # a Voice
    id = models.UUIDField()
    statement_id = models.BigIntegerField()
    turn = models.PositiveSmallIntegerField(default=0)
    value = models.SmallIntegerField(choices=Value)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("voter_id", "statement_id", "turn"), name="vote_of_a_voter_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(value__in=(-1, 0, 1)), name="vote_is_one_of_three"
            ),
        )
        indexes = (models.Index(fields=("statement_id", "voter_id"), name="vote_on_statement"),)

    @override
    def __str__(self) -> str:
        return self.get_value_display()


class Voter(models.Model):
    """What is kept of a voter beside their votes; made with the first one."""

    voice = models.OneToOneField(
        Voice, on_delete=models.CASCADE, primary_key=True, related_name="voter"
    )
    space_id = models.BigIntegerField()
    changed = models.BooleanField(default=True)  # voted since the last map
    # Where the last map put them: they keep it, so that no two maps can be subtracted.
    seat = models.PositiveSmallIntegerField(null=True)
    sure = models.FloatField(null=True)
    wants_word = models.BooleanField(default=False)  # told what becomes of it: chosen by them

    class Meta:
        indexes = (
            models.Index(
                fields=("space_id",), condition=models.Q(changed=True), name="voter_changed"
            ),
            models.Index(fields=("space_id", "voice"), name="voter_in_space"),
        )

    @override
    def __str__(self) -> str:
        return f"voter {self.pk}"


class OpinionMap(models.Model):
    """The map of a space as it was published; every version is kept, none is ever changed.

    It holds what ``engine/published.py`` lets through and nothing else: no voter, no single vote.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="maps")
    version = models.PositiveIntegerField()
    made_on = models.DateField()
    people = models.PositiveIntegerField()  # who voted
    too_few = models.CharField(max_length=12, blank=True)  # why there are no groups
    # Groups with about how many, base clusters to draw, figures of statements, how sure.
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("space", "version"), name="map_version_once"),
        )

    @override
    def __str__(self) -> str:
        return f"map {self.version}"


class Outcome(models.Model):
    """What becomes of what a space said, in the words of its leads: everyone there reads it, and
    who wished is told (0.10). Never changed: more is a further row."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="outcomes")
    words = models.TextField(_("what becomes of it"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    told_to = models.BigIntegerField(default=0)  # the last voice that was told
    told_at = models.DateTimeField(null=True)  # everyone was

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(
                fields=("space",), condition=models.Q(told_at=None), name="outcome_to_be_told"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.words
