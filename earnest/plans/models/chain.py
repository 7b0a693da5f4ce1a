"""Value, link, told back: one written chain for a person (1.6 to 1.8, 3.3)."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.plans.models.parts import Part


class Chain(models.Model):
    """What they value, how this serves it, when that was told back, and what they answered."""

    class Whose(models.TextChoices):
        OURS = "ours", _("ours")
        SHARED = "shared", _("shared")
        THEIRS = "theirs", _("theirs")

    class How(models.TextChoices):
        MAIL = "mail", _("by mail")
        TALK = "talk", _("in a talk")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="chains"
    )
    value = models.CharField(_("what they value"), max_length=300)
    quote = models.ForeignKey(
        Quote, null=True, blank=True, on_delete=models.SET_NULL, related_name="chains"
    )  # where they said so
    link = models.TextField(_("how this serves it"), max_length=1000)
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.SET_NULL, related_name="chains"
    )
    serves = models.CharField(_("which of their goals or measures"), max_length=200, blank=True)
    whose = models.CharField(
        _("whose reason is it?"), max_length=6, choices=Whose, default=Whose.OURS
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # mailed, or said in a talk
    told_how = models.CharField(max_length=4, choices=How, blank=True)
    message_id = models.BigIntegerField(null=True)  # the mail that told it
    answer = models.TextField(_("what they answered"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_read_at = models.DateTimeField(null=True)  # by a lead
    theirs_at = models.DateTimeField(null=True)  # "that is mine too": their own tap
    corrected_at = models.DateTimeField(null=True)  # their own words instead of ours

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            # "Theirs" is theirs to say: by words of their own, or by their tap (1.7).
            models.CheckConstraint(
                condition=~Q(whose="theirs") | Q(quote__isnull=False) | Q(theirs_at__isnull=False),
                name="theirs_by_their_own_word",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.value

    @property
    def words(self) -> str:
        """What they value: the quote as it stands now, where it is one of theirs."""
        return self.quote.words if self.quote else self.value

    @property
    def is_answered(self) -> bool:
        """They said something to it: a tap, their own words, or an answer."""
        return bool(self.answered_at)

    @property
    def is_known(self) -> bool:
        """They know it as it stands now: told, or answered to since it was last changed."""
        said_since = self.answered_at is not None and self.answered_at >= self.changed_at
        return self.told_at is not None or said_since

    @property
    def is_unread(self) -> bool:
        """What they said waits to be read by a lead."""
        return bool(self.answered_at) and self.answer_read_at is None

    @property
    def stands_as_theirs(self) -> bool:
        """They spoke for themselves: from here on only they change it."""
        return bool(self.theirs_at or self.corrected_at)
