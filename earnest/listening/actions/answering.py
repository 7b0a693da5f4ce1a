"""What every answer to an invitation has in common: the row held, what happened, what it counts.

Answers become evidence exactly as the table in docs/model.md says. A lead's word about what
somebody *did* counts where that person can see it; what was said needs no such sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening.models import Invitation, InvitationEvent, ProposedTime
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

type Actor = User | None  # None: the person themselves, by their page or by mail

State, Kind = Invitation.State, InvitationEvent.Kind
LATE = time(23, 59)
PAGE, MAIL = Contact.Channel.PAGE, Contact.Channel.MAIL


class AnswerOver(Exception):
    """It was withdrawn, or it took place: there is nothing to answer any more."""


class SlotGone(Exception):
    """Somebody else took this time a moment before."""


class TimeOver(Exception):
    """This time lies behind us, or is none of those proposed."""


class NotAgreed(Exception):
    """Nothing was agreed that could be called off or held."""


@dataclass(frozen=True, slots=True)
class Came:
    """How a text of theirs came: which way, on which day where that was earlier, where it is from."""

    channel: str = PAGE
    on: date | None = None
    source: str = "pasted"


@dataclass(frozen=True, slots=True)
class Word:
    """Whose word it is, when, and which way it came."""

    by: Actor
    at: datetime
    channel: str = PAGE
    by_clock: bool = False
    on: date | None = None  # the day it came, where it is noted later

    @property
    def by_person(self) -> bool:
        return self.by is None and not self.by_clock


def hold(
    invitation: Invitation,
    word: Word,
    *,
    still: tuple[Invitation.State, ...] = Invitation.ANSWERABLE,
) -> Invitation:
    """The row as it is now, held until the transaction ends.

    Raises AskedToStop, and AnswerOver when it is past all answering.
    """
    invitation.participation.refuse_if_stopped()
    return hold_anyway(invitation, still=still)


def hold_anyway(
    invitation: Invitation, *, still: tuple[Invitation.State, ...] = Invitation.ANSWERABLE
) -> Invitation:
    """The same for what may be said even after a stop: that one does not come."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(
        "ask__by", "participation__person", "initiative__workspace", "time"
    )
    row = rows.get(pk=invitation.pk)
    if row.state not in still:
        raise AnswerOver
    return row


def become(row: Invitation, state: Invitation.State, *, at: datetime, **changes: Any) -> None:
    """Compare and set: of two who answer together, the second finds it answered."""
    was = Invitation.objects.filter(pk=row.pk, state=row.state, sequence=row.sequence)
    if not was.update(state=state, state_at=at, **changes):
        raise AnswerOver
    row.state, row.state_at = state, at
    for name, value in changes.items():
        setattr(row, name, value)


def happened(
    row: Invitation, kind: InvitationEvent.Kind, word: Word, **what: Any
) -> InvitationEvent:
    """Write it into the history, and into the log without a word of theirs."""
    event = InvitationEvent.objects.create(
        invitation=row, kind=kind, at=word.at, by=word.by, by_person=word.by_person, **what
    )
    events.record(
        f"invitation_{kind}",
        by=word.by,
        at=word.at,
        about=row,
        workspace_id=row.initiative.workspace_id,
    )
    return event


def answered(row: Invitation, word: Word) -> None:
    """They answered, in whatever way: their rest ends, and in time it is no silence.

    What came in time and was noted later takes back the silence written meanwhile.
    """
    note_contact(row.participation, word)
    on = word.on or their_day(row, word.at)
    if on > row.answer_by:
        return
    silent = standing.is_on_record(row.participation, source(row), kind="silent")
    if not silent or _lapsed_after(row, on):
        standing.say_anew(row.participation, Fact("silent", 1, source(row)), at=word.at)


def _lapsed_after(row: Invitation, day: date) -> bool:
    """Whether it was called unanswered on a later day than this."""
    last = row.events.filter(kind=Kind.LAPSED).order_by("at", "pk").last()
    return last is not None and day < row.initiative.workspace.day(last.at)


def note_contact(participation: Participation, word: Word) -> None:
    """They said something, on the day it came."""
    messaging.note_contact(
        participation,
        direction=Contact.Direction.THEY,
        channel=word.channel,
        kind=Contact.Kind.ANSWER,
        at=came_at(participation, word.on, word.at),
    )


def came_at(participation: Participation, on: date | None, at: datetime) -> datetime:
    """When it came: noted on a later day, the end of its own."""
    workspace = participation.initiative.workspace
    if on is None or on >= workspace.day(at):
        return at
    return datetime.combine(on, LATE, tzinfo=ZoneInfo(workspace.time_zone))


def nodded(row: Invitation, value: int, word: Word) -> None:
    """Yes to talking, or no: the last word counts, and names the one it takes back."""
    standing.say_anew(row.participation, Fact("nodded", value, source(row)), at=word.at)


def unsay(row: Invitation, word: Word) -> None:
    """They think otherwise now: the no they had said is taken back, by rows that name it."""
    if row.state == State.DECLINED:
        for kind in ("nodded", "agreed"):
            standing.withdraw_evidence(row.participation, source(row), kind=kind, at=word.at)


def did(row: Invitation, word: Word, item: str, value: int = 1) -> None:
    """A deed: by their own hand, or by a lead's word where they can see it."""
    if word.by_person or row.participation.can_see:
        fact = Fact("did", value, source(row), item=item)
        standing.say_anew(row.participation, fact, at=word.at)


def source(row: Invitation) -> str:
    """How the record names this invitation."""
    return f"invitation {row.pk}"


def their_day(row: Invitation, at: datetime) -> date:
    """The day it is: by the workspace or where they live, whichever gives them longer."""
    zone, workspace = row.participation.person.time_zone, row.initiative.workspace
    here = workspace.day(at)
    return min(here, at.astimezone(ZoneInfo(zone)).date()) if zone else here


def take(time: ProposedTime, row: Invitation, *, at: datetime) -> None:
    """One to one a time is taken once; in a small group it is shared. Raises SlotGone, TimeOver."""
    if time.ask_id != row.ask_id or time.starts_at <= at:
        raise TimeOver
    if row.ask.form == row.ask.Form.SMALL_GROUP:
        return
    if not ProposedTime.objects.filter(pk=time.pk, taken_at=None).update(taken_at=at):
        raise SlotGone


def give_back(row: Invitation, *, at: datetime) -> None:
    """The time they held is free for somebody else, while it is still to come."""
    if row.time_id and row.time and row.time.starts_at > at:
        ProposedTime.objects.filter(pk=row.time_id).update(taken_at=None)


def was_in_calendars(row: Invitation) -> bool:
    """Whether a calendar file of it went out before: then every change counts up."""
    agreed = Q(kind=Kind.ACCEPTED) | Q(kind=Kind.RESCHEDULED)
    return row.events.filter(agreed).exists()
