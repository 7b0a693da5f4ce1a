"""What happens becomes evidence, and evidence a rung, here alone (docs/model.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from uuid_utils.compat import uuid7

from earnest.accounts.models import User
from earnest.core import events
from earnest.engine.ladder import Step
from earnest.initiatives.models import Participation
from earnest.standing import queries
from earnest.standing.models import Belief, Counted, Evidence, Rung


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said or done: ``source`` points to where it came from, in words."""

    kind: str
    value: int | None
    source: str
    item: str = ""
    corrects: UUID | None = None
    reason: str = ""


SAID_YES, SAID_NO = "said yes", "said no, and why"
NOT_RIGHT = "said that it is not right"  # the source of what they took back themselves
A_MINUTE = timedelta(minutes=1)
REASONS = {Step.NO: "agreed", Step.FADING: "did"}  # whose last "no" holds the reason shown


@transaction.atomic
def record_evidence(participation: Participation, fact: Fact, *, at: datetime) -> Evidence:
    """Write one row of the record, and move the rung if the record now says so.

    The rung is locked first: of two who write at once, the second reads the row of the first.
    """
    _locked_rung(participation)
    row = Evidence.objects.create(
        person_id=participation.person_id,
        id=uuid7(),
        participation_id=participation.pk,
        initiative_id=participation.initiative_id,
        at=at,
        kind=fact.kind,
        item=fact.item,
        value=fact.value,
        source=fact.source,
        reason=fact.reason,
        corrects=fact.corrects,
    )
    record = queries.record_of(participation.pk)
    _refresh_rung(participation, record)
    _follow_estimate(participation, row, record)
    return row


def is_on_record(participation: Participation, source: str, *, kind: str) -> bool:
    """True when this source said something of this kind that was not taken back."""
    return _words_of(participation, source).filter(kind=kind).exists()


@transaction.atomic
def withdraw_evidence(
    participation: Participation, source: str, *, kind: str, at: datetime, item: str | None = None
) -> int:
    """Take back what a source said, of one thing or of all, by rows that name the old ones.

    Returns how many.
    """
    rows = Evidence.objects.filter(participation_id=participation.pk, source=source, kind=kind)
    if item is not None:
        rows = rows.filter(item=item)
    corrected = set(
        Evidence.objects.filter(participation_id=participation.pk)
        .exclude(corrects=None)
        .values_list("corrects", flat=True)
    )
    open_rows = [row for row in rows if row.id not in corrected and row.value is not None]
    for row in open_rows:
        back = Fact(row.kind, None, source, item=row.item, corrects=row.id)
        record_evidence(participation, back, at=at)
    return len(open_rows)


@transaction.atomic
def say_anew(participation: Participation, fact: Fact, *, at: datetime) -> bool:
    """The last word of a source counts: the same again is nothing, another takes the old one back.

    Returns False where nothing new was said.
    """
    _locked_rung(participation)
    last = _words_of(participation, fact.source).filter(kind=fact.kind, item=fact.item).first()
    if last and (last.value, last.reason) == (fact.value, fact.reason):
        return False
    if last:
        back = Fact(last.kind, None, last.source, item=last.item, corrects=last.id)
        record_evidence(participation, back, at=at)
    record_evidence(participation, fact, at=at)
    return True


@transaction.atomic
def reword(participation: Participation, source: str, words: str, *, at: datetime) -> None:
    """They put the reason in other words, or took it back: the old ones are kept nowhere.

    It overrides the append-only rule as erasure does (privacy.md 4): that they said so stays.
    """
    mine = Evidence.objects.filter(participation_id=participation.pk, source=source)
    if mine.exclude(reason="").update(reason=words[:300]):
        _refresh_rung(participation, queries.record_of(participation.pk))
        events.record("reason_reworded", at=at, about=participation)


@transaction.atomic
def note_heard(participation: Participation, *, at: datetime) -> None:
    """They were heard: a conversation was held with them. Words of theirs are another matter.

    The first time counts, whenever it is noted: whether it was before an ask is asked of it (3.1).
    """
    rung = _rung(participation)
    later = Q(heard_at=None) | Q(heard_at__gt=at)
    Rung.objects.filter(later, pk=rung.pk).update(heard_at=at)


@transaction.atomic
def note_yes(participation: Participation, *, by: User, at: datetime) -> bool:
    """They said yes in words: a nod, no commitment (3.5). Tapped twice in a minute is once."""
    participation.refuse_if_stopped()
    _locked_rung(participation)
    if _words_of(participation, SAID_YES).filter(at__gt=at - A_MINUTE, at__lte=at).exists():
        return False
    events.record("said_yes", by=by, at=at, about=participation)
    note_heard(participation, at=at)
    record_evidence(participation, Fact("nodded", 1, SAID_YES), at=at)
    return True


