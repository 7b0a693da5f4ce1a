"""Asking: what, of whom, why them; sent within the limits, and taken back (2.7, 2.10–2.12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.listening import emails
from earnest.listening.models import (
    Ask,
    Invitation,
    InvitationEvent,
    LargeAsk,
    ProposedTime,
    StepBack,
)
from earnest.listening.queries import asks as queries
from earnest.listening.queries import briefs, free_times
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message

State, Kind = Invitation.State, InvitationEvent.Kind


@dataclass(frozen=True, slots=True)
class AskDraft:
    """An ask as written, before anybody is asked; a large one is chosen, or named anew in words."""

    kind: str
    minutes: int
    about: str
    gets: str
    answer_by: date
    form: str = Ask.Form.ONE_TO_ONE
    place: str = ""
    times: Sequence[datetime] = ()
    large: LargeAsk | None = None
    large_words: str = ""
    key: UUID | None = None  # pressed twice is once
    step_back: StepBack | None = None  # to understand, and for nothing else (3.16)


class CannotAsk(Exception):
    """This cannot be asked of them now; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BriefOpen(CannotAsk):
    """On an incomplete brief only an ask for input goes out (2.9)."""

    def __init__(self, participation: Participation) -> None:
        self.participation = participation
        words = gettext("Not enough is known of %(name)s yet, so you can ask for input only.")
        super().__init__(words % {"name": participation.person.first_name})


class AlreadySent(Exception):
    """It was sent, or taken back, a moment before."""


class CannotBeTakenBack(Exception):
    """It was answered meanwhile: what was agreed is called off instead."""


@transaction.atomic
def make_ask(
    initiative: Initiative,
    draft: AskDraft,
    asked: Sequence[tuple[Participation, str]],
    *,
    by: User,
    at: datetime,
) -> Ask:
    """Ask one person, or a few who share the times: all of it, or nothing.

    ``asked`` holds each with *why you*. The same press of the button makes one ask. Raises
    CannotAsk, AskedToStop or MayNotWrite, each with its ``sentence``.
    """
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if made := queries.ask_by_key(initiative, draft.key):
        return made
    ask = write_ask(initiative, draft, by=by, at=at)
    for participation, why_you in sorted(asked, key=lambda one: one[0].person_id):
        row = Invitation.objects.create(
            ask=ask,
            initiative=initiative,
            participation=participation,
            why_you=why_you,
            state_at=at,
            answer_by=ask.answer_by,
        )
        send_invitation(row, by=by, at=at)
        if draft.step_back:
            mine = {"pk": draft.step_back.pk, "participation": participation, "invitation": None}
            StepBack.objects.filter(**mine).update(invitation=row)
    return ask


def write_ask(initiative: Initiative, draft: AskDraft, *, by: User, at: datetime) -> Ask:
    """The ask with its times and the large one behind it, inside a caller's transaction."""
    if initiative.closed_at:
        raise CannotAsk(gettext("This initiative is closed. Take it up again before you ask."))
    columns = _columns(initiative, draft, by=by, at=at)
    ask = Ask.objects.create(initiative=initiative, by=by, made_at=at, key=draft.key, **columns)
    _propose(ask, draft)
    events.record("ask_made", by=by, at=at, about=ask)
    return ask


def rewrite_ask(ask: Ask, draft: AskDraft, *, by: User, at: datetime) -> None:
    """Change the draft of a round that nobody got yet, inside a caller's transaction."""
    columns = _columns(ask.initiative, draft, by=by, at=at)
    # The days to answer count from this draft, not from the one it takes the place of.
    Ask.objects.filter(pk=ask.pk).update(made_at=at, **columns)
    ask.times.all().delete()
    _propose(ask, draft)
    ask.invitations.update(answer_by=draft.answer_by)
    events.record("ask_changed", by=by, at=at, about=ask)


def _columns(initiative: Initiative, draft: AskDraft, *, by: User, at: datetime) -> dict[str, Any]:
    names = ("kind", "form", "minutes", "about", "gets", "place", "answer_by")
    columns: dict[str, Any] = {name: getattr(draft, name) for name in names}
    columns["steps_back"] = draft.step_back is not None
    return {**columns, "large": _large(initiative, draft, by=by, at=at)}


def _propose(ask: Ask, draft: AskDraft) -> None:
    times = sorted(set(draft.times))
    ProposedTime.objects.bulk_create(ProposedTime(ask=ask, starts_at=one) for one in times)


def _large(initiative: Initiative, draft: AskDraft, *, by: User, at: datetime) -> LargeAsk | None:
    if draft.large_words:
        return name_large_ask(initiative, draft.large_words, by=by, at=at)
    return draft.large


@transaction.atomic
def name_large_ask(initiative: Initiative, words: str, *, by: User, at: datetime) -> LargeAsk:
    """The large ask behind the small ones; the same words name the same one."""
    there = queries.large_asks(initiative).filter(words__iexact=words).first()
    if there:
        return there
    made = LargeAsk.objects.create(initiative=initiative, words=words, by=by, made_at=at)
    events.record("large_ask_named", by=by, at=at, about=made)
    return made


