"""The rhythm: how often whom, the mail that says what changed, the digest; and what was chosen
about a proposed step. The steps themselves are computed, never stored."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.ideas.models import Idea
from earnest.initiatives.models import Initiative, Participation, Told
from earnest.listening.models import Need
from earnest.people.models import Team

SOONEST, LATEST = 7, 365  # days: two words in fourteen days is all the cap leaves room for (3.15)


class Chosen(models.Model):
    """A step done, put off until a day, or dismissed with a reason. Append-only."""

    class Kind(models.TextChoices):
        DONE = "done", _("done")
        PUT_OFF = "put_off", _("later")
        DISMISSED = "dismissed", _("not this one")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chosen"
    )
    step = models.CharField(max_length=80)  # its key, such as "promise-late:promise:12"
    initiative_id = models.BigIntegerField(null=True)  # where that lies: a plain column, as the key
    due = models.DateField(null=True)  # the date it had then: with another it is chosen anew
    kind = models.CharField(max_length=10, choices=Kind)
    until = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("user", "step", "-at"), name="chosen_for_step"),)

    @override
    def __str__(self) -> str:
        return f"{self.step}: {self.get_kind_display()}"


class AudienceKind(models.TextChoices):
    """Who is meant, by what is known of each. Sponsors are users and are told apart."""

    EVERYONE = "everyone", _("everyone")
    TEAM = "team", _("a team")
    AFFECTED = "affected", _("those whose work it changes")
    DATA = "data", _("those who have data we need")
    HELP = "help", _("those who help")


class Audience(models.Model):
    """A group of people with a rhythm of its own (3.13). In several, the shortest counts."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="audiences")
    kind = models.CharField(max_length=8, choices=AudienceKind)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # Who sees to its mail; None: whoever holds each person. A talk is always theirs who holds them.
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("initiative", "kind"),
                condition=models.Q(team=None),
                name="audience_once",
            ),
            models.UniqueConstraint(
                fields=("initiative", "team"),
                condition=models.Q(team__isnull=False),
                name="audience_of_team_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="team", team__isnull=False)
                | ~models.Q(kind="team") & models.Q(team=None),
                name="audience_team_fits",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.team.name if self.team else str(self.get_kind_display())


class On(models.TextChoices):
    """The rungs on which a word can be due: who was not heard yet is heard first."""

    HEARD = "heard", _("heard, no yes yet")
    NODDED = "nodded", _("said yes")
    NO = "no", _("said no, and why")
    AGREED = "agreed", _("agreed, with a date")
    DID = "did", _("did it")
    AGAIN = "again", _("did it again, or helps others")
    FADING = "fading", _("fading")


class How(models.TextChoices):
    """Of which sort a word is."""

    TALK = "talk", _("a talk")
    PROGRESS = "progress", _("a progress mail")
    CHECK_IN = "check_in", _("a check-in")


# The same above a column of numbers.
SORTS = (_("talk"), _("progress"), _("check-in"))


class Cadence(models.Model):
    """After how many days a word of one sort is due, on one rung of the ladder (3.14)."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="cadences")
    rung = models.CharField(max_length=8, choices=On)
    how = models.CharField(max_length=8, choices=How)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("audience", "rung", "how"), name="cadence_once"),
            models.CheckConstraint(
                condition=models.Q(days__gte=SOONEST, days__lte=LATEST), name="cadence_in_reason"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.rung}: {self.get_how_display()}, {self.days}"


class ProgressMail(Told):
    """What changed, in one mail to many (3.10, 3.13). Append-only; it holds our words alone."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="progress_mails"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=AudienceKind)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=150)
    opening = models.TextField(_("a word of your own"), max_length=2000, blank=True)
    changed = models.TextField(_("what changed"), max_length=4000, blank=True)
    coming = models.TextField(_("what comes next"), max_length=2000, blank=True)
    since = models.DateTimeField()  # from here on it was drafted
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("initiative", "number"), name="progress_number_once"),
        )
        indexes = (
            models.Index(
                fields=("made_at",), condition=models.Q(told_at=None), name="progress_to_tell"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.subject

    @property
    def to_whom(self) -> str:
        return self.team.name if self.team else str(self.get_kind_display())


class Digest(models.Model):
    """How a lead wants to be told by mail what waits; none until they choose it."""

    class Every(models.TextChoices):
        OFF = "off", _("never")
        DAY = "day", _("every working day")
        WEEK = "week", _("once a week")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest"
    )
    every = models.CharField(max_length=4, choices=Every, default=Every.OFF)
    weekday = models.PositiveSmallIntegerField(default=0)  # Monday
    hour = models.PositiveSmallIntegerField(default=8)
    quiet_from = models.PositiveSmallIntegerField(default=19)
    quiet_until = models.PositiveSmallIntegerField(default=7)
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    next_at = models.DateTimeField(null=True)  # also tells who holds it: moved on as it is taken
    handed_on = models.DateField(null=True)  # their day: from then on it may have arrived
    last_on = models.DateField(null=True)  # their day of the last one: one a day, never two
    tries = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=("next_at",),
                condition=models.Q(next_at__isnull=False),
                name="digest_due",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, hour__lte=23)
                & models.Q(quiet_from__lte=23, quiet_until__lte=23),
                name="digest_hours_are_hours",
            ),
        )

    @override
    def __str__(self) -> str:
        return str(self.get_every_display())


class Introduction(models.Model):
    """Two people whose ideas or needs meet, offered to both (4.6): known to each other only once
    both said yes. Of ideas and needs it holds pointers alone."""

    class Why(models.TextChoices):
        BUILDS_ON = "builds_on", _("one built on the other's idea")
        SUPPORTS = "supports", _("one supports the other's idea")
        SAME_NEED = "same_need", _("both named the same need")
        SAME_WORDS = "same_words", _("their ideas are about the same")

    class State(models.TextChoices):
        LEFT = "left", _("not offered")
        OFFERED = "offered", _("offered to both")
        TAKEN = "taken", _("introduced")
        NOT_TAKEN = "not_taken", _("not taken up")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="introductions"
    )
    # The two of them, the lower key first: the same two are offered each other once.
    low = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    low_idea = models.ForeignKey(Idea, null=True, on_delete=models.SET_NULL, related_name="+")
    high_idea = models.ForeignKey(Idea, null=True, on_delete=models.SET_NULL, related_name="+")
    need = models.ForeignKey(Need, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=9, choices=State)
    state_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("low", "high"), name="introduced_once"),
            models.CheckConstraint(
                condition=models.Q(low__lt=models.F("high")), name="introduction_in_order"
            ),
        )
        indexes = (
            models.Index(fields=("initiative", "state", "-id"), name="introductions_by_state"),
            models.Index(
                fields=("state_at",),
                condition=models.Q(state="offered"),
                name="introductions_waiting",
            ),
        )

    @override
    def __str__(self) -> str:
        return str(self.get_state_display())


class IntroductionSide(models.Model):
    """One of the two: their answer, and what they allow the other to be told."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes, please")
        NO = "no", _("rather not")

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="sides")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="introduced"
    )
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    shows_address = models.BooleanField(_("my e-mail address"), default=False)
    shows_idea = models.BooleanField(_("my idea, in my words"), default=False)
    line = models.CharField(_("a line from you"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("introduction", "participation"), name="introduction_side_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return str(self.get_answer_display())