@transaction.atomic
def note_no(
    participation: Participation,
    reason: str,
    *,
    by: User | None,
    at: datetime,
    source: str = SAID_NO,
) -> None:
    """They said no, and why: welcome, visible, and counted as heard.

    ``source`` names what they said no to, where that is known; said again, it is still one no.
    """
    participation.refuse_if_stopped()
    events.record("said_no", by=by, at=at, about=participation)
    note_heard(participation, at=at)
    fact = Fact("agreed", 0, source, reason=reason)
    if source == SAID_NO:
        record_evidence(participation, fact, at=at)
    else:
        say_anew(participation, fact, at=at)


@transaction.atomic
def take_word_back(participation: Participation, *, by: User, at: datetime) -> bool:
    """The last yes or no was noted by mistake: withdraw it, by a row that names it."""
    _locked_rung(participation)
    last = _words_of(participation, SAID_YES, SAID_NO).first()
    if last is None:
        return False
    back = Fact(last.kind, None, last.source, corrects=last.id)
    record_evidence(participation, back, at=at)
    events.record("word_taken_back", by=by, at=at, about=participation)
    return True


@transaction.atomic
def say_not_right(participation: Participation, evidence: UUID, *, at: datetime) -> bool:
    """The person says that something noted of them is not right: it counts no more (privacy.md 5).

    Also after a stop: taking back is nothing new about them. False where it was taken back before.
    """
    _locked_rung(participation)
    row = _all_that_stands(participation).filter(id=evidence).first()
    if row is None:
        return False
    back = Fact(row.kind, None, NOT_RIGHT, item=row.item, corrects=row.id)
    record_evidence(participation, back, at=at)
    events.record("evidence_not_right", at=at, about=participation)
    return True


@transaction.atomic
def mark_no_chance(participation: Participation, *, by: User, at: datetime) -> None:
    """Their work gave no chance yet: a mark of its own, and no evidence either way (0.2)."""
    participation.refuse_if_stopped()
    rung = _rung(participation)
    if Rung.objects.filter(pk=rung.pk, no_chance_since=None).update(no_chance_since=at):
        events.record("no_chance_marked", by=by, at=at, about=participation)


@transaction.atomic
def clear_no_chance(participation: Participation, *, by: User | None, at: datetime) -> None:
    """A chance came up: the mark goes, the record stays as it is. ``by`` None: by their own word."""
    marked = Rung.objects.filter(pk=participation.pk).exclude(no_chance_since=None)
    if marked.update(no_chance_since=None):
        events.record("no_chance_cleared", by=by, at=at, about=participation)


def erase_record(participation_id: int) -> int:
    """Delete what was said and done by a person on an initiative; the rung stays, a bare count.

    In figures of a group they stay counted as they were last, pointing to nobody.
    """
    Counted.objects.filter(participation=participation_id).update(participation=None, rests=True)
    Rung.objects.filter(pk=participation_id).update(reason="")
    Belief.objects.filter(pk=participation_id).delete()
    deleted, _ = Evidence.objects.filter(participation_id=participation_id).delete()
    return deleted


def _words_of(participation: Participation, *sources: str) -> QuerySet[Evidence]:
    """What these sources said that still stands, the latest first."""
    return _all_that_stands(participation).filter(source__in=sources)


def _all_that_stands(participation: Participation) -> QuerySet[Evidence]:
    mine = Evidence.objects.filter(participation_id=participation.pk)
    taken_back = mine.exclude(corrects=None).values("corrects")
    return mine.filter(corrects=None).exclude(id__in=taken_back).order_by("-at", "-id")


def _rung(participation: Participation) -> Rung:
    rung, _ = Rung.objects.get_or_create(
        participation=participation, defaults={"initiative_id": participation.initiative_id}
    )
    return rung


def _locked_rung(participation: Participation) -> Rung:
    _rung(participation)
    return Rung.objects.select_for_update().get(pk=participation.pk)


def _follow_estimate(participation: Participation, row: Evidence, record: list[Evidence]) -> None:
    """Where they may be estimated, the stored state takes the row in (privacy.md 5)."""
    whose = queries.to_estimate().filter(pk=participation.pk).first()
    if whose:
        from earnest.standing import estimating  # noqa: PLC0415  (it loads NumPy)

        estimating.take_in(whose, row, record)


def _refresh_rung(participation: Participation, record: list[Evidence]) -> None:
    """Store what the record says now, with the reason they gave for a no, or for a deed not done."""
    place = queries.place_of(record)
    said = REASONS.get(place.step)
    last = _all_that_stands(participation).filter(kind=said, value=0).first() if said else None
    Rung.objects.filter(pk=participation.pk).update(
        step=place.step,
        since=place.since,
        nos=len(place.nos),
        no_at=place.nos[-1] if place.nos else None,
        said_at=place.said,
        did_at=place.did,
        last_did_at=place.last,
        reason=last.reason if last else "",
    )
