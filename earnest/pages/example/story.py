"""Reads the example's files into what the builder plays: people, talks, promises, what followed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast."""

    name: str
    team: str
    job: str
    manager: str
    why: frozenset[str]
    email: str
    time_zone: str = ""
    language: str = ""
    goals: str = ""
    measures: str = ""
    away: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Then:
    """What became of a promise, on which day."""

    what: str
    day: int
    to: int = 0
    why: str = ""
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """Something the leader takes of what was found: the notes say it at ``at``."""

    at: str
    kind: str
    words: str = ""
    who: str = ""
    name: str = ""
    answer: str = ""
    answered: int = 0
    then: tuple[Then, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, its notes with days to fill in, and what is taken of it."""

    day: int
    people: tuple[str, ...]
    notes: str
    takes: tuple[Take, ...]
    balance: str = ""
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A promise made without notes."""

    side: str
    who: str
    made: int
    due: int
    words: str
    then: tuple[Then, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The whole example, as written."""

    members: tuple[Member, ...]
    talks: tuple[Talk, ...]
    promises: tuple[Given, ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)  # briefs, asks, what was told back
    plan: Mapping[str, Any] = field(default_factory=dict)  # needs, parts, replies, versions
    mirror: Mapping[str, Any] = field(default_factory=dict)  # what the leader says to themselves
    estimate: Mapping[str, Any] = field(default_factory=dict)  # why it is on, who wants none
    rhythm: Mapping[str, Any] = field(default_factory=dict)  # how often whom, what changed
    stories: Mapping[str, Any] = field(default_factory=dict)  # told at a stage, and voices
    topics: Mapping[str, Any] = field(default_factory=dict)  # open questions, answers, tips
    after: Mapping[str, Any] = field(default_factory=dict)  # asked again, and stepped back
    practice: Mapping[str, Any] = field(default_factory=dict)  # lessons, and when they came up
    votes: Mapping[str, Any] = field(default_factory=dict)  # of three dozen, without names
    session: Mapping[str, Any] = field(default_factory=dict)  # half an hour together
    tries: Mapping[str, Any] = field(default_factory=dict)  # offered to try, and what was said


@cache
def story() -> Story:
    """Everything, read once."""
    talks = (*_read("conversations_early")["talk"], *_read("conversations_late")["talk"])
    return Story(
        members=tuple(_members(_read("people")["team"])),
        talks=tuple(_talk(row) for row in talks),
        promises=tuple(_given(row) for row in _read("promises")["promise"]),
        about=_read("initiative"),
        asked=_read("asks"),
        plan=_read("plan"),
        mirror=_read("mirror"),
        rhythm=_read("rhythm"),
        estimate=_read("estimate"),
        stories=_read("stories"),
        topics=_read("topics"),
        after=_read("after"),
        practice=_read("practice"),
        votes=_read("votes"),
        session=_read("session"),
        tries=_read("tries"),
    )


def _read(name: str) -> dict[str, Any]:
    file = resources.files("earnest.pages.example") / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _members(teams: list[dict[str, Any]]) -> list[Member]:
    return [_member(row, team) for team in teams for row in team["people"]]


def _member(row: dict[str, Any], team: dict[str, Any]) -> Member:
    """Everybody reports to the lead of their team, unless their row says otherwise."""
    manager = row.get("manager", team["manager"])
    known = {key: row[key] for key in ("time_zone", "language", "goals", "measures") if key in row}
    return Member(
        name=row["name"],
        team=team["name"],
        job=row["job"],
        manager="" if manager == row["name"] else manager,
        why=frozenset(row["why"]),
        email="" if row.get("no_email") else _address(row["name"]),
        away=tuple(row.get("away", ())),
        **known,
    )


_PLAIN = str.maketrans("áéńć ", "aenc.")


def _address(name: str) -> str:
    """An address that can belong to nobody (RFC 2606)."""
    return f"{name.lower().translate(_PLAIN)}@example.org"


def _talk(row: dict[str, Any]) -> Talk:
    return Talk(
        day=row["day"],
        people=tuple(row["with"]),
        notes=row["notes"],
        balance=row.get("balance", ""),
        undecided=row.get("undecided", False),
        takes=tuple(
            Take(**{**take, "then": _then(take.get("then", []))}) for take in row.get("take", [])
        ),
    )


def _given(row: dict[str, Any]) -> Given:
    return Given(**{**row, "then": _then(row["then"])})


def _then(rows: list[dict[str, Any]]) -> tuple[Then, ...]:
    return tuple(Then(**row) for row in rows)
