"""An initiative with many people on it, for tests of figures in groups."""

from __future__ import annotations

import random
from datetime import datetime

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.people import actions as people
from earnest.people.models import Person, Team
from earnest.standing.models import Rung
from tests.worlds import World


class EveryWeek(random.Random):
    """A lot by which nothing ever rests."""

    def randrange(self, *args: int, **_more: int) -> int:  # type: ignore[override]
        return 1


def crowd(world: World, teams: dict[str, int], *, at: datetime) -> dict[str, list[Participation]]:
    """So many people of each team, put on the initiative; a team called "" is none."""
    found = {}
    for name, size in teams.items():
        team = Team.objects.get_or_create(workspace=world.workspace, name=name)[0] if name else None
        rows = [people.Named(f"{name or 'Nobody'} {n} {at:%d%m%y}") for n in range(size)]
        made = people.add_people(world.workspace, rows, by=world.lead, at=at)
        Person.objects.filter(pk__in=[one.pk for one in made]).update(team=team)
        found[name] = [
            initiatives.put_on(world.initiative, one, held_by=world.lead, by=world.lead, at=at)
            for one in made
        ]
    return found


def says(*several: Participation, at: datetime) -> None:
    _note(several, said_at=at)


def does(*several: Participation, at: datetime) -> None:
    _note(several, said_at=at, did_at=at)


def takes_it_back(*several: Participation) -> None:
    _note(several, said_at=None, did_at=None)


def _note(several: tuple[Participation, ...], **moments: datetime | None) -> None:
    for one in several:
        Rung.objects.update_or_create(
            participation=one, defaults={"initiative_id": one.initiative_id, **moments}
        )
