"""One vote, as narrow as it can be, and whether somebody wants to hear what becomes of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from uuid_utils.compat import uuid7

from earnest.core import events
from earnest.ideas.access.booth import Booth
from earnest.ideas.actions.spaces import SpaceClosed, speak
from earnest.ideas.models import Space, Voice, Voter
from earnest.initiatives.models import AskedToStop, Participation

TRIES = 3  # pressed twice in two windows, one of them comes second

# In SQL: many vote in the same minute, and all on a few statements (docs/performance.md).
STANDS = """SELECT s.state, v.value, v.turn FROM ideas_statement s
    LEFT JOIN ideas_vote v ON v.voter_id = %s AND v.statement_id = s.id
    WHERE s.id = %s AND s.space_id = %s ORDER BY v.turn DESC LIMIT 1"""
VOTE = """INSERT INTO ideas_vote (voter_id, id, statement_id, turn, value, at{place})
    VALUES (%s, %s, %s, %s, %s, %s{chance})"""
COUNT = """UPDATE ideas_statement SET agree = agree + %s, disagree = disagree + %s,
    passed = passed + %s WHERE id = %s"""
CHANGED = """INSERT INTO ideas_voter (voice_id, space_id, changed, wants_word{place})
    VALUES (%s, %s, %s, %s{chance})
    ON CONFLICT (voice_id) DO UPDATE SET changed = excluded.changed"""


class NotHere(Exception):
    """No such statement in this space, or none that is shown."""


def cast_vote(booth: Booth, statement_pk: int, value: int, *, key_hash: str, at: datetime) -> bool:
    """Their vote, as the last one counts. False where they said just that before.

    It stands in no log: with names its row says when, without names nothing may. Raises SpaceClosed,
    NotHere or AskedToStop.
    """
    if booth.is_closed:
        raise SpaceClosed
    if booth.asked_to_stop:
        raise AskedToStop(Participation(pk=booth.participation_pk))
    for _try in range(TRIES - 1):
        try:
            return _cast(booth, statement_pk, value, key_hash=key_hash, at=at)
        except IntegrityError:
            continue
    return _cast(booth, statement_pk, value, key_hash=key_hash, at=at)


@transaction.atomic
def _cast(booth: Booth, statement_pk: int, value: int, *, key_hash: str, at: datetime) -> bool:
    voter = booth.voice_pk or _raise_voice(booth, key_hash, at=at)
    with connection.cursor() as cursor:
        cursor.execute(STANDS, (voter, statement_pk, booth.space_pk))
        state, before, turn = cursor.fetchone() or ("", None, None)
        if state != "shown":
            raise NotHere
        if before == value:
            return False
        turn = 0 if turn is None else turn + 1
        row = (voter, _key(booth), statement_pk, turn, value, _moment(booth, at))
        cursor.execute(_anywhere(VOTE, booth), row)
        cursor.execute(_anywhere(CHANGED, booth), (voter, booth.space_pk, True, False))
        change = [(value == one) - (before == one) for one in (1, -1, 0)]
        cursor.execute(COUNT, (*change, statement_pk))
    return True


def _raise_voice(booth: Booth, key_hash: str, *, at: datetime) -> int:
    """With the first vote: nobody is written down for looking."""
    whose = None
    if booth.participation_pk:
        rows = Participation.objects.select_related("person", "initiative")
        whose = rows.get(pk=booth.participation_pk)
    space = Space.objects.get(pk=booth.space_pk)
    return speak(space, participation=whose, key_hash=key_hash, at=at).pk


def _key(booth: Booth) -> UUID | str:
    """Ordered by time where there are names; without them by chance."""
    made = uuid7() if booth.names else uuid4()
    return made if connection.features.has_native_uuid_field else made.hex


def _moment(booth: Booth, at: datetime) -> str | None:
    return connection.ops.adapt_datetimefield_value(at) if booth.names else None


def _anywhere(insert: str, booth: Booth) -> str:
    """SQLite numbers rows as they come; without names that number is chance."""
    by_chance = not booth.names and connection.vendor == "sqlite"
    place, chance = (", rowid", ", abs(random() / 2)") if by_chance else ("", "")
    return insert.format(place=place, chance=chance)


@transaction.atomic
def want_word(voice: Voice, wants: bool, *, at: datetime) -> bool:
    """Told, or not told, what becomes of it: their choice, at any time. False where it stands so.

    Without names nobody can be written to: it is told where they voted.
    """
    if wants and voice.participation:
        voice.participation.refuse_if_stopped()
    voter, _new = Voter.objects.get_or_create(
        voice=voice, defaults={"space_id": voice.space_id, "changed": False}
    )
    changed = Voter.objects.filter(pk=voter.pk).exclude(wants_word=wants)
    if not changed.update(wants_word=wants):
        return False
    if voice.participation:
        name = "wants_to_hear_of_space" if wants else "no_word_of_space_wanted"
        events.record(name, at=at, about=voice.participation, detail={"space": voice.space_id})
    return True
