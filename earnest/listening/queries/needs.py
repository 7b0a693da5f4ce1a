"""Needs by how many named them, what lies under one, and quotes that are under none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from earnest.core.paging import read_key, read_number, write_key
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Conversation, Need, NeedNamed, Quote

PAGE = 50
MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """Some needs, and the need after which the next begin."""

    needs: list[Need]
    next_after: int | None


def needs_page(initiative: Initiative, *, after: str = "") -> NeedsPage:
    """Most people first, then by their words."""
    rows = Need.objects.filter(initiative=initiative).order_by("-people_count", "words", "pk")
    last = rows.filter(pk=read_number(after) or 0).first()
    if last:
        rows = rows.filter(after_need(last))
    found = list(rows[: PAGE + 1])
    return NeedsPage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def after_need(last: Need) -> Q:
    """Needs that stand below this one: fewer people, or as many and later words."""
    alike = Q(people_count=last.people_count)
    later = Q(words__gt=last.words) | Q(words=last.words, pk__gt=last.pk)
    return Q(people_count__lt=last.people_count) | alike & later


def names_of_needs(initiative: Initiative) -> list[str]:
    """What needs are called here, to choose from."""
    rows = Need.objects.filter(initiative=initiative).order_by("-people_count", "words")
    return list(rows.values_list("words", flat=True)[:MOST_NAMES])


@dataclass(frozen=True, slots=True)
class QuotesPage:
    """Some quotes, each with whose words they are, and the key before which earlier ones lie."""

    quotes: list[Quote]
    before: str


def quotes_to_gather(initiative: Initiative, *, before: str = "") -> QuotesPage:
    """Quotes under no need yet, the latest first."""
    return page_of_quotes(Quote.objects.filter(initiative=initiative, needs=None), before)


def quotes_under(need: Need, *, before: str = "") -> QuotesPage:
    return page_of_quotes(need.quotes.all(), before)


def page_of_quotes(quotes: QuerySet[Quote], before: str) -> QuotesPage:
    """Fifty of them, the latest first; what was struck, and who was erased, is left out."""
    rows = quotes.filter(erased_at=None, participation__person__erased_at=None)
    if key := read_key(before):
        day, pk = key
        rows = rows.filter(Q(said_on__lt=day) | Q(said_on=day, pk__lt=pk))
    rows = rows.select_related("participation__person").order_by("-said_on", "-pk")
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return QuotesPage(found[:PAGE], write_key(last.said_on, last.pk) if last else "")


@dataclass(frozen=True, slots=True)
class NamedPage:
    """Some of those who named a need, each as they put it, and after which the next begin."""

    named: list[NeedNamed]
    next_after: int | None


def named_under(need: Need, *, after: str = "") -> NamedPage:
    """Who named it, in the order they did."""
    rows = need.named.filter(participation__person__erased_at=None)
    if (last := read_number(after)) is not None:
        rows = rows.filter(pk__gt=last)
    rows = rows.select_related("participation__person", "need").order_by("pk")
    found = list(rows[: PAGE + 1])
    return NamedPage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


FEW = 5  # fewer are nobody's business but the leads' (privacy.md 7)


@dataclass(frozen=True, slots=True)
class ProblemCounts:
    """How many agree that this is the problem: the last answer of each who was asked (2.5)."""

    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def asked(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def in_words(self) -> str:
        """For anyone but the leads: no number of which one answer could be taken off.

        Empty where fewer than five were asked, and where all or none of them agree.
        """
        if self.asked < FEW or self.yes in {0, self.asked}:
            return ""
        return "most" if self.yes * 2 > self.asked else "some"


def problem_counts(initiative: Initiative) -> ProblemCounts:
    """One query, however many there are."""
    talks = Conversation.objects.filter(people=OuterRef("pk"), initiative=initiative)
    last = talks.exclude(problem="").order_by("-held_on", "-pk").values("problem")[:1]
    here = Participation.objects.present().filter(initiative=initiative)
    said = here.annotate(said=Subquery(last)).exclude(said=None).values("said")
    counted = said.order_by("said").annotate(n=Count("pk")).values_list("said", "n")
    return ProblemCounts(**dict(counted))


def needs_by_key(initiative: Initiative, keys: Sequence[int]) -> list[Need]:
    """These needs of this initiative, most people first."""
    rows = Need.objects.filter(initiative=initiative, pk__in=keys)
    return list(rows.order_by("-people_count", "words", "pk")[:PAGE])
