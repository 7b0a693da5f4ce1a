"""Votes and statements → lines of Polis' files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from earnest.engine.opinion.exchange.rows import FORMULA, Participant, Statement, Vote

_NUMBER = re.compile(r"-?[0-9]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_votes(votes: Iterable[Vote], *, timed: bool = True) -> Iterator[str]:
    """``votes.csv``, line by line; without the two columns of time where there is none."""
    yield _line([*(["timestamp", "datetime"] if timed else []), "comment-id", "voter-id", "vote"])
    for one in votes:
        when = [one.at or 0, write_moment(one.at or 0)] if timed else []
        yield _line([*when, one.statement, one.voter, one.vote])


def write_statements(
    statements: Iterable[Statement], counts: Mapping[str, tuple[int, int]], *, timed: bool = True
) -> Iterator[str]:
    """``comments.csv``; ``counts`` are how many agree and disagree, by id."""
    yield _line(
        [
            *(["timestamp", "datetime"] if timed else []),
            *("comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"),
        ]
    )
    for one in statements:
        when = [one.at or 0, write_moment(one.at or 0)] if timed else []
        agrees, disagrees = counts.get(one.id, (0, 0))
        yield _line([*when, one.id, one.author, agrees, disagrees, one.moderated, one.text])


def write_matrix(
    participants: Iterable[Participant],
    statements: Sequence[str],
    *,
    wrote: Mapping[str, int] | None = None,
    xids: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """``participants-votes.csv``; ``wrote`` is how many statements are by whom, ``xids`` what others
    call them, where that is known."""
    xid = ["xid"] if xids else []
    about = ("group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
    yield _line(["participant", *xid, *about, *statements])
    for one in participants:
        said = dict(one.votes)
        counts = [len(said), *(sum(v == way for v in said.values()) for way in (1, -1))]
        cells = [said.get(statement, "") for statement in statements]
        name = [xids.get(one.id, "")] if xids else []
        yield _line([one.id, *name, one.group, (wrote or {}).get(one.id, 0), *counts, *cells])


def write_summary(facts: Mapping[str, object]) -> Iterator[str]:
    """``summary.csv``: a name and a value a line (topic, url, voters, comments, groups, …)."""
    for name, value in facts.items():
        yield _line([name, value])


def write_moment(at: int) -> str:
    """Milliseconds as Polis writes a time beside them, in English whatever the locale."""
    moment = _EPOCH + timedelta(milliseconds=at)
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day} {month} {moment.day:02} {moment:%H:%M:%S} UTC {moment.year}"


def _line(cells: Iterable[object]) -> str:
    return ",".join(_cell(str(cell)) for cell in cells) + "\n"


def _cell(text: str) -> str:
    """As a spreadsheet and a program read it alike; never a formula."""
    if FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    if any(letter in text for letter in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
