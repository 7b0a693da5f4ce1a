"""Needs × parts, gaps on top: what no part of the plan answers (2.19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative
from earnest.initiatives.queries import SHOWN_FROM
from earnest.listening.models import Need
from earnest.listening.queries.needs import PAGE, after_need
from earnest.plans.models import Answers, Part

MOST_PARTS = 40
# As ``Need.is_for_others`` says of one.
FOR_OTHERS = Q(people_count__gte=SHOWN_FROM, called_at__isnull=False)
ANSWERED = (Answers.How.SOLVES, Answers.How.HELPS)


def answering() -> QuerySet[Answers]:
    """Answers of parts that are in the plan, and that do something for the need."""
    return Answers.objects.filter(how__in=ANSWERED, part__dropped_at=None)


def gaps_of(initiative: Initiative) -> QuerySet[Need]:
    """Needs that no part of the plan answers, most people first."""
    needs = Need.objects.filter(initiative=initiative)
    open_ones = needs.filter(~Exists(answering().filter(need=OuterRef("pk"))))
    return open_ones.order_by("-people_count", "words", "pk")


def parts_answering(needs: Iterable[Need]) -> dict[int, list[Part]]:
    """For each of these needs, by key, the parts that answer it; one query."""
    found: dict[int, list[Part]] = defaultdict(list)
    rows = answering().filter(need__in=list(needs)).select_related("part")
    for one in rows.order_by("part__position", "part__pk"):
        found[one.need_id].append(one.part)
    return found


def parts_in(initiative: Initiative) -> list[Part]:
    """Parts that are in the plan, in order."""
    return list(Part.objects.filter(initiative=initiative, dropped_at=None)[:MOST_PARTS])


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said of one part for one need; empty: nobody has looked yet."""

    part: Part
    how: str

    @property
    def words(self) -> str:
        return str(Answers.How(self.how).label) if self.how else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A need, and each part of the plan beside it."""

    need: Need
    cells: list[Cell]

    @property
    def is_gap(self) -> bool:
        return not any(cell.how in ANSWERED for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Board:
    """Rows with gaps on top, the parts, those that answer no need, and where the next begin."""

    rows: list[Row]
    parts: list[Part]
    for_nobody: list[Part]
    gaps: int
    next_after: int | None


def board_of(initiative: Initiative, *, after: str = "", leads: bool = True) -> Board:
    """A fixed number of queries, however many needs there are.

    Who does not lead sees no need of fewer than five, nor that there is one (privacy.md 7).
    """
    answered = Exists(answering().filter(need=OuterRef("pk")))
    readable = Q() if leads else FOR_OTHERS
    needs = Need.objects.filter(readable, initiative=initiative)
    needs = needs.annotate(answered=ExpressionWrapper(answered, output_field=BooleanField()))
    last = needs.filter(pk=read_number(after) or 0).first()
    rows = needs.filter(_below(last)) if last else needs
    found = list(rows.order_by("answered", "-people_count", "words", "pk")[: PAGE + 1])
    shown = found[:PAGE]
    parts = parts_in(initiative)
    said = _said(shown, parts)
    useful = set(answering().filter(part__in=parts).values_list("part_id", flat=True))
    return Board(
        rows=[
            Row(need, [Cell(part, said.get((need.pk, part.pk), "")) for part in parts])
            for need in shown
        ],
        parts=parts,
        for_nobody=[part for part in parts if part.pk not in useful],
        gaps=gaps_of(initiative).filter(readable).count(),
        next_after=shown[-1].pk if len(found) > PAGE else None,
    )


def _below(last: Need) -> Q:
    answered = bool(getattr(last, "answered", False))
    alike = Q(answered=answered) & after_need(last)
    return alike if answered else alike | Q(answered=True)


def _said(needs: Sequence[Need], parts: list[Part]) -> dict[tuple[int, int], str]:
    rows = Answers.objects.filter(need__in=list(needs), part__in=parts)
    return {(need, part): how for need, part, how in rows.values_list("need", "part", "how")}
