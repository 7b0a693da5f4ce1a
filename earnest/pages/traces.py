"""Every column in which somebody may have written a person's name, and how it is taken out.

A file of its own: the table below is complete, which ``tests/test_traces.py`` checks against the
models, so that a new column is either searched when somebody is erased, or left out on purpose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from earnest.accounts.models import EstimateTurn
from earnest.checkins import models as checkins
from earnest.checkins.models import AnswerSlot, Line, NamedAnswer
from earnest.ideas.models import (
    Answer,
    AnswerGroup,
    Idea,
    Jotting,
    Knock,
    Outcome,
    Space,
    Statement,
    Tip,
    Topic,
    TopicReply,
    Try,
)
from earnest.initiatives.models import (
    Backing,
    Commission,
    GlassBreak,
    Initiative,
    Measure,
    OutsideEvidence,
    Participation,
    Reading,
    RunUpStep,
    ScheduleChange,
    Stage,
)
from earnest.listening.models import (
    Ask,
    Brief,
    BriefAnswer,
    Conversation,
    Finding,
    Invitation,
    InvitationEvent,
    LargeAsk,
    Need,
    NeedNamed,
    Question,
    Quote,
    Recap,
    Referral,
    Seen,
    Sheet,
    StepBack,
)
from earnest.listening.naming import ERASED, Names
from earnest.messaging.models import Delivery, Message
from earnest.pages.models import LeaderQuestion, WeeklyLine
from earnest.people.models import PeopleImport, Person, Team, Tie
from earnest.pilots.models import (
    Call,
    CardFigure,
    CardVersion,
    EvidenceCard,
    Pilot,
    PilotMeasure,
    PilotReading,
    PilotStep,
    ReadingCame,
    SpreadRequest,
    Volunteer,
)
from earnest.plans.models import Chain, Change, Input, Part, Post, Reply, RoundReply, Story, Version
from earnest.practice.models import (
    CameUp,
    FollowUp,
    Lesson,
    LessonFile,
    LessonLink,
    Moment,
    MomentCame,
    MomentSeen,
    Point,
    TryOut,
)
from earnest.promises.models import AskedAgain, Promise, PromiseEvent
from earnest.rhythm.models import Chosen, IntroductionSide, ProgressMail
from earnest.standing.models import Rung


@dataclass(frozen=True, slots=True)
class Place:
    """Columns of a table that hold words, and how its rows belong to an initiative or workspace."""

    model: type[Model]
    belongs: str
    columns: tuple[str, ...]


ON_INITIATIVES = (
    Place(
        Initiative,
        "pk",
        (
            "title",
            "target",
            "decided",
            "still_open",
            "who_decides",
            "value_organisation",
            "value_individual",
        ),
    ),
    Place(Commission, "initiative", ("asked_by", "problem", "will_give")),
    Place(GlassBreak, "participation__initiative", ("reason",)),
    Place(Backing, "initiative", ("who", "what")),
    Place(Participation, "initiative", ("own_goals", "own_measures")),
    Place(Stage, "initiative", ("name", "must_be_true")),
    Place(RunUpStep, "initiative", ("who", "what")),
    Place(Rung, "initiative_id", ("reason",)),
    Place(Conversation, "initiative", ("source", "problem_words")),
    Place(Brief, "initiative", ("job",)),
    Place(BriefAnswer, "brief__initiative", ("words", "where")),
    Place(LargeAsk, "initiative", ("words",)),
    Place(Ask, "initiative", ("about", "gets", "place")),
    Place(Invitation, "initiative", ("why_you", "wanted", "reason")),
    Place(InvitationEvent, "invitation__initiative", ("words",)),
    Place(Recap, "conversation__initiative", ("words", "correction")),
    Place(Finding, "conversation__initiative", ("words", "speaker", "whom", "condition")),
    Place(Need, "initiative", ("words",)),
    Place(Quote, "initiative", ("words",)),
    Place(Question, "initiative", ("words", "answer")),
    Place(Referral, "initiative", ("name", "why")),
    Place(Seen, "participation__initiative", ("words",)),
    Place(StepBack, "initiative", ("words",)),
    Place(Sheet, "talk__initiative", ("text",)),
    Place(Space, "initiative", ("question",)),
    Place(Idea, "initiative", ("words",)),
    Place(Knock, "session__space__initiative", ("name",)),
    Place(Jotting, "session__space__initiative", ("words",)),
    Place(Try, "session__space__initiative", ("words",)),
    Place(IntroductionSide, "introduction__initiative", ("line",)),
    Place(Topic, "space__initiative", ("question",)),
    Place(Answer, "topic__space__initiative", ("words",)),
    Place(AnswerGroup, "topic__space__initiative", ("name", "suggestion")),
    Place(Tip, "topic__space__initiative", ("words",)),
    Place(TopicReply, "topic__space__initiative", ("words",)),
    Place(Statement, "space__initiative", ("words", "reason")),
    Place(Outcome, "space__initiative", ("words",)),
    Place(Message, "initiative", ("subject", "text", "html", "calendar", "reason")),
    Place(Delivery, "message__initiative", ("words",)),
    Place(Promise, "participation__initiative", ("words", "condition")),
    Place(AskedAgain, "initiative", ("words",)),
    Place(PromiseEvent, "promise__participation__initiative", ("why",)),
    Place(Measure, "initiative", ("name",)),
    Place(Reading, "measure__initiative", ("source",)),
    Place(ScheduleChange, "initiative", ("cause",)),
    Place(OutsideEvidence, "initiative", ("what", "where", "source")),
    Place(NeedNamed, "need__initiative", ("words",)),
    Place(checkins.Round, "initiative", ("changed",)),
    Place(NamedAnswer, "round__initiative", ("line",)),
    Place(AnswerSlot, "round__initiative", ("line",)),
    Place(Line, "round__initiative", ("words",)),
    Place(Part, "initiative", ("title", "what", "why", "dropped_why")),
    Place(Version, "initiative", ("summary",)),
    Place(ProgressMail, "initiative", ("subject", "opening", "changed", "coming")),
    Place(Change, "version__initiative", ("title", "words")),
    Place(Input, "initiative", ("words",)),
    Place(Reply, "initiative", ("words",)),
    Place(Post, "participation__initiative", ("words",)),
    Place(RoundReply, "round__initiative", ("words", "changes")),
    Place(TryOut, "initiative", ("what", "place", "help", "why", "words")),
    Place(Story, "initiative", ("title", "worked", "did_not", "differently")),
    Place(Call, "initiative", ("what", "takes")),
    Place(Volunteer, "call__initiative", ("part", "words", "answer")),
    Place(Pilot, "initiative", ("part", "what", "stop_if", "why")),
    Place(PilotStep, "pilot__initiative", ("why",)),
    Place(PilotMeasure, "pilot__initiative", ("name", "comparison")),
    Place(PilotReading, "measure__pilot__initiative", ("note",)),
    Place(EvidenceCard, "initiative", ("title", "tried", "told", "cost", "look_out")),
    Place(
        CardVersion,
        "card__initiative",
        ("title", "tried", "told", "cost", "look_out", "where", "stopped_why"),
    ),
    Place(CardFigure, "version__card__initiative", ("name", "sentence", "comparison")),
    Place(SpreadRequest, "initiative", ("part", "why", "answer")),
    Place(ReadingCame, "door__measure__pilot__initiative", ("key", "body", "became")),
    Place(Chain, "participation__initiative", ("value", "link", "serves", "answer")),
    Place(WeeklyLine, "initiative", ("words",)),
    Place(Moment, "initiative", ("what", "link", "words")),
    Place(MomentSeen, "initiative", ("word", "words")),
    Place(MomentCame, "door__initiative", ("key", "body", "became")),
    Place(Lesson, "initiative", ("title", "taught_by", "place")),
    Place(Point, "lesson__initiative", ("words",)),
    Place(LessonLink, "lesson__initiative", ("label", "address")),
    Place(LessonFile, "lesson__initiative", ("name",)),
    Place(FollowUp, "initiative", ("words",)),
    Place(CameUp, "initiative", ("words",)),
)
IN_WORKSPACE = (
    Place(Person, "workspace", ("job", "own_goals", "own_measures")),
    Place(Team, "workspace", ("name",)),
    Place(Tie, "person__workspace", ("source",)),
    Place(PeopleImport, "workspace", ("file_name", "reason")),
    Place(Chosen, "user__memberships__workspace", ("reason",)),
    Place(Topic, "workspace", ("question",)),
    Place(Tip, "topic__workspace", ("words",)),
    Place(TopicReply, "topic__workspace", ("words",)),
    Place(EstimateTurn, "workspace", ("why", "agreement")),
    Place(LeaderQuestion, "user__memberships__workspace", ("question", "said", "differently")),
)
BODIES: tuple[tuple[type[Model], str], ...] = (
    (ReadingCame, "door__measure__pilot__initiative"),
    (MomentCame, "door__initiative"),
)
FAILED_JOBS = Place(DBTaskResult, "", ("traceback",))


def redact_initiatives(initiatives: Iterable[int], names: Names) -> None:
    """Take the name out of what others wrote on these initiatives; the rest of it stays."""
    keys = list(initiatives)
    for place in ON_INITIATIVES:
        _redact(place, place.model._default_manager.filter(**{f"{place.belongs}__in": keys}), names)
    redact_versions(keys, names)
    redact_bodies(keys, names)


def redact_versions(initiatives: list[int], names: Names) -> None:
    """The same for the plan as it was published, which is kept as JSON.

    Read through row by row: as JSON, an umlaut is written in a way no search in the database finds.
    """
    rows = Version.objects.filter(initiative__in=initiatives).only("pk", "parts")
    for row in rows.iterator(chunk_size=50):
        parts = [
            {key: _without(words, names.pattern) for key, words in part.items()}
            for part in row.parts
        ]
        if parts != row.parts:
            Version.objects.filter(pk=row.pk).update(parts=parts)


def redact_bodies(initiatives: list[int], names: Names) -> None:
    """The same for what other systems sent, as JSON mostly: for the same reason row by row."""
    for log, belongs in BODIES:
        rows = log._default_manager.filter(**{f"{belongs}__in": initiatives}).exclude(body="")
        for pk, body in rows.values_list("pk", "body").iterator(chunk_size=50):
            now = _body_without(body, names.pattern)
            if now != body:
                log._default_manager.filter(pk=pk).update(body=now)


def _body_without(body: str, pattern: re.Pattern[str]) -> str:
    """As it was sent where it names nobody; what names somebody and is no JSON goes as a whole."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda sign: chr(int(sign[1], 16)), body)
        return "" if pattern.search(plain) else body
    told = _every_without(sent, pattern)
    return body if told == sent else json.dumps(told, ensure_ascii=False)


