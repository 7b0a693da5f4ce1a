"""What is put to the vote: by its author, by a lead, from an idea; shown or not, with a reason.

Nothing that was voted on is deleted: a statement that is not shown any more stays with its votes,
and whoever wrote it or voted on it reads why (privacy.md 3). Taken back, it stays without its words.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas.actions.spaces import key_for, refuse_if_closed
from earnest.ideas.models import Idea, Space, Statement, Voice
from earnest.initiatives.models import Participation

WAITING_AT_MOST = 5  # of one voice: a lead reads each


class CannotStand(Exception):
    """Not as a statement, or not now. ``sentence`` is what they are told."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def write_statement(space: Space, voice: Voice, words: str, *, at: datetime) -> Statement:
    """Somebody adds their own; it waits until a lead lets it stand. The same twice is once.

    Raises SpaceClosed, AskedToStop or CannotStand.
    """
    whose = voice.participation
    if whose:
        whose.refuse_if_stopped()
    _refuse_closed(space)
    own = Statement.objects.filter(space=space, voice=voice)
    if there := own.filter(words=words).first():
        return there
    if own.filter(state=Statement.State.WAITING).count() >= WAITING_AT_MOST:
        raise CannotStand(gettext("Five of yours wait to be read already. More after that."))
    made = _make(space, words, voice=voice, at=at)
    if space.names:
        events.record("statement_written", at=at, about=whose, detail={"statement": made.pk})
    return made


@transaction.atomic
def seed_statement(space: Space, words: str, *, by: User, at: datetime) -> Statement:
    """A lead puts one in to begin with; it is shown at once, and marked as theirs."""
    _refuse_closed(space)
    same = Statement.objects.filter(space=space, voice=None, idea=None, words=words)
    if there := same.first():
        return there
    made = _make(space, words, by=by, state=Statement.State.SHOWN, at=at)
    events.record("statement_put_in", by=by, at=at, about=space, detail={"statement": made.pk})
    return made


@transaction.atomic
def put_to_the_vote(
    idea: Idea, words: str, *, by: User, at: datetime, space: Space | None = None
) -> Statement:
    """An idea becomes a statement of its space, in words fit for voting; once. Its author keeps it."""
    into = space or idea.space
    if into is None or into.initiative_id != idea.initiative_id:
        raise CannotStand(gettext("This idea was not given in a space, so nobody votes on it."))
    if idea.is_gone or idea.is_kept_back:
        raise CannotStand(gettext("Whoever gave it does not pass it on, so nobody votes on it."))
    _refuse_closed(into)
    if there := Statement.objects.filter(space=into, idea=idea).first():
        return there
    made = _make(into, words, idea=idea, voice=idea.voice, by=by, state="shown", at=at)
    events.record("idea_put_to_the_vote", by=by, at=at, about=into, detail={"statement": made.pk})
    return made


def _refuse_closed(space: Space) -> None:
    """Read under a lock: who closes it waits, or is waited for."""
    list(Space.objects.select_for_update().filter(pk=space.pk))
    refuse_if_closed(space)


def _make(space: Space, words: str, *, at: datetime, **more: object) -> Statement:
    day = space.initiative.workspace.day(at)
    row = Statement(**key_for(space), space=space, words=words, made_on=day, **more)
    row.save(force_insert=True)
    return row


@transaction.atomic
def show(statement: Statement, *, by: User, at: datetime) -> bool:
    """It may be voted on from now on. False where it is shown already.

    Raises CannotStand where whoever gave the idea it came from took it back.
    """
    if statement.is_withdrawn:
        raise CannotStand(gettext("Whoever gave it took it back: nobody votes on it any more."))
    return _decide(statement, Statement.State.SHOWN, "", by=by, at=at)


@transaction.atomic
def hide(statement: Statement, reason: str, *, by: User, at: datetime) -> bool:
    """Not shown, or not any more: its author, and who voted on it, read why. False if it stood so."""
    if not reason.strip():
        raise CannotStand(gettext("Say why: whoever wrote it reads that."))
    return _decide(statement, Statement.State.HIDDEN, reason.strip(), by=by, at=at)


def _decide(statement: Statement, state: str, reason: str, *, by: User, at: datetime) -> bool:
    """Compare and set: of two leads at once, one was first; another reason is another word."""
    rows = Statement.objects.filter(pk=statement.pk).exclude(state=state, reason=reason)
    day = statement.space.initiative.workspace.day(at)
    if not rows.update(state=state, reason=reason, decided_on=day):
        return False
    detail: events.Detail = {"statement": statement.pk}
    events.record(f"statement_{state}", by=by, at=at, about=statement.space, detail=detail)
    return True


@transaction.atomic
def take_statement_back(statement: Statement, voice: Voice, *, at: datetime) -> bool:
    """Its author takes it back: it is gone. Where some voted on it, they keep their votes on a
    sentence without words, which nobody is shown any more. True if now."""
    rows = Statement.objects.filter(pk=statement.pk, voice=voice, idea=None)
    gone = {
        "words": "",
        "state": Statement.State.HIDDEN,
        "reason": gettext("Whoever wrote it took it back."),
        "decided_on": statement.space.initiative.workspace.day(at),
    }
    deleted = rows.filter(agree=0, disagree=0, passed=0).delete()[0]
    if not (deleted or rows.exclude(words="").update(**gone)):
        return False
    if isinstance(voice.participation, Participation):
        events.record("statement_taken_back", at=at, about=voice.participation)
    return True
