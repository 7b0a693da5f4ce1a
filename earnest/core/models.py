"""The event log: who did what, when. Audit trail, feed and webhooks read it."""

from __future__ import annotations

from typing import override

from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.core.signed import new_address


class Event(models.Model):
    """One thing that happened; written in the same transaction as the change itself.

    Append-only. Pointers are plain columns, so that erasing what they point to breaks nothing,
    and ``detail`` never holds anybody's words.
    """

    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    workspace_id = models.BigIntegerField(null=True)
    initiative_id = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("workspace_id", "-at"), name="event_workspace_at"),
            models.Index(fields=("object_type", "object_id"), name="event_object"),
        )

    @override
    def __str__(self) -> str:
        return self.action


class Lease(models.Model):
    """Who runs the schedule now; a worker that died loses it when the time is over."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    last_run_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return self.name


class SignedDoor(models.Model):
    """Where another system may bring something, signed with a secret that is shown once.

    A context makes it concrete with what the door is for (``class Meta(SignedDoor.Meta)``) and
    begins it with ``core.actions.begin_door``. The address finds it and opens nothing; who knows
    the secret does. The secret is stored sealed (``core/signed.py``) and stands in no log.
    """

    class Why(models.TextChoices):
        """Why the last refused request was refused."""

        MISSING = "missing", _("one of the three headers was missing")
        LONG = "long", _("it was too long")
        TIME = "time", _("it was signed more than five minutes ago, or its clock is wrong")
        SIGNATURE = "signature", _("it was not signed with this secret")
        SECRET = "secret", _("the secret can no longer be read; make a new one")
        OTHER = "other", _("its key had come before with something else in it")

    address = models.CharField(max_length=40, unique=True, default=new_address)
    sealed = models.TextField()
    turned_at = models.DateTimeField()
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(max_length=12, choices=Why, blank=True)

    class Meta:
        abstract = True

    @override
    def __str__(self) -> str:
        return self.address

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Came(models.Model):
    """One genuine request: a key comes once to a door, whatever the sender repeats.

    A context adds ``door``, a foreign key to its own door, and keeps this Meta. The body is kept
    for doing it again by hand, and goes after a while (``core.actions.forget_bodies``).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        DONE = "done", _("taken")
        REFUSED = "refused", _("could not be used")

    at = models.DateTimeField()
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    became = models.CharField(max_length=300, blank=True)
    became_at = models.DateTimeField(null=True, blank=True)
    again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("door", "key"), name="%(app_label)s_%(class)s_once"),
        )

    @override
    def __str__(self) -> str:
        return self.key

    @property
    def can_go_again(self) -> bool:
        return bool(self.body) and self.state != self.State.DONE
