"""Stored estimates: what actions and jobs write of them, and nothing else does.

A file of its own below both: the action that writes evidence takes one row in, the job of the night
makes many anew. It loads NumPy with the engine, so it is imported where somebody is estimated and
never with the addresses (tests/test_architecture.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from earnest.accounts.models import Workspace
from earnest.engine import belief
from earnest.engine.belief import DEFAULTS, BadParams, Event, Params, Record, in_order
from earnest.initiatives.models import Participation
from earnest.standing import queries
from earnest.standing.models import Belief, Evidence, Parameters, Rung

ENOUGH = 3  # things said or done: of fewer nothing is said
WIDEST = 0.6  # between low and high: beyond that a chance says nothing either
AT_ONCE = 500  # people in one transaction
ASK = "ask"  # the engine's word for a condition to ask about
NEXT_ACT = "kept"  # the next thing they agree to, by their own word
MADE = "made_with"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHIPPED = "shipped " + sha256(repr(DEFAULTS).encode()).hexdigest()[:10]


def day_of(at: datetime) -> float:
    """Days since 1970: the engine's time."""
    return (at - EPOCH) / timedelta(days=1)


def events_of(record: Iterable[Evidence]) -> tuple[Event, ...]:
    """What stands of a record, in the order it counts; what was taken back is not there."""
    rows = list(record)
    taken_back = {row.corrects for row in rows if row.corrects}
    standing = [row for row in rows if row.value is not None and row.id not in taken_back]
    return in_order(event_of(row) for row in standing)


def event_of(row: Evidence) -> Event:
    return Event(day_of(row.at), row.kind, row.item, row.value or 0)


def params_of(stored: Parameters | None) -> tuple[Params, str]:
    """The parameters of a workspace and what they are called; those shipped, where none are fitted.

    Nor where they were fitted by another release, whose parameters were others: the next night
    fits anew, and until then nobody's record is held up.
    """
    if stored is None or not stored.version:
        return DEFAULTS, SHIPPED
    try:
        return Params.from_dict(stored.values), f"version {stored.version}"
    except BadParams:
        return DEFAULTS, SHIPPED


def take_in(whose: Participation, row: Evidence, record: Sequence[Evidence]) -> None:
    """One row more: from the stored state where it follows on it, else from the whole record.

    ``whose`` comes with its belief and the parameters of its workspace; its rung is locked.
    """
    params, made_with = params_of(parameters_of(whose))
    stored: Belief | None = getattr(whose, "belief", None)
    if stored and stored.made_with == made_with and _follows(row, stored):
        state = belief.take_in(state_of(stored), event_of(row), params).state
        _store(whose, _values(state, event_of(row), stored.events + 1, params) | {MADE: made_with})
    else:
        _make_anew(whose, events_of(record), params, made_with)


def parameters_of(whose: Participation) -> Parameters | None:
    return getattr(whose.initiative.workspace, "parameters", None)


def _follows(row: Evidence, stored: Belief) -> bool:
    """A correction never does, nor does what happened before the last row that was taken in."""
    if row.corrects or row.value is None:
        return False
    last, new = Event(*stored.last), event_of(row)
    return in_order((new, last)) == (last, new)


def state_of(stored: Belief) -> belief.State:
    at, mean, cov = stored.state
    return belief.State(at, tuple(mean), tuple(cov))


def _make_anew(
    whose: Participation, events: Sequence[Event], params: Params, made_with: str
) -> None:
    if not events:
        Belief.objects.filter(pk=whose.pk).delete()
        return
    state = state_after(events, params)
    _store(whose, _values(state, events[-1], len(events), params) | {MADE: made_with})


def state_after(events: Iterable[Event], params: Params) -> belief.State:
    """One by one from the beginning."""
    state = belief.prior(params)
    for event in events:
        state = belief.take_in(state, event, params).state
    return state


def _values(
    state: belief.State, last: Event, events: int, params: Params, *, at: datetime | None = None
) -> dict[str, Any]:
    """What is stored of a state: what it says of the next act at that moment, or of its last row."""
    moment = max(last.at, day_of(at)) if at else last.at
    chance = belief.chance(state, NEXT_ACT, moment, params)
    conditions = belief.conditions(state, moment, params)
    return {
        "at": EPOCH + timedelta(days=last.at),
        "last": list(last),
        "events": events,
        "state": [state.at, list(state.mean), list(state.cov)],
        "is_enough": events >= ENOUGH and chance.high - chance.low <= WIDEST,
        "chance": chance.value,
        "low": chance.low,
        "high": chance.high,
        "conditions": [one._asdict() for one in conditions],
        "weakest": open_step(conditions),
    }


