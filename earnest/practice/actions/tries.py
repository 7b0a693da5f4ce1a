"""Try-outs: offered, taken, done, and how it went in their words (0.3, 0.7).

What becomes of one follows the table in docs/model.md, by the person's own word alone:

- *Tried it*, whether it helped or not: ``did`` 1, practised.
- *Had the chance, and chose not to*: ``did`` 0, practised.
- Wished for, declined, did not take place, or no word: nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.practice import emails
from earnest.practice.actions import unsent
from earnest.practice.models import Lesson, TryOut
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

State = TryOut.State
VALUES = {State.DONE: 1, State.CHOSE_NOT: 0}
ANSWERS = (State.TAKEN, State.DECLINED, State.DONE, State.CHOSE_NOT, State.NOT_HELD)


class NotOfferedAnyMore(Exception):
    """It was taken back, or the initiative is closed."""


class AnsweredAlready(Exception):
    """They said how it went: an offer that was used is not taken back."""


@dataclass(frozen=True, slots=True)
class TryDraft:
    """What one would try, when, where, who helps, and why it may fit their work."""

    what: str
    starts_at: datetime
    minutes: int
    place: str
    help: str
    fit: str
    why: str
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What they say of it: one tap, and a line of their own if they like."""

    state: str
    how: str = ""
    words: str = ""


@transaction.atomic
def offer(
    whom: Participation, draft: TryDraft, *, by_mail: bool, by: User, at: datetime
) -> tuple[TryOut, str]:
    """Onto their own page, and by mail where their room allows it: that asks, so it counts.

    Returns the offer, and why no mail leaves ("" where one does, or none was wished). The same
    offered twice is one. Raises AskedToStop.
    """
    whom.refuse_if_stopped()
    Participation.objects.select_for_update().get(pk=whom.pk)
    same = TryOut.objects.filter(participation=whom, what=draft.what, starts_at=draft.starts_at)
    if known := same.exclude(state=State.WITHDRAWN).first():
        return known, ""
    row = TryOut.objects.create(
        participation=whom,
        initiative_id=whom.initiative_id,
        by=by,
        offered_at=at,
        state_at=at,
        **{name: getattr(draft, name) for name in DRAFTED},
    )
    events.record("try_out_offered", by=by, at=at, about=row)
    return row, _mail(row, by=by, at=at) if by_mail else ""


DRAFTED = ("what", "starts_at", "minutes", "place", "help", "fit", "why", "lesson")


def _mail(row: TryOut, *, by: User, at: datetime) -> str:
    """Why none leaves, for the lead alone; it stands on their page all the same."""
    whom = row.participation
    if not whom.person.email:
        return ""
    try:
        draft = emails.try_out_offered(row, by=by)
        message = messaging.put_in_outbox(whom, draft, by=by, at=at)
    except (MayNotWrite, AskedToStop) as no:
        return no.sentence
    TryOut.objects.filter(pk=row.pk).update(message_id=message.pk)
    return ""


@transaction.atomic
def answer(row: TryOut, said: Tried, *, at: datetime) -> bool:
    """Their own tap, changeable any time; works after a stop too. False where it stood so.

    Raises NotOfferedAnyMore.
    """
    rows = TryOut.objects.select_for_update(of=("self",)).select_related("participation__person")
    there = rows.get(pk=row.pk)
    if there.state == State.WITHDRAWN or row.initiative.closed_at:
        raise NotOfferedAnyMore
    new = asdict(said) | {"how": said.how if said.state == State.DONE else ""}
    if all(getattr(there, name) == value for name, value in new.items()):
        return False
    TryOut.objects.filter(pk=there.pk).update(**new, state_at=at)
    _count(there, said, at=at)
    events.record("try_out_answered", at=at, about=there)
    whose = there.participation
    messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)
    return True


def _count(row: TryOut, said: Tried, *, at: datetime) -> None:
    """Into the record, and out of it again where they say otherwise; a chance was there, then."""
    whose, value = row.participation, VALUES.get(State(said.state))
    if value is None:
        standing.withdraw_evidence(whose, row.source, kind="did", at=at, item="practised")
        return
    reason = "" if value else said.words
    fact = Fact("did", value, row.source, item="practised", reason=reason)
    standing.say_anew(whose, fact, at=at)
    standing.clear_no_chance(whose, by=None, at=at)


@transaction.atomic
def withdraw(row: TryOut, *, by: User, at: datetime) -> bool:
    """The offer is taken back, and its mail where it has not left. False if done before.

    Raises AnsweredAlready.
    """
    open_ones = TryOut.objects.filter(pk=row.pk, state__in=(State.OFFERED, State.TAKEN))
    if not open_ones.update(state=State.WITHDRAWN, state_at=at):
        row.refresh_from_db()
        if row.state == State.WITHDRAWN:
            return False
        raise AnsweredAlready
    unsent.take_back([row.message_id], by=by, at=at)
    events.record("try_out_withdrawn", by=by, at=at, about=row)
    return True
