"""A talk while it is written down: sheets of words, one for each window it is written in."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models.talks import Conversation


class Talk(models.Model):
    """A talk one listens in, begun on a device; ended, it is a conversation and no words stay here.

    The device makes the key, so that a talk can begin where no server answers, and so that the
    same words sent twice are the same talk.
    """

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="talks_being_written"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    people = models.ManyToManyField(Participation, related_name="talks_being_written")
    form = models.CharField(
        max_length=7, choices=Conversation.Form, default=Conversation.Form.ONE_TO_ONE
    )
    begun_at = models.DateTimeField()
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ("-begun_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "by", "key"), name="talk_once"),
        )
        indexes = (
            models.Index(
                fields=("initiative", "begun_at"),
                condition=models.Q(ended_at=None),
                name="talks_not_ended",
            ),
            models.Index(
                fields=("written_at",), condition=models.Q(ended_at=None), name="talks_forgotten"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"talk {self.pk}"


class Sheet(models.Model):
    """What is written in one window of a talk; a later revision takes the place of an earlier one."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="sheets")
    tab = models.UUIDField()
    text = models.TextField(blank=True)
    revision = models.PositiveBigIntegerField()
    # Where it goes on from: another window's sheet, as it was then. Of that, only later words count.
    carries_tab = models.UUIDField(null=True)
    carries_revision = models.PositiveBigIntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("talk", "tab"), name="sheet_of_tab_once"),)

    @override
    def __str__(self) -> str:
        return f"sheet {self.pk}"


class TakenBack(models.Model):
    """That words of a talk were mended or struck: a keyed hash, so that they never come back.

    A window that was offline may still hold them; from the hash nobody can read them.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="taken_back")
    digest = models.BinaryField(max_length=32)
    words = models.PositiveIntegerField()  # how many they are
    before = models.PositiveIntegerField()  # signs before the first word, and after the last
    after = models.PositiveIntegerField()
    struck = models.BooleanField()  # otherwise mended
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"taken back {self.pk}"
