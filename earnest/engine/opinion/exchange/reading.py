"""Polis' files → rows and problems, each by the line it begins on."""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from earnest.engine.opinion.exchange.rows import (
    AGREE,
    DISAGREE,
    FIRST,
    FORMULA,
    LAST,
    PASS,
    Header,
    Participant,
    Problem,
    Statement,
    Unreadable,
    Vote,
)
from earnest.engine.rows import Bad, shown

DELIMITERS = ",;\t"
LONGEST_ID, LONGEST_TEXT = 1_000, 20_000
MARK = "\ufeff"  # what spreadsheets put in front of a file
VOTER = ("voter-id", "voter", "participant-id", "participant", "pid")
STATEMENT = ("comment-id", "statement-id", "statement", "comment", "tid")
ABOUT = {"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WHOLE = re.compile(r"[+-]?[0-9]{1,17}(\.0*)?")
_VOTES = {"1": AGREE, "0": PASS, "-1": DISAGREE}


def read_header(line: str) -> Header:
    """Commas are tried first, then what spreadsheets write in their place. Raises Unreadable."""
    line = line.removeprefix(MARK).strip("\r\n")
    if not line.strip():
        raise Unreadable("it is empty; its first line should name its columns.")
    read = [(one, _fields(line, one)) for one in DELIMITERS]
    delimiter, written = max(read, key=lambda one: len(one[1]))
    names = tuple(name.strip().lower().replace("_", "-") for name in written)
    return Header(delimiter, names, tuple(name.strip() for name in written))


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns of ``votes.csv`` stand, counted from 0."""

    width: int
    delimiter: str
    voter: int
    statement: int
    vote: int
    at: int | None


def places_of_votes(header: Header) -> Places:
    """Raises Unreadable where a column is missing, or there twice."""
    voter, statement = header.find(VOTER), header.find(STATEMENT)
    vote = header.find(("vote",))
    missing = [
        name
        for name, place in (("voter", voter), ("statement", statement), ("vote", vote))
        if place is None
    ]
    if voter is None or statement is None or vote is None:
        raise Unreadable(
            f"its first line names no column {' and no '.join(missing)}. It needs "
            "voter,statement,vote, or Polis' timestamp,datetime,comment-id,voter-id,vote."
        )
    at = header.find(("timestamp",))
    for place in (voter, statement, vote, at):
        if place is not None and header.names.count(header.names[place]) > 1:
            raise Unreadable(f"its first line names the column {header.names[place]} twice.")
    return Places(len(header.names), header.delimiter, voter, statement, vote, at)


def is_matrix(header: Header) -> bool:
    """Whether this is ``participants-votes.csv``: a row a participant, a column a statement."""
    return "participant" in header.names and "vote" not in header.names


def read_votes(
    lines: Iterable[str], *, known: Container[str] | None = None
) -> Iterator[Vote | Problem]:
    """``votes.csv`` or ``voter,statement,vote``, its first line the names; any row alone.

    ``known`` are the ids of the statements there are; a vote on another is a problem. Raises
    Unreadable. Which of several votes on one statement counts, ``last_votes`` says.
    """
    rest = iter(lines)
    places = places_of_votes(read_header(next(rest, "")))
    return rows_of_votes(rest, places, known=known, line=2)


def rows_of_votes(
    lines: Iterable[str], places: Places, *, known: Container[str] | None = None, line: int = 1
) -> Iterator[Vote | Problem]:
    """The rows from this line on, where the first line was read already."""
    for number, row in rows_of(lines, places.delimiter, line):
        try:
            yield _vote(row, places, known, number)
        except Bad as bad:
            yield Problem(number, str(bad))


def rows_of(
    lines: Iterable[str], delimiter: str, line: int
) -> Iterator[tuple[int, list[str] | Bad]]:
    """Rows with the line each begins on; blank ones are passed over."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        first = line + reader.line_num
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield first, Bad(f"this is no CSV: {error}.")
            continue
        if row is None:
            return
        if row and any(row):
            yield first, row


def _vote(row: list[str] | Bad, places: Places, known: Container[str] | None, line: int) -> Vote:
    row = _whole(row, places.width)
    statement = _id("statement", row[places.statement])
    if known is not None and statement not in known:
        raise Bad(f"statement {shown(statement)} is not among the comments.")
    at = read_moment(row[places.at]) if places.at is not None else None
    return Vote(_id("voter", row[places.voter]), statement, read_vote(row[places.vote]), at, line)


def _whole(row: list[str] | Bad, width: int) -> list[str]:
    if isinstance(row, Bad):
        raise row
    if len(row) != width:
        fields = "1 field" if len(row) == 1 else f"{len(row):,} fields"
        raise Bad(f"{fields}, but the first line names {width:,}.")
    return row


def read_vote(text: str) -> int:
    """1 agree, 0 pass, −1 disagree. Raises Bad."""
    text = text.strip()
    found = _VOTES.get(text)
    if found is None and _WHOLE.fullmatch(text):
        found = _VOTES.get(str(int(float(text))))
    if found is not None:
        return found
    if not text:
        raise Bad("vote is empty.")
    raise Bad(f"vote {shown(text)} is none of -1 (disagree), 0 (pass) and 1 (agree).")


def read_moment(text: str) -> int | None:
    """Milliseconds since 1970, or a date or time of ISO 8601; nothing where nothing stands."""
    text = text.strip()
    if _WHOLE.fullmatch(text):
        at = int(float(text)) if "." in text else int(text)
        if not FIRST <= at <= LAST:
            raise Bad(f"timestamp {shown(text)} is in no year from 1 to 9999.")
        return at
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Bad(f"timestamp {shown(text)} is no number of milliseconds and no time.") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _id(what: str, text: str) -> str:
    """Somebody's number or name, or a statement's: any text on any script."""
    text = as_written(text.strip())
    if not text:
        raise Bad(f"{what} is empty.")
    if len(text) > LONGEST_ID:
        raise Bad(f"{what} {shown(text)} is longer than {LONGEST_ID:,} characters.")
    _check_utf8(what, text)
    return text


def as_written(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _check_utf8(what: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Bad(f"{what} {shown(text)} is not UTF-8.") from None


def read_statements(lines: Iterable[str]) -> Iterator[Statement | Problem]:
    """``comments.csv``: id, text, who wrote it, whether it was moderated. Raises Unreadable."""
    rest = iter(lines)
    header = read_header(next(rest, ""))
    place = header.find(STATEMENT)
    if place is None:
        raise Unreadable("its first line names no column comment-id.")
    seen: dict[str, int] = {}
    for line, row in rows_of(rest, header.delimiter, 2):
        try:
            found = _statement(row, header, place, line)
        except Bad as bad:
            yield Problem(line, str(bad))
            continue
        if (first := seen.setdefault(found.id, line)) != line:
            reason = f"statement {shown(found.id)} stands on line {first:,} already."
            yield Problem(line, reason)
            continue
        yield found


def _statement(row: list[str] | Bad, header: Header, place: int, line: int) -> Statement:
    row = _whole(row, len(header.names))

    def cell(*names: str) -> str:
        found = header.find(names)
        return row[found].strip() if found is not None else ""

    text = as_written(cell("comment-body", "text", "body", "txt"))
    if len(text) > LONGEST_TEXT:
        raise Bad(f"the text is longer than {LONGEST_TEXT:,} characters.")
    _check_utf8("text", text)
    return Statement(
        _id("statement", row[place]),
        text,
        cell("author-id", "author", "pid"),
        read_moment(cell("timestamp")),
        _moderated(cell("moderated", "mod")),
        line,
    )


def _moderated(text: str) -> int:
    if not text:
        return 0
    if text in {"-1", "0", "1"}:
        return int(text)
    raise Bad(f"moderated {shown(text)} is none of -1 (out), 0 and 1 (in).")


def read_matrix(
    lines: Iterable[str], *, known: Container[str] | None = None
) -> Iterator[Participant | Problem]:
    """``participants-votes.csv``, a participant a row; empty cells are no vote. Raises Unreadable."""
    rest = iter(lines)
    header = read_header(next(rest, ""))
    columns = matrix_columns(header)
    strange = [name for name, _ in columns if known is not None and name not in known]
    if strange:
        yield Problem(1, f"statement {shown(strange[0])} is not among the comments.")
        columns = [one for one in columns if one[0] not in set(strange)]
    for line, row in rows_of(rest, header.delimiter, 2):
        try:
            yield _participant(row, header, columns, line)
        except Bad as bad:
            yield Problem(line, str(bad))


def matrix_columns(header: Header) -> list[tuple[str, int]]:
    """The statements of a matrix, each with its place. Raises Unreadable."""
    if "participant" not in header.names:
        raise Unreadable("its first line names no column participant.")
    names = [
        (written, place)
        for place, (name, written) in enumerate(zip(header.names, header.written, strict=True))
        if name not in ABOUT
    ]
    if not names:
        raise Unreadable("its first line names no statement.")
    if any(not name for name, _ in names):
        raise Unreadable("a column of its first line has no name.")
    if len({name for name, _ in names}) < len(names):
        raise Unreadable("its first line names a statement twice.")
    return names


def _participant(
    row: list[str] | Bad, header: Header, columns: Sequence[tuple[str, int]], line: int
) -> Participant:
    row = _whole(row, len(header.names))
    group = header.find(("group-id",))
    try:
        votes = tuple(
            (name, _VOTES.get(row[place]) or read_vote(row[place]))
            for name, place in columns
            if row[place]
        )
    except Bad as bad:
        place = next(place for _, place in columns if row[place] and _is_bad(row[place]))
        raise Bad(f"statement {shown(header.written[place])}: {bad}") from None
    participant = _id("participant", row[header.names.index("participant")])
    return Participant(participant, row[group].strip() if group is not None else "", votes, line)


def _is_bad(text: str) -> bool:
    try:
        read_vote(text)
    except Bad:
        return True
    return False