def _every_without(sent: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(sent, dict):
        return {pattern.sub(ERASED, key): _every_without(one, pattern) for key, one in sent.items()}
    if isinstance(sent, list):
        return [_every_without(one, pattern) for one in sent]
    return _without(sent, pattern)


def _without(words: Any, pattern: re.Pattern[str]) -> Any:
    return pattern.sub(ERASED, words) if isinstance(words, str) else words


def redact_workspace(workspace: int, names: Names) -> None:
    """The same for what belongs to the workspace and to no initiative."""
    for place in IN_WORKSPACE:
        _redact(place, place.model._default_manager.filter(**{place.belongs: workspace}), names)


def redact_jobs(names: Names) -> None:
    """What a failed job left behind: a mail server repeats the address it refused."""
    _redact(FAILED_JOBS, DBTaskResult._default_manager.all(), names)


def _redact(place: Place, rows: QuerySet[Model], names: Names) -> None:
    named = [
        Q(**{f"{column}__icontains": word}) for column in place.columns for word in names.literals
    ]
    found = rows.filter(reduce(or_, named, Q(pk=None))).only("pk", *place.columns)
    for row in found.distinct():
        changed = {
            column: _fitting(row, column, names.pattern)
            for column in place.columns
            if names.pattern.search(getattr(row, column))
        }
        if changed:
            place.model._default_manager.filter(pk=row.pk).update(**changed)


def _fitting(row: Model, column: str, pattern: re.Pattern[str]) -> str:
    """The words without the name, never longer than the column takes.

    A key stays one of its own: two that named the same person would else be the same.
    """
    words = pattern.sub(ERASED, getattr(row, column))
    if column == "key":
        words = f"{row.pk} {words}"
    return words[: getattr(row._meta.get_field(column), "max_length", None)]
