"""What a leader wants to see happening, who leads it, and who is on it and why."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import Workspace
from earnest.people.models import OwnWork, Person


class Initiative(models.Model):
    """Title and target are all it needs to exist; the target comes before any plan (4.3, 4.4)."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="initiatives")
    title = models.CharField(_("title"), max_length=160)
    target = models.CharField(_("what should be happening?"), max_length=300)
    decided = models.TextField(_("already decided"), max_length=4000, blank=True)
    still_open = models.TextField(_("still open"), max_length=4000, blank=True)
    who_decides = models.CharField(_("who decides"), max_length=200, blank=True)
    decides_on = models.DateField(_("when it is decided"), null=True, blank=True)
    value_organisation = models.TextField(
        _("what the organisation gains"), max_length=4000, blank=True
    )
    value_individual = models.TextField(_("what each person gains"), max_length=4000, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    launches_on = models.DateField(_("launch"), null=True, blank=True)
    open_to_workspace = models.BooleanField(
        _("everyone in the workspace may read the target"), default=False
    )
    is_example = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    people_count = models.PositiveIntegerField(default=0)  # stored: pages never count rows
    erased_count = models.PositiveIntegerField(default=0)
    inputs_open = models.PositiveIntegerField(default=0)  # inputs and needs that wait for an answer

    class Meta:
        ordering = ("-made_at", "-pk")

    @override
    def __str__(self) -> str:
        return self.title


class Commission(models.Model):
    """Who asked for it, which problem it is to solve, and what they will give."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE)
    asked_by = models.CharField(_("who asked for it"), max_length=160)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    problem = models.TextField(_("which problem"), max_length=4000, blank=True)
    will_give = models.TextField(_("what they will give"), max_length=4000, blank=True)

    @override
    def __str__(self) -> str:
        return self.asked_by


class Role(models.Model):
    """What a user is on an initiative. At least one lead, always."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("lead")
        CO_LEAD = "co_lead", _("co-lead")
        SPONSOR = "sponsor", _("sponsor")
        CONTRIBUTOR = "contributor", _("contributor")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="initiative_roles"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("initiative", "user"), name="one_role_each"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.user} · {self.get_kind_display()}"


# Leads and co-leads see and hold people; sponsors and contributors do not.
LEADING = (Role.Kind.LEAD, Role.Kind.CO_LEAD)


class AskedToStop(Exception):
    """The person objected: nothing new is written down about them, open promises stay ours."""

    def __init__(self, participation: Participation) -> None:
        super().__init__(participation.pk)
        self.participation = participation

    @property
    def sentence(self) -> str:
        """What the lead is told."""
        return gettext(
            "%(name)s asked to be left alone, so nothing new is written down about them. "
            "What was promised to them before is still to be kept."
        ) % {"name": self.participation.person.first_name}


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def present(self) -> ParticipationQuerySet:
        """Those who were not erased."""
        return self.filter(person__erased_at=None)

    def may_be_asked(self) -> ParticipationQuerySet:
        """Those who did not ask to be left alone, here or altogether (privacy.md 6)."""
        return self.present().filter(stopped_at=None, person__stopped_at=None)


class Participation(models.Model):
    """A person on an initiative: why, since when, held by which lead. Nearly all hangs on it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="participations"
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holds"
    )
    is_affected = models.BooleanField(_("it changes their work"), default=False)
    has_data = models.BooleanField(_("they have data we need"), default=False)
    can_help = models.BooleanField(_("we need their help"), default=False)
    since = models.DateTimeField()
    first_told_at = models.DateTimeField(null=True)  # purpose, keeping, objection (privacy.md 2)
    last_contact_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    # What a lead noted for them: other initiatives see nothing of it.
    own_goals = models.TextField(blank=True)
    own_measures = models.TextField(blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "initiative"), name="on_it_once"),)
        indexes = (
            models.Index(fields=("initiative", "held_by"), name="held_on_initiative"),
            models.Index(fields=("initiative", "since"), name="on_it_since"),
            models.Index(fields=("initiative", "last_contact_at"), name="on_it_contact"),
            models.Index(
                fields=("initiative", "held_by", "last_contact_at"), name="held_by_contact"
            ),
            models.Index(
                fields=("initiative",),
                condition=models.Q(stopped_at__isnull=False),
                name="objects_here",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.person} · {self.initiative}"

    def get_absolute_url(self) -> str:
        """The person's page; it lies above (``pages:person``), below the list of people."""
        return f"{reverse('initiatives:people', args=[self.initiative_id])}{self.pk}/"

    @property
    def own_work(self) -> OwnWork:
        """In their own hand where they wrote; else as noted here; else as the directory has it."""
        noted = OwnWork(self.own_goals, self.own_measures)
        return noted if noted and not self.person.own_work_at else self.person.own_work

    @property
    def can_see(self) -> bool:
        """True when they were told of their page, or hold a link to it that still opens."""
        return self.first_told_at is not None or self.links.filter(revoked_at=None).exists()

    @property
    def asked_to_stop(self) -> bool:
        """They want nothing more of it, here or altogether (privacy.md 6)."""
        return bool(self.stopped_at or self.person.stopped_at)

    @property
    def asked_for_less(self) -> bool:
        return self.person.wants_less_at is not None

    def refuse_if_stopped(self) -> None:
        """After a stop nothing new is written down about them. Raises AskedToStop."""
        now_there = Participation.objects.may_be_asked().filter(pk=self.pk)
        if self.asked_to_stop or not now_there.exists():
            raise AskedToStop(self)


