"""The one way to write the event log."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection, models

from earnest.core.models import Event

# In SQL: every action writes one, while it holds what it locked, and a row of a tap is written by
# hundreds in the same minute (docs/performance.md).
INSERT = """INSERT INTO core_event (
    at, action, actor_id, workspace_id, initiative_id, object_type, object_id, detail
) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""
type Detail = dict[str, str | int | bool | None]


def record(
    action: str,
    *,
    at: datetime,
    by: models.Model | None = None,
    about: models.Model | None = None,
    workspace_id: int | None = None,
    detail: Detail | None = None,
) -> None:
    """Write that something happened, inside the caller's transaction.

    ``by`` is the user (None: a person by their link, or the clock), ``about`` the row it is about.
    The initiative is read from that row, its participation or its conversation. Never put
    anybody's words in ``detail``: the log outlives erasure.
    """
    row = (
        connection.ops.adapt_datetimefield_value(at),
        action,
        by.pk if by else None,
        workspace_id or getattr(about, "workspace_id", None),
        _initiative_of(about),
        about._meta.model_name or "" if about else "",
        about.pk if about and isinstance(about.pk, int) else None,
        json.dumps(detail or {}),
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)


def cut_pointers(rows: dict[str, list[int]]) -> None:
    """What these rows were about can no longer be told; that something happened stays."""
    for name, keys in rows.items():
        Event.objects.filter(object_type=name, object_id__in=keys).update(object_id=None)


def cut_steps(steps: list[str]) -> None:
    """The same for steps, which are named in the detail."""
    Event.objects.filter(detail__step__in=steps).update(detail={})


def _initiative_of(about: models.Model | None) -> int | None:
    if about is None:
        return None
    if about._meta.model_name == "initiative":
        return about.pk  # type: ignore[no-any-return]
    for name in ("", "participation", "conversation"):
        row = getattr(about, name, None) if name else about
        if found := getattr(row, "initiative_id", None):
            return int(found)
    return None


def forget_invented(objects: dict[str, list[int]]) -> None:
    """Drop what the log says of an example's people and teams: nobody did these things.

    ``objects`` names rows by their model. Real events are kept, always.
    """
    for name, keys in objects.items():
        Event.objects.filter(object_type=name, object_id__in=keys).delete()
