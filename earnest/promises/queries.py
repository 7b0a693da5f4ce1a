"""Reads over promises: what is owed, what is without word, and the kept record (2.18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from earnest.initiatives.models import Participation
from earnest.promises.models import Promise, PromiseEvent, PromiseQuerySet

FAR_DAY = date(9999, 12, 31)
FAR = Value(FAR_DAY, output_field=DateField())  # no date comes after every date


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


def kept_record(promises: PromiseQuerySet, *, today: date) -> KeptRecord:
    """Count how these promises went. Kept after the due day is kept, and late."""
    late = Q(state=Promise.State.KEPT, due__isnull=False, state_at__date__gt=F("due"))
    counts = promises.aggregate(
        kept=Count("pk", filter=Q(state=Promise.State.KEPT)),
        late=Count("pk", filter=late),
        missed=Count("pk", filter=Q(state=Promise.State.MISSED)),
        open=Count("pk", filter=Q(state=Promise.State.OPEN)),
        without_word=Count("pk", filter=Q(state=Promise.State.OPEN, due__lt=today)),
    )
    return KeptRecord(**counts)


@dataclass(frozen=True, slots=True)
class BothRecords:
    """The kept record of both sides."""

    ours: KeptRecord
    theirs: KeptRecord


def records_with(participation: Participation, *, today: date) -> BothRecords:
    """How promises went between the leads and this person, both ways."""
    promises = Promise.objects.filter(participation=participation)
    return BothRecords(
        kept_record(promises.ours(), today=today), kept_record(promises.theirs(), today=today)
    )


def with_untold(promises: PromiseQuerySet) -> QuerySet[Promise]:
    """Adds ``last_kind``: "moved" where a date was moved of which the other side knows nothing."""
    moved = Q(kind=PromiseEvent.Kind.MOVED, by_person=False)
    last = PromiseEvent.objects.filter(
        moved | Q(kind=PromiseEvent.Kind.TOLD), promise=OuterRef("pk")
    ).order_by("-at", "-pk")
    return promises.annotate(last_kind=Subquery(last.values("kind")[:1]))


def is_untold(happened: list[PromiseEvent]) -> bool:
    """True when the date was moved and the other side was not told since."""
    kinds = (PromiseEvent.Kind.MOVED, PromiseEvent.Kind.TOLD)
    last = next((event for event in reversed(happened) if event.kind in kinds), None)
    return last is not None and last.kind == PromiseEvent.Kind.MOVED and not last.by_person


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
    rows = promises.filter(state=state).annotate(day=Coalesce("due", FAR)).order_by("day", "pk")
    day, _sep, pk = after.partition("~")
    if pk.isdigit() and parse_date(day):
        rows = rows.filter(Q(day__gt=day) | Q(day=day, pk__gt=int(pk)))
    found = list(rows.select_related("conversation")[: PAGE_SIZE + 1])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    key = f"{last.due or FAR_DAY}~{last.pk}" if last else ""
    return Page(found[:PAGE_SIZE], key, state)