@transaction.atomic
def make_smaller(large: LargeAsk, words: str, *, by: User, at: datetime) -> LargeAsk | None:
    """A smaller one in its place; the old one stays in the history (2.2). None if done before."""
    if not LargeAsk.objects.filter(pk=large.pk, left_at=None).update(left_at=at):
        return None
    made = LargeAsk.objects.create(
        initiative_id=large.initiative_id, words=words, smaller_of=large, by=by, made_at=at
    )
    events.record("large_ask_made_smaller", by=by, at=at, about=made)
    return made


@transaction.atomic
def change_times(ask: Ask, times: Sequence[datetime], *, by: User, at: datetime) -> None:
    """Other times to choose from; those somebody agreed to stay. No mail: that would press.

    Their page shows what can be chosen now, whichever link of the mail they follow.
    """
    Ask.objects.select_for_update().get(pk=ask.pk)
    free = ask.times.filter(taken_at=None, invitations=None)
    ProposedTime.objects.filter(pk__in=list(free.values_list("pk", flat=True))).exclude(
        starts_at__in=times
    ).delete()
    there = set(ask.times.values_list("starts_at", flat=True))
    new = sorted(set(times) - there)
    ProposedTime.objects.bulk_create(ProposedTime(ask=ask, starts_at=one) for one in new)
    InvitationEvent.objects.bulk_create(
        InvitationEvent(invitation=row, kind=Kind.OFFERED, at=at, by=by, ours=True)
        for row in ask.invitations.filter(state=State.SENT)
    )
    events.record("times_changed", by=by, at=at, about=ask)


@transaction.atomic
def send_invitation(invitation: Invitation, *, by: User, at: datetime) -> Message:
    """Lay it in the outbox, within the limits, and say so in its history.

    Raises AlreadySent; CannotAsk, AskedToStop or MayNotWrite with their ``sentence``.
    """
    row = Invitation.objects.select_related(
        "ask__initiative__workspace", "ask__round", "participation__person__workspace"
    ).get(pk=invitation.pk)
    _refuse_unprepared(row)
    answer_by = _answer_by(row, at)
    waiting = Invitation.objects.filter(pk=row.pk, state=State.WAITING)
    if not waiting.update(state=State.SENT, state_at=at, sent_at=at, answer_by=answer_by):
        raise AlreadySent
    row.state, row.answer_by = State.SENT, answer_by
    draft = emails.invitation(row, free_times(row, at=at), by=by)
    message = messaging.put_in_outbox(row.participation, draft, by=by, at=at)
    Invitation.objects.filter(pk=row.pk).update(message_id=message.pk)
    _happened(row, Kind.SENT, by=by, at=at)
    return message


def _refuse_unprepared(row: Invitation) -> None:
    """The gate and *why you*: checked where it goes out, whichever way it came there."""
    row.participation.refuse_if_stopped()
    if not row.why_you.strip():
        raise CannotAsk(gettext("Why them? Say it before they are asked."))
    if row.ask.kind != Ask.Kind.INPUT and not briefs.gate_for(row.participation).is_open:
        raise BriefOpen(row.participation)


def _answer_by(row: Invitation, at: datetime) -> date:
    """The day of the ask; in a round everyone has as many days, counted from their own turn."""
    ask = row.ask
    if not hasattr(ask, "round"):
        return ask.answer_by
    day = ask.initiative.workspace.day
    return day(at) + (ask.answer_by - day(ask.made_at))


@transaction.atomic
def withdraw_invitation(
    invitation: Invitation, *, by: User, at: datetime, why: str = ""
) -> Invitation:
    """Take it back before it left, or before it is answered; who has the mail is told.

    Raises CannotBeTakenBack. Taken back twice is once.
    """
    rows = Invitation.objects.select_for_update(of=("self",))
    row = rows.select_related("ask__by", "initiative", "participation__person").get(
        pk=invitation.pk
    )
    if row.state == State.WITHDRAWN:
        return row
    if row.state not in {State.WAITING, State.SENT}:
        raise CannotBeTakenBack
    was_sent = row.state == State.SENT
    row.state, row.state_at = State.WITHDRAWN, at
    row.save(update_fields=["state", "state_at"])
    words = "" if row.participation.asked_to_stop else why
    _happened(row, Kind.WITHDRAWN, by=by, at=at, words=words)
    if was_sent and not _stopped_mail(row, by=by, at=at):
        _say_no_longer_needed(row, words, by=by, at=at)
    return row


def _stopped_mail(row: Invitation, *, by: User, at: datetime) -> bool:
    """True where the mail never left, and now never will."""
    message = Message.objects.filter(pk=row.message_id or 0).select_related("participation").first()
    if message is None:
        return False
    if message.state in {Message.State.WITHDRAWN, Message.State.FAILED}:
        return True
    try:
        messaging.withdraw(message, by=by, at=at)
    except messaging.CannotBeWithdrawn:
        return False
    return True


def _say_no_longer_needed(row: Invitation, why: str, *, by: User, at: datetime) -> None:
    if row.participation.person.email and not row.participation.asked_to_stop:
        draft = emails.no_longer_needed(row, why, by=by)
        messaging.put_in_outbox(row.participation, draft, by=by, at=at)


def _happened(
    row: Invitation, kind: InvitationEvent.Kind, *, by: User, at: datetime, words: str = ""
) -> None:
    """Into its history as our doing, and into the log without a word."""
    InvitationEvent.objects.create(
        invitation=row, kind=kind, at=at, by=by, ours=True, words=words[:300]
    )
    events.record(f"invitation_{kind}", by=by, at=at, about=row)
