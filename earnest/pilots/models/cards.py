"""The evidence card of a pilot, in its people's words, and the parts that ask for it (1.12)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.people.models import Team
from earnest.pilots.models.running import Pilot, PilotWord


class EvidenceCard(models.Model):
    """One page about a pilot: our words, the chart, and voices of its people as they allow."""

    pilot = models.OneToOneField(Pilot, on_delete=models.CASCADE, related_name="card")
    title = models.CharField(_("title"), max_length=160)
    worked = models.TextField(_("what worked"), max_length=4000, blank=True)
    did_not = models.TextField(_("what did not"), max_length=4000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)  # None: a draft, for the leads alone

    @override
    def __str__(self) -> str:
        return self.title

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.pilot.initiative_id


class CardVoice(models.Model):
    """Words of somebody's for one card, and what they answered when asked for this very card."""

    class State(models.TextChoices):
        CHOSEN = "chosen", _("not asked yet")
        ASKED = "asked", _("asked")
        NAMED = "named", _("yes, with the name")
        UNNAMED = "unnamed", _("yes, without the name")
        REFUSED = "refused", _("no")

    card = models.ForeignKey(EvidenceCard, on_delete=models.CASCADE, related_name="voices")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="card_voices"
    )
    # Said in a talk, or as a word about the pilot: one of the two.
    quote = models.ForeignKey(
        Quote, null=True, blank=True, on_delete=models.CASCADE, related_name="card_voices"
    )
    word = models.ForeignKey(
        PilotWord, null=True, blank=True, on_delete=models.CASCADE, related_name="card_voices"
    )
    state = models.CharField(max_length=7, choices=State, default=State.CHOSEN)
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


class SpreadRequest(models.Model):
    """Another part asks for the pilot: who, when, and what they had seen. Pulled, not pushed."""

    class Seen(models.TextChoices):
        CARD = "card", _("the evidence card")
        PILOT = "pilot", _("the pilot itself")
        COLLEAGUE = "colleague", _("a colleague told them")
        OTHER = "other", _("something else")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="asked_for")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="asked_for_pilots"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    part = models.CharField(_("for which part"), max_length=120)  # its name, as it was then
    seen = models.CharField(_("what they had seen"), max_length=9, choices=Seen)
    words = models.TextField(_("why, in your words"), max_length=1000, blank=True)
    asked_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("what you answer"), max_length=1000, blank=True)
    # The pilot it became.
    became = models.OneToOneField(
        Pilot, null=True, on_delete=models.SET_NULL, related_name="asked_by"
    )

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("pilot", "participation"),
                condition=Q(taken_back_at=None),
                name="asked_for_pilot_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("pilot", "asked_at"),
                condition=Q(taken_back_at=None, answered_at=None),
                name="spread_request_waits",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.part

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.pilot.initiative_id
