"""What is asked of people, in which round, and everything that happened to each invitation."""

from __future__ import annotations

import uuid
from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models.talks import Conversation


class LargeAsk(models.Model):
    """The large ask behind the small ones, which they foretell; made smaller, a new row (2.2)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="large_asks")
    words = models.CharField(_("the large ask"), max_length=300)
    smaller_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="made_smaller"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)  # replaced by a smaller one, or dropped

    class Meta:
        ordering = ("-made_at", "-pk")

    @override
    def __str__(self) -> str:
        return self.words


class Ask(models.Model):
    """What one needs, for how long, on what, and what they get for it (2.7, 2.10, 2.12)."""

    class Kind(models.TextChoices):
        INPUT = "input", _("input")
        GREEN_LIGHT = "green_light", _("a green light")
        BACKING = "backing", _("backing")
        ACT = "act", _("an act")

    class Form(models.TextChoices):
        ONE_TO_ONE = "one", _("one to one")
        SMALL_GROUP = "group", _("small group")
        WRITTEN = "written", _("in writing")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="asks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("I need"), max_length=11, choices=Kind)
    form = models.CharField(max_length=7, choices=Form, default=Form.ONE_TO_ONE)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    about = models.CharField(_("on what"), max_length=300)
    gets = models.CharField(_("what they get for it"), max_length=300)
    place = models.CharField(_("where"), max_length=160, blank=True)
    large = models.ForeignKey(
        LargeAsk, null=True, blank=True, on_delete=models.SET_NULL, related_name="asks"
    )
    answer_by = models.DateField(_("answer until"))
    made_at = models.DateTimeField()  # as it stands: a round's draft may be written anew
    key = models.UUIDField(null=True, unique=True, editable=False)  # pressed twice is once
    steps_back = models.BooleanField(default=False)  # only to understand: nothing is wanted (3.16)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("initiative", "-made_at", "-id"), name="asks_listed"),)

    @override
    def __str__(self) -> str:
        return self.about

    @property
    def sentence(self) -> str:
        """The ask as one says it: the heading of the mail and of their page."""
        written = self.form == self.Form.WRITTEN
        if self.steps_back:
            return (STEP_BACK_WRITTEN if written else STEP_BACK) % {"minutes": self.minutes}
        sentences = WRITTEN_SENTENCES if written else SENTENCES
        return sentences[self.Kind(self.kind)] % {"minutes": self.minutes}


SENTENCES = {
    Ask.Kind.INPUT: _("Could I have %(minutes)s minutes for your input?"),
    Ask.Kind.GREEN_LIGHT: _("Could I have %(minutes)s minutes and your green light?"),
    Ask.Kind.BACKING: _("Could I have %(minutes)s minutes and your backing?"),
    Ask.Kind.ACT: _("Would you do one thing? It takes %(minutes)s minutes"),
}
WRITTEN_SENTENCES = {
    Ask.Kind.INPUT: _("Could you write me a line? It takes %(minutes)s minutes"),
    Ask.Kind.GREEN_LIGHT: _("Could I have your green light, in a line? %(minutes)s minutes"),
    Ask.Kind.BACKING: _("Could I have your backing, in a line? %(minutes)s minutes"),
    Ask.Kind.ACT: _("Would you do one thing? It takes %(minutes)s minutes"),
}
STEP_BACK = _("Could I have %(minutes)s minutes to understand what would have to be different?")
STEP_BACK_WRITTEN = _(
    "Would you write me a line on what would have to be different? %(minutes)s minutes"
)


class Round(models.Model):
    """A listening round: one draft ask, sent to some each day, within everybody's cap."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="round")
    per_day = models.PositiveSmallIntegerField(_("how many a day"), default=5)
    last_sent_on = models.DateField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return str(self.ask)