class PersonLink(models.Model):
    """Opens one person's page of one initiative, without an account. Only a hash is kept."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"link {self.pk}"


class GlassBreak(models.Model):
    """Somebody who runs the workspace opened a person page: why, when, until (privacy.md 8)."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="glass_breaks"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    @override
    def __str__(self) -> str:
        return self.reason


class Backing(models.Model):
    """A sponsor's support: noted apart, never counted as everyone's (3.2)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="backings")
    who = models.CharField(_("who"), max_length=160)
    what = models.CharField(_("what they said or gave"), max_length=300)
    on = models.DateField(_("on"))

    class Meta:
        ordering = ("-on", "-pk")

    @override
    def __str__(self) -> str:
        return f"{self.who}: {self.what}"


class Stage(models.Model):
    """A step of the initiative's path, with what must be true before it is left (1.16)."""

    class Kind(models.TextChoices):  # the way of the five articles: what the record shows beside
        LISTEN = "listen", _("listen")
        SHAPE = "shape", _("shape")
        PILOT = "pilot", _("small pilot")
        PRACTISE = "practise", _("practise at the moment")
        GROW = "grow", _("grow")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("what it is about"), max_length=8, choices=Kind, blank=True)
    name = models.CharField(_("stage"), max_length=80)
    must_be_true = models.CharField(_("what must be true"), max_length=200, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    skipped_on = models.DateField(null=True, blank=True)  # left out on purpose; any time back

    class Meta:
        ordering = ("position", "pk")

    @override
    def __str__(self) -> str:
        return self.name


class RunUpStep(models.Model):
    """Who hears what, in which order, before the launch (1.5)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="run_up")
    on = models.DateField(_("on"))
    who = models.CharField(_("who hears it"), max_length=160)
    what = models.CharField(_("what they hear"), max_length=300)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("on", "pk")

    @override
    def __str__(self) -> str:
        return f"{self.who}: {self.what}"


class Measure(models.Model):
    """By what one sees whether it works: where it began, and where it should be (2.20)."""

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(_("measure"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(
        _("where it began"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    target = models.DecimalField(
        _("where it should be"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # not followed any more

    class Meta:
        ordering = ("made_at", "pk")

    @override
    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """A measure as it was read on a day. Never changed: a correction names the old row."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True)
    on = models.DateField(_("on"))
    source = models.CharField(_("where it is from"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by"
    )

    class Meta:
        ordering = ("on", "pk")
        indexes = (models.Index(fields=("measure", "on"), name="readings_by_day"),)

    @override
    def __str__(self) -> str:
        return f"{self.value} · {self.on}"


class Told(models.Model):
    """News that goes to many by mail, some at a time: how far it got, and how many it reached."""

    told_count = models.PositiveIntegerField(default=0)
    not_told_count = models.PositiveIntegerField(default=0)  # who cannot be written to now
    told_up_to = models.BigIntegerField(default=0)  # the last participation that was looked at
    told_at = models.DateTimeField(null=True)  # when nobody was left to tell

    class Meta:
        abstract = True


class ScheduleChange(Told):
    """More time taken: what moved, why, and how many were told (3.17). Append-only."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="schedule_changes"
    )
    cause = models.CharField(_("why"), max_length=500)
    moved = models.JSONField(default=dict)  # {"launches_on": ["2026-12-01", "2027-01-12"], …}
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("at",), condition=models.Q(told_at=None), name="moved_to_tell"),
        )

    @override
    def __str__(self) -> str:
        return self.cause


class OutsideEvidence(models.Model):
    """The practice seen elsewhere, dated, with its source (1.15)."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="outside_evidence"
    )
    what = models.TextField(_("what was found there"), max_length=1000)
    where = models.CharField(_("where"), max_length=160)
    source = models.CharField(_("source"), max_length=400)  # an address, or a title
    on = models.DateField(_("from when it is"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-pk")

    @override
    def __str__(self) -> str:
        return self.what
