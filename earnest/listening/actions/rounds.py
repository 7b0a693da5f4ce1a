"""A listening round: one draft, a *why you* each, so many a day, within everybody's limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives import access as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop, Initiative, Participation
from earnest.listening.actions.asks import (
    AlreadySent,
    AskDraft,
    CannotAsk,
    rewrite_ask,
    send_invitation,
    write_ask,
)
from earnest.listening.models import Ask, Invitation, Round
from earnest.listening.queries import asks as queries
from earnest.listening.queries.rounds import sent_on
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite

BATCH = 2000
State = Invitation.State
WHOLE = ("ask__initiative__workspace", "ask__by")


@transaction.atomic
def draft_round(
    initiative: Initiative, draft: AskDraft, *, per_day: int, by: User, at: datetime
) -> Round:
    """The draft, and how many a day; it begins when somebody says so. Raises CannotAsk."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if made := queries.ask_by_key(initiative, draft.key):
        return made.round
    ask = write_ask(initiative, draft, by=by, at=at)
    return Round.objects.create(ask=ask, per_day=per_day, paused_at=at)


@transaction.atomic
def change_round(round_: Round, draft: AskDraft, *, per_day: int, by: User, at: datetime) -> None:
    """Change the draft while nobody was asked yet: all get the same. Raises CannotAsk."""
    there = Round.objects.select_for_update(of=("self",)).select_related("ask__initiative")
    row = there.get(pk=round_.pk)
    if row.last_sent_on or row.ended_at:
        raise CannotAsk(gettext("Some were asked already, so the draft stays as it is."))
    rewrite_ask(row.ask, draft, by=by, at=at)
    Round.objects.filter(pk=row.pk).update(per_day=per_day)


@transaction.atomic
def take_in(round_: Round, people: Iterable[Participation], *, by: User, at: datetime) -> int:
    """Put people into the round; who is in it, or wants nothing more of it, is left. How many.

    Raises CannotAsk when it has ended.
    """
    if Round.objects.exclude(ended_at=None).filter(pk=round_.pk).exists():
        raise CannotAsk(gettext("This round has ended. Begin another one."))
    there = set(round_.ask.invitations.values_list("participation", flat=True))
    new = [
        Invitation(
            ask_id=round_.ask_id,
            initiative_id=one.initiative_id,
            participation=one,
            state_at=at,
            answer_by=round_.ask.answer_by,
        )
        for one in {one.pk: one for one in people}.values()
        if one.pk not in there and not one.asked_to_stop
    ]
    for some in batched(new, BATCH, strict=False):
        Invitation.objects.bulk_create(some)
    detail: events.Detail = {"count": len(new)}
    events.record("round_widened", by=by, at=at, about=round_.ask, detail=detail)
    return len(new)


@transaction.atomic
def leave_out(round_: Round, people: Iterable[int], *, by: User, at: datetime) -> int:
    """Take people out who were not asked yet: nothing of it stays."""
    waiting = Invitation.objects.filter(
        ask=round_.ask_id, participation__in=list(people), state=State.WAITING
    )
    count = waiting.count()
    waiting.delete()
    events.record("round_narrowed", by=by, at=at, about=round_.ask, detail={"count": count})
    return count


@transaction.atomic
def obey(participation: Participation, wish: Wish, *, at: datetime) -> None:
    """What they say about being asked; where they want nothing more, they wait in no round."""
    messaging.say_wish(participation, wish, at=at)
    leave_out_stopped(at=at, person=participation.person_id)


@transaction.atomic
def leave_out_stopped(*, at: datetime, person: int | None = None) -> int:
    """Who asked to stop waits in no round any more, and why them goes with it. How many."""
    stopped = Q(participation__stopped_at__isnull=False)
    stopped |= Q(participation__person__stopped_at__isnull=False)
    waiting = Invitation.objects.filter(stopped, state=State.WAITING)
    if person is not None:
        waiting = waiting.filter(participation__person=person)
    rows = list(waiting.select_related("ask").order_by("pk"))
    for row in rows:
        events.record("round_narrowed", at=at, about=row.ask, detail={"count": 1})
    Invitation.objects.filter(pk__in=[row.pk for row in rows], state=State.WAITING).delete()
    return len(rows)


