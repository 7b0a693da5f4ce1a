"""Needs: quotes gathered under them, named, merged, split. Nobody's words are lost by any of it.

How many named a need is stored with it, and set right by ``count_again`` alone, which every action
calls that changes what lies under a need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.listening import naming
from earnest.listening.models import Need, NeedNamed, Quote

MOST_LETTERS = 200
FEW_WORDS = 3  # fewer are nobody's own


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


def same_words(words: str) -> str:
    """By what two needs are the same: their words, whatever the case and the spaces."""
    return " ".join(words.split()).casefold()


def need_called(initiative_id: int, words: str, *, at: datetime) -> Need:
    """The need called so, in any case and spacing; made where there is none. Inside a caller's
    transaction."""
    Initiative.objects.select_for_update().only("pk").get(
        pk=initiative_id
    )  # two at once: one waits
    return known_as(initiative_id, words) or Need.objects.create(
        initiative_id=initiative_id, words=_fitting(words), made_at=at
    )


def known_as(initiative_id: int, words: str) -> Need | None:
    """Compared here: SQLite folds ASCII alone, and "Été" is no other need than "été"."""
    wanted = same_words(_fitting(words))
    here = Need.objects.filter(initiative=initiative_id).order_by("pk")
    found = (pk for pk, said in here.values_list("pk", "words") if same_words(said) == wanted)
    pk = next(found, None)
    return Need.objects.get(pk=pk) if pk else None


def _fitting(words: str) -> str:
    return " ".join(words.split())[:MOST_LETTERS]


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
        _call(need, _fitting(words), at=at)
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
    _call(need, _fitting(words), at=at)
    events.record("need_renamed", by=by, at=at, about=need)


def _call(need: Need, words: str, *, at: datetime) -> None:
    """A lead's own name may be read by others; somebody's very words only as they chose."""
    kept = is_kept_words(need.initiative_id, words)
    need.words, need.called_at = words, None if kept else at
    Need.objects.filter(pk=need.pk).update(words=words, called_at=need.called_at)


def is_kept_words(initiative_id: int, words: str) -> bool:
    """Whether these are words of a quote that its person left for the leads alone."""
    said = same_words(words)
    quotes = Quote.objects.filter(
        initiative=initiative_id, passed_on=Quote.PassedOn.LEADS_ONLY, erased_at=None
    )
    return any(_holds(same_words(one), said) for one in quotes.values_list("words", flat=True))


def _holds(quote: str, name: str) -> bool:
    return quote == name or (len(name.split()) >= FEW_WORDS and name in quote)


def close_names_in(quote: Quote) -> None:
    """For the leads alone again: so is what is called in these words. In a caller's transaction."""
    named = Need.objects.filter(initiative=quote.initiative_id).exclude(called_at=None)
    said = same_words(quote.words)
    kept = [pk for pk, name in named.values_list("pk", "words") if _holds(said, same_words(name))]
    Need.objects.filter(pk__in=kept).update(called_at=None)


@transaction.atomic
def merge(into: Need, others: Sequence[Need], *, by: User, at: datetime) -> None:
    """The same need after all: every quote and whoever named it moves; to undo it, split.

    What lies in contexts above moves first (plans.actions.merge_needs). Raises StillUsed.
    """
    keys = [one.pk for one in others if one.pk != into.pk]
    gone = list(_locked([into.pk, *keys]).exclude(pk=into.pk))
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
    list(_locked([need.pk]))
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


def _locked(keys: Iterable[int]) -> QuerySet[Need]:
    return Need.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")


def count_again(needs: Iterable[int]) -> None:
    """Set the stored counts of these needs right; four queries, however many they are."""
    rows = {one.pk: one for one in _locked(set(needs))}
    zone = _zone(rows)
    people: dict[int, set[int]] = defaultdict(set)
    quotes: dict[int, int] = defaultdict(int)
    moments: dict[int, list[datetime]] = defaultdict(list)
    named = NeedNamed.objects.filter(need__in=rows)
    for need, who, at in named.values_list("need_id", "participation_id", "at"):
        people[need] |= {who} - {None}
        moments[need].append(at)
    links = Quote.needs.through._default_manager.filter(need__in=rows, quote__erased_at=None)
    for need, who, on in links.values_list("need_id", "quote__participation_id", "quote__said_on"):
        people[need] |= {who} - {None}
        quotes[need] += 1
        moments[need].append(datetime.combine(on, time(12), zone))
    for pk, one in rows.items():
        one.people_count, one.quotes_count = len(people[pk]), quotes[pk]
        one.first_named_at = min(moments[pk], default=None)
    Need.objects.bulk_update(
        rows.values(), ["people_count", "quotes_count", "first_named_at"], batch_size=200
    )


