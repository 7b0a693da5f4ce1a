"""Needs: quotes gathered under them, named, merged, split. Nobody's words are lost by any of it.

How many named a need is stored with it, and set right by ``gathered.count_again`` alone, which
every action calls that changes what lies under a need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.gathered import (
    count_again,
    fitting,
    is_kept_words,
    is_used_above,
    known_as,
    let_go_of_empty,
    locked,
    need_called,
    same_words,
)
from earnest.listening.models import Need, NeedNamed, Quote


class NameTaken(Exception):
    """Another need is called so: the two are to be merged, not called alike."""

    def __init__(self, need: Need) -> None:
        super().__init__(need.pk)
        self.need = need


class NothingLeft(Exception):
    """All of it was chosen: a need that keeps nothing is renamed, not split."""


class StillUsed(Exception):
    """An answer of the plan points to it: plans.actions.merge_needs moves that first."""


@dataclass(frozen=True, slots=True)
class Under:
    """What lies under a need and is chosen: quotes, and times somebody named it."""

    quotes: Sequence[Quote] = ()
    named: Sequence[NeedNamed] = field(default_factory=tuple)


@transaction.atomic
def gather(
    initiative: Initiative, quotes: Sequence[Quote], words: str, *, by: User, at: datetime
) -> Need:
    """Gather quotes under the need called so, known or new. Who said them stays with each.

    Words of somebody who asked to be left alone stay where they are.
    """
    need = known_as(initiative.pk, words)
    if need is None:
        need = need_called(initiative.pk, words, at=at)
        _call(need, fitting(words), at=at)
    fresh = _may_be_gathered(initiative, quotes)
    need.quotes.add(*fresh)
    count_again([need.pk])
    events.record("quotes_gathered", by=by, at=at, about=need, detail={"quotes": len(fresh)})
    return need


def _may_be_gathered(initiative: Initiative, quotes: Sequence[Quote]) -> list[Quote]:
    asked = Participation.objects.may_be_asked().filter(initiative=initiative)
    rows = Quote.objects.filter(pk__in=[one.pk for one in quotes], initiative=initiative)
    return list(rows.filter(erased_at=None, participation__in=asked))


@transaction.atomic
def take_out(need: Need, quote: Quote, *, by: User, at: datetime) -> bool:
    """This quote is of another need, or of none. False where it was taken out before."""
    there = need.quotes.through._default_manager.filter(need=need, quote=quote)
    gone, _rows = there.delete()
    if gone:
        count_again([need.pk])
        let_go_of_empty([need.pk])
        events.record("quote_taken_out", by=by, at=at, about=quote)
    return bool(gone)


@transaction.atomic
def rename(need: Need, words: str, *, by: User, at: datetime) -> None:
    """Call it so from now on; how each put it stays theirs. Raises NameTaken."""
    Initiative.objects.select_for_update().only("pk").get(pk=need.initiative_id)
    other = known_as(need.initiative_id, words)
    if other and other.pk != need.pk:
        raise NameTaken(other)
    _call(need, fitting(words), at=at)
    events.record("need_renamed", by=by, at=at, about=need)


def _call(need: Need, words: str, *, at: datetime) -> None:
    """A lead's own name may be read by others; somebody's very words only as they chose."""
    kept = is_kept_words(need.initiative_id, words)
    need.words, need.called_at = words, None if kept else at
    Need.objects.filter(pk=need.pk).update(words=words, called_at=need.called_at)


@transaction.atomic
def merge(into: Need, others: Sequence[Need], *, by: User, at: datetime) -> None:
    """The same need after all: every quote and whoever named it moves; to undo it, split.

    What lies in contexts above moves first (plans.actions.merge_needs). Raises StillUsed.
    """
    keys = [one.pk for one in others if one.pk != into.pk]
    gone = list(locked([into.pk, *keys]).exclude(pk=into.pk))
    if any(is_used_above(one) for one in gone):
        raise StillUsed
    for one in gone:
        into.quotes.add(*one.quotes.all())
    NeedNamed.objects.filter(need__in=gone).update(need=into)
    Need.objects.filter(carried_from__in=gone).update(carried_from=into)
    Need.objects.filter(pk__in=[one.pk for one in gone]).delete()
    count_again([into.pk])
    events.record("needs_merged", by=by, at=at, about=into, detail={"others": len(gone)})


@transaction.atomic
def split(need: Need, under: Under, words: str, *, by: User, at: datetime) -> Need:
    """Some of it is another need. Raises NameTaken where its own name is given, NothingLeft."""
    if same_words(words) == same_words(need.words):
        raise NameTaken(need)
    list(locked([need.pk]))
    quotes = list(need.quotes.filter(pk__in=[one.pk for one in under.quotes]))
    named = list(need.named.filter(pk__in=[one.pk for one in under.named]))
    if need.quotes.count() == len(quotes) and need.named.count() == len(named):
        raise NothingLeft
    other = known_as(need.initiative_id, words)
    if other is None:
        other = need_called(need.initiative_id, words, at=at)
        _call(other, other.words, at=at)
    need.quotes.remove(*quotes)
    other.quotes.add(*quotes)
    NeedNamed.objects.filter(pk__in=[one.pk for one in named]).update(need=other)
    count_again([need.pk, other.pk])
    events.record("need_split", by=by, at=at, about=need, detail={"into": other.pk})
    return other
