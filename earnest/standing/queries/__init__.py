"""Reads over the record of one person, and over figures in groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.engine.groups import Published
from earnest.engine.ladder import Entry, Place, climb
from earnest.initiatives.models import Initiative, Participation
from earnest.standing.models import Counted, Evidence, Figure, Group, Look
from earnest.standing.queries.estimates import (
    Doers,
    beliefs,
    beliefs_shown,
    doers_of,
    forbidden,
    may_be_estimated,
    read_doers,
    record_estimated,
    records_of,
    to_estimate,
    turns_of,
    with_estimates,
    with_record,
    with_weakest,
)

__all__ = [
    "AsOf",
    "Doers",
    "GroupShown",
    "GroupsShown",
    "Shown",
    "beliefs",
    "beliefs_shown",
    "counted_now",
    "doers_of",
    "due_for_figures",
    "forbidden",
    "group_of",
    "groups_shown",
    "last_figures",
    "may_be_estimated",
    "name_of_group",
    "place_of",
    "read_doers",
    "record_estimated",
    "record_of",
    "records_of",
    "to_estimate",
    "turns_of",
    "waiting_for_group",
    "with_estimates",
    "with_record",
    "with_weakest",
]


def record_of(participation_id: int) -> list[Evidence]:
    """What was said and done by this person on this initiative, oldest first."""
    return list(Evidence.objects.filter(participation_id=participation_id).order_by("at", "id"))


def place_of(record: Iterable[Evidence]) -> Place:
    """Where the record of a person puts them on the ladder."""
    return climb(
        Entry(
            id=str(row.id),
            at=row.at,
            kind=row.kind,
            value=row.value,
            item=row.item,
            corrects=str(row.corrects) if row.corrects else None,
        )
        for row in record
    )


# ── figures in groups: what is kept, for making new ones ────────────────────────────────────────


type Moment = datetime | None


def waiting_for_group(initiative: Initiative) -> list[tuple[int, int | None, Moment, Moment]]:
    """Who is in no group yet: key, team, first yes, first deed; teams in the order of the tree."""
    here = Participation.objects.may_be_asked().filter(initiative=initiative)
    rows = here.filter(~Exists(Counted.objects.filter(participation=OuterRef("pk"))))
    order = (F("person__team__parent").asc(nulls_first=True), "person__team__name", "pk")
    columns = ("pk", "person__team", "rung__said_at", "rung__did_at")
    return list(rows.order_by(*order).values_list(*columns))


def counted_now(initiative: Initiative) -> list[tuple[int, int, int]]:
    """Each group with how many said yes and how many did it, who rests as they were last."""
    rows = initiative.groups.order_by("pk").values_list("pk")
    return list(rows.annotate(said=_count_of("said"), did=_count_of("did")))


def _count_of(kind: str) -> Count:
    held = Q(counted__rests=True, **{f"counted__{kind}": True})
    rung = {f"counted__participation__rung__{kind}_at__isnull": False}
    return Count("counted", filter=held | Q(counted__rests=False, **rung))


def last_figures(initiative: Initiative) -> dict[int, Published]:
    """What stands of each group."""
    stands = {one.pk: Published(one.people, one.here) for one in initiative.groups.all()}
    for row in Figure.objects.filter(group__initiative=initiative).order_by("at", "pk"):
        stands[row.group_id] = replace(stands[row.group_id], **{row.kind: row.count})
    return stands


# ── figures in groups: what others than the leads see ───────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as it was published: how many of how many, as of when."""

    count: int
    people: int
    at: datetime

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.people)


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group as anyone may see it: how it was made up, and the figures that stand."""

    name: str
    people: int
    said: Shown | None
    did: Shown | None


@dataclass(frozen=True, slots=True)
class AsOf:
    """What all groups published by a day say together."""

    at: datetime
    said: Shown | None
    did: Shown | None


@dataclass(frozen=True, slots=True)
class GroupsShown:
    """Published figures and nothing else: every number here is one, or a sum of some."""

    groups: list[GroupShown]
    course: list[AsOf]  # after each day of publication, in order

    @property
    def now(self) -> AsOf | None:
        return self.course[-1] if self.course else None

    @property
    def people(self) -> int:
        return sum(one.people for one in self.groups)


def groups_shown(initiative: Initiative) -> GroupsShown:
    """Two queries, however many people: figures with their groups, and the teams these are made of."""
    rows = Figure.objects.filter(group__initiative=initiative).select_related("group")
    figures = list(rows.order_by("at", "pk"))
    there = {one.group_id: one.group for one in figures}
    names = _names_of(there.values())
    last: dict[tuple[int, str], Shown] = {}
    course: dict[datetime, AsOf] = {}
    for one in figures:
        last[one.group_id, one.kind] = Shown(one.count, one.group.people, one.at)
        course[one.at] = AsOf(
            one.at, _together(last, Figure.Kind.SAID), _together(last, Figure.Kind.DID)
        )
    groups = [
        GroupShown(names[pk], group.people, last.get((pk, "said")), last.get((pk, "did")))
        for pk, group in there.items()
    ]
    return GroupsShown(sorted(groups, key=lambda one: one.name), list(course.values()))


def _together(last: dict[tuple[int, str], Shown], kind: str) -> Shown | None:
    shown = [one for (_group, sort), one in last.items() if sort == kind]
    if not shown:
        return None
    latest = max(one.at for one in shown)
    return Shown(sum(one.count for one in shown), sum(one.people for one in shown), latest)


MOST_NAMES = 3


def _names_of(groups: Iterable[Group]) -> dict[int, str]:
    """Called by the teams it was made up of, as they are called today."""
    several = {one.pk: one for one in groups}
    made_of: dict[int, list[str]] = defaultdict(list)
    links = Group.teams.through._default_manager.filter(group__in=several)
    for pk, name in links.order_by("team__name").values_list("group_id", "team__name"):
        made_of[pk].append(name)
    return {pk: _called(one, made_of[pk]) for pk, one in several.items()}


def _called(group: Group, teams: list[str]) -> str:
    named = [*teams[:MOST_NAMES]]
    if more := len(teams) - len(named):
        named.append(ngettext("one more team", "%d more teams", more).replace("%d", str(more)))
    if group.teamless:
        named.append(_("people without a team"))
    return ", ".join(named) or _("other people")


def group_of(participation_id: int) -> Counted | None:
    """In which group somebody is counted for others than the leads."""
    return Counted.objects.filter(participation=participation_id).select_related("group").first()


def name_of_group(group: Group) -> str:
    return _names_of([group])[group.pk]


def due_for_figures(before: datetime) -> QuerySet[Initiative]:
    """Open initiatives that were not looked at since then."""
    never = ~Exists(Look.objects.filter(initiative=OuterRef("pk"), at__gte=before))
    return Initiative.objects.filter(never, closed_at=None).select_related(
        "workspace", "group_look"
    )
