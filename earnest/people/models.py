"""People who can be asked, their teams and ties."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import override

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import Workspace


class Team(models.Model):
    """A part of the organisation; teams form a tree."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="teams")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    name = models.CharField(_("name"), max_length=120)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                "parent",
                Lower("name"),
                condition=models.Q(parent__isnull=False),
                name="team_name_once_in_parent",
            ),
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                condition=models.Q(parent=None),
                name="team_name_once_on_top",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What somebody works for: their goals, how they measure a good job, and who wrote it down."""

    goals: str
    measures: str
    in_own_hand: bool = False

    def __bool__(self) -> bool:
        return bool(self.goals or self.measures)

    @property
    def mark(self) -> str:
        """Changes when the words do: a form can tell what it was filled from."""
        return sha256(f"{self.goals}\x1f{self.measures}".encode()).hexdigest()[:16]


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> PersonQuerySet:
        """Everyone who was not erased."""
        return self.filter(erased_at=None)


class Person(models.Model):
    """Somebody who can be asked. A name is enough to begin."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_changed_at = models.DateTimeField(null=True)  # a code sent there proves little for a week
    job = models.CharField(_("what they do"), max_length=120, blank=True)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    team_since = models.DateTimeField(null=True)  # None: before anybody noted it
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    own_goals = models.TextField(_("their own goals"), blank=True)
    own_measures = models.TextField(_("how they measure a good job"), blank=True)
    own_work_at = models.DateTimeField(null=True)  # when they wrote these two themselves
    wants_less_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    not_estimated_at = models.DateTimeField(null=True)  # "do not estimate me", wherever they are
    # Stored when a contact is: enough was asked until then, over all initiatives (0.6).
    asked_enough_until = models.DateTimeField(null=True)
    left_alone_until = models.DateTimeField(null=True)  # three asks without an answer; they end it
    erased_at = models.DateTimeField(null=True)
    is_example = models.BooleanField(default=False)  # made up; goes with the example

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                "workspace",
                Lower("email"),
                condition=~models.Q(email=""),
                name="person_email_once",
            ),
        )
        indexes = (
            models.Index(fields=("workspace", "name", "id"), name="person_by_name"),
            models.Index(
                fields=("workspace",),
                condition=models.Q(stopped_at__isnull=False)
                | models.Q(wants_less_at__isnull=False),
                name="objects_anywhere",
            ),
            models.Index(
                fields=("team_since",),
                condition=models.Q(team_since__isnull=False),
                name="joined_team",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.name or str(_("erased person"))

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def own_work(self) -> OwnWork:
        """In their own hand, or from a file of the directory; a lead's notes lie above this."""
        return OwnWork(self.own_goals, self.own_measures, in_own_hand=self.own_work_at is not None)

    @property
    def own_language(self) -> str:
        """The language they chose, where Earnest speaks it; empty otherwise."""
        return self.language if self.language in dict(settings.LANGUAGES) else ""

    @property
    def reads_in(self) -> str:
        """The language of whatever is written to them: their own, or that of this Earnest."""
        return self.own_language or settings.LANGUAGE_CODE

    @property
    def speaks(self) -> str:
        """The language they speak, also where Earnest does not: hints on wording follow it."""
        return self.language or settings.LANGUAGE_CODE

    @property
    def first_name(self) -> str:
        """The first word of the name, for warm sentences."""
        return self.name.split()[0] if self.name.split() else str(self)


class Away(models.Model):
    """Days a person is not there: silence in them says nothing (2.1)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="away")
    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))

    class Meta:
        ordering = ("first_day",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="away_in_order"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class Tie(models.Model):
    """How two people are connected in their work."""

    class Kind(models.TextChoices):
        REPORTS_TO = "reports_to", _("reports to")
        WORKS_WITH = "works_with", _("works with")
        NAMED = "named", _("named")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    weight = models.FloatField(default=1.0)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "other", "kind"), name="tie_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.other}"


class PeopleImport(models.Model):
    """A file of people on its way in: uploaded, matched, checked whole, then written at once."""

    class State(models.TextChoices):
        MATCHING = "matching", _("columns to match")
        CHECKING = "checking", _("being checked")
        READY = "ready", _("ready to import")
        WRITING = "writing", _("being written")
        DONE = "done", _("imported")
        FAILED = "failed", _("not imported")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The initiative the people are put on, where there is one: a plain column, it lies above.
    initiative_id = models.BigIntegerField(null=True)
    write_job = models.CharField(
        max_length=120, default=""
    )  # which job writes it, by its dotted path
    file_name = models.CharField(max_length=200)
    file = models.BinaryField()  # emptied when the import is done: least data
    head = models.JSONField(default=dict)  # the first lines, to match columns by
    columns = models.JSONField(default=list)  # what each column holds
    has_header = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.MATCHING)
    reason = models.CharField(max_length=300, blank=True)  # why it was not imported
    rows_total = models.PositiveIntegerField(default=0)  # an estimate until it was read whole
    rows_seen = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    without_manager = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # [{"line": 7, "reason": "…"}], the first hundred
    problems_csv = models.BinaryField(default=bytes)  # all of them; emptied with the sweep
    skip_bad = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)  # when a job last said that it is at work
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("state", "made_at"), name="import_by_state"),)

    @override
    def __str__(self) -> str:
        return self.file_name

    @property
    def share_seen(self) -> int:
        """How much of the file was read, in per cent."""
        return min(100, self.rows_seen * 100 // max(1, self.rows_total))

    @property
    def can_be_matched(self) -> bool:
        return self.state in {self.State.MATCHING, self.State.READY}

    @property
    def good(self) -> int:
        """How many people an import would write or know."""
        return self.new + self.known