def _zone(rows: dict[int, Need]) -> ZoneInfo:
    """All are of one workspace: a quote has a day, and its noon is there."""
    one = next(iter(rows.values()), None)
    where = Initiative.objects.filter(pk=one.initiative_id if one else None)
    return ZoneInfo(where.values_list("workspace__time_zone", flat=True).first() or "UTC")


def is_used_above(need: Need) -> bool:
    """Whether a context above points to it: asked of its tables, for nothing is imported upwards."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: need}).exists()
        for relation in Need._meta.related_objects
        if relation.related_model._meta.app_label != Need._meta.app_label
    )


def let_go_of_empty(needs: Iterable[int]) -> None:
    """A need under which nothing lies is gone, unless something above points to it."""
    empty = Need.objects.filter(pk__in=list(needs), named=None, quotes=None)
    for one in empty:
        if not is_used_above(one):
            one.delete()


def put_otherwise(named: NeedNamed, words: str, gone: Sequence[str], *, at: datetime) -> Need:
    """This one put it so, in place of the words that are ``gone``; their need, as it is called now.

    Those who named it too keep its name; what nobody else put so is called in the new words, and
    where another need is called so already, joins that. Taken along, it changes there too.
    """
    words = _fitting(words)
    for one in (named, *named.carried_to.select_related("need")):
        NeedNamed.objects.filter(pk=one.pk).update(words=words)
        need = call_anew(one.need, [*gone, one.in_their_words], words, whose=one.participation_id)
        if one.pk == named.pk:
            now_under = need
    return now_under


def call_anew(need: Need, gone: Sequence[str], words: str, *, whose: int | None) -> Need:
    """Where a need is called in words that are taken back, in others: nobody else's name changes."""
    if same_words(need.words) not in {same_words(_fitting(one)) for one in gone}:
        return need
    others = list(need.named.exclude(participation=whose).order_by("at", "pk"))
    if any(same_words(one.in_their_words) == same_words(need.words) for one in others):
        return need
    said = [one.words for one in others]
    said += list(need.quotes.exclude(participation=whose).values_list("words", flat=True)[:3])
    said = [one for one in said if not known_as(need.initiative_id, one)] or said
    known = known_as(need.initiative_id, words) if words and not said else None
    if known and known.pk != need.pk and not is_used_above(need):
        _move(need, known)
        return known
    name = _fitting((said or [words or naming.STRUCK])[0])
    Need.objects.filter(pk=need.pk).update(words=name, called_at=None)
    need.words, need.called_at = name, None
    return need


def _move(need: Need, into: Need) -> None:
    into.quotes.add(*need.quotes.all())
    NeedNamed.objects.filter(need=need).update(need=into)
    need.delete()
    count_again([into.pk])


def take_away(named: NeedNamed, gone: Sequence[str]) -> None:
    """They take it back: it is gone here, and where it was taken along with their yes."""
    for one in (*named.carried_to.select_related("need"), named):
        NeedNamed.objects.filter(pk=one.pk).delete()
        call_anew(one.need, [*gone, one.in_their_words], "", whose=one.participation_id)
        count_again([one.need_id])
        let_go_of_empty([one.need_id])


def name_another(named: NeedNamed, words: str, *, at: datetime) -> None:
    """It was another need that they named; where nobody else is under it, the same in other words."""
    old = named.need
    others = old.named.exclude(pk=named.pk).exists() or (
        old.quotes.exclude(participation=named.participation_id).exists()
    )
    if not others:
        put_otherwise(named, words, [], at=at)
        return
    need = need_called(old.initiative_id, words, at=at)
    NeedNamed.objects.filter(pk=named.pk).update(need=need, words=_fitting(words))
    count_again([old.pk, need.pk])


def call_in_new_words(quote: Quote, new: str) -> None:
    """Needs that are called in words of this quote, once it is mended or struck."""
    said, whose = same_words(quote.words), quote.participation_id
    for need in Need.objects.filter(initiative=quote.initiative_id):
        if _holds(said, same_words(need.words)):
            call_anew(need, [need.words], _fitting(new), whose=whose)
