"""What was asked for or proposed, and what became of it."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from earnest.checkins.models import Round
from earnest.ideas.models import Answer, Idea
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Conversation, Need, Question, Quote
from earnest.plans.models.parts import Part


class Outcome(models.TextChoices):
    """What became of it. None closes without one, and *not used* not without a reason (3.11)."""

    USED = "used", _("used")
    IN_PART = "in_part", _("used in part")
    TOGETHER = "together", _("shaped together")
    THEIR_OWN = "their_own", _("their own initiative, supported")
    NOT_USED = "not_used", _("not used")


class Input(models.Model):
    """Something asked for or proposed: the words copied, with a pointer to where they are from.

    Without a person where nobody knows whose it is: a line of an anonymous check-in.
    """

    class Source(models.TextChoices):
        QUOTE = "quote", _("from a conversation")
        IDEA = "idea", _("an idea")
        QUESTION = "question", _("a question")
        ANSWER = "answer", _("an answer to an open question")
        CHECK_IN = "check_in", _("a line of a check-in")
        PAGE = "page", _("written on their page")
        NOTED = "noted", _("noted by a lead")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="inputs")
    participation = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.CASCADE, related_name="inputs"
    )
    source = models.CharField(max_length=8, choices=Source)
    quote = models.ForeignKey(
        Quote, null=True, blank=True, on_delete=models.SET_NULL, related_name="inputs"
    )
    idea = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="inputs"
    )
    answer = models.ForeignKey(  # to an open question
        Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="inputs"
    )
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="inputs"
    )
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.SET_NULL, related_name="inputs"
    )
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.SET_NULL, related_name="inputs"
    )
    # What they wrote as a whole: an answer to an ask.
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="inputs"
    )
    # The same proposal, made by several: answered with the first of them.
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="also"
    )
    words = models.TextField(_("input"), max_length=2000)
    at = models.DateTimeField()
    before_decision = models.BooleanField(default=True)  # as it was when it was given (1.4)
    # What they allow of it where it was no quote of theirs: as for quotes (privacy.md 4).
    passed_on = models.CharField(
        max_length=8, choices=Quote.PassedOn, default=Quote.PassedOn.LEADS_ONLY
    )
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)  # of the last reply
    answered_at = models.DateTimeField(null=True)  # of the first reply; None: open
    days_to_answer = models.PositiveIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(
                fields=("initiative", "at"), condition=Q(answered_at=None), name="input_open"
            ),
            models.Index(fields=("participation", "at"), name="input_of_person"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(outcome=""), name="input_closes_with_outcome"
            ),
            # Of two who take up the same words at once, one does.
            models.UniqueConstraint(fields=("quote",), name="input_of_quote_once"),
            models.UniqueConstraint(fields=("idea",), name="input_of_idea_once"),
            models.UniqueConstraint(fields=("conversation",), name="input_of_answer_once"),
            models.UniqueConstraint(fields=("answer",), name="input_of_topic_answer_once"),
        )

    @override
    def __str__(self) -> str:
        return self.words

    @property
    def nobodys(self) -> str:
        """Where words come from that are of no person on it; a lead's own are named."""
        idea = self.idea
        if idea and idea.of_lead:
            return str(idea.by) if idea.by else gettext("a lead")
        if self.source == self.Source.CHECK_IN:
            return gettext("somebody in a check-in")
        return gettext("somebody in the space") if idea and idea.space_id else ""


class Reply(models.Model):
    """What became of one input, or of a need: then it reaches everyone named under it.

    Append-only: a later one, after both fine-tuned, stands beside the first.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="replies")
    input = models.ForeignKey(
        Input, null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    outcome = models.CharField(max_length=9, choices=Outcome)
    words = models.TextField(_("what becomes of it"), max_length=2000, blank=True)
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    days = models.PositiveIntegerField(default=0)  # since the oldest words it answers
    reached = models.PositiveIntegerField(default=0)  # how many people it was for

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("initiative", "at"), name="replies_in_time"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(input=None, need__isnull=False) | Q(input__isnull=False, need=None),
                name="reply_to_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_used") | ~Q(words=""), name="not_used_has_a_reason"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.get_outcome_display()


class Post(models.Model):
    """One message in the thread with a person about what became of theirs: both fine-tune (3.12)."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="posts")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="posts"
    )  # with whom
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    from_person = models.BooleanField(default=False)
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)  # theirs, by a lead

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(
                fields=("reply",),
                condition=Q(from_person=True, read_at=None),
                name="post_unread",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.words


class RoundReply(models.Model):
    """What its leads answered to a check-in: what was heard, and what changes by it."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="reply")
    words = models.TextField(_("what you heard"), max_length=2000)
    changes = models.TextField(_("what changes by it"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.changes
