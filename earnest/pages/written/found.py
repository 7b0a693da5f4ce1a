"""What is found of one person: every sort of words, the latest first as each sort has it.

A file of its own, so that each sort can fill its fields, and the record read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localtime

from earnest.checkins.models import NamedAnswer
from earnest.ideas.models import Idea
from earnest.initiatives.models import GlassBreak, ScheduleChange
from earnest.listening.models import (
    Invitation,
    NeedNamed,
    Question,
    Quote,
    Recap,
    Referral,
    Seen,
    StepBack,
)
from earnest.listening.queries.briefs import Gate, gate_of
from earnest.messaging.models import Contact, Message
from earnest.pages.written.carded import Carded
from earnest.pages.written.moments import Coming
from earnest.pages.written.piloted import Piloted
from earnest.pages.written.sat import Met, Sat
from earnest.pages.written.taught import Practice
from earnest.pages.written.together import Together
from earnest.pages.written.told import Told
from earnest.pages.written.topics import SaidOpenly
from earnest.pages.written.tries import Practised
from earnest.pages.written.voiced import Voiced
from earnest.pages.written.voted import Voted
from earnest.people.models import Away
from earnest.plans.models import Chain, Part, Version
from earnest.promises.models import AskedAgain


@dataclass(frozen=True, slots=True)
class BeingWritten:
    """What is written down in a talk that is not ended yet, as far as it is theirs to read."""

    words: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenOutBy:
    """Everything of the initiative was taken out as files, people too."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class ThroughYou:
    """Something that changed in a published version of the plan through them (1.14)."""

    title: str
    words: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan has of them."""

    owned: list[Part] = field(default_factory=list)
    through_you: list[ThroughYou] = field(default_factory=list)
    moved: list[ScheduleChange] = field(default_factory=list)


@dataclass(slots=True)
class Written:
    """All of it, the latest first as each sort has it."""

    quotes: list[Quote] = field(default_factory=list)
    needs: list[NeedNamed] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    named_others: list[Referral] = field(default_factory=list)
    named_by: list[Referral] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    being_written: list[BeingWritten] = field(default_factory=list)
    brief: Gate = field(default_factory=lambda: gate_of(()))
    turns: list[Invitation] = field(default_factory=list)  # why them, where their day is to come
    recaps: list[Recap] = field(default_factory=list)
    struck: list[datetime] = field(default_factory=list)  # when they took words of theirs back
    chains: list[Chain] = field(default_factory=list)  # what they value, and how this serves it
    said_openly: list[SaidOpenly] = field(default_factory=list)
    voices: list[Voiced] = field(default_factory=list)  # words of theirs beside stories
    carded: Carded = field(
        default_factory=Carded
    )  # evidence cards: to read, their words, asked for
    voted: Voted = field(default_factory=Voted)  # in spaces with names: how often, never how
    glass_breaks: list[GlassBreak] = field(default_factory=list)
    mails: list[Message] = field(default_factory=list)
    check_ins: list[NamedAnswer] = field(default_factory=list)
    brought: list[NeedNamed] = field(default_factory=list)  # known from before, with their yes
    step_backs: list[StepBack] = field(default_factory=list)  # why they do not commit
    asked_again: list[AskedAgain] = field(default_factory=list)  # what they did, and how it is now
    contacts: list[Contact] = field(default_factory=list)  # when they were in touch, either way
    told: Told = field(default_factory=Told)  # what became of what they said
    planned: Planned = field(default_factory=Planned)  # what the plan has of them
    sat: list[Sat] = field(default_factory=list)  # working sessions they were in
    running: list[Sat] = field(default_factory=list)  # those they can come into now
    nameless: list[Sat] = field(default_factory=list)  # held without names: who came is not known
    met: list[Met] = field(default_factory=list)  # introductions they were offered
    taken_out: list[TakenOutBy] = field(default_factory=list)  # as files, with everyone else
    practice: Practice = field(default_factory=Practice)  # lessons, and what came of them
    together: Together = field(default_factory=Together)  # in spaces with names
    practised: Practised = field(default_factory=Practised)  # try-outs, and chances
    piloted: Piloted = field(default_factory=Piloted)  # going first, and pilots in their part
    moments: Coming = field(default_factory=Coming)  # written beforehand, and come
    away: list[Away] = field(default_factory=list)  # days they are not there
    who_leads: list[str] = field(default_factory=list)  # by name
    published: Version | None = None  # the plan, as it was published last


@dataclass(frozen=True, slots=True)
class Named:
    """A need they named: what it is called, how they put it, and the days on which they did."""

    words: str
    days: list[date]
    put: str = ""
    pk: int = 0
    may_carry_at: datetime | None = None  # their yes: later initiatives may know it
    brought_at: datetime | None = None  # it was taken along from an earlier one


def each_once(needs: Iterable[NeedNamed]) -> list[Named]:
    """Each need once, however often they named it."""
    named: dict[tuple[str, str], Named] = {}
    for one in needs:
        put, day = one.in_their_words, localtime(one.at).date()
        new = Named(one.need.words, [], put, one.pk, one.may_carry_at, one.brought_at)
        days = named.setdefault((one.need.words, put), new).days
        if day not in days:
            days.append(day)
            days.sort()
    return list(named.values())
