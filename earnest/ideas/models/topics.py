"""An open question to everyone on an initiative, or to the peers of a workspace (1.1, 1.3, 1.10).

Everything said under it points to a ``Speaker`` and at nothing else. In a space without names a
speaker leads to a browser's secret, its key and the keys of its answers are drawn by lot, and no
row knows more than the day. What remains: who holds several copies of the database of one day
knows which answers came between two of them.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import ClassVar, override

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import Workspace
from earnest.ideas.models.spaces import Space, Voice
from earnest.initiatives.models import Initiative, Participation

LOT = 10**18
WORDS, TIP = 2_000, 600


def new_key(at: datetime | None) -> int:
    """A key that sorts by the moment, to the thousandth of a second; without one, drawn by lot."""
    if at is None:
        return secrets.randbelow(LOT)
    return int(at.timestamp() * 1000) * 2**18 + secrets.randbelow(2**18)


class Topic(models.Model):
    """An open question. In a space it is for the people there; in none, for the workspace's members."""

    class Kind(models.TextChoices):
        ANSWERS = "answers", _("an open question, the answers grouped by meaning")
        TIPS = "tips", _("one favourite tip each, with replies")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="topics")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="topics")
    kind = models.CharField(_("what you ask for"), max_length=7, choices=Kind)
    question = models.CharField(_("your question"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # when people were written to first
    # Stored, as they are shown: people count once, whatever they gave.
    answers_count = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    tips_count = models.PositiveIntegerField(default=0)
    replies_count = models.PositiveIntegerField(default=0)
    grouped_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # something came since: to be grouped anew

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("due_at",), condition=Q(due_at__isnull=False), name="topic_due"),
            models.Index(
                fields=("space",), condition=Q(asked_at=None, closed_at=None), name="topic_unasked"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(space__isnull=False) | Q(kind="tips"), name="topic_of_members_is_tips"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.question

    @property
    def names(self) -> bool:
        """Whether it is known who says what: among members, and in a space with names."""
        return self.space is None or self.space.names

    @property
    def initiative_id(self) -> int | None:
        """Of the initiative it is asked on; None among the members of a workspace."""
        return self.space.initiative_id if self.space else None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and (self.space is None or self.space.is_open)

    @property
    def asks_tips(self) -> bool:
        return self.kind == self.Kind.TIPS


class Speaker(models.Model):
    """Somebody under a topic: a voice of its space, or a user. Erased: neither."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="speakers")
    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="speaks")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # New replies by mail, one mail a day at most.
    follows = models.BooleanField(default=False)
    told_to = models.DateTimeField(null=True)  # what came until then, they were told
    told_as = models.CharField(max_length=200, blank=True)  # Message-ID of a mail to a user

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("topic", "voice"), condition=Q(voice__isnull=False), name="speaker_voice"
            ),
            models.UniqueConstraint(
                fields=("topic", "user"), condition=Q(user__isnull=False), name="speaker_user"
            ),
            models.CheckConstraint(
                condition=Q(voice=None) | Q(user=None), name="speaker_voice_or_user"
            ),
        )
        indexes = (
            models.Index(fields=("topic",), condition=Q(follows=True), name="speaker_follows"),
            models.Index(fields=("told_as",), condition=~Q(told_as=""), name="speaker_told_as"),
        )

    @override
    def __str__(self) -> str:
        return f"speaker {self.pk}"


class Passing(models.TextChoices):
    """Who may read it (privacy.md 4)."""

    LEADS = "leads", _("for those who lead this initiative alone")
    UNNAMED = "unnamed", _("for everyone who answers, without my name")
    NAMED = "named", _("for everyone who answers, with my name")


class AnswerGroup(models.Model):
    """Answers that mean much the same. Made by the machine until people name or change it."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("what they say, in a few words"), max_length=120, blank=True)
    suggestion = models.CharField(max_length=120, blank=True)  # made of the answers' own words
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept = models.BooleanField(default=False)  # named, split or joined by people: it stays
    size = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-size", "pk")
        indexes = (
            models.Index(fields=("topic",), condition=Q(name=""), name="answer_group_unnamed"),
        )

    @override
    def __str__(self) -> str:
        return self.name or self.suggestion


class Answer(models.Model):
    """What somebody answered, in their words."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="answers")
    speaker = models.ForeignKey(
        Speaker, null=True, on_delete=models.SET_NULL, related_name="answers"
    )
    words = models.TextField(_("your answer"), max_length=WORDS)
    on = models.DateField()
    passing = models.CharField(max_length=7, choices=Passing, default=Passing.LEADS)
    shown = models.BooleanField(default=True)  # without names: once five have answered
    group = models.ForeignKey(
        AnswerGroup, null=True, on_delete=models.SET_NULL, related_name="answers"
    )
    by_hand = models.BooleanField(default=False)  # where people put it, also if on its own

    # With where it belongs and whose it is, in one query.
    WHOLE: ClassVar = (
        *("topic__space__initiative__workspace", "topic__workspace"),
        *("speaker__voice__participation__person", "speaker__voice__participation__initiative"),
    )

    class Meta:
        ordering = ("on", "pk")
        indexes = (
            models.Index(fields=("topic", "-on", "-id"), name="answer_of_topic"),
            models.Index(fields=("group", "-on", "-id"), name="answer_of_group"),
        )

    @override
    def __str__(self) -> str:
        return self.words

    @property
    def initiative(self) -> Initiative:
        if self.topic.space is None:  # as topic_of_members_is_tips has it
            raise ValueError("only tips are asked for among members")
        return self.topic.space.initiative

    @property
    def author(self) -> Participation | None:
        """Whose it is, where anybody knows."""
        voice = self.speaker.voice if self.speaker else None
        return voice.participation if voice else None


class Tip(models.Model):
    """The one favourite tip of a person on a topic. With names, always."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tips")
    speaker = models.ForeignKey(Speaker, null=True, on_delete=models.SET_NULL, related_name="tips")
    words = models.TextField(_("your one favourite tip"), max_length=TIP)
    on = models.DateField()
    passing = models.CharField(max_length=7, choices=Passing, default=Passing.UNNAMED)
    in_playbook = models.BooleanField(default=False)
    helped = models.PositiveIntegerField(default=0)
    replies_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-helped", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("topic", "speaker"), name="tip_one_a_person"),
        )
        indexes = (
            models.Index(fields=("topic", "-helped", "-id"), name="tip_of_topic"),
            models.Index(
                fields=("-helped", "-id"), condition=Q(in_playbook=True), name="tip_in_playbook"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.words


class Helped(models.Model):
    """ "This helped me": one voice for a tip, taken back by pressing again."""

    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="voices")
    speaker = models.ForeignKey(
        Speaker, null=True, on_delete=models.SET_NULL, related_name="helped_by"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tip", "speaker"), name="helped_once"),)

    @override
    def __str__(self) -> str:
        return f"helped {self.pk}"


class TopicReply(models.Model):
    """A reply under a tip, or under the topic."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="replies")
    tip = models.ForeignKey(Tip, null=True, on_delete=models.SET_NULL, related_name="replies")
    speaker = models.ForeignKey(
        Speaker, null=True, on_delete=models.SET_NULL, related_name="replies"
    )
    words = models.TextField(_("your reply"), max_length=WORDS)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("topic", "id"), name="topic_reply_of_topic"),
            models.Index(fields=("tip", "id"), name="topic_reply_of_tip"),
        )

    @override
    def __str__(self) -> str:
        return self.words
