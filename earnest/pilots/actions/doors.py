"""Readings that another program brings, signed: each taken once, and again by hand where it failed."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import actions as core
from earnest.core.forms import readable_signs
from earnest.core.signed import Signed
from earnest.pilots.actions.measures import Key, PilotReadingDraft, add_readings
from earnest.pilots.models import PilotMeasure, PilotReading, ReadingCame, ReadingDoor
from earnest.pilots.queries import not_read_then

MOST = 500  # readings in one request
MOST_DIGITS = 10
LARGEST = Decimal(10) ** MOST_DIGITS
Group, Counts = PilotReading.Group, PilotMeasure.Counts


class CannotBeRead(Exception):
    """What was sent is no reading of this measure; the message says why, in our words."""


@transaction.atomic
def open_reading_door(measure: PilotMeasure, *, by: User, at: datetime) -> str:
    """The secret, which nobody can read again; of a door that is there, a new one."""
    PilotMeasure.objects.select_for_update().get(pk=measure.pk)
    there = ReadingDoor.objects.filter(measure=measure).select_related("measure__pilot").first()
    if there is None:
        workspace = measure.pilot.initiative.workspace_id
        door = ReadingDoor(measure=measure)
        return core.begin_door(door, by=by, at=at, workspace_id=workspace)
    if there.closed_at:
        core.open_door(there, by=by, at=at)
        there.closed_at = None
    return core.turn_secret(there, by=by, at=at)


def take_signed(door: ReadingDoor, signed: Signed, *, at: datetime) -> ReadingCame:
    """Noted first, then taken: a request sent again is answered as the first was, and taken now
    where the first died half-way.

    Raises KeyUsedTwice.
    """
    came, is_new = core.note_came(ReadingCame, door, signed, at=at)
    if is_new or came.state == ReadingCame.State.WAITING:
        take_came(came, at=at)
        came.refresh_from_db()
    return came


@transaction.atomic
def take_came(came: ReadingCame, *, at: datetime) -> bool:
    """Its readings, and what became of it, in one. False where nothing could be made of it.

    Of two who take it at once the second finds it taken, and changes nothing.
    """
    there = ReadingCame.objects.select_for_update().get(pk=came.pk)
    if there.state != ReadingCame.State.WAITING:
        return there.state == ReadingCame.State.DONE
    door = ReadingDoor.objects.select_related("measure__pilot__initiative__workspace").get(
        pk=came.door_id
    )
    measure = door.measure
    try:
        drafts = read_body(came.body, measure, today=measure.pilot.initiative.workspace.day(at))
    except CannotBeRead as unread:
        core.note_became(came, str(unread), at=at, done=False)
        return False
    taken = add_readings(measure, drafts, by=None, at=at, source=PilotReading.Source.HOOK)
    words = {"new": taken.new, "known": taken.known, "other": taken.corrected}
    said = _("%(new)d new, %(other)d corrected, %(known)d known") % words
    core.note_became(came, said, at=at)
    return True


def repeat_came(came: ReadingCame, *, by: User, at: datetime) -> bool:
    """Once more, by hand. Raises NothingToRepeat."""
    with transaction.atomic():
        core.repeat(came, by=by, at=at)
        return take_came(came, at=at)


def read_body(body: str, measure: PilotMeasure, *, today: date) -> list[PilotReadingDraft]:
    """One reading, or several under ``readings``. Raises CannotBeRead."""
    try:
        sent = json.loads(body, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise CannotBeRead(_("It is no JSON.")) from error
    rows = sent.get("readings", [sent]) if isinstance(sent, dict) else sent
    if not isinstance(rows, list) or not rows or len(rows) > MOST:
        raise CannotBeRead(_("It holds no reading, or more than %d.") % MOST)
    drafts = [_draft(one, measure, today) for one in rows]
    there: dict[Key, PilotReadingDraft] = {}
    for one in drafts:
        twin = there.setdefault(one.key, one)
        if (twin.value, twin.of) != (one.value, one.of):
            raise CannotBeRead(_("A day stands there twice, with different figures."))
    return drafts


def _no_number(word: str) -> Decimal:
    raise ValueError(word)


def _draft(row: Any, measure: PilotMeasure, today: date) -> PilotReadingDraft:
    if not isinstance(row, dict):
        raise CannotBeRead(_("A reading has a day and a value."))
    on = _day(row.get("on", row.get("at")), today)
    if problem := not_read_then(measure.pilot, on):
        raise CannotBeRead(problem)
    return PilotReadingDraft(
        on=on,
        value=_value(row.get("value"), measure),
        group=_group(row.get("group", Group.PILOT), measure),
        of=_of(row.get("of"), measure),
        note=_note(row.get("note")),
    )


def _day(said: Any, today: date) -> date:
    try:
        day = date.fromisoformat(said)
    except (TypeError, ValueError) as error:
        raise CannotBeRead(_("A day is written as 2026-12-05.")) from error
    if day > today or day.year < 2000:
        raise CannotBeRead(_("A day is still to come, or long gone."))
    return day


def _value(said: Any, measure: PilotMeasure) -> Decimal:
    try:
        value = Decimal(str(said)) if isinstance(said, Decimal | str) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or value.adjusted() > MOST_DIGITS:
        raise CannotBeRead(_("A value is a number."))
    if measure.counts == Counts.SHARE and not 0 <= value <= 100:
        raise CannotBeRead(_("A share lies between 0 and 100 per cent."))
    held = value.quantize(Decimal("0.0001"))
    if abs(held) >= LARGEST:
        raise CannotBeRead(_("A value is a number."))
    return held


def _of(said: Any, measure: PilotMeasure) -> int | None:
    if measure.counts != Counts.SHARE:
        return None
    in_bounds = isinstance(said, Decimal) and said.is_finite() and 0 < said < 10_000_000
    if not in_bounds or said != int(said):
        raise CannotBeRead(_("A share says of how many it is one, under “of”."))
    return int(said)


def _note(said: Any) -> str:
    """As it can be kept and shown: halves of a sign and signs no keyboard writes are in none."""
    if not isinstance(said, str | None):
        raise CannotBeRead(_("A note is written in words, or left out."))
    note = (said or "")[:200]
    try:
        readable_signs(note)
    except ValidationError as error:
        raise CannotBeRead(_("A note holds a sign that cannot be kept.")) from error
    return note


def _group(said: Any, measure: PilotMeasure) -> str:
    said = said if isinstance(said, str) else ""
    if said in {Group.PILOT, measure.pilot.part}:
        return Group.PILOT
    if measure.comparison and said in {Group.COMPARISON, measure.comparison}:
        return Group.COMPARISON
    raise CannotBeRead(_("The group is neither “pilot” nor “comparison”."))