@transaction.atomic
def say_why_you(round_: Round, words: Mapping[int, str], *, by: User, at: datetime) -> int:
    """Why each of them, by invitation; of who asked to stop nothing new is written. How many."""
    rows = Invitation.objects.filter(ask=round_.ask_id, state=State.WAITING, pk__in=list(words))
    rows = rows.filter(participation__in=Participation.objects.may_be_asked())
    changed = [row for row in rows if row.why_you != words[row.pk]]
    for row in changed:
        row.why_you = words[row.pk]
    Invitation.objects.bulk_update(changed, ["why_you"])
    if changed:
        detail: events.Detail = {"count": len(changed)}
        events.record("why_you_said", by=by, at=at, about=round_.ask, detail=detail)
    return len(changed)


@transaction.atomic
def pause_round(round_: Round, *, by: User, at: datetime) -> bool:
    """Nobody more is asked until it goes on. False when it stood still already."""
    going = Round.objects.filter(pk=round_.pk, paused_at=None, ended_at=None)
    return _become(round_, going.update(paused_at=at), "round_paused", by=by, at=at)


@transaction.atomic
def go_on(round_: Round, *, by: User, at: datetime) -> bool:
    """It begins, or goes on. False when it did already.

    In the name of whoever drafted it, or of ``by`` where that one leads no longer.
    """
    still = Round.objects.filter(pk=round_.pk, paused_at__isnull=False, ended_at=None)
    if not _become(round_, still.update(paused_at=None), "round_went_on", by=by, at=at):
        return False
    if not _leads(round_):
        Ask.objects.filter(pk=round_.ask_id).update(by=by)
    return True


def _leads(round_: Round) -> bool:
    ask = round_.ask
    return initiatives.leaders_of(ask.initiative).filter(user=ask.by_id).exists()


@transaction.atomic
def end_round(round_: Round, *, by: User, at: datetime) -> bool:
    """Over: who still waits is asked no more, and nothing of it stays. False when it was over."""
    going = Round.objects.filter(pk=round_.pk, ended_at=None)
    if not _become(round_, going.update(ended_at=at), "round_ended", by=by, at=at):
        return False
    round_.ask.invitations.filter(state=State.WAITING).delete()
    return True


def _become(round_: Round, changed: int, what: str, *, by: User | None, at: datetime) -> bool:
    if changed:
        events.record(what, by=by, at=at, about=round_.ask)
    return bool(changed)


@transaction.atomic
def pause_without_lead(round_: Round, *, at: datetime) -> bool:
    """Stand still where whoever drafted it leads no longer: no mail goes out in their name."""
    if _leads(round_):
        return False
    going = Round.objects.filter(pk=round_.pk, paused_at=None, ended_at=None)
    return _become(round_, going.update(paused_at=at), "round_paused", by=None, at=at)


@transaction.atomic
def send_in_turn(round_: Round, invitation: Invitation, *, at: datetime) -> bool:
    """The turn of one of them. False where they cannot be asked after all: they wait on.

    So many a day however many run at once: the round is held while today's are counted.
    """
    there = Round.objects.select_for_update(of=("self",)).select_related(*WHOLE)
    row = there.filter(pk=round_.pk, paused_at=None, ended_at=None).first()
    if row is None:
        return False
    today = row.ask.initiative.workspace.day(at)
    if sent_on(row, today) >= row.per_day:
        return False
    try:
        send_invitation(invitation, by=row.ask.by, at=at)
    except (AlreadySent, AskedToStop, CannotAsk, MayNotWrite):
        return False
    return bool(Round.objects.filter(pk=row.pk).update(last_sent_on=today))
