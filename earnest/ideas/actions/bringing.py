"""A conversation of Polis brought in as a space without names: its statements and its votes."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.engine.opinion import exchange
from earnest.engine.opinion.exchange import Problem, Unreadable
from earnest.engine.opinion.exchange import Statement as Written
from earnest.engine.opinion.exchange import Vote as Cast
from earnest.ideas.actions.spaces import key_for
from earnest.ideas.models import Space, Statement, Voice, Vote, Voter
from earnest.ideas.models.votes import LENGTH
from earnest.initiatives.models import Initiative

AT_ONCE = 2_000
FAULTS = 20  # told at once


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of the files: the space, and each line that was not taken, with its reason."""

    space: Space | None
    faults: list[str]


@transaction.atomic
def bring_in(
    initiative: Initiative,
    question: str,
    *,
    comments: Iterable[str],
    votes: Iterable[str],
    by: User,
    at: datetime,
) -> Brought:
    """All of it, or nothing where a line makes no sense: then each is named. Nobody gets a time."""
    statements, cast, faults = _read(comments, votes)
    if faults:
        return Brought(None, faults)
    space = Space.objects.create(
        initiative=initiative, question=question, names=False, by=by, made_at=at
    )
    day = initiative.workspace.day(at)
    counts = Counter((one.statement, one.vote) for one in cast)
    rows = {
        one.id: Statement(
            **key_for(space),
            space=space,
            words=" ".join(one.text.split())[:LENGTH],
            made_on=day,
            by=by,
            state=Statement.State.HIDDEN if one.moderated < 0 else Statement.State.SHOWN,
            reason=_("Moderated where it came from") if one.moderated < 0 else "",
            agree=counts[one.id, 1],
            disagree=counts[one.id, -1],
            passed=counts[one.id, 0],
        )
        for one in statements
    }
    Statement.objects.bulk_create(rows.values(), batch_size=500)
    _write_votes(space, cast, {name: row.pk for name, row in rows.items()})
    events.record("space_brought_in", by=by, at=at, about=space, detail={"votes": len(cast)})
    return Brought(space, [])


def _read(
    comments: Iterable[str], votes: Iterable[str]
) -> tuple[list[Written], list[Cast], list[str]]:
    """The last vote of a voter on a statement counts; each fault is said with its line."""
    faults: list[str] = []
    statements: list[Written] = []
    cast: list[Cast] = []
    try:
        for one in exchange.read_statements(comments):
            _sort(one, statements, faults, "comments.csv")
        if not (statements or faults):
            return [], [], [_("There is no statement in comments.csv.")]
        known = {one.id for one in statements}
        for row in exchange.read_votes(votes, known=known):
            _sort(row, cast, faults, "votes.csv")
    except Unreadable as no:
        faults.append(no.sentence)
    return statements, list(exchange.last_votes(cast).votes), faults[:FAULTS]


def _sort[T](one: T | Problem, into: list[T], faults: list[str], name: str) -> None:
    if isinstance(one, Problem):
        said = _("%(file)s, line %(line)s: %(reason)s")
        faults.append(said % {"file": name, "line": one.line, "reason": one.reason})
    else:
        into.append(one)


def _write_votes(space: Space, cast: list[Cast], statements: dict[str, int]) -> None:
    """A voice for each voter, which no browser opens; keys of chance, and written in their order."""
    names = list(dict.fromkeys(one.voter for one in cast))
    keys = {name: key_for(space)["pk"] for name in names}
    ordered = sorted(keys.values())
    for some in batched(ordered, AT_ONCE, strict=False):
        Voice.objects.bulk_create(Voice(pk=pk, space=space) for pk in some)
        Voter.objects.bulk_create(Voter(voice_id=pk, space_id=space.pk) for pk in some)
    rows = sorted(cast, key=lambda one: (keys[one.voter], statements[one.statement]))
    for part in batched(rows, AT_ONCE, strict=False):
        Vote.objects.bulk_create(
            Vote(
                voter_id=keys[one.voter],
                id=uuid.uuid4(),
                statement_id=statements[one.statement],
                value=one.vote,
            )
            for one in part
        )
