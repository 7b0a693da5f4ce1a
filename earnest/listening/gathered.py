"""What lies under a need and what it is called: counts and names, kept right wherever words change.

A file of its own: actions that gather, mend and strike call it, and so does erasure. Inside a
caller's transaction, all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from earnest.engine.language.repeats import is_enough
from earnest.initiatives.models import Initiative
from earnest.listening import naming
from earnest.listening.models import Need, NeedNamed, Quote

MOST_LETTERS = 200


def same_words(words: str) -> str:
    """By what two needs are the same: their words, whatever the case and the spaces."""
    return " ".join(words.split()).casefold()


def need_called(initiative_id: int, words: str, *, at: datetime) -> Need:
    """The need called so, in any case and spacing; made where there is none."""
    Initiative.objects.select_for_update().only("pk").get(
        pk=initiative_id
    )  # two at once: one waits
    return known_as(initiative_id, words) or Need.objects.create(
        initiative_id=initiative_id, words=fitting(words), made_at=at
    )


def known_as(initiative_id: int, words: str) -> Need | None:
    """Compared here: SQLite folds ASCII alone, and "Été" is no other need than "été"."""
    wanted = same_words(fitting(words))
    here = Need.objects.filter(initiative=initiative_id).order_by("pk")
    found = (pk for pk, said in here.values_list("pk", "words") if same_words(said) == wanted)
    pk = next(found, None)
    return Need.objects.get(pk=pk) if pk else None


def fitting(words: str) -> str:
    return " ".join(words.split())[:MOST_LETTERS]


def is_kept_words(initiative_id: int, words: str) -> bool:
    """Whether these are words of a quote that its person left for the leads alone."""
    said = same_words(words)
    quotes = Quote.objects.filter(
        initiative=initiative_id, passed_on=Quote.PassedOn.LEADS_ONLY, erased_at=None
    )
    return any(_holds(same_words(one), said) for one in quotes.values_list("words", flat=True))


def _holds(quote: str, name: str) -> bool:
    return quote == name or (is_enough(name) and name in quote)


def close_names_in(quote: Quote) -> None:
    """For the leads alone again: so is what is called in these words."""
    named = Need.objects.filter(initiative=quote.initiative_id).exclude(called_at=None)
    said = same_words(quote.words)
    kept = [pk for pk, name in named.values_list("pk", "words") if _holds(said, same_words(name))]
    Need.objects.filter(pk__in=kept).update(called_at=None)


def locked(keys: Iterable[int]) -> QuerySet[Need]:
    return Need.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")


def count_again(needs: Iterable[int]) -> None:
    """Set the stored counts of these needs right; four queries, however many they are."""
    rows = {one.pk: one for one in locked(set(needs))}
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
    where = Initiative.objects.filter(pk__in={one.initiative_id for one in rows.values()})
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
    words = fitting(words)
    for one in (named, *named.carried_to.select_related("need")):
        NeedNamed.objects.filter(pk=one.pk).update(words=words)
        need = call_anew(one.need, [*gone, one.in_their_words], words, whose=one.participation_id)
        if one.pk == named.pk:
            now_under = need
    return now_under


def call_anew(need: Need, gone: Sequence[str], words: str, *, whose: int | None) -> Need:
    """Where a need is called in words that are taken back, in others: nobody else's name changes."""
    if same_words(need.words) not in {same_words(fitting(one)) for one in gone}:
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
    name = fitting((said or [words or naming.STRUCK])[0])
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
    NeedNamed.objects.filter(pk=named.pk).update(need=need, words=fitting(words))
    count_again([old.pk, need.pk])


def call_in_new_words(quote: Quote, new: str) -> None:
    """Needs that are called in words of this quote, once it is mended or struck."""
    said, whose = same_words(quote.words), quote.participation_id
    for need in Need.objects.filter(initiative=quote.initiative_id):
        if _holds(said, same_words(need.words)):
            call_anew(need, [need.words], fitting(new), whose=whose)
