"""Check-ins: four taps and one open line, by name or so that nobody can tell who answered."""

from __future__ import annotations

from typing import ClassVar, override

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team

LINE_LENGTH = 500


class Condition(models.TextChoices):
    """The four parts of real buy-in, never one score alone (2.4). The words are of evidence."""

    UNDERSTANDS = "understands", _("I know what is being asked of me")
    MATTERS = "matters", _("It matters to our work and to me")
    DOABLE = "doable", _("It is realistic and worth my time")
    OWNS = "owns", _("I have a hand in it")

    @property
    def in_short(self) -> str:
        """In a word or two, beside a number."""
        return str(SHORT[self])

    @property
    def ends(self) -> tuple[str, str]:
        """What 1 and 5 mean."""
        low, high = ENDS[self]
        return str(low), str(high)


SHORT = {
    Condition.UNDERSTANDS: _("clear"),
    Condition.MATTERS: _("matters"),
    Condition.DOABLE: _("realistic"),
    Condition.OWNS: _("a hand in it"),
}
ENDS = {
    Condition.UNDERSTANDS: (_("not yet"), _("fully")),
    Condition.MATTERS: (_("not much"), _("very much")),
    Condition.DOABLE: (_("no"), _("yes")),
    Condition.OWNS: (_("none"), _("it is mine too")),
}


class Round(models.Model):
    """One check-in of an initiative. By name or anonymous, and by when, is fixed once it opened."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="checkins")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_anonymous = models.BooleanField(_("nobody can see who answered"), default=True)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who is asked: one part; None: everyone
    changed = models.TextField(_("what the last one changed"), max_length=1000, blank=True)
    closes_on = models.DateField(_("open until"))
    asked = models.ManyToManyField(Participation, related_name="checkins_asked", blank=True)
    asked_count = models.PositiveIntegerField(default=0)  # stored: pages never count rows
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Published once, as it closes; what may not be shown is not in it.
    answer_count = models.PositiveIntegerField(null=True)
    results = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(null=True)  # when its leads replied to it

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            # No new one while the last was not answered by its leads.
            models.UniqueConstraint(
                fields=("initiative",), condition=Q(answered_at=None), name="one_checkin_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(closed_at__lte=F("answered_at")),
                name="checkin_answered_after_closing",
            ),
        )
        indexes = (
            models.Index(
                fields=("closes_on",),
                condition=Q(opened_at__isnull=False, closed_at=None),
                name="checkin_open",
            ),
        )

    @override
    def __str__(self) -> str:
        return str(self.closes_on)

    def get_absolute_url(self) -> str:
        return reverse("checkins:round", args=[self.pk])

    @property
    def thread(self) -> str:
        """What its mails are found by, and what its answers are evidence from."""
        return f"check-in {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


def _tap() -> models.PositiveSmallIntegerField[int | None, int | None]:
    """1 to 5; None: cannot say yet."""
    within = [MinValueValidator(1), MaxValueValidator(5)]
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=within)


class FourTaps(models.Model):
    """What was answered: each condition 1 to 5, or None for "cannot say yet", and the open line."""

    understands = _tap()
    matters = _tap()
    doable = _tap()
    owns = _tap()
    line = models.TextField(_("how would you make it work?"), max_length=LINE_LENGTH, blank=True)
    # How long it took, as their own page measured it: None where it could not.
    under_a_minute = models.BooleanField(null=True)

    class Meta:
        abstract = True


class NamedAnswer(FourTaps):
    """An answer by name: changeable until the round closes."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="named")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="checkin_answers"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("round", "participation"), name="answered_by_name_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.round_id}: {self.participation_id}"


class AnswerSlot(FourTaps):
    """A place for one anonymous answer, made before the mails leave (privacy.md 12).

    Its key is the hash of a secret that exists in the sent mail alone. Nothing here or elsewhere
    says whose mail that was, or when it was answered: no time, no number that counts up. Rows lie
    in the order of their keys, which is chance, are laid anew again and again, and are gone once
    the results are published. Laid anew, an answer moves to a key that no mail holds: from then on
    even the mail and the database together do not lead to it.
    """

    class State(models.TextChoices):
        EMPTY = "empty"
        ANSWERED = "answered"  # just now, in place
        USED = "used"  # its link was used; the answer lies elsewhere by now
        APART = "apart"  # an answer, under a key of no link

    key = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="slots")
    state = models.CharField(max_length=8, choices=State, default=State.EMPTY)

    @override
    def __str__(self) -> str:
        return self.get_state_display()


HOLDS_ANSWER = (AnswerSlot.State.ANSWERED, AnswerSlot.State.APART)


class Line(models.Model):
    """An open line of an anonymous round, published at its close: whose is known to nobody."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="lines")
    words = models.TextField(max_length=LINE_LENGTH)

    class Meta:
        ordering: ClassVar = ("words", "pk")

    @override
    def __str__(self) -> str:
        return self.words
