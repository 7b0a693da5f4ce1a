"""The course of a working session (4.6): begun, moved on, and what is written in it.

Its course is a row; whoever looks computes the time left. So a screen that dies loses nothing, and
any lead goes on from another.
"""

from __future__ import annotations

import math
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas.actions.ideas import Given, give_idea
from earnest.ideas.actions.spaces import (
    SpaceClosed,
    SpaceDraft,
    refuse_if_closed,
    speak,
    start_space,
)
from earnest.ideas.models import (
    Idea,
    Jotting,
    Knock,
    Phase,
    Seat,
    Session,
    SessionIdea,
    Space,
    Try,
    Voice,
)
from earnest.ideas.models.sessions import LETTERS, ORDER
from earnest.initiatives.models import AskedToStop, Initiative, Participation

CODE_LENGTH = 6
AT_THE_DOOR = 90  # who waits; with more the first make room, so that nobody fills all numbers
READ_FOR = timedelta(hours=1)  # what came out, on a phone that was let in
A_FEW = 5  # minutes, added at a tap
IDEA_LENGTH, TRY_LENGTH = 1000, 300


class SessionOver(Exception):
    """It ended: what came out is read, nothing is written in it any more."""


@transaction.atomic
def begin_session(space: Space, *, by: User, at: datetime) -> Session:
    """One session of a space at a time: begun twice, it is the one that runs. Raises SpaceClosed."""
    refuse_if_closed(space)
    Space.objects.select_for_update().get(pk=space.pk)
    running = Session.objects.filter(space=space, ended_at=None).first()
    if running:
        return running
    session = Session.objects.create(space=space, by=by, code=_free_code(), phase_at=at, made_at=at)
    _happened("session_opened", session, by=by, at=at)
    return session


@transaction.atomic
def begin_with_question(
    initiative: Initiative, question: str, *, names: bool, by: User, at: datetime
) -> Session:
    """With no preparation: a space for the question, and the session in it (4.4).

    Asked twice, as a button pressed twice does, it is the one that runs there already.
    """
    draft = SpaceDraft(question=question, names=names)
    space = start_space(initiative, draft, by=by, at=at)
    return begin_session(space, by=by, at=at)


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if not Session.objects.filter(code=code).exists():
            return code


@transaction.atomic
def move(session: Session, to: Phase, *, turn: int, by: User | None, at: datetime) -> bool:
    """On to a phase, or back to one: only from the turn that was looked at, so once.

    When silence is over, what was written in it becomes ideas of the space. False: moved before.
    """
    now_there = Session.objects.select_for_update().filter(pk=session.pk, ended_at=None, turn=turn)
    if not now_there.exists():
        return False
    over = to == Phase.OVER
    now_there.update(
        phase=to,
        phase_at=at,
        phase_minutes=session.minutes_of(to),
        turn=F("turn") + 1,
        by=by or session.by,
        started_at=session.started_at or (at if to not in {Phase.ARRIVE, Phase.OVER} else None),
        ended_at=at if over else None,
        **({"code": ""} if over else {}),
    )
    session.refresh_from_db()
    if ORDER.index(to) > ORDER.index(Phase.ALONE):
        _show_jottings(session, at=at)
    if over:
        session.knocks.filter(seat=None).delete()
    _happened("session_ended" if over else "session_moved", session, by=by, at=at)
    return True


@transaction.atomic
def add_minutes(session: Session, *, turn: int, by: User, at: datetime) -> bool:
    """Five minutes more, from now on where the time was up already. False: changed before."""
    rows = Session.objects.select_for_update().filter(pk=session.pk, ended_at=None, turn=turn)
    there = rows.first()
    if there is None:
        return False
    gone = math.ceil((at - there.phase_at) / timedelta(minutes=1))
    rows.update(phase_minutes=max(there.phase_minutes, gone) + A_FEW, turn=F("turn") + 1, by=by)
    session.refresh_from_db()
    _happened("session_given_time", session, by=by, at=at)
    return True


@transaction.atomic
def looked_at(session: Session, *, by: User, at: datetime) -> None:
    """A lead read what came out."""
    if Session.objects.filter(pk=session.pk, looked_at=None).update(looked_at=at):
        _happened("session_looked_at", session, by=by, at=at)


@transaction.atomic
def sit(session: Session, voice: Voice, *, let_in_by: User | None = None) -> Seat:
    """They are there. No event: without names it would say when somebody came. Raises SessionOver."""
    _refuse_if_over(session)
    made = {"let_in_by": let_in_by}
    return Seat.objects.get_or_create(session=session, voice=voice, defaults=made)[0]


@transaction.atomic
def knock(session: Session, key_hash: str, name: str) -> Knock:
    """Somebody with the code says who they are, to the lead alone. Raises SessionOver."""
    _refuse_if_over(session)
    Session.objects.select_for_update().get(pk=session.pk)
    there = Knock.objects.filter(session=session, key_hash=key_hash).first()
    if there and (there.seat_id or there.name == name):
        return there
    if there:
        there.delete()
    waiting = session.knocks.filter(seat=None).order_by("-pk").values_list("pk", flat=True)
    session.knocks.filter(pk__in=list(waiting[AT_THE_DOOR - 1 :])).delete()
    taken = set(session.knocks.values_list("number", flat=True))
    free = [number for number in range(10, 1000) if number not in taken][:90]
    return Knock.objects.create(
        session=session, key_hash=key_hash, name=name, number=secrets.choice(free)
    )


