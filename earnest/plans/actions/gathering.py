"""Needs gathered, split, left: what waits for an answer is counted again in the same moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative, Participation
from earnest.listening import actions as listening
from earnest.listening.actions import Under, carrying
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.plans.actions.inputs import hold, put_under, recount
from earnest.plans.models import Input


@transaction.atomic
def gather(
    initiative: Initiative, quotes: Sequence[Quote], words: str, *, by: User, at: datetime
) -> Need:
    """Quotes under the need called so, known or new.

    What waits for an answer of its own goes along: one answer per need reaches it (3.9).
    """
    need = listening.gather(initiative, quotes, words, by=by, at=at)
    for one in _waiting_of(need.quotes.filter(pk__in=[quote.pk for quote in quotes]), None):
        put_under(one, need, by=by, at=at)
    recount(initiative, at=at)
    return need


@transaction.atomic
def split(need: Need, under: Under, words: str, *, by: User, at: datetime) -> Need:
    """Some of it is another need. Raises NameTaken, NothingLeft."""
    hold(need.initiative_id)
    other = listening.split(need, under, words, by=by, at=at)
    for one in _waiting_of(under.quotes, need):
        put_under(one, other, by=by, at=at)
    recount(need.initiative, at=at)
    return other


@transaction.atomic
def take_out(need: Need, quote: Quote, *, by: User, at: datetime) -> bool:
    """This quote is of another need, or of none."""
    for one in _waiting_of([quote], need):
        put_under(one, None, by=by, at=at)
    hold(need.initiative_id)
    done = listening.take_out(need, quote, by=by, at=at)
    recount(need.initiative, at=at)
    return done


def _waiting_of(quotes: Iterable[Quote], need: Need | None) -> list[Input]:
    """What waits for an answer in these words: under this need, or (None) for itself."""
    rows = Input.objects.filter(quote__in=list(quotes), answered_at=None, erased_at=None)
    return list(rows.filter(need=need, same_as=None).select_related("initiative__workspace"))


@transaction.atomic
def take_along(here: Participation, named: NeedNamed, *, by: User, at: datetime) -> NeedNamed:
    """A need of theirs from before is known here too. Raises AskedToStop, NotTheirYes."""
    hold(here.initiative_id)
    row = carrying.take_along(here, named, by=by, at=at)
    recount(here.initiative, at=at)
    return row


@transaction.atomic
def take_carrying_back(named: NeedNamed, *, at: datetime) -> bool:
    """No later initiative may know it, and where it was taken along it waits for nothing."""
    there = Initiative.objects.filter(needs__named__carried_from=named.carried_from or named)
    where = [*there.distinct(), named.need.initiative]
    done = carrying.take_carrying_back(named, at=at)
    for initiative in where:
        recount(initiative, at=at)
    return done
