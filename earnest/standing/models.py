"""What was said and done (append-only), and the rung of the ladder it puts a person on."""

from __future__ import annotations

from typing import override

from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Participation


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
