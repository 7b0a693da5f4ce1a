"""Words a part is built on, and the draft of the case made of them: only what people allow (2.16).

What is for the leads alone never enters the text. It is read afresh each time, so what somebody
chooses is obeyed at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from earnest.initiatives.models import Initiative
from earnest.initiatives.queries import SHOWN_FROM
from earnest.listening import queries as listening
from earnest.listening.models import Need, Quote
from earnest.listening.queries import PassedOn
from earnest.listening.queries.needs import (
    ProblemCounts,
    QuotesPage,
    page_of_quotes,
    problem_counts,
)
from earnest.plans.models import Answers, Part, PartWords
from earnest.plans.queries.connecting import ANSWERED, gaps_of, parts_in
from earnest.plans.queries.kept import kept_words
from earnest.plans.queries.measures import Course, courses

MOST_NEEDS = 20  # more than anybody reads in a case
MOST_QUOTES = 3  # for each need


def words_used_in(part: Part) -> list[Quote]:
    """Quotes the part is built on, for its leads: each with whose it is and what they allow."""
    rows = Quote.objects.filter(
        used_in__part=part, erased_at=None, participation__person__erased_at=None
    )
    return list(rows.select_related("participation__person").order_by("-said_on", "-pk")[:200])


def words_to_use(part: Part, *, everything: bool, before: str = "") -> QuotesPage:
    """Quotes it is not built on yet: of the needs it answers, or all there are."""
    rows = Quote.objects.filter(initiative=part.initiative_id).exclude(used_in__part=part)
    if not everything:
        answered = Answers.objects.filter(part=part, how__in=ANSWERED).values("need")
        rows = rows.filter(needs__in=answered).distinct()
    return page_of_quotes(rows, before)


@dataclass(frozen=True, slots=True)
class CaseNeed:
    """A need as others may read it: its name where leads gave it one, and words passed on."""

    name: str
    people: int | None  # from five on
    quotes: list[PassedOn]
    parts: list[str]


@dataclass(frozen=True, slots=True)
class CasePart:
    """A part with the needs it answers, by the names others may read, and words passed on."""

    part: Part
    needs: list[str]
    quotes: list[PassedOn]


@dataclass(frozen=True, slots=True)
class Case:
    """The draft: nothing in it but what is allowed; beside it, how much is left out."""

    initiative: Initiative
    problem: ProblemCounts
    needs: list[CaseNeed]
    parts: list[CasePart]
    measures: list[Course]
    gaps: int = 0
    left_out: int = 0  # quotes for the leads alone: not chosen yet, or chosen so
    kept: tuple[str, ...] = ()  # words for the leads alone, which must not be in the text
    unnamed: int = 0  # needs called as somebody put it, with no word passed on


def case_of(initiative: Initiative) -> Case:
    """A fixed number of queries, whatever there is."""
    needs = list(_most_named(initiative)[:MOST_NEEDS])
    parts = parts_in(initiative)
    under = _pairs(Quote.needs.through._default_manager.filter(need__in=needs), "need_id")
    used = _pairs(PartWords.objects.filter(part__in=parts), "part_id")
    keys = {key for found in (*under.values(), *used.values()) for key in found}
    allowed = {one.pk: one for one in listening.quotes_passed_on(initiative, among=keys)}
    kept = kept_words(initiative)
    answers = list(_answers(needs, parts))
    told = [_need(one, _allowed(under[one.pk], allowed), answers) for one in needs]
    shown = [one for one in told if one.name or one.quotes]
    return Case(
        initiative=initiative,
        problem=problem_counts(initiative),
        needs=shown,
        parts=[_part(one, _allowed(used[one.pk], allowed), answers) for one in parts],
        measures=courses(initiative.measures.filter(closed_at=None)),
        gaps=gaps_of(initiative).count(),
        left_out=len(keys & kept.keys()),
        kept=tuple(kept.values()),
        unnamed=len(told) - len(shown),
    )


def _most_named(initiative: Initiative) -> QuerySet[Need]:
    rows = Need.objects.filter(initiative=initiative, people_count__gt=0)
    return rows.order_by("-people_count", "words", "pk")


def _pairs(links: QuerySet[Any, Any], column: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, quote in links.values_list(column, "quote_id"):
        found[key].add(quote)
    return found


def _allowed(keys: set[int], allowed: dict[int, PassedOn]) -> list[PassedOn]:
    """In the order of the words: no order of days tells who spoke when."""
    return [one for pk, one in allowed.items() if pk in keys]


def _answers(needs: list[Need], parts: list[Part]) -> QuerySet[Answers]:
    rows = Answers.objects.filter(how__in=ANSWERED, need__in=needs, part__in=parts)
    return rows.select_related("need", "part").order_by("part__position", "pk")


def _need(need: Need, quotes: list[PassedOn], answers: Iterable[Answers]) -> CaseNeed:
    return CaseNeed(
        name=name_for_others(need),
        people=need.people_count if need.people_count >= SHOWN_FROM else None,
        quotes=quotes[:MOST_QUOTES],
        parts=[one.part.title for one in answers if one.need_id == need.pk],
    )


def _part(part: Part, quotes: list[PassedOn], answers: Iterable[Answers]) -> CasePart:
    names = [name_for_others(one.need) for one in answers if one.part_id == part.pk]
    return CasePart(part, [name for name in names if name], quotes)


def name_for_others(need: Need) -> str:
    """What a need is called for anyone but the leads; empty while it is as somebody put it."""
    return need.words if need.called_at else ""
