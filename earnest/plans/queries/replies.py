"""Whom an answer reaches, and beside which words of theirs it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from earnest.initiatives.models import Participation
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.plans.models import Input, Reply


def reached_by(to: Input | Need) -> QuerySet[Participation]:
    """Everyone who gave it: named under the need, quoted under it, or with an input under it.

    Those who asked to be left alone are among them: their page shows it, no mail goes to them.
    """
    if isinstance(to, Need):
        whose = (
            Q(pk__in=_people(NeedNamed.objects.filter(need=to)))
            | Q(pk__in=_people(Quote.objects.filter(needs=to, erased_at=None)))
            | Q(pk__in=_people(Input.objects.filter(need=to, erased_at=None)))
        )
    else:
        alike = Q(pk=to.pk) | Q(same_as=to.pk)
        whose = Q(pk__in=_people(Input.objects.filter(alike, erased_at=None)))
    here = Participation.objects.present().filter(whose, initiative=to.initiative_id)
    return here.select_related("person", "held_by", "initiative__workspace").order_by(
        "person__name", "pk"
    )


def _people(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    return rows.exclude(participation=None).values("participation")


def words_of(to: Input | Need, people: Iterable[Participation]) -> dict[int, list[str]]:
    """The words of each of them it answers, in their own words; three queries, however many."""
    keys = [one.pk for one in people]
    said: dict[int, list[str]] = defaultdict(list)
    if isinstance(to, Need):
        quotes = Quote.objects.filter(needs=to, participation__in=keys, erased_at=None)
        _hand_out(said, quotes.order_by("pk").values_list("participation", "words"))
        rows = Input.objects.filter(need=to, participation__in=keys, erased_at=None)
        _hand_out(said, rows.order_by("pk").values_list("participation", "words"))
        named = NeedNamed.objects.filter(need=to, participation__in=keys).order_by("pk")
        _hand_out(said, (row for row in named.values_list("participation", "words") if row[1]))
        for pk in keys:
            said.setdefault(pk, [to.words])
    else:
        alike = Input.objects.filter(Q(pk=to.pk) | Q(same_as=to.pk), erased_at=None)
        rows = alike.filter(participation__in=keys)
        _hand_out(said, rows.order_by("pk").values_list("participation", "words"))
    return dict(said)


def _hand_out(said: dict[int, list[str]], rows: Iterable[tuple[int | None, str]]) -> None:
    for pk, words in rows:
        if pk and words not in said[pk]:
            said[pk].append(words)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many an answer is for, and how it gets to them."""

    people: list[Participation]

    @property
    def to_write(self) -> list[Participation]:
        return [one for one in self.people if not one.asked_to_stop]

    @property
    def stopped(self) -> int:
        return sum(one.asked_to_stop for one in self.people)

    @property
    def without_address(self) -> int:
        return sum(not one.person.email for one in self.to_write)

    @property
    def by_mail(self) -> int:
        return len(self.to_write) - self.without_address


def heard_of(participation: Participation) -> QuerySet[Reply]:
    """Every answer that is for them: to their inputs, alike ones, needs, and lines of check-ins."""
    here = participation.pk
    theirs = Input.objects.filter(participation=here, erased_at=None)
    lines = Input.objects.filter(round__asked=here, participation=None, erased_at=None)
    quoted = Quote.needs.through._default_manager.filter(
        quote__participation=here, quote__erased_at=None
    )
    named = NeedNamed.objects.filter(participation=here)
    return Reply.objects.filter(
        Q(input__in=theirs.values("pk"))
        | Q(input__in=theirs.exclude(same_as=None).values("same_as"))
        | Q(input__in=lines.values("pk"))
        | Q(need__in=theirs.exclude(need=None).values("need"))
        | Q(need__in=quoted.values("need"))
        | Q(need__in=named.values("need"))
    )
