"""Evidence cards of pilots: what was tried, what the measures say, and who asked for it (1.12, 3.18)."""

from __future__ import annotations

from typing import ClassVar, override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Quote
from earnest.people.models import Team
from earnest.pilots.models.running import Pilot, PilotWord
from earnest.plans.models import Input


class EvidenceCard(models.Model):
    """The card of a pilot as its leads write it; what others read is a published version."""

    class Readers(models.TextChoices):
        INITIATIVE = "initiative", _("everyone on this initiative")
        WORKSPACE = "workspace", _("everyone in the workspace, too")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="cards")
    pilot = models.OneToOneField(Pilot, on_delete=models.CASCADE, related_name="card")
    title = models.CharField(_("title"), max_length=160)
    tried = models.TextField(_("what was tried"), max_length=4000, blank=True)
    told = models.TextField(_("how it went"), max_length=8000, blank=True)
    cost = models.TextField(_("what it cost"), max_length=2000, blank=True)
    look_out = models.TextField(_("what to look out for"), max_length=4000, blank=True)
    whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("initiative", "-made_at"), name="cards_of_initiative"),)

    @override
    def __str__(self) -> str:
        return self.title


class CardVersion(models.Model):
    """A card as it was published: append-only but for whether it is the one shown.

    Our own words and figures. What people said is never in it: their voices are read beside it,
    each time anew, so that whoever takes theirs back is obeyed in every version at once.
    """

    class Outcome(models.TextChoices):
        HELPED = "helped", _("it helped")
        NOT = "not", _("it did not help")
        MIXED = "mixed", _("some better, some worse")
        EARLY = "early", _("too early to say")
        STOPPED = "stopped", _("stopped early")

    card = models.ForeignKey(EvidenceCard, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    shown = models.BooleanField(default=True)
    readers = models.CharField(max_length=10, choices=EvidenceCard.Readers)
    outcome = models.CharField(max_length=7, choices=Outcome)
    title = models.CharField(max_length=160)
    tried = models.TextField(blank=True)
    told = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    look_out = models.TextField(blank=True)
    where = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    stopped_why = models.TextField(blank=True)
    whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("card", "number"), name="card_version_once"),
            models.UniqueConstraint(
                fields=("card",), condition=Q(shown=True), name="one_version_shown"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.card.initiative_id

    @property
    def is_for_all(self) -> bool:
        return self.readers == EvidenceCard.Readers.WORKSPACE


class CardFigure(models.Model):
    """What one measure said when a version was published: the engine's sentence, and its points."""

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=130)  # a share's begins with its sign
    unit = models.CharField(max_length=40, blank=True)
    sentence = models.TextField()
    comparison = models.CharField(max_length=120, blank=True)  # who it is compared with
    enough = models.BooleanField(default=False)
    points = models.JSONField(default=list)  # [there: 0 or 1, the day as ISO has it, value]
    left_out = models.PositiveIntegerField(default=0)  # points of fewer than five cases
    too_few = models.BooleanField(default=False)  # people took part: no figure of theirs is here
    compared_few = models.BooleanField(default=False)  # what it is compared with: the same

    class Meta:
        ordering = ("version", "position")
        constraints = (
            models.UniqueConstraint(fields=("version", "position"), name="figure_in_card_once"),
        )

    @override
    def __str__(self) -> str:
        return self.name


class CardVoice(models.Model):
    """Words of somebody's for one card, and what they answered when asked for this very card.

    Said in a talk, or as a word about the pilot: one of the two.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen", _("not asked yet")
        ASKED = "asked", _("asked")
        NAMED = "named", _("yes, with the name")
        UNNAMED = "unnamed", _("yes, without the name")
        REFUSED = "refused", _("no")

    GRANTED: ClassVar = (State.NAMED, State.UNNAMED)
    ANSWERS: ClassVar = (State.NAMED, State.UNNAMED, State.REFUSED)

    card = models.ForeignKey(EvidenceCard, on_delete=models.CASCADE, related_name="voices")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="card_voices"
    )
    quote = models.ForeignKey(
        Quote, null=True, on_delete=models.CASCADE, related_name="card_voices"
    )
    word = models.ForeignKey(
        PilotWord, null=True, on_delete=models.CASCADE, related_name="card_voices"
    )
    state = models.CharField(max_length=7, choices=State, default=State.CHOSEN)
    # For how many readers they answered: a yes for few is none for everyone.
    for_readers = models.CharField(max_length=10, choices=EvidenceCard.Readers, blank=True)
    chosen_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("chosen_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("card", "quote"), name="quote_on_card_once"),
            models.UniqueConstraint(fields=("card", "word"), name="word_on_card_once"),
            models.CheckConstraint(
                condition=Q(quote=None) ^ Q(word=None), name="card_voice_of_one_thing"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.card.initiative_id

    @property
    def source(self) -> Quote | Input:
        """What their words are kept in, with how far they may be passed on."""
        return self.quote or self.word.input  # type: ignore[union-attr]

    @property
    def words(self) -> str:
        return self.source.words


class SpreadRequest(models.Model):
    """Somebody asks for it for their part: who, when, why, and which version they had read."""

    class State(models.TextChoices):
        WAITS = "waits", _("waits for an answer")
        BEGINS = "begins", _("a pilot begins there")
        TALK = "talk", _("let us talk")
        NOT_NOW = "not_now", _("not now")
        BACK = "back", _("taken back")

    ANSWERS: ClassVar = (State.BEGINS, State.TALK, State.NOT_NOW)

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="asked_for_it"
    )
    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="requests")
    # By their own page; by an account; or both, where the account is that of somebody on it.
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.SET_NULL, related_name="asked_for_it"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    part = models.CharField(_("for which part"), max_length=120)  # its name, as it was then
    why = models.CharField(_("why"), max_length=300)
    wanted_from = models.DateField(_("from when"), null=True, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITS)
    answer = models.CharField(_("what you tell them"), max_length=600, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    mailed_at = models.DateTimeField(null=True)  # the answer, to an account that is not on it
    became = models.OneToOneField(
        Pilot, null=True, on_delete=models.SET_NULL, related_name="asked_by"
    )

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="not_now") | ~Q(answer=""), name="not_now_has_a_reason"
            ),
        )
        indexes = (
            models.Index(
                fields=("initiative", "at"), condition=Q(state="waits"), name="asked_for_it_waits"
            ),
            models.Index(fields=("initiative", "-at"), name="asked_for_it"),
        )

    @override
    def __str__(self) -> str:
        return self.part

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITS
