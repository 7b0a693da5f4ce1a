"""Who would like to go first? (1.11) Asked of everyone, answered by who wants to, taken back any time.

Nobody is chosen who did not say yes, and who says nothing is counted as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import AskedToStop, Initiative, Participation
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.people.models import Team
from earnest.pilots import emails, queries
from earnest.pilots.models import Call, Volunteer
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

AT_ONCE = 50  # mails in one press; the page offers the next ones


class CallClosed(Exception):
    """It is not asked any more."""


class AlreadyAsked(Exception):
    """The question is open on this initiative."""


class VolunteerSettled(Exception):
    """They have their answer, or took it back."""


@dataclass(frozen=True, slots=True)
class CallDraft:
    what: str
    takes: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A yes: for which part, why, and who may read these words."""

    part: str
    team: Team | None = None
    words: str = ""
    passed_on: str = Volunteer.PassedOn.LEADS_ONLY


@dataclass(slots=True)
class MailedNow:
    """How many were written to, and whom one may not write to now, each with why."""

    count: int = 0
    not_now: list[str] = field(default_factory=list)


@transaction.atomic
def ask_who_goes_first(initiative: Initiative, draft: CallDraft, *, by: User, at: datetime) -> Call:
    """On everyone's own page from now on. Raises AlreadyAsked."""
    try:
        with transaction.atomic():
            call = Call.objects.create(
                initiative=initiative,
                what=draft.what,
                takes=draft.takes,
                until=draft.until,
                by=by,
                asked_at=at,
            )
    except IntegrityError as twice:
        raise AlreadyAsked from twice
    events.record("first_asked", by=by, at=at, about=call)
    return call


@transaction.atomic
def close_call(call: Call, *, by: User | None, at: datetime) -> bool:
    """Not asked any more, nor by mail that did not leave yet; who said yes still stands. False where
    it was closed before."""
    if not Call.objects.filter(pk=call.pk, closed_at=None).update(closed_at=at):
        return False
    _take_mail_back(call, Q(), by=by, at=at)
    events.record("first_closed", by=by, at=at, about=call)
    return True


def mail_call(
    call: Call, people: Iterable[Participation], words: str, *, by: User, at: datetime
) -> MailedNow:
    """Ask by mail as well, each once and within the limits, which nobody can override.

    Each in a transaction of their own: one who may not be asked now holds up nobody. Raises
    CallClosed.
    """
    if not Call.objects.filter(pk=call.pk, closed_at=None).exists():
        raise CallClosed
    done = MailedNow()
    for one in list(people)[:AT_ONCE]:
        try:
            done.count += _mail(call, one, words, by=by, at=at)
        except (AskedToStop, messaging.MayNotWrite) as refused:
            done.not_now.append(refused.sentence)
    return done


@transaction.atomic
def _mail(call: Call, one: Participation, words: str, *, by: User, at: datetime) -> bool:
    """False for who was written to before, or cannot be."""
    Call.objects.select_for_update().get(pk=call.pk)
    one.refuse_if_stopped()
    if one.messages.filter(thread=call.thread).exists():
        return False
    messaging.put_in_outbox(one, emails.who_goes_first(call, one, words, by=by), by=by, at=at)
    row = Call.objects.get(pk=call.pk)
    Call.objects.filter(pk=call.pk).update(mailed_count=row.mailed_count + 1, mailed_at=at)
    events.record("first_mailed", by=by, at=at, about=one)
    return True


@transaction.atomic
def volunteer(
    call: Call, whose: Participation, offer: Offer, *, by: User | None, at: datetime
) -> Volunteer:
    """Their part would like to go first. ``by`` is the lead who was told so; None: their own tap.

    By their own tap it is a deed: they asked for the pilot (docs/model.md). Said twice it is said
    once, as they say it last; noted by a lead before, it is theirs from then on. Raises CallClosed;
    VolunteerSettled where they have their answer and now say something else; AskedToStop to a lead.
    """
    if by is not None:
        whose.refuse_if_stopped()
    if not Call.objects.select_for_update().filter(pk=call.pk, closed_at=None).exists():
        raise CallClosed
    said, new = Volunteer.objects.get_or_create(
        call=call,
        participation=whose,
        taken_back_at=None,
        defaults={
            "part": offer.part[:120],
            "team": offer.team,
            "words": offer.words,
            "passed_on": offer.passed_on,
            "said_at": at,
            "noted_by": by,
        },
    )
    if not new and by is not None:
        return said
    if not new and said.noted_by_id is None:
        return _say_again(said, offer, at=at)
    if not new:
        _say_oneself(said, offer)
    _take_mail_back(call, Q(participation=whose), by=by, at=at)
    events.record("volunteered", by=by, at=at, about=said)
    if by is None:
        standing.record_evidence(whose, Fact("did", 1, source_of(said), item="helped"), at=at)
        messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)
    recount(call)
    return said


