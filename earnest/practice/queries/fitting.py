"""Whom something to try fits, and why: read from what is on record of their own work (0.2, 0.3).

People stand in the order of the alphabet, each with every reason in the words it has on record;
nobody is counted, weighed or put before another. Who asked for less or for quiet, who is left alone,
and whose turn it is already are not named. Seven queries, however many people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from earnest.core.paging import read_number
from earnest.engine.language import sensitive_topics
from earnest.engine.language.tokens import tokens_of
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import NeedNamed
from earnest.listening.queries import word_list
from earnest.messaging import queries as mails
from earnest.messaging.models import Suppression
from earnest.practice.models import Attendance, CameUp, Lesson, TryOut
from earnest.standing.models import Rung

PAGE = 50
ENDING = 2  # letters by which the same word may be longer
SHORTEST = 4  # letters of a word that says something
ITS_TURN = timedelta(days=14)  # as the next step rests beside an offer (rhythm)
# Words that stand in most sentences about work, and say nothing of whose it is.
LITTLE = """
    about after again another anybody before could does each every everybody first from have
    here into just made make more much nobody once other over same should some somebody such
    than that their them then there they thing things this those what when where which while
    whom will with without work would your yours
"""
SAY_LITTLE = frozenset(LITTLE.split())


@dataclass(frozen=True, slots=True)
class Reason:
    """Where it is from, and how it is on record there."""

    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Somebody it may fit, with every reason."""

    participation: Participation
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class FittingPage:
    """Some of them in the order of the alphabet, and after how many the next begin."""

    rows: list[Fitting]
    after: int | None


def whom_it_fits(
    initiative: Initiative, what: str, lesson: Lesson | None, *, after: str, at: datetime
) -> FittingPage:
    """Whom trying this may fit. With neither words nor lesson: whose work gave no chance yet."""
    sought = _telling(what)
    found: dict[int, list[Reason]] = defaultdict(list)
    open_to_it = _who_may_be_offered(initiative, at=at).exclude(Exists(_answered(what, lesson)))
    rows = list(open_to_it.values(*READ))
    for row in rows:
        found[row["pk"]] += _of_their_work(row, sought)
    needs = _needs(initiative, sought)
    waits = _lessons_waiting(initiative, sought, lesson)
    unused = Rung.objects.filter(initiative_id=initiative.pk, no_chance_since__isnull=False)
    no_chance = set(unused.values_list("pk", flat=True))
    for row in rows:
        pk = row["pk"]
        found[pk] += [Reason(_("They named a need"), words) for words in needs.get(pk, ())]
        found[pk] += [Reason(_("It waits for its moment"), title) for title in waits.get(pk, ())]
        if pk in no_chance:
            found[pk].append(Reason(_("Their work gave no chance yet: this would be one")))
    return _page([row["pk"] for row in rows if found[row["pk"]]], found, after=after)


READ = (
    *("pk", "own_goals", "own_measures", "person__own_goals", "person__own_measures"),
    *("person__own_work_at", "person__job", "person__team__name"),
)


def _who_may_be_offered(initiative: Initiative, *, at: datetime) -> QuerySet[Participation]:
    """By name. Not who asked for less or for quiet, is left alone, or has an offer before them."""
    open_ones = TryOut.objects.filter(
        participation=OuterRef("pk"),
        state__in=(TryOut.State.OFFERED, TryOut.State.TAKEN),
        starts_at__gt=at - ITS_TURN,
    )
    rows = Participation.objects.may_be_asked().filter(
        Q(person__left_alone_until=None) | Q(person__left_alone_until__lte=at),
        initiative=initiative,
        person__wants_less_at=None,
    )
    return rows.exclude(Exists(open_ones)).order_by("person__name", "pk")