class ProposedTime(models.Model):
    """One time to choose; one to one it is taken once, in a small group it is shared."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = (models.UniqueConstraint(fields=("ask", "starts_at"), name="time_once"),)

    @override
    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Invitation(models.Model):
    """An ask of one person: why them, and how it stands. Its state follows from its events."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its day")
        SENT = "sent", _("asked")
        PROPOSED = "proposed", _("another time proposed")
        ACCEPTED = "accepted", _("agreed")
        ANSWERED = "answered", _("answered in writing")
        DECLINED = "declined", _("no, thank you")
        REFERRED = "referred", _("named somebody else")
        CANCELLED = "cancelled", _("cancelled")
        LAPSED = "lapsed", _("no answer")
        HELD = "held", _("held")
        NOT_HELD = "not_held", _("did not take place")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # What can be answered, again and late: until it was taken back or took place.
    ANSWERABLE = (
        State.SENT,
        State.PROPOSED,
        State.ACCEPTED,
        State.ANSWERED,
        State.DECLINED,
        State.REFERRED,
        State.CANCELLED,
        State.LAPSED,
    )
    ANSWERED = (State.PROPOSED, State.ACCEPTED, State.ANSWERED, State.DECLINED, State.REFERRED)
    OVER = (State.WITHDRAWN, State.HELD, State.NOT_HELD)

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="invitations")
    initiative = models.ForeignKey(  # that of the ask: lists and counts walk one index
        Initiative, on_delete=models.CASCADE, related_name="invitations", db_index=False
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="invitations"
    )
    why_you = models.CharField(_("why you"), max_length=300)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    state_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateField()  # that of the ask; moved while they are away
    time = models.ForeignKey(
        ProposedTime, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    starts_at = models.DateTimeField(null=True)  # the time agreed, proposed or not
    wanted_at = models.DateTimeField(null=True)  # the other time they proposed
    wanted = models.CharField(max_length=300, blank=True)  # …or in their words
    reason = models.CharField(max_length=300, blank=True)  # why not, in their words
    message_id = models.BigIntegerField(null=True)  # the mail it left by
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # of its calendar file
    sequence = models.PositiveSmallIntegerField(default=0)  # counts the changes of that file
    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    lead_owed = models.DateTimeField(null=True)  # the hour, set or freed, the lead is to hear of
    lead_next_try = models.DateTimeField(null=True)  # None: told, or given up
    lead_tries = models.PositiveSmallIntegerField(default=0)

    so_far: list[InvitationEvent]  # its events in order, read together where a page shows many

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("ask", "participation"), name="asked_once_each"),
        )
        indexes = (
            models.Index(fields=("initiative", "state", "answer_by"), name="invitation_by_state"),
            models.Index(fields=("state", "answer_by"), name="invitation_due"),
            models.Index(fields=("state", "starts_at"), name="invitation_agreed"),
            models.Index(
                fields=("lead_next_try",),
                condition=models.Q(lead_next_try__isnull=False),
                name="invitation_lead_owed",
            ),
            models.Index(
                fields=("participation",),
                condition=models.Q(state__in=("waiting", "sent", "proposed", "accepted")),
                name="invitation_open",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.participation_id}: {self.get_state_display()}"

    @property
    def waits_for_word(self) -> bool:
        """On its way, waiting for their answer, or agreed and still to come."""
        state = self.State
        return self.state in {state.WAITING, state.SENT, state.PROPOSED, state.ACCEPTED}

    @property
    def can_be_answered(self) -> bool:
        """Whether their word, or another one, is still of use."""
        return self.state in self.ANSWERABLE

    @property
    def is_answered(self) -> bool:
        """Whether they answered, in whatever way, and it stands."""
        return self.state in self.ANSWERED

    @property
    def is_over(self) -> bool:
        """Taken back, held or not: there is nothing to answer any more."""
        return self.state in self.OVER


class InvitationEvent(models.Model):
    """What happened to an invitation: information, not blame (2.1). Append-only."""

    class Kind(models.TextChoices):
        SENT = "sent", _("asked")
        ACCEPTED = "accepted", _("said yes to a time")
        PROPOSED = "proposed", _("proposed another time")
        RESCHEDULED = "rescheduled", _("moved to another time")
        OFFERED = "offered", _("other times were offered")
        ANSWERED = "answered", _("answered in writing")
        REFERRED = "referred", _("named somebody else")
        DECLINED = "declined", _("said no")
        CANCELLED = "cancelled", _("cancelled")
        AWAY = "away", _("away, so the time to answer was moved")
        LAPSED = "lapsed", _("no answer came")
        CAME = "came", _("it took place")
        DID_NOT_COME = "did_not_come", _("it did not take place")
        WITHDRAWN = "withdrawn", _("withdrawn before it was answered")

    SETS_A_TIME = (Kind.ACCEPTED, Kind.RESCHEDULED, Kind.PROPOSED)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_person = models.BooleanField(default=False)  # by their own hand, on their page or by mail
    ours = models.BooleanField(default=False)  # our doing: we moved it, we called it off
    words = models.CharField(max_length=300, blank=True)
    time_before = models.DateTimeField(null=True)
    time_after = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")

    @override
    def __str__(self) -> str:
        return self.get_kind_display()