def open_step(conditions: Iterable[belief.Condition]) -> str:
    """The least supported of those to ask about; empty where none is open, or none stands out."""
    found = belief.least_met(one for one in conditions if one.word == ASK)
    return found.name if found else ""


def _store(whose: Participation, values: dict[str, Any]) -> None:
    Belief.objects.update_or_create(
        participation_id=whose.pk, defaults={"initiative_id": whose.initiative_id, **values}
    )


def make_all_anew(workspace: Workspace, *, at: datetime) -> int:
    """Everybody of a workspace who may be estimated, in batches. Returns how many."""
    there = queries.to_estimate().filter(initiative__workspace=workspace)
    return _in_batches(there, at=at)


def make_person_anew(person_pk: int, *, at: datetime) -> int:
    """One person, wherever they may be estimated."""
    return _in_batches(queries.to_estimate().filter(person=person_pk), at=at)


def _in_batches(there: QuerySet[Participation], *, at: datetime) -> int:
    made, after = 0, 0
    while keys := queries.with_record(there, after=after, most=AT_ONCE):
        made += _make_batch(there, keys, at=at)
        after = keys[-1]
    return made


@transaction.atomic
def _make_batch(there: QuerySet[Participation], keys: list[int], *, at: datetime) -> int:
    """Their rungs are locked as by the action that writes evidence: nobody's row is lost between."""
    list(Rung.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    people = list(there.filter(pk__in=keys).order_by("pk"))  # asked anew under the lock
    records = queries.records_of([one.pk for one in people])
    histories = [events_of(records[one.pk]) for one in people]
    if not people:
        return 0
    params, made_with = params_of(parameters_of(people[0]))
    filtered = belief.filter_many(Record.of(histories), params)
    rows = []
    for number, (whose, events) in enumerate(zip(people, histories, strict=True)):
        if events:
            values = _values(filtered.state(number), events[-1], len(events), params, at=at)
            one = {"participation_id": whose.pk, "initiative_id": whose.initiative_id}
            rows.append(Belief(**one, **values, made_with=made_with))
    _store_many(rows)
    return len(rows)


def _store_many(rows: list[Belief]) -> None:
    names = [one.name for one in Belief._meta.fields if not one.primary_key]
    Belief.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["participation"], update_fields=names
    )


class AsOf(NamedTuple):
    """The chance of the next agreed step after what happened at a moment, with its interval."""

    at: datetime
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReadAnew:
    """A whole record gone through again, for its reasons: what a page shows of one person."""

    conditions: tuple[belief.Condition, ...]
    chance: belief.Chance
    because: belief.Because
    rows: list[Evidence]  # one for each part of the reasons, in their order
    history: list[AsOf]

    @property
    def standing(self) -> set[UUID]:
        return {row.id for row in self.rows}


def read_anew(
    record: Iterable[Evidence], parameters: Parameters | None, *, at: datetime
) -> ReadAnew:
    """Everything behind the stored state; the same events give the same state."""
    params, _name = params_of(parameters)
    rows = _rows_in_order(list(record))
    events = [event_of(row) for row in rows]
    moment = max(day_of(at), events[-1].at) if events else day_of(at)
    state = state_after(events, params)
    return ReadAnew(
        conditions=belief.conditions(state, moment, params),
        chance=belief.chance(state, NEXT_ACT, moment, params),
        because=belief.because(events, params, item=NEXT_ACT, at=moment),
        rows=rows,
        history=_history(events, params, moment),
    )


def _rows_in_order(record: list[Evidence]) -> list[Evidence]:
    """What stands, as the engine orders it. Rows that read alike count alike."""
    waiting: dict[Event, list[Evidence]] = defaultdict(list)
    for row in record:
        if row.value is not None:
            waiting[event_of(row)].append(row)
    taken_back = {row.corrects for row in record if row.corrects}
    for event, rows in waiting.items():
        waiting[event] = [row for row in rows if row.id not in taken_back]
    return [waiting[event].pop(0) for event in events_of(record)]


def _history(events: Sequence[Event], params: Params, moment: float) -> list[AsOf]:
    """After each moment something happened at, and as of now: what was estimated then."""
    state, found = belief.prior(params), []
    for n, event in enumerate(events):
        state = belief.take_in(state, event, params).state
        if n + 1 == len(events) or events[n + 1].at > event.at:
            found.append(_as_of(state, event.at, params))
    return [*found, _as_of(state, moment, params)]


def _as_of(state: belief.State, day: float, params: Params) -> AsOf:
    return AsOf(EPOCH + timedelta(days=day), *belief.chance(state, NEXT_ACT, day, params))
