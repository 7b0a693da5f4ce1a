"""What is known before somebody is asked, theirs or inherited, and whether the gate is open (2.8, 2.9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Brief, BriefAnswer, NeedNamed, Quote
from earnest.people.models import Team
from earnest.people.queries import TeamTree

Topic = BriefAnswer.Topic
OUR_TOPICS = (Topic.HELPS, Topic.TODAY)  # ours to write: they need no source
THEIR_TOPICS = (Topic.PRESSURE, Topic.PRIORITY, Topic.RESULT)
OWN, OF_ROLE = 0, 1000  # nearest first: their own, their team and those above it, their role

# How many steps up from the person's team the team of a brief is; nothing where it is not above.
_STEPS_UP = """1 + (
    WITH RECURSIVE above (id, parent_id, steps) AS (
        SELECT id, parent_id, 0 FROM people_team WHERE id = %s
        UNION ALL
        SELECT t.id, t.parent_id, above.steps + 1
        FROM people_team t JOIN above ON t.id = above.parent_id WHERE above.steps < 100
    ) SELECT MIN(steps) FROM above WHERE above.id = listening_brief.team_id)"""


@dataclass(frozen=True, slots=True)
class Known:
    """One of the five questions, and what is known: by this person, or from their team or role."""

    topic: BriefAnswer.Topic
    answer: BriefAnswer | None = None
    team: str = ""
    job: str = ""

    @property
    def is_open(self) -> bool:
        """Nothing is known yet, or a guess alone."""
        return self.answer is None or not self.answer.opens

    @property
    def is_inherited(self) -> bool:
        return bool(self.team or self.job)


@dataclass(frozen=True, slots=True)
class Gate:
    """The five answers in order; open when each is there and none is a guess."""

    answers: tuple[Known, ...]

    @property
    def open_topics(self) -> tuple[BriefAnswer.Topic, ...]:
        return tuple(one.topic for one in self.answers if one.is_open)

    @property
    def missing(self) -> tuple[BriefAnswer.Topic, ...]:
        """What only they can answer: an ask for input may ask for it."""
        return tuple(topic for topic in self.open_topics if topic not in OUR_TOPICS)

    @property
    def is_open(self) -> bool:
        return not self.open_topics

    @property
    def is_empty(self) -> bool:
        return all(one.answer is None for one in self.answers)


def answers_about(participation: Participation) -> QuerySet[BriefAnswer]:
    """Their own answers and all they inherit, each with ``nearness``: the least is nearest."""
    person = participation.person
    here = BriefAnswer.objects.filter(brief__initiative=participation.initiative_id)
    own = Q(brief__participation=participation.pk)
    in_role = Q(brief__job__in=_cases_of(person.job)) | Q(brief__job__iexact=person.job)
    in_role = ~Q(brief__job="") & in_role
    in_team = Q(brief__team__isnull=False) if person.team_id else Q(pk=None)
    nearness = Case(
        When(own, then=Value(OWN)),
        When(in_team, then=RawSQL(_STEPS_UP, (person.team_id,))),  # noqa: S611 - a number of ours
        default=Value(OF_ROLE),
        output_field=IntegerField(),
    )
    found = here.filter(own | in_team | in_role).annotate(nearness=nearness)
    return found.filter(nearness__isnull=False)


def _cases_of(job: str) -> set[str]:
    """SQLite folds the case of ASCII letters alone, so other writing is tried in its usual cases."""
    return {job, job.lower(), job.upper(), job.title(), job.capitalize()} - {""}


def gate_for(participation: Participation) -> Gate:
    """What is known of this person before they are asked. One query."""
    rows = answers_about(participation).select_related("brief__team")
    return gate_of(
        (row.nearness, known_as(row, str(row.brief.team or ""), row.brief.job))  # type: ignore[attr-defined]
        for row in rows
    )


def known_as(answer: BriefAnswer, team: str, job: str) -> Known:
    return Known(Topic(answer.topic), answer, team=team, job=job)


def gate_of(found: Iterable[tuple[int, Known]]) -> Gate:
    """The nearest answer to each question, of ``(nearness, answer)`` in any order."""
    nearest: dict[str, tuple[int, Known]] = {}
    for nearness, known in found:
        if known.topic not in nearest or nearness < nearest[known.topic][0]:
            nearest[known.topic] = (nearness, known)
    return Gate(tuple(nearest[one][1] if one in nearest else Known(one) for one in Topic))


def gates_for(initiative: Initiative, people: Sequence[Participation]) -> dict[int, Gate]:
    """The gates of many people at once, by participation. Two queries, however many."""
    here = BriefAnswer.objects.filter(brief__initiative=initiative)
    theirs = Q(brief__participation__in=people) | Q(brief__participation=None)
    rows = list(here.filter(theirs).select_related("brief__team"))
    tree = TeamTree(initiative.workspace)
    own: dict[int, list[BriefAnswer]] = {}
    for row in rows:
        own.setdefault(row.brief.participation_id or 0, []).append(row)
    groups = own.get(0, [])
    return {
        one.pk: gate_of(
            (nearness, known_as(row, str(row.brief.team or ""), row.brief.job))
            for row in [*own.get(one.pk, ()), *groups]
            if (nearness := _nearness(row.brief, one, tree)) is not None
        )
        for one in people
    }


def _nearness(brief: Brief, participation: Participation, tree: TeamTree) -> int | None:
    person = participation.person
    if brief.participation_id:
        return OWN
    if brief.job:
        return OF_ROLE if brief.job.casefold() == person.job.casefold() else None
    above = tree.upwards(person.team_id)
    return 1 + above.index(brief.team_id) if brief.team_id in above else None


@dataclass(frozen=True, slots=True)
class Words:
    """Something known already, offered beside a question: ``key`` says which."""

    key: str
    words: str
    on: date | None
    in_own_hand: bool = True


MOST_WORDS = 8


def words_of(participation: Participation) -> list[Words]:
    """Their needs, their quotes, what they work for: to be taken as an answer. Two queries."""
    needs = NeedNamed.objects.filter(participation=participation).select_related(
        "need__initiative__workspace"
    )
    quotes = Quote.objects.filter(participation=participation, erased_at=None)
    day = participation.initiative.workspace.day
    work = participation.own_work
    written = participation.person.own_work_at if work.in_own_hand else None
    on = day(written) if written else None
    theirs = [("goals", work.goals), ("measures", work.measures)]
    return [
        *(Words(key, words, on, work.in_own_hand) for key, words in theirs if words),
        *(
            Words(f"need-{one.pk}", one.in_their_words, day(one.at))
            for one in needs.order_by("-at", "-pk")[:MOST_WORDS]
        ),
        *(Words(f"quote-{one.pk}", one.words, one.said_on) for one in quotes[:MOST_WORDS]),
    ]


PAGE = 50


@dataclass(frozen=True, slots=True)
class BriefsPage:
    """Briefs of teams and roles, and the key after which the next begin."""

    briefs: list[Brief]
    next_after: int | None


def group_briefs(initiative: Initiative, *, after: str = "") -> BriefsPage:
    """What was written once for a team or a role, in the order it was begun."""
    rows = Brief.objects.filter(initiative=initiative, participation=None)
    if (last := read_number(after)) is not None:
        rows = rows.filter(pk__gt=last)
    answers = BriefAnswer.objects.order_by("pk")
    found = list(
        rows.select_related("team")
        .prefetch_related(Prefetch("answers", answers))
        .order_by("pk")[: PAGE + 1]
    )
    return BriefsPage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def brief_of_group(initiative: Initiative, *, team: Team | None, job: str) -> Brief | None:
    """The one written for this team or role already, where there is one."""
    here = Brief.objects.filter(initiative=initiative, participation=None)
    found = here.filter(team=team) if team else here.exclude(job="").filter(job__iexact=job)
    return found.first()


def stored_answers(brief: Brief | None) -> dict[str, BriefAnswer]:
    """What is written there now, by question."""
    return {one.topic: one for one in brief.answers.all()} if brief else {}


def jobs_on(initiative: Initiative) -> list[str]:
    """What people on it do, as the directory has it: roles to choose from."""
    people = Participation.objects.present().filter(initiative=initiative)
    jobs = people.exclude(person__job="").values_list("person__job", flat=True)
    return list(jobs.order_by("person__job").distinct()[:200])
