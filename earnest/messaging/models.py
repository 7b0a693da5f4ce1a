"""Mail on its way out, every try to send it, and when somebody was last asked or wrote."""

from __future__ import annotations

from datetime import datetime
from typing import override

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import Workspace
from earnest.initiatives.models import Initiative, Participation


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, at: datetime) -> MessageQuerySet:
        """What may leave now, the longest waiting first; what is sealed leaves by its own road."""
        return self.ready(at).filter(sealed=False).order_by("leaves_at", "pk")

    def ready(self, at: datetime) -> MessageQuerySet:
        """All whose time has come, sealed or not."""
        return self.filter(state=Message.State.WAITING, leaves_at__lte=at)

    def given_up_by_its_worker(self, at: datetime) -> MessageQuerySet:
        """What somebody was sending when their time ran out: they died, or were cut off."""
        return self.filter(state=Message.State.LEAVING, lease_until__lt=at)

    def pending(self) -> MessageQuerySet:
        """What will be a contact and is none yet."""
        return self.filter(state__in=(Message.State.WAITING, Message.State.LEAVING))


class Message(models.Model):
    """One outgoing mail. Its links are placeholders, filled as it leaves (privacy.md 11).

    The address is not kept here: it is read from the person at the moment the mail leaves.
    """

    class Kind(models.TextChoices):
        ASK = "ask", _("ask")
        NUDGE = "nudge", _("reminder")
        CHECK_IN = "check_in", _("check-in")
        REPLY = "reply", _("reply")
        PROGRESS = "progress", _("progress")
        CONFIRMATION = "confirmation", _("confirmation")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        LEAVING = "leaving", _("leaving now")
        SENT = "sent", _("sent")
        UNCLEAR = "unclear", _("unclear")
        FAILED = "failed", _("not sent")
        WITHDRAWN = "withdrawn", _("withdrawn")
        BY_HAND = "by_hand", _("sent by hand")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="messages"
    )
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # whose it is; None: written by the clock
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)  # REQUEST or CANCEL
    owed = models.BooleanField(default=False)  # takes something back, or was promised: after a stop
    # It holds a link that answers without a name: nobody but its reader may ever see that link,
    # so it leaves by mail alone, and together with others of its kind (privacy.md 12).
    sealed = models.BooleanField(default=False)
    thread = models.CharField(max_length=60, blank=True)  # a pointer in words: "ask 12"
    message_id = models.CharField(max_length=200, unique=True)  # made once: a repeat is the same
    in_reply_to = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)  # why it is not sent, in plain words
    made_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)  # also tells who holds it: no two are alike
    handed_at = models.DateTimeField(null=True)  # from here on it may have arrived
    sent_at = models.DateTimeField(null=True)
    words_erased_at = models.DateTimeField(null=True)
    # How many wordings in it may press (4.1), counted as it was written; None: never looked at.
    # The number stays when the words go.
    hints = models.PositiveSmallIntegerField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("leaves_at", "id"),
                condition=models.Q(state="waiting"),
                name="message_due",
            ),
            models.Index(
                fields=("lease_until",),
                condition=models.Q(state="leaving"),
                name="message_leaving",
            ),
            models.Index(
                fields=("initiative",),
                condition=models.Q(state__in=("unclear", "failed")),
                name="message_stuck",
            ),
            models.Index(fields=("initiative", "-id"), name="message_on_initiative"),
            models.Index(fields=("participation", "thread"), name="message_thread"),
            models.Index(fields=("participation", "kind", "made_at"), name="message_of_kind"),
            models.Index(
                fields=("by", "initiative", "sent_at", "state", "kind", "hints"),
                name="message_sent_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("messaging:message", args=[self.pk])

    @property
    def words_to_read(self) -> str:
        """What was written, without the lines that stand under every mail."""
        said = self.text.split("\n-- \n")[0]
        said = said.replace(ANSWER, gettext("[a link that says nothing of who answers]"))
        return said.replace("[[page]]", gettext("[own link]/")).strip()

    @property
    def is_once_only(self) -> bool:
        """Asked twice is pressure: better unclear than repeated. Replies are better repeated."""
        return self.kind in ASKING_KINDS

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def can_be_handed_over(self) -> bool:
        return self.state in HAND_OVER_FROM and not self.sealed

    @property
    def is_unclear(self) -> bool:
        return self.state == self.State.UNCLEAR


# What presses on somebody: counted by the cap, sent at most once (0.6, 3.15).
ASKING_KINDS = (
    Message.Kind.ASK,
    Message.Kind.NUDGE,
    Message.Kind.CHECK_IN,
    Message.Kind.PROGRESS,
)
# Where silence is counted. Not for check-ins: nobody knows who answered an anonymous one, and by
# name it is to be no different. A progress mail asks for nothing.
AWAITS_ANSWER = (Message.Kind.ASK, Message.Kind.NUDGE)
ANSWER = "[[answer]]"  # where the link of a sealed message stands until it leaves
HAND_OVER_FROM = (Message.State.WAITING, Message.State.FAILED, Message.State.BY_HAND)


class Delivery(models.Model):
    """One try to send a message. Never changed once it has ended."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("the mail server took it")
        LATER = "later", _("not now: tried again later")
        REFUSED = "refused", _("refused for good")
        UNCLEAR = "unclear", _("how it ended is not known")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    code = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)  # the server's, without addresses

    class Meta:
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return self.get_outcome_display() or str(_("begun"))


class Contact(models.Model):
    """We wrote or spoke to somebody, or they to us. Never changed: a correction names the old row.

    Keyed by person and a time-ordered id made here, other pointers plain columns, so that a
    cluster can spread it by person; nothing refers to it by foreign key. No word of what was said.
    """

    class Direction(models.TextChoices):
        WE = "we", _("from us")
        THEY = "they", _("from them")

    class Channel(models.TextChoices):
        MAIL = "mail", _("mail")
        TALK = "talk", _("talk")
        PAGE = "page", _("their page")
        HAND = "hand", _("by hand")
        PHONE = "phone", _("phone")
        CHAT = "chat", _("chat")

    class Kind(models.TextChoices):
        ASK = "ask", _("ask")
        NUDGE = "nudge", _("reminder")
        CHECK_IN = "check_in", _("check-in")
        PROGRESS = "progress", _("progress")
        REPLY = "reply", _("reply")
        CONFIRMATION = "confirmation", _("confirmation")
        TALK = "talk", _("talk")
        ANSWER = "answer", _("answer")

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.UUIDField()
    participation_id = models.BigIntegerField()
    initiative_id = models.BigIntegerField()
    message_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    direction = models.CharField(max_length=4, choices=Direction)
    channel = models.CharField(max_length=5, choices=Channel)
    kind = models.CharField(max_length=12, choices=Kind)
    corrects = models.UUIDField(null=True)  # names a contact that never happened

    class Meta:
        indexes = (
            models.Index(fields=("participation_id", "at"), name="contact_participation"),
            models.Index(fields=("direction", "at"), name="contact_by_time"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.direction} {self.kind} {self.channel}"


class Suppression(models.Model):
    """An address that must not be written to. Only a keyed hash of it is kept."""

    class Reason(models.TextChoices):
        REFUSED = "refused", _("its mail server says that there is no such address")
        ASKED = "asked", _("asked never to be written to")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=7, choices=Reason)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace", "address_hash"), name="suppressed_once"),
        )

    @override
    def __str__(self) -> str:
        return self.get_reason_display()