def _answered(what: str, lesson: Lesson | None) -> QuerySet[TryOut]:
    """The same was offered to them, and they said what became of it: it is not proposed again."""
    said = (TryOut.State.DECLINED, TryOut.State.DONE, TryOut.State.CHOSE_NOT)
    same = Q(what__iexact=what.strip()) if what.strip() else Q(pk__in=())
    if lesson:
        same |= Q(lesson=lesson)
    return TryOut.objects.filter(same, participation=OuterRef("pk"), state__in=said)


def _of_their_work(row: dict[str, object], sought: frozenset[str]) -> list[Reason]:
    """Their goals and measures in their own hand, else as noted here, as ``own_work`` reads them."""
    noted = (row["own_goals"], row["own_measures"])
    own = (row["person__own_goals"], row["person__own_measures"])
    goals, measures = noted if any(noted) and not row["person__own_work_at"] else own
    said = [(_("They work for"), goals), (_("They measure a good job by"), measures)]
    found = [
        Reason(label, line.strip()[:200])
        for label, text in said
        for line in str(text or "").splitlines()
        if _touches(line, sought)
    ]
    plain = [(_("They do"), row["person__job"]), (_("Their team"), row["person__team__name"])]
    return found + [Reason(label, str(words)) for label, words in plain if _touches(words, sought)]


def _needs(initiative: Initiative, sought: frozenset[str]) -> dict[int, list[str]]:
    if not sought:
        return {}
    named = NeedNamed.objects.filter(need__initiative=initiative, participation__isnull=False)
    found: dict[int, list[str]] = defaultdict(list)
    rows = named.order_by("pk").values_list("participation", "words", "need__words")
    for pk, words, called in rows:
        said = words or called
        if pk and said not in found[pk] and _touches(said, sought):
            found[pk].append(said)
    return found


def _lessons_waiting(
    initiative: Initiative, sought: frozenset[str], lesson: Lesson | None
) -> dict[int, list[str]]:
    """Lessons they were at, and of which nothing came up: the one it practises, or so named."""
    rows = Lesson.objects.standing().filter(initiative=initiative)
    titles = {
        pk: title
        for pk, title in rows.values_list("pk", "title")
        if (pk == lesson.pk if lesson else _touches(title, sought))
    }
    came = CameUp.objects.true().filter(
        participation=OuterRef("participation"), lesson=OuterRef("lesson")
    )
    there = Attendance.objects.filter(lesson__in=titles, state=Attendance.State.THERE)
    found: dict[int, list[str]] = defaultdict(list)
    for pk, key in there.exclude(Exists(came)).values_list("participation", "lesson"):
        found[pk].append(titles[key])
    return found


def _telling(text: str) -> frozenset[str]:
    long = (token.word for token in tokens_of(text) if len(token.word) >= SHORTEST)
    return frozenset(word for word in long if word not in SAY_LITTLE)


def _touches(text: object, sought: frozenset[str]) -> bool:
    """One word of it is one that is sought, but for its ending: request, requests; not week, weekend."""
    if not sought or not text:
        return False
    return any(
        abs(len(one) - len(other)) <= ENDING and (one.startswith(other) or other.startswith(one))
        for one in _telling(str(text))
        for other in sought
    )


def _page(keys: list[int], found: dict[int, list[Reason]], *, after: str) -> FittingPage:
    """Fifty at a time; what touches health, belief and their like is no reason to name."""
    start = read_number(after) or 0
    shown = keys[start : start + PAGE]
    people = Participation.objects.filter(pk__in=shown).select_related("person__team")
    whole = {one.pk: one for one in people}
    never = mails.suppressed_among(one.person for one in whole.values())
    rows = [
        Fitting(one, reasons)
        for one in (whole[pk] for pk in shown if pk in whole)
        if never.get(one.person_id) != Suppression.Reason.ASKED
        and (reasons := _that_may_be_named(found[one.pk]))
    ]
    return FittingPage(rows, start + PAGE if len(keys) > start + PAGE else None)


def _that_may_be_named(reasons: Iterable[Reason]) -> list[Reason]:
    words = word_list()
    return [one for one in reasons if not sensitive_topics(one.words, words)]
