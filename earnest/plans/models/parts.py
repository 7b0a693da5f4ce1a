"""Parts of the plan, which needs they answer, and whose words they use."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Measure, Participation
from earnest.listening.models import Need, Quote


class Part(models.Model):
    """One part of the plan: what, why, whose, and by what one sees that it works (2.20)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("part"), max_length=160)
    what = models.TextField(_("what it is"), max_length=4000, blank=True)
    why = models.TextField(_("why"), max_length=2000)
    # Who sees to it: somebody with a role on the initiative, or somebody who is asked.
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner_person = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.SET_NULL, related_name="parts_owned"
    )
    measures = models.ManyToManyField(Measure, related_name="parts", blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(_("why it was dropped"), max_length=300, blank=True)

    class Meta:
        ordering = ("position", "pk")
        indexes = (models.Index(fields=("initiative", "position"), name="part_in_order"),)

    @override
    def __str__(self) -> str:
        return self.title


class Answers(models.Model):
    """Whether a part answers a need (2.19). No row: nobody has looked yet."""

    class How(models.TextChoices):
        SOLVES = "solves", _("solves it")
        HELPS = "helps", _("helps")
        NOT = "not", _("does not")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="answered_by")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="answers")
    how = models.CharField(max_length=6, choices=How)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("need", "part"), name="looked_at_once"),)

    @override
    def __str__(self) -> str:
        return f"{self.part_id} {self.how} {self.need_id}"


class PartWords(models.Model):
    """Words of somebody's that a part is built on (2.16); shown as far as they allow it."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="words_used")
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="used_in")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("part", "quote"), name="words_used_once"),)

    @override
    def __str__(self) -> str:
        return f"{self.part_id}: {self.quote_id}"
