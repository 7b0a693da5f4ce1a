"""However needs are gathered, merged and split, what is stored of them is what one would count."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest

from earnest.initiatives.models import Participation
from earnest.listening import actions, queries
from earnest.listening import erasure as erasing
from earnest.listening.actions import Under
from earnest.listening.gathered import name_another
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.listening.tests.needs import crowd, needs, says
from tests.worlds import NOW, World

NAMES = ["Friday load", "friday  LOAD", "Rest", "A say", "Time"]


class Deeds:
    """What a lead and the people do, chosen by chance."""

    def __init__(self, world: World, people: list[Participation], chance: random.Random) -> None:
        self.world, self.people, self.chance = world, people, chance
        self.by = world.lead

    def say(self) -> None:
        says(self.chance.choice(self.people), f"Words {self.chance.random()}")

    def name(self) -> None:
        needs(self.chance.choice(self.people), self.chance.choice(NAMES))

    def gather(self) -> None:
        said = list(Quote.objects.filter(erased_at=None))
        some = self.chance.sample(said, min(3, len(said)))
        name = self.chance.choice([*NAMES, *(one.words for one in some)])
        actions.gather(self.world.initiative, some, name, by=self.by, at=NOW)

    def take_out(self) -> None:
        need, quote = self.a_need(), self.a_quote()
        if need and quote:
            actions.take_out(need, quote, by=self.by, at=NOW)

    def merge(self) -> None:
        some = list(Need.objects.all())
        if len(some) > 1:
            into, *others = self.chance.sample(some, 2)
            actions.merge(into, others, by=self.by, at=NOW)

    def split(self) -> None:
        need = self.a_need()
        if need:
            some = Under(list(need.quotes.all()[:1]), list(need.named.all()[:1]))
            with suppress(actions.NameTaken, actions.NothingLeft):
                actions.split(need, some, self.chance.choice(NAMES), by=self.by, at=NOW)

    def mend(self) -> None:
        if quote := self.a_quote():
            actions.mend_quote(quote, self.chance.choice([*NAMES, "Mended"]), at=NOW)

    def strike(self) -> None:
        if quote := self.a_quote():
            actions.strike_quote(quote, at=NOW)

    def mend_need(self) -> None:
        if named := NeedNamed.objects.exclude(participation=None).order_by("?").first():
            name_another(named, self.chance.choice(NAMES), at=NOW)

    def erase(self) -> None:
        if len(self.people) > 2:
            one = self.people.pop()
            erasing.erase_heard(one, queries.names_of(one), {}, at=NOW)

    def a_need(self) -> Need | None:
        return self.chance.choice(list(Need.objects.all()) or [None])

    def a_quote(self) -> Quote | None:
        return self.chance.choice(list(Quote.objects.filter(erased_at=None)) or [None])


def counted(need: Need) -> tuple[int, int]:
    quotes = [one for one in need.quotes.all() if one.erased_at is None]
    people = {one.participation_id for one in quotes}
    people |= {one.participation_id for one in need.named.all()}
    return len(people - {None}), len(quotes)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_stored_is_what_is_counted(world: World, seed: int) -> None:
    deeds = Deeds(world, crowd(world, 5), random.Random(seed))
    common: list[Callable[[], None]] = [
        deeds.say,
        deeds.say,
        deeds.name,
        deeds.gather,
        deeds.gather,
    ]
    rare = [deeds.take_out, deeds.merge, deeds.split, deeds.mend, deeds.mend_need, deeds.strike]
    for _ in range(60):
        deeds.chance.choice([*common, *common, *rare, deeds.erase])()
        for need in Need.objects.all():
            assert (need.people_count, need.quotes_count) == counted(need), need.words
    assert Quote.objects.exists()
