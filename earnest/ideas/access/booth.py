"""The narrow door of one vote: in which space, whose voice, and whether it may be said now.

In SQL: a space is voted in by hundreds in the same minute, and putting a wide query together took
longer than all the rest (docs/performance.md). The rules are those of the wide doors beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import connection

from earnest.ideas.access.spaces import SALT, key_hash


@dataclass(frozen=True, slots=True)
class Booth:
    """Where somebody votes. ``voice_pk`` is None before they said anything there."""

    space_pk: int
    names: bool
    is_closed: bool
    asked_to_stop: bool
    voice_pk: int | None
    participation_pk: int | None = None


NAMED = """SELECT s.id, s.closed_at, t.stopped_at, p.stopped_at, i.closed_at, v.id, t.id
    FROM initiatives_personlink l
    JOIN initiatives_participation t ON t.id = l.participation_id
    JOIN people_person p ON p.id = t.person_id
    JOIN initiatives_initiative i ON i.id = t.initiative_id
    JOIN ideas_space s ON s.initiative_id = t.initiative_id
    LEFT JOIN ideas_voice v ON v.space_id = s.id AND v.participation_id = t.id
    WHERE l.id = %s AND t.id = %s AND s.id = %s AND s.names AND l.revoked_at IS NULL
    AND l.expires_at > %s AND p.erased_at IS NULL"""
# Said as the index says it (voice_of_key_once): said otherwise SQLite looks through every voice there.
UNNAMED = """SELECT s.id, s.closed_at, v.id, i.closed_at
    FROM ideas_space s JOIN initiatives_initiative i ON i.id = s.initiative_id
    LEFT JOIN ideas_voice v ON v.space_id = s.id AND v.key_hash = %s AND NOT (v.key_hash = '')
    WHERE s.id = %s AND NOT s.names"""


def booth_by_link(link_pk: int, pk: int, space_pk: int, *, at: datetime) -> Booth | None:
    """With names: whom the link of this cookie belongs to, as ``get_space_of`` has it."""
    when = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(NAMED, (link_pk, pk, space_pk, when))
        row = cursor.fetchone()
    if row is None:
        return None
    space, closed, stopped, stopped_all, over, voice, participation = row
    return Booth(
        space, True, bool(closed or over), bool(stopped or stopped_all), voice, participation
    )


def booth_by_token(token: str, key: str) -> Booth | None:
    """Without names: the address, and the secret of this browser, as ``space_by_token`` has it."""
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    with connection.cursor() as cursor:
        cursor.execute(UNNAMED, (key_hash(key), pk))
        row = cursor.fetchone()
    return Booth(row[0], False, bool(row[1] or row[3]), False, row[2]) if row else None
