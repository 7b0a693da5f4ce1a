"""A space as Polis' files: what is published of it, without any time.

How single people voted is in no file, for a row that holds everything one person said is known by
whoever knows a little of it (privacy.md 7). A conversation that came in as such a file goes out with
its votes: there they were open before.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

from earnest.engine.opinion import exchange
from earnest.engine.opinion.exchange import Statement as Written
from earnest.engine.opinion.exchange import Vote as Cast
from earnest.engine.published import about
from earnest.ideas.models import OpinionMap, Space, Statement, Vote
from earnest.ideas.queries.maps import brought_into, era_of

MODERATED = {Statement.State.SHOWN: 1, Statement.State.HIDDEN: -1}


def as_polis(space: Space, stored: OpinionMap) -> bytes:
    """``comments.csv``, ``summary.csv`` and, where it was brought in so, ``votes.csv``; zipped."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("comments.csv", "".join(_comments(space, stored)))
        files.writestr("summary.csv", "".join(_summary(space, stored)))
        if lines := "".join(_votes(space)):
            files.writestr("votes.csv", lines)
    return out.getvalue()


def _known(space: Space) -> list[Statement]:
    rows = Statement.objects.filter(space=space).exclude(state=Statement.State.WAITING)
    return list(rows.select_related("idea").order_by("pk"))


def _comments(space: Space, stored: OpinionMap) -> Iterator[str]:
    """With the figures that are shown, added up over groups; none where none is shown."""
    era = era_of(stored)
    counts: dict[str, tuple[int, int]] = {}
    for (_group, statement), one in (era.figures if era else {}).items():
        agree, disagree = counts.get(str(statement), (0, 0))
        counts[str(statement)] = (agree + one.agree.count, disagree + one.disagree.count)
    rows = [
        Written(str(one.pk), str(one), "", None, MODERATED[_state(one)]) for one in _known(space)
    ]
    return exchange.write_statements(rows, counts, timed=False)


def _state(one: Statement) -> Statement.State:
    return Statement.State(one.state)


def _summary(space: Space, stored: OpinionMap) -> Iterator[str]:
    facts = {
        "topic": space.question,
        "voters": about(stored.people),
        "comments": len(_known(space)),
        "groups": stored.result.get("k", 0),
        "map": stored.version,
        "on": stored.made_on.isoformat(),
    }
    return exchange.write_summary(facts)


def _votes(space: Space) -> Iterator[str]:
    """Voters brought in by a file, numbered anew by lot."""
    keys = list(brought_into(space))
    if not keys:
        return iter(())
    random.SystemRandom().shuffle(keys)
    numbers = {pk: str(number) for number, pk in enumerate(keys)}
    rows = Vote.objects.filter(statement_id__in=[one.pk for one in _known(space)])
    said = rows.order_by("voter_id", "statement_id").values_list(
        "voter_id", "statement_id", "value"
    )
    return exchange.write_votes(
        (
            Cast(numbers[who], str(what), how)
            for who, what, how in said.iterator()
            if who in numbers
        ),
        timed=False,
    )
