"""The event log: who did what, when. Audit trail, feed and webhooks read it."""

from __future__ import annotations

from typing import override

from django.db import models


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
