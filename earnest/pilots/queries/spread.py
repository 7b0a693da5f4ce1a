"""How it spreads: which part asked, began, and what became of it, over the tree and over time (3.18).

Who leads sees each request. Others see requests at parts of five people and more: what a smaller
part asked for stands at the part above it that is large enough, and the month instead of the day.
Where a pilot runs, and since when, everyone on the initiative reads, however small its part is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch

from earnest.initiatives.models import Initiative
from earnest.initiatives.queries import SHOWN_FROM
from earnest.people.models import Person, Team
from earnest.pilots.models import CardVersion, Pilot, PilotMeasure, SpreadRequest
from earnest.pilots.queries.cards import GONE, is_of_few, outcome_of
from earnest.pilots.queries.cutting import cut_typed
from earnest.pilots.queries.measured import Measured, began_on, found, last_day

MOST_PARTS = 80
MOST_NAMES = 2000
RUNNING, ENDED = "running", "ended"


@dataclass(frozen=True, slots=True)
class Ran:
    """A pilot of a part: from when to when, and what became of it."""

    pk: int
    what: str
    began: date
    until: date
    became: str  # an outcome of CardVersion, "running", or "ended" where others know no more
    card: int | None  # the key of its card, where there is one to read


@dataclass(slots=True)
class PartRow:
    """A part of the organisation, how deep it lies, and what happened there."""

    name: str
    depth: int
    pk: int | None = None
    people: int | None = None  # None: it would tell of fewer than five; or not in the directory
    asked: list[date] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """It stands there for what lies below it."""
        return not self.asked and not self.ran

    @property
    def first(self) -> date | None:
        return min([*self.asked, *(one.began for one in self.ran)], default=None)


@dataclass(frozen=True, slots=True)
class Spread:
    """The parts with something to show, in the order of the tree; the rest as a number."""

    rows: list[PartRow]
    bare: int  # parts of the directory where nothing was asked or began
    asked: int
    begun: int
    helped: int
    people: int | None  # in parts where one began; None: fewer than five
    today: date

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def drawn(self) -> list[PartRow]:
        """The picture holds so many that it can be read; the table behind it has all."""
        return self.rows[:MOST_PARTS]

    @property
    def more(self) -> int:
        """Rows that are in the table alone."""
        return len(self.rows) - len(self.drawn)


def spread_of(initiative: Initiative, *, today: date, leads: bool) -> Spread:
    """Six queries, whatever there is; for others one more."""
    tree = _Tree(initiative)
    pilots = list(_pilots(initiative))
    if not leads:
        cut_typed(initiative, pilots)
    placed = _placed(tree, pilots, today=today, leads=leads)
    asked = _asked(initiative)
    for one in asked:
        row = placed.at(one.team_id, one.part) if leads else placed.above(one.team_id)
        if row is not None:
            day = initiative.workspace.day(one.at)
            row.asked.append(day if leads else day.replace(day=1))
    rows = placed.in_order()
    ran = [one for row in rows for one in row.ran]
    begun = [one for one in pilots if one.started_at]
    people = sum(one.people_count for one in begun if leads or one.is_for_all)
    return Spread(
        rows=rows,
        bare=tree.count - sum(1 for row in rows if row.pk and not row.is_bare),
        asked=sum(len(row.asked) for row in rows),
        begun=len(ran),
        helped=sum(1 for one in ran if one.became == CardVersion.Outcome.HELPED),
        people=people if people >= SHOWN_FROM else None,
        today=today,
    )


def _asked(initiative: Initiative) -> list[SpreadRequest]:
    """What was asked for and not taken back."""
    rows = initiative.asked_for_it.exclude(state=SpreadRequest.State.BACK).exclude(part=GONE)
    return list(rows.only("team_id", "part", "at", "initiative_id").order_by("at", "pk"))


def _pilots(initiative: Initiative) -> Iterable[Pilot]:
    """Those that began, with what their measures say and the card that is shown."""
    measures = PilotMeasure.objects.only("pilot_id", "name", "unit", "effect", "better")
    shown = CardVersion.objects.filter(shown=True).only("card_id", "outcome", "readers")
    rows = initiative.pilots.exclude(started_at=None).select_related("card")
    return rows.prefetch_related(
        Prefetch("measures", measures), Prefetch("card__versions", shown, to_attr="shown")
    ).order_by("starts_on", "pk")


def _ran(pilot: Pilot, *, today: date, leads: bool) -> Ran:
    card = getattr(pilot, "card", None)
    shown: CardVersion | None = next(iter(card.shown), None) if card else None
    began, until = began_on(pilot), last_day(pilot)
    return Ran(
        pk=pilot.pk,
        what=pilot.what,
        began=began,
        until=until if pilot.is_over else max(began, min(today, until)),
        became=_became(pilot, shown, leads=leads),
        card=card.pk if card and (leads or shown) else None,
    )


def _became(pilot: Pilot, shown: CardVersion | None, *, leads: bool) -> str:
    """Its leads read the measures as they are now; others what was published."""
    if leads:
        said = outcome_of(pilot, [Measured(one, [], found(one)) for one in pilot.measures.all()])
        early = said == CardVersion.Outcome.EARLY and pilot.is_running
        return RUNNING if early else said
    if shown and not is_of_few(pilot):
        return shown.outcome
    if pilot.stopped_at and shown:
        return CardVersion.Outcome.STOPPED
    return ENDED if pilot.is_over else RUNNING


class _Tree:
    """The parts of the workspace: above, below, and how many people with all that lies below."""

    def __init__(self, initiative: Initiative) -> None:
        rows = Team.objects.filter(workspace=initiative.workspace_id)
        rows = rows.filter(is_example=initiative.is_example)
        self.teams = {one.pk: one for one in rows.order_by("name", "pk")}
        self.count = len(self.teams)
        self.people: dict[int, int] = dict.fromkeys(self.teams, 0)
        for pk, size in (
            Person.objects.present()
            .filter(workspace=initiative.workspace_id, team__isnull=False)
            .order_by()
            .values_list("team")
            .annotate(n=Count("pk"))
        ):
            for one in self.up_from(pk):
                self.people[one] += size
        self.right_below: dict[int | None, list[int]] = {}
        for pk, team in self.teams.items():
            above = team.parent_id if team.parent_id in self.teams else None
            self.right_below.setdefault(above, []).append(pk)
        self.large = self._large()

    def _large(self) -> set[int]:
        """Parts to be told of, from the lowest up: of five people and more, and so are those of it
        who are in no such part below, or there are none. So subtracting tells of no fewer."""
        large: set[int] = set()
        below = dict.fromkeys(self.teams, 0)  # people in the nearest such parts below
        depth = {pk: sum(1 for _above in self.up_from(pk)) for pk in self.teams}
        for pk in sorted(self.teams, key=depth.__getitem__, reverse=True):
            rest = self.people[pk] - below[pk]
            if self.people[pk] >= SHOWN_FROM and (rest <= 0 or rest >= SHOWN_FROM):
                large.add(pk)
            above = self.teams[pk].parent_id
            if above in below:
                below[above] += self.people[pk] if pk in large else below[pk]
        return large

    def hides(self, pk: int) -> bool:
        """What stands there is of no fewer than five: not of a small rest beside large parts, either,
        which have rows of their own."""
        return pk in self.large

    def up_from(self, pk: int | None) -> Iterator[int]:
        """This part and all above it; a circle ends where it began."""
        seen: set[int] = set()
        while pk in self.teams and pk not in seen:
            seen.add(pk)
            yield pk
            pk = self.teams[pk].parent_id

    def below(self, pk: int | None, among: set[int]) -> Iterator[int]:
        return (one for one in self.right_below.get(pk, ()) if one in among)


class _Placed:
    """Rows by their part, and in the order of the tree."""

    def __init__(self, tree: _Tree, *, leads: bool) -> None:
        self.tree = tree
        self.leads = leads
        self.rows: dict[int, PartRow] = {}
        self.others: dict[str, PartRow] = {}  # parts the directory does not know

    def at(self, pk: int | None, name: str) -> PartRow:
        if pk not in self.tree.teams:
            return self.others.setdefault(name.casefold(), PartRow(name, 0))
        if pk not in self.rows:
            size = self.tree.people[pk]
            team = self.tree.teams[pk]
            told = size >= SHOWN_FROM if self.leads else self.tree.hides(pk)
            people = size if told else None
            self.rows[pk] = PartRow(team.name, 0, pk, people)
        return self.rows[pk]

    def above(self, pk: int | None) -> PartRow | None:
        """This part, or the nearest above that hides who it was; None where there is none."""
        found = next((one for one in self.tree.up_from(pk) if self.tree.hides(one)), None)
        return self.at(found, "") if found is not None else None

    def in_order(self) -> list[PartRow]:
        shown = {above for pk in self.rows for above in self.tree.up_from(pk)}
        for pk in shown:
            self.at(pk, "")
        return [*self._walk(None, 0, shown), *self.others.values()]

    def _walk(self, pk: int | None, depth: int, shown: set[int]) -> Iterator[PartRow]:
        left = [(one, depth) for one in self.tree.below(pk, shown)][::-1]
        seen: set[int] = set()
        while left:
            one, deep = left.pop()
            if one in seen:
                continue
            seen.add(one)
            row = self.rows[one]
            row.depth = deep
            yield row
            left += [(below, deep + 1) for below in self.tree.below(one, shown)][::-1]


def _placed(tree: _Tree, pilots: Iterable[Pilot], *, today: date, leads: bool) -> _Placed:
    placed = _Placed(tree, leads=leads)
    for one in pilots:
        placed.at(one.team_id, one.part).ran.append(_ran(one, today=today, leads=leads))
    return placed


def parts_of(initiative: Initiative) -> list[Team]:
    """The parts of the workspace by name, to choose from where somebody asks for it."""
    rows = Team.objects.filter(workspace=initiative.workspace_id)
    return list(rows.filter(is_example=initiative.is_example).order_by("name", "pk")[:MOST_NAMES])
