"""Who tries what by when in a working session becomes a promise (4.6, 2.17), and who did not say it
by their own hand is told of it at the end: ideas lie below promises and mails, so it is joined here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from earnest.accounts.models import User
from earnest.ideas.actions import sessions
from earnest.ideas.models import Idea, Phase, Session, Try, Voice
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.pages import emails
from earnest.pages.queries.sessions import noted_in
from earnest.promises import actions as promising
from earnest.promises.models import Promise


@dataclass(frozen=True, slots=True)
class Taking:
    """What they try, by when, and which idea it comes from."""

    words: str
    due: date
    idea: Idea | None = None


@transaction.atomic
def take_on(
    session: Session, voice: Voice, taking: Taking, *, noted_by: User | None, at: datetime
) -> Try:
    """With names a promise of theirs: confirmed by it where they came by their own link. On a phone
    that a lead let in it is noted by that lead, and waits for their own yes.

    Without names it is a word of nobody's, and no promise. Raises SessionOver, AskedToStop.
    """
    whose = voice.participation
    if whose is None:
        return sessions.note_try(session, voice, taking.words, taking.due, idea=taking.idea)
    draft = promising.Draft(taking.words, Promise.Direction.THEIRS, due=taking.due)
    promise = promising.make_promise(whose, draft, by=noted_by, at=at)
    return sessions.note_try(session, voice, "", None, idea=taking.idea, promise_id=promise.pk)


@transaction.atomic
def move_on(session: Session, to: Phase, *, turn: int, by: User | None, at: datetime) -> bool:
    """To a step of its course (``sessions.move``); at the end whoever a lead let in by the code is
    mailed what was noted for them, once, with their own link. False: it was moved on before.
    """
    if not sessions.move(session, to, turn=turn, by=by, at=at):
        return False
    if to == Phase.OVER:
        _tell_let_in(session, by=by or session.by, at=at)
    return True


def _tell_let_in(session: Session, *, by: User | None, at: datetime) -> None:
    """Whoever cannot be written to finds it on their page all the same; the lead sees what waits."""
    for _key, of_one in groupby(noted_in(session), key=lambda one: one.participation_id):
        promises = list(of_one)
        who = by or promises[0].by
        if who is None:
            continue
        try:
            draft = emails.took_on(session, promises, by=who)
            messaging.put_in_outbox(promises[0].participation, draft, by=who, at=at)
        except (AskedToStop, MayNotWrite):
            continue
