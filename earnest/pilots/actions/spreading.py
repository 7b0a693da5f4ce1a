"""Somebody asks for it for their part, and hears what becomes of it: pulled, never pushed (1.12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.people.models import Team
from earnest.pilots.actions.running import PilotDraft, add_person, plan_pilot
from earnest.pilots.emails import cards as emails
from earnest.pilots.models import CardVersion, EvidenceCard, Pilot, SpreadRequest
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

State = SpreadRequest.State
ERASED = "erased"


class AskedBefore(Exception):
    """They asked for it, and it waits for its answer."""


class AnsweredBefore(Exception):
    """Somebody answered meanwhile, or they took it back."""


@dataclass(frozen=True, slots=True)
class Wish:
    """For which part, why, and from when."""

    part: str
    why: str
    team: Team | None = None
    wanted_from: date | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody by their own page, by an account, or both where these are one and the same."""

    participation: Participation | None = None
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A pilot begins there, let us talk, or not now, and why."""

    state: str
    words: str = ""


def asker_of(user: User, version: CardVersion) -> Asker:
    """A member; where they are on this initiative, what they do is theirs there, too."""
    rows = Participation.objects.present().filter(
        initiative=version.card.initiative_id, person__user=user
    )
    return Asker(rows.select_related("person", "initiative").first(), user)


@transaction.atomic
def ask_for_it(version: CardVersion, who: Asker, wish: Wish, *, at: datetime) -> SpreadRequest:
    """By what they read of it. Evidence: helped, once for each card.

    Raises AskedBefore while one of theirs waits, AskedToStop after a stop.
    """
    if who.participation:
        who.participation.refuse_if_stopped()
    card = EvidenceCard.objects.select_for_update().get(pk=version.card_id)
    if _waiting(card, who):
        raise AskedBefore
    asked = SpreadRequest.objects.create(
        initiative_id=card.initiative_id,
        version=version,
        participation=who.participation,
        user=who.user,
        team=wish.team,
        part=wish.part,
        why=wish.why,
        wanted_from=wish.wanted_from,
        at=at,
    )
    events.record("asked_for_it", by=who.user, at=at, about=asked)
    if who.participation:
        fact = Fact("did", 1, source_of(asked), item="helped")
        standing.say_anew(who.participation, fact, at=at)
        said = {"direction": "they", "channel": "page", "kind": "answer"}
        messaging.note_contact(who.participation, **said, at=at)
    return asked


def _waiting(card: EvidenceCard, who: Asker) -> bool:
    rows = SpreadRequest.objects.filter(version__card=card, state=State.WAITS)
    if who.participation:
        return rows.filter(participation=who.participation).exists()
    return rows.filter(user=who.user).exists()


def source_of(asked: SpreadRequest) -> str:
    """One card asked for is one deed, however often it is asked for."""
    return f"card {asked.version.card_id}"


@transaction.atomic
def take_back(asked: SpreadRequest, *, by: User | None, at: datetime) -> bool:
    """Not any more: it waits for no answer, and their words go. False where it was answered."""
    rows = SpreadRequest.objects.filter(pk=asked.pk, state=State.WAITS)
    if not rows.update(state=State.BACK, why="", answered_at=at):
        return False
    others = SpreadRequest.objects.filter(
        participation=asked.participation_id, version__card=asked.version.card_id
    )
    if asked.participation and not others.exclude(state=State.BACK).exists():
        standing.withdraw_evidence(asked.participation, source_of(asked), kind="did", at=at)
    events.record("asked_for_it_taken_back", by=by, at=at, about=asked)
    return True


def say_mailed(asked: SpreadRequest, *, at: datetime) -> bool:
    """True if nobody else mailed the answer meanwhile."""
    return bool(SpreadRequest.objects.filter(pk=asked.pk, mailed_at=None).update(mailed_at=at))


@transaction.atomic
def begin_there(
    asked: SpreadRequest, draft: PilotDraft, answer: Answer, *, by: User, at: datetime
) -> Pilot:
    """A pilot with the part that asked for it, and they hear it. Raises AnsweredBefore."""
    answer_request(asked, answer, by=by, at=at)
    pilot = plan_pilot(asked.initiative, draft, by=by, at=at)
    SpreadRequest.objects.filter(pk=asked.pk).update(became=pilot)
    whose = asked.participation
    if whose and not whose.asked_to_stop:
        add_person(pilot, whose, by=by, at=at)
    return pilot


@transaction.atomic
def answer_request(asked: SpreadRequest, answer: Answer, *, by: User, at: datetime) -> str:
    """They hear it on the card, and by mail: where they are on the initiative and did not object by
    the outbox, as an account by the clock (``telling``).

    Returns why no mail goes, empty where one does. Raises AnsweredBefore.
    """
    rows = SpreadRequest.objects.filter(pk=asked.pk, state=State.WAITS)
    if not rows.update(state=answer.state, answer=answer.words, answered_at=at, answered_by=by):
        raise AnsweredBefore
    asked.refresh_from_db()
    events.record("asked_for_it_answered", by=by, at=at, about=asked)
    whose = asked.participation
    if whose is None or not whose.person.email:
        return ""
    try:
        with transaction.atomic():
            draft = emails.answered(asked, whose, by=by)
            messaging.put_in_outbox(whose, draft, by=by, at=at)
    except (MayNotWrite, AskedToStop) as refused:
        return refused.sentence
    return ""
