"""What was said and done (append-only), the rung it puts a person on, and figures in groups."""

from __future__ import annotations

from typing import override

from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import Workspace
from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team


class Evidence(models.Model):
    """One thing said or done. Never changed: a correction is a row that names the old one.

    Keyed by person and a time-ordered id made here, other pointers plain columns, so that a
    cluster can spread it by person; nothing refers to it by foreign key.
    """

    class Kind(models.TextChoices):
        SAID = "said", _("said")
        NODDED = "nodded", _("said yes")
        AGREED = "agreed", _("agreed")
        DID = "did", _("did")
        SILENT = "silent", _("an ask")

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.UUIDField()
    participation_id = models.BigIntegerField()
    initiative_id = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind)
    item = models.CharField(max_length=20, blank=True)
    value = models.SmallIntegerField(null=True)  # None: a correction that only withdraws
    source = models.CharField(max_length=80)  # a pointer in words: "promise 12"
    reason = models.CharField(max_length=300, blank=True)  # why they said no, in their words
    corrects = models.UUIDField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("participation_id", "at"), name="evidence_participation"),
            models.Index(fields=("initiative_id", "at"), name="evidence_initiative"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.value}".replace("  ", " ")


class Rung(models.Model):
    """The ladder, stored: a fact over the record (0.1, 2.3, 3.5), with *no chance yet* apart."""

    class Step(models.TextChoices):
        UNHEARD = "unheard", _("not heard yet")
        NODDED = "nodded", _("said yes")
        NO = "no", _("said no, and why")
        AGREED = "agreed", _("agreed, with a date")
        DID = "did", _("did it")
        AGAIN = "again", _("did it again, or helps others")
        FADING = "fading", _("fading")

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, primary_key=True, related_name="rung"
    )
    initiative_id = models.BigIntegerField()
    step = models.CharField(max_length=8, choices=Step, default=Step.UNHEARD)
    since = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why they said no, in their words
    no_chance_since = models.DateTimeField(null=True)
    nos = models.PositiveSmallIntegerField(default=0)  # since the last agreement or deed
    no_at = models.DateTimeField(null=True)  # the last of these
    said_at = models.DateTimeField(null=True)  # their first yes in words, whatever came after
    did_at = models.DateTimeField(null=True)  # their first deed, whatever came after
    last_did_at = models.DateTimeField(null=True)  # their last: it stands beside the mark (4.2)

    class Meta:
        indexes = (
            models.Index(fields=("initiative_id", "step", "since"), name="rung_on_initiative"),
            models.Index(
                fields=("initiative_id", "no_chance_since"),
                condition=models.Q(no_chance_since__isnull=False),
                name="rung_no_chance",
            ),
            models.Index(
                fields=("initiative_id", "no_at"),
                condition=models.Q(nos__gte=2),
                name="rung_no_twice",
            ),
            models.Index(fields=("initiative_id", "said_at"), name="rung_said"),
            models.Index(fields=("initiative_id", "did_at"), name="rung_did"),
        )

    @override
    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """The rung in words; who was heard and said neither yes nor no is not "not heard"."""
        if self.step == self.Step.UNHEARD and self.heard_at:
            return str(_("heard, no yes yet"))
        return self.get_step_display()


class Group(models.Model):
    """People whose figures others than the leads may see together; who is in it never changes.

    Nobody is put into it later and nobody is taken out: who leaves, changes team, stops or is erased
    stays counted as they were last (``engine/groups.py`` has the rule and why).
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="groups")
    teams = models.ManyToManyField(Team, related_name="+", blank=True)  # as it was made up
    teamless = models.BooleanField(default=False)  # people without a team are in it, too
    people = models.PositiveIntegerField()
    here = models.PositiveIntegerField()  # of these, who may still change a figure
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return f"group {self.pk}"


class Counted(models.Model):
    """Somebody in a group, as they were when a figure of it was last made."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="counted")
    participation = models.OneToOneField(
        Participation, null=True, on_delete=models.SET_NULL, related_name="counted"
    )
    said = models.BooleanField(default=False)
    did = models.BooleanField(default=False)
    rests = models.BooleanField(default=False)  # left, stopped or erased: changes no more

    class Meta:
        verbose_name_plural = "people counted"

    @override
    def __str__(self) -> str:
        return f"counted in group {self.group_id}"


class Figure(models.Model):
    """How many of a group said yes, or did it, as of a day. Never changed: a later one follows."""

    class Kind(models.TextChoices):
        SAID = "said", _("said yes at least once")
        DID = "did", _("did it at least once")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=4, choices=Kind)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("group", "kind", "at"), name="figures_in_time"),)

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class Look(models.Model):
    """When the groups of an initiative were last looked at, and how many wait to be in one."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, primary_key=True, related_name="group_look"
    )
    at = models.DateTimeField()
    waiting = models.PositiveIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return str(self.at)


class Parameters(models.Model):
    """What the estimate of a workspace is made with: refitted at night, kept unless better."""

    workspace = models.OneToOneField(
        Workspace, on_delete=models.CASCADE, primary_key=True, related_name="parameters"
    )
    version = models.PositiveIntegerField(default=0)  # 0: those shipped, none were better yet
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    deeds = models.PositiveIntegerField(default=0)
    held_out_before = models.FloatField(null=True)  # one step ahead, per event, of people left out
    held_out_after = models.FloatField(null=True)
    tried_at = models.DateTimeField()  # the last night, also where the old ones were kept

    class Meta:
        verbose_name_plural = "parameters"

    @override
    def __str__(self) -> str:
        return f"version {self.version}"


class Belief(models.Model):
    """What words and deeds of one person support, stored: an estimate, never a fact (privacy.md 5).

    Only of who may be estimated; it goes with an objection, and whenever the owner turns it off.
    ``state`` is the engine's own, after ``events`` rows up to ``at``; ``made_with`` names the
    parameters, so that a state of others is made anew.
    """

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, primary_key=True, related_name="belief"
    )
    initiative_id = models.BigIntegerField()
    at = models.DateTimeField()  # of the last row it took in
    last = models.JSONField()  # that row as the engine reads it: rows of one moment are sorted
    events = models.PositiveIntegerField()
    state = models.JSONField()
    made_with = models.CharField(max_length=20)
    is_enough = models.BooleanField(default=False)  # below that, nothing is said of anybody
    chance = models.FloatField()  # of the next agreed act, as of the last night or the last row
    low = models.FloatField()
    high = models.FloatField()
    conditions = models.JSONField()  # how far each of the four is supported
    weakest = models.CharField(max_length=12, blank=True)  # the step still open, where one is

    class Meta:
        indexes = (
            models.Index(
                fields=("initiative_id",),
                condition=models.Q(is_enough=True),
                name="estimated_on_initiative",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"estimate of participation {self.participation_id}"
