"""Is what a pilot is compared with of five people and more? (privacy.md 7)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count

from earnest.engine.groups import FEWEST
from earnest.people.models import Person
from earnest.people.queries import TeamTree
from earnest.pilots.models import PilotMeasure


def large_comparisons(measures: Sequence[PilotMeasure]) -> set[int]:
    """The keys of measures, all of one initiative, whose comparison others may read: where it is a
    team of the directory by how many are in it beside the pilot's own team, else as its leads said.
    At most two queries."""
    compared = [one for one in measures if one.comparison]
    if not compared:
        return set()
    initiative = compared[0].pilot.initiative
    tree = TeamTree(initiative.workspace)
    meant = {
        one.pk: [
            team.pk
            for team in tree.matching(one.comparison)
            if team.is_example == initiative.is_example
        ]
        for one in compared
    }
    wanted = {pk for teams in meant.values() for pk in teams}
    own = {one.pilot.team_id for one in compared if one.pilot.team_id and meant[one.pk]}
    sizes = _sizes(tree, wanted | own)
    return {
        one.pk
        for one in compared
        if (
            all(_is_large(tree, sizes, pk, one.pilot.team_id) for pk in meant[one.pk])
            if meant[one.pk]
            else one.comparison_of_five
        )
    }


def _is_large(tree: TeamTree, sizes: dict[int, int], compared: int, own: int | None) -> bool:
    """Five people and more; where one lies inside the other, so are those in one of them alone, or
    the figure of the one less that of the other would be theirs."""
    if own is None:
        return sizes[compared] >= FEWEST
    if compared in tree.upwards(own):
        return sizes[compared] - sizes[own] >= FEWEST
    if own in tree.upwards(compared):
        rest = sizes[own] - sizes[compared]
        return sizes[compared] >= FEWEST and (rest <= 0 or rest >= FEWEST)
    return sizes[compared] >= FEWEST


def _sizes(tree: TeamTree, wanted: Iterable[int]) -> dict[int, int]:
    """How many people are in each of these, with all that belongs to it."""
    found = dict.fromkeys(wanted, 0)
    within = [pk for pk in tree.teams if not found.keys().isdisjoint(tree.upwards(pk))]
    if not within:
        return found
    rows = Person.objects.present().filter(team__in=within).order_by()
    for team, people in rows.values_list("team").annotate(n=Count("pk")):
        for above in tree.upwards(team):
            if above in found:
                found[above] += people
    return found
