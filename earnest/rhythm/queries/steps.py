"""The next steps of a leader, proposed by the table out of the cases gathered for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.checkins.models import Round
from earnest.engine.steps import RULES, Case, Step, propose
from earnest.ideas.models import Session, Space, Topic
from earnest.initiatives.models import Initiative, Participation, RunUpStep, Stage
from earnest.listening.models import (
    Conversation,
    Invitation,
    LargeAsk,
    Need,
    Question,
    Recap,
    Referral,
    StepBack,
)
from earnest.messaging.models import Message
from earnest.plans.models import Chain, Input, Reply
from earnest.practice.models import FollowUp, Lesson
from earnest.promises.models import Promise
from earnest.rhythm import cases
from earnest.rhythm.cases import Read
from earnest.rhythm.models import Chosen
from earnest.rhythm.scope import Scope, scope_of, scope_with


@dataclass(frozen=True, slots=True)
class Proposed:
    """A step in words, as Today shows it."""

    key: str
    about: str
    number: int
    practice: str
    section: int
    title: str
    reason: str
    tag: str
    minutes: int
    initiative_id: int
    participation_id: int | None
    rule: str
    initials: str
    as_row: str  # the title as the row has it, with nothing of an estimate: for mails


def steps_for(user: User, *, at: datetime) -> list[Proposed]:
    """Every step proposed to this leader now, promises first. A fixed number of queries."""
    return first_steps(user, at=at)[0]


def first_steps(user: User, *, at: datetime, most: int | None = None) -> tuple[list[Proposed], int]:
    """The first steps proposed to this leader, promises first, and how many there are in all."""
    scope = scope_of(user, at=at)
    steps = _steps(cases.cases_of(scope), scope)
    return [_in_words(step) for step in steps[:most]], len(steps)


def step_with(
    participation: Participation,
    read: Read,
    *,
    chosen: Iterable[Chosen],
    at: datetime,
) -> Proposed | None:
    """The next step with one person, out of what their page has read already."""
    scope = scope_with(participation, at=at)
    found = cases.cases_with(participation, read, scope)
    mine = (one for one in chosen if one.user_id == scope.user.pk)
    aside = {(one.step, one.due) for one in mine if _is_aside(one, scope)}
    return next((_in_words(step) for step in propose(found) if _dated(step) not in aside), None)


def _dated(step: Step) -> tuple[str, date | None]:
    """What is chosen is chosen of a step with its date: moved, it comes up again."""
    return step.key, step.case.due


def _is_aside(chosen: Chosen, scope: Scope) -> bool:
    return chosen.until is None or chosen.until > scope.today


def _steps(found: Iterable[Case], scope: Scope) -> list[Step]:
    steps = propose(found)
    aside = _put_aside(scope, [step.key for step in steps]) if steps else set()
    return [step for step in steps if _dated(step) not in aside]


def _put_aside(scope: Scope, keys: list[str]) -> set[tuple[str, date | None]]:
    """Steps dismissed, or put off until a day that has not come."""
    still = Q(until=None) | Q(until__gt=scope.today)
    chosen = Chosen.objects.filter(still, user=scope.user, step__in=keys)
    return set(chosen.values_list("step", "due"))


def _initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def _in_words(step: Step) -> Proposed:
    words = step.case.words
    participation = words["participation"]
    return Proposed(
        key=step.key,
        about=step.case.about,
        number=step.case.key,
        rule=step.rule.name,
        practice=step.rule.practice,
        section=step.rule.section,
        title=_(step.title).format(**words),
        reason=_(step.reason).format(**words),
        tag=_(step.rule.tag).format(**words) if step.rule.tag else "",
        minutes=step.rule.minutes,
        initiative_id=int(words["initiative"]),
        participation_id=int(participation) if participation else None,
        initials=_initials(words.get("whole_name") or words["name"]),
        as_row=_(step.rule.title).format(**words),
    )


CASES: dict[str, tuple[type[Model], str, str | None]] = {  # where it lies, and its date
    "promise": (Promise, "initiative_id", "due"),
    "question": (Question, "initiative_id", None),
    "referral": (Referral, "initiative_id", None),
    "person": (Participation, "initiative_id", None),
    "commission": (Initiative, "pk", None),
    "run_up": (RunUpStep, "initiative_id", "on"),
    "notes": (Conversation, "initiative_id", None),
    "talk": (Conversation, "initiative_id", None),
    "written": (Conversation, "initiative_id", None),
    "recap": (Recap, "participation__initiative_id", None),
    "invitation": (Invitation, "initiative_id", None),
    "large": (LargeAsk, "initiative_id", None),
    "message": (Message, "initiative_id", None),
    "input": (Input, "initiative_id", None),
    "need": (Need, "initiative_id", None),
    "gap": (Need, "initiative_id", None),
    "thread": (Reply, "initiative_id", None),
    "chain": (Chain, "participation__initiative_id", None),
    "chain_answered": (Chain, "participation__initiative_id", None),
    "plan": (Initiative, "pk", None),
    "checkin": (Round, "initiative_id", None),
    "checkin_due": (Initiative, "pk", None),
    "statements": (Space, "initiative_id", None),
    "outcome": (Space, "initiative_id", None),
    "step_back": (StepBack, "initiative_id", None),
    "news": (Initiative, "pk", None),
    "story": (Stage, "initiative_id", None),
    "session": (Session, "space__initiative_id", None),
    "space_unasked": (Space, "initiative_id", None),
    "ideas_wait": (Space, "initiative_id", None),
    "topic_unasked": (Topic, "space__initiative_id", None),
    "topic_groups": (Topic, "space__initiative_id", None),
    "lesson": (Lesson, "initiative_id", None),
    "followup": (FollowUp, "initiative_id", None),
}


@dataclass(frozen=True, slots=True)
class Place:
    """The initiative a step is about, and the date it has."""

    initiative_id: int
    due: date | None


def place_of(key: str) -> Place | None:
    """Read from the key of a step; None where there is no such thing."""
    about, _colon, number = key.partition(":")[2].partition(":")
    if about not in CASES or not number.isdecimal():
        return None
    model, column, day = CASES[about]
    rows = model._default_manager.filter(pk=int(number))
    found = rows.values_list(column, *([day] if day else [])).first()
    return Place(found[0], found[1] if day else None) if found else None


def steps_about(rows: Mapping[str, Iterable[int]]) -> list[str]:
    """The key of every step there can be about these rows, named as the table of steps does."""
    return [f"{rule.name}:{rule.about}:{pk}" for rule in RULES for pk in rows.get(rule.about, ())]


def chosen_about(rows: Mapping[str, Iterable[int]]) -> list[Chosen]:
    """What leaders chose about these rows, and why: it is written about somebody.

    Of leaders alone: nobody else can choose, see access.get_place.
    """
    chosen = Chosen.objects.filter(step__in=steps_about(rows))
    return list(chosen.select_related("user").order_by("at", "pk"))