def _say_again(said: Volunteer, offer: Offer, *, at: datetime) -> Volunteer:
    """By themselves, as before or otherwise; said without words, the words of before stay."""
    before = Offer(said.part, said.team, said.words, said.passed_on)
    now = replace(offer, part=offer.part[:120])
    if not offer.words:
        now = replace(now, words=said.words, passed_on=said.passed_on)
    if now == before:
        return said
    if said.answered_at:
        raise VolunteerSettled
    _say_oneself(said, now)
    events.record("volunteer_said_otherwise", at=at, about=said)
    return said


def _say_oneself(said: Volunteer, offer: Offer) -> None:
    said.noted_by = None
    said.part, said.team = offer.part[:120], offer.team
    said.words, said.passed_on = offer.words, offer.passed_on
    said.save(update_fields=["noted_by", "part", "team", "words", "passed_on"])


def _take_mail_back(call: Call, whose: Q, *, by: User | None, at: datetime) -> None:
    """What asks who would like to go first and has not left yet leaves no more."""
    waiting = Message.objects.filter(whose, thread=call.thread, state=Message.State.WAITING)
    here = waiting.filter(participation__initiative=call.initiative_id)
    for message in here.select_related("participation__person"):
        with suppress(messaging.CannotBeWithdrawn):  # it left this moment
            messaging.withdraw(message, by=by, at=at)


@transaction.atomic
def take_back(said: Volunteer, *, by: User | None, at: datetime) -> bool:
    """They would rather not; any time, without a reason, and it counts neither way.

    What runs already is for its lead to stop: the pilot stays. False where it was done before.
    """
    Call.objects.select_for_update().get(pk=said.call_id)
    rows = Volunteer.objects.filter(pk=said.pk, taken_back_at=None)
    if not rows.update(taken_back_at=at, words="", passed_on=Volunteer.PassedOn.LEADS_ONLY):
        return False
    standing.withdraw_evidence(said.participation, source_of(said), kind="did", at=at)
    events.record("volunteer_taken_back", by=by, at=at, about=said)
    recount(said.call)
    return True


@transaction.atomic
def pass_volunteer_on(said: Volunteer, passed_on: str, *, at: datetime) -> bool:
    """Who may read their words, from now on. False where it is so already."""
    rows = Volunteer.objects.filter(pk=said.pk).exclude(passed_on=passed_on)
    if not rows.update(passed_on=passed_on):
        return False
    events.record("volunteer_passed_on", at=at, about=said)
    return True


@transaction.atomic
def answer_not_now(said: Volunteer, words: str, *, by: User, at: datetime) -> None:
    """Not this time, and why: they read it on their page. Raises VolunteerSettled."""
    settle(said, words, by=by, at=at)
    events.record("volunteer_answered", by=by, at=at, about=said)


def settle(said: Volunteer, words: str, *, by: User, at: datetime) -> None:
    """They have their answer; inside a transaction. Raises VolunteerSettled."""
    Call.objects.select_for_update().get(pk=said.call_id)
    rows = Volunteer.objects.filter(pk=said.pk, answered_at=None, taken_back_at=None)
    if not rows.update(answered_at=at, answer=words, answered_by=by):
        raise VolunteerSettled
    recount(said.call)


def recount(call: Call) -> None:
    """How many wait for an answer, stored beside the question."""
    Call.objects.filter(pk=call.pk).update(volunteers_waiting=queries.waiting(call).count())


def source_of(said: Volunteer) -> str:
    """How the record names this."""
    return f"volunteer {said.pk}"
