"""Who is asked to come to a lesson ahead, invited by mail too: by a lead's tap, within the limits (0.4).

Their own page asks in any case. Nobody is invited twice, nor after they said whether they come; who
objected is left out, and told to nobody by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.messaging import contacts, limits
from earnest.messaging import queries as mails
from earnest.messaging.models import Message, Suppression
from earnest.people.models import Person
from earnest.practice import emails
from earnest.practice.actions.lessons import LessonOver
from earnest.practice.models import Attendance, Lesson
from earnest.practice.queries.lessons import not_invited
from earnest.practice.queries.reading import as_mailed


@dataclass(slots=True)
class Invited:
    """Whom a mail goes to, and how many it does not: counts alone, for reasons are theirs."""

    rows: list[Attendance] = field(default_factory=list)
    left_out: int = 0  # they asked for less, or for quiet
    no_room: int = 0  # asked enough for now: another day
    no_address: int = 0


@transaction.atomic
def invite_by_mail(lesson: Lesson, *, by: User, at: datetime) -> Invited:
    """Raises LessonOver. A fixed number of queries, however many are asked to come."""
    rows = Lesson.objects.standing().select_related("initiative__workspace")
    there = rows.select_for_update(of=("self",)).filter(pk=lesson.pk).first()
    if there is None or not there.is_ahead(there.initiative.workspace.day(at)):
        raise LessonOver
    found = _sorted_out(list(not_invited(there)), at=at)
    for row in found.rows:
        row.lesson = there
    _mail(found.rows, by=by, at=at)
    if found.rows:
        detail: events.Detail = {"count": len(found.rows)}
        events.record("invited_to_a_lesson", by=by, at=at, about=there, detail=detail)
    return found


def _sorted_out(rows: Sequence[Attendance], *, at: datetime) -> Invited:
    """Read while everybody's row is held: what is counted stays true."""
    people = contacts.lock_people([row.participation for row in rows])
    times = mails.counted(list(people), at)
    never = mails.suppressed_among(people.values())
    willing = Participation.objects.may_be_asked().filter(pk__in=[r.participation_id for r in rows])
    may = set(willing.values_list("pk", flat=True))
    found = Invited()
    for row in rows:
        person = people[row.participation.person_id]
        row.participation.person = person
        objected = never.get(person.pk) == Suppression.Reason.ASKED or person.wants_less_at
        if objected or row.participation_id not in may:
            found.left_out += 1
        elif not person.email:
            found.no_address += 1
        elif _has_room(person, times.get(person.pk, []), at=at):
            found.rows.append(row)
        else:
            found.no_room += 1
    return found


def _has_room(person: Person, times: list[datetime], *, at: datetime) -> bool:
    try:
        mails.refuse_beyond_limits(person, Message.Kind.NUDGE, times, at=at)
    except limits.MayNotWrite:
        return False
    return True


def _mail(rows: Sequence[Attendance], *, by: User, at: datetime) -> None:
    """One mail each, leaving in their own working hours."""
    by_zone: dict[str, list[Attendance]] = {}
    for row in rows:
        by_zone.setdefault(mails.zone_of(row.participation.person), []).append(row)
    for zone, several in by_zone.items():
        _lay(several, by=by, at=at, leaves_at=limits.working_moment(at, zone))


def _lay(rows: list[Attendance], *, by: User, at: datetime, leaves_at: datetime) -> None:
    known = as_mailed(rows)

    def draft_for(whom: Participation) -> messaging.Draft:
        return emails.invited(known[whom.pk], by=by)

    whole = [row.participation for row in rows]
    laid = messaging.put_all_in_outbox(whole, draft_for, by=by, at=at, leaves_at=leaves_at)
    for row, message in zip(rows, laid, strict=True):
        row.message_id = message.pk
    Attendance.objects.bulk_update(rows, ["message_id"], batch_size=200)
