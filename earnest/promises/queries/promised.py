"""Reads over promises: what is owed, what is without word, and the kept record (2.18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from earnest.core.paging import read_key, write_key
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.promises.models import Promise, PromiseEvent, PromiseQuerySet, Tally


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """How one side's promises went, in numbers a person can read."""

    kept: int
    late: int
    missed: int
    open: int
    without_word: int

    @property
    def made(self) -> int:
        return self.kept + self.missed + self.open


@dataclass(frozen=True, slots=True)
class BothRecords:
    """The kept record of both sides."""

    ours: KeptRecord
    theirs: KeptRecord


def with_maker_leads(promises: PromiseQuerySet) -> PromiseQuerySet:
    """Each read with whether its maker leads there now: see ``maker_leads``."""
    found: PromiseQuerySet = promises.annotate(
        maker_leads=initiatives.leads_there("by", "initiative")
    )
    return found


def maker_leads(promise: Promise) -> bool:
    """Whether its maker leads there now; of promises read by ``with_maker_leads``."""
    leads: bool = vars(promise)["maker_leads"]
    return leads


def records_on(initiative: Initiative, *, today: date) -> BothRecords:
    """How promises went on an initiative, both ways: stored counts, and what is open now."""
    tallies = {one.direction: one for one in Tally.objects.filter(initiative=initiative)}
    waiting = Promise.objects.filter(initiative=initiative, state=Promise.State.OPEN)
    counts = waiting.values("direction").annotate(
        open=Count("pk"), without_word=Count("pk", filter=Q(day__lt=today))
    )
    now = {one["direction"]: (one["open"], one["without_word"]) for one in counts.order_by()}

    def side(direction: str) -> KeptRecord:
        tally = tallies.get(direction) or Tally()
        return KeptRecord(tally.kept, tally.late, tally.missed, *now.get(direction, (0, 0)))

    return BothRecords(side(Promise.Direction.OURS), side(Promise.Direction.THEIRS))


def records_with(promises: Iterable[Promise], *, today: date) -> BothRecords:
    """How the promises with one person went, both ways."""
    both = list(promises)

    def side(direction: str) -> KeptRecord:
        these = [one for one in both if one.direction == direction]
        states = Counter(one.state for one in these)
        return KeptRecord(
            kept=states[Promise.State.KEPT],
            late=sum(one.kept_late for one in these),
            missed=states[Promise.State.MISSED],
            open=states[Promise.State.OPEN],
            without_word=sum(one.is_late(today) for one in these),
        )

    return BothRecords(side(Promise.Direction.OURS), side(Promise.Direction.THEIRS))


def telling_of(promise: Promise, happened: list[PromiseEvent]) -> str:
    """Words one can copy to tell the other side of a new date."""
    moved = [event for event in happened if event.kind == PromiseEvent.Kind.MOVED]
    if not moved or promise.due is None:
        return ""
    day = date_format(promise.due, "l j F")
    why = moved[-1].why
    said = (
        _("I promised you: “%(words)s”. It will be %(day)s.")
        if promise.direction == Promise.Direction.OURS
        else _("About what you took on, “%(words)s”: let us say %(day)s.")
    ) % {"words": promise.words, "day": day}
    return f"{said} {why}".strip()


PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some promises, and the key after which the next ones come."""

    promises: list[Promise]
    after: str
    only: str


def page_of(promises: PromiseQuerySet, *, after: str, only: str) -> Page:
    """Open ones by date, or those of one state; ``after`` is the key of the last one seen."""
    state = only if only in Promise.State.values else Promise.State.OPEN
    rows = promises.filter(state=state).order_by("day", "pk")
    if key := read_key(after):
        day, pk = key
        rows = rows.filter(Q(day__gte=day) & (Q(day__gt=day) | Q(pk__gt=pk)))
    found = list(rows.select_related("conversation")[: PAGE_SIZE + 1])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    next_key = write_key(last.day, last.pk) if last else ""
    return Page(found[:PAGE_SIZE], next_key, state)