@transaction.atomic
def let_in(knocked: Knock, whom: Participation, *, by: User, at: datetime) -> Seat:
    """The lead, who sees them: this phone is theirs, for this session. Raises AskedToStop.

    Its person reads on their page who let a phone in as them.
    """
    session = knocked.session
    voice = speak(session.space, participation=whom, key_hash="", at=at, by=by)
    seat = sit(session, voice, let_in_by=by)
    if seat.let_in_by_id is None:  # they are there by their own link, too: this phone is not theirs
        seat.let_in_by = by
        seat.save(update_fields=["let_in_by"])
    Knock.objects.filter(pk=knocked.pk, seat=None).update(seat=seat, name="", turned_away=False)
    events.record("let_in", by=by, at=at, about=whom)
    return seat


@transaction.atomic
def turn_away(knocked: Knock) -> None:
    """Nobody the lead sees: the phone is told to ask for its own link."""
    Knock.objects.filter(pk=knocked.pk, seat=None).update(turned_away=True, name="")


@transaction.atomic
def forget_phones(*, at: datetime) -> int:
    """Phones that were let in have read what came out: their secrets go. Returns how many."""
    over = Knock.objects.filter(session__ended_at__lte=at - READ_FOR)
    return over.delete()[0]


@transaction.atomic
def jot(
    session: Session, voice: Voice, words: str, *, noted_by: User | None = None, at: datetime
) -> None:
    """An idea of their own. In silence for nobody else to read; later it is there for everyone.

    The same words twice are one idea. Raises SessionOver.
    """
    there = _refuse_if_over(session)
    sit(there, voice)
    if ORDER.index(Phase(there.phase)) > ORDER.index(Phase.ALONE):
        _become_idea(there, voice, words, at=at)
        return
    same = {"session": there, "voice": voice, "words": words, "noted_by": noted_by}
    if not Jotting.objects.filter(**same).exists():
        Jotting.objects.create(**same)


@transaction.atomic
def strike_jotting(jotting: Jotting) -> None:
    """They think better of it, and nobody ever read it."""
    Jotting.objects.filter(pk=jotting.pk).delete()


@transaction.atomic
def build_on(session: Session, voice: Voice, idea: Idea, words: str, *, at: datetime) -> None:
    """An idea grown from another's (4.5): credit goes to both. Raises SessionOver."""
    there = _refuse_if_over(session)
    sit(there, voice)
    _become_idea(there, voice, words, at=at, of=idea)


@transaction.atomic
def note_try(
    session: Session,
    voice: Voice,
    words: str,
    due: date | None,
    *,
    idea: Idea | None = None,
    promise_id: int | None = None,
) -> Try:
    """Who tries what by when. Where it is a promise, its words stand there. Raises SessionOver."""
    there = _refuse_if_over(session)
    sit(there, voice)
    said: dict[str, Any] = (
        {"words": "", "due": None} if promise_id else {"words": words, "due": due}
    )
    same = Try.objects.filter(session=there, voice=voice, promise_id=promise_id, **said)
    return same.first() or Try.objects.create(
        session=there, voice=voice, idea=idea, promise_id=promise_id, **said
    )


@transaction.atomic
def take_try_back(one: Try) -> None:
    """Without names: a word of nobody's, taken back by whoever has its secret."""
    Try.objects.filter(pk=one.pk, promise_id=None).delete()


def _refuse_if_over(session: Session) -> Session:
    """As it is now; what was read with the page may be long past."""
    there = Session.objects.select_for_update().select_related("space").get(pk=session.pk)
    if there.is_over:
        raise SessionOver
    there.space = session.space
    return there


def _show_jottings(session: Session, *, at: datetime) -> None:
    """Silence is over: in an order by chance, for their keys are."""
    for one in session.jottings.select_related("voice__participation__person"):
        try:
            _become_idea(session, one.voice, one.words, at=at)
        except SpaceClosed:
            return  # it waits: their own page of the session still has it
        except AskedToStop:  # since then: nothing new is written down about them
            pass
        one.delete()


def _become_idea(
    session: Session, voice: Voice, words: str, *, at: datetime, of: Idea | None = None
) -> None:
    """An idea of the space like any other, once (``give_idea``), and of this session."""
    given = Given(words, of=of, origin=Idea.Origin.SESSION)
    idea = give_idea(session.space, voice, given, at=at)
    SessionIdea.objects.get_or_create(idea=idea, defaults={"session": session})


def _happened(action: str, session: Session, *, by: User | None, at: datetime) -> None:
    """What leads do, never who wrote what."""
    events.record(
        action,
        by=by,
        at=at,
        about=session,
        workspace_id=session.space.initiative.workspace_id,
        detail={"phase": session.phase},
    )
