"""Where everyone stands, team by team: marks one by one, and from sixty on counted (0.1, 0.2, 2.3).

Three queries, however many there are: of ten thousand people only those are read whose marks show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.people.models import Team
from earnest.standing.models import Rung

TEAMS_ON_A_PAGE = 12
ONE_BY_ONE = 60  # in a larger team its marks are counted
HEARD, NO_CHANCE = "heard", "nochance"
# Marks in the order of the ladder; heard without a yes, and no chance yet, are marks of their own.
WORDS = {
    Rung.Step.UNHEARD.value: Rung.Step.UNHEARD.label,
    HEARD: gettext_lazy("heard, no yes yet"),
    NO_CHANCE: gettext_lazy("no chance yet"),
    **{one.value: one.label for one in Rung.Step if one != Rung.Step.UNHEARD},
}
ORDER = {kind: place for place, kind in enumerate(WORDS)}


def kind_of(rung: str = "") -> Case:
    """The mark of a row, in SQL; ``rung`` is the way to its rung, as in "rung__".

    A reasoned no stays visible, whether there was a chance or not.
    """
    no_chance = Q(**{f"{rung}no_chance_since__isnull": False}) & ~Q(**{f"{rung}step": Rung.Step.NO})
    unheard = Q(**{f"{rung}step": Rung.Step.UNHEARD, f"{rung}heard_at__isnull": False})
    return Case(
        When(no_chance, then=Value(NO_CHANCE)),
        When(unheard, then=Value(HEARD)),
        default=Coalesce(f"{rung}step", Value(Rung.Step.UNHEARD.value)),
        output_field=CharField(),
    )


def shown(n: int) -> str:
    """A number with its digits grouped; made once here, for a page has hundreds of small ones."""
    return str(n) if n < 1000 else number_format(n, force_grouping=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's mark: a link to their page, and in words who it is and where they stand."""

    pk: int
    kind: str
    name: str
    step: str

    @property
    def words(self) -> str:
        """The rung in words; with *no chance yet* what they said or did stands beside it."""
        said = WORDS[self.kind]
        if self.kind == NO_CHANCE and self.step not in {"", Rung.Step.UNHEARD}:
            return f"{said}, {WORDS[self.step]}"
        return str(said)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many have this mark."""

    kind: str
    n: int

    @property
    def words(self) -> str:
        return str(WORDS[self.kind])

    @property
    def shown(self) -> str:
        return shown(self.n)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, how many stand where, and their marks where they are few enough."""

    pk: int | None  # None: people without a team
    name: str
    counts: dict[str, int]
    marks: list[Mark] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(self.counts.values())

    @property
    def counted(self) -> list[Counted]:
        """In the order of the ladder, what there is."""
        return in_order(self.counts)

    @property
    def size_shown(self) -> str:
        return shown(self.size)

    def numbers(self, kinds: Iterable[str]) -> list[str]:
        return [shown(self.counts.get(kind, 0)) for kind in kinds]


@dataclass(frozen=True, slots=True)
class Teams:
    """Some teams by name, those without one last, and the team after which the next begin."""

    rows: list[TeamRow]
    next_after: int | None
    later: bool = False

    @property
    def kinds(self) -> list[Counted]:
        """Every mark that stands in one of these rows, with how many there are of it."""
        total: Counter[str] = Counter()
        for row in self.rows:
            total.update(row.counts)
        return in_order(total)

    @property
    def table(self) -> list[tuple[TeamRow, list[str]]]:
        """The numbers behind the picture."""
        kinds = [one.kind for one in self.kinds]
        return [(row, row.numbers(kinds)) for row in self.rows]


def in_order(counts: dict[str, int]) -> list[Counted]:
    """Counts in the order of the ladder, without noughts."""
    return [Counted(kind, counts[kind]) for kind in WORDS if counts.get(kind)]


def teams_of(
    initiative: Initiative, *, after: str = "", most: int = TEAMS_ON_A_PAGE, named: bool = True
) -> Teams:
    """Teams by name, each with its marks; ``named=False`` reads nobody's name, only counts."""
    teams, key = teams_on(initiative), read_number(after)
    if key is not None:
        teams = teams.filter(_after(initiative, key))
    found = list(teams[: most + 1])
    shown, more = found[:most], len(found) > most
    counts = _counts(initiative, shown, without_team=not more)
    few = [pk for pk, one in counts.items() if sum(one.values()) <= ONE_BY_ONE]
    marks = _marks(initiative, few) if named else {}
    names = {one.pk: one.name for one in shown} | ({} if more else {None: _("no team")})
    rows = [
        TeamRow(pk, name, dict(counts[pk]), marks.get(pk, []))
        for pk, name in names.items()
        if pk in counts
    ]
    return Teams(rows, shown[-1].pk if more else None, later=key is not None)


def _after(initiative: Initiative, key: int) -> Q:
    """Teams that follow one by name, found in the same query; all of them where it is gone."""
    last = Team.objects.filter(workspace=initiative.workspace_id, pk=key)
    name = Subquery(last.values("name")[:1])
    return Q(name__gt=name) | Q(name=name, pk__gt=key) | ~Q(Exists(last))


def teams_on(initiative: Initiative) -> QuerySet[Team]:
    """Teams with somebody on it, by name."""
    there = Participation.objects.present().filter(
        initiative=initiative, person__team=OuterRef("pk")
    )
    here = Team.objects.filter(Exists(there), workspace=initiative.workspace_id)
    return here.order_by("name", "pk")


def _in(initiative: Initiative, teams: Iterable[int | None]) -> ParticipationQuerySet:
    """People on it who are in one of these teams; None is for those without one.

    The initiative stands there with nought added, so that no database walks through everyone on it
    where a few teams are asked for: 5 ms instead of 30 with ten thousand people.
    """
    keys = list(teams)
    within = Q(person__team__in=[pk for pk in keys if pk is not None] or [0])
    if None in keys:
        within |= Q(person__team=None)
    there = Participation.objects.present().alias(here=F("initiative_id") + 0)
    return there.filter(within, here=initiative.pk)


def _counts(
    initiative: Initiative, teams: Sequence[Team], *, without_team: bool
) -> dict[int | None, Counter[str]]:
    keys = [one.pk for one in teams] + ([None] if without_team else [])
    rows = _in(initiative, keys).annotate(kind=kind_of("rung__"), team=F("person__team"))
    counted = rows.order_by().values_list("team", "kind").annotate(n=Count("pk"))
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for team, kind, n in counted:
        found[team][kind] = n
    return found


def _marks(initiative: Initiative, teams: Sequence[int | None]) -> dict[int | None, list[Mark]]:
    rows = _in(initiative, teams).annotate(kind=kind_of("rung__"))
    columns = ("person__team", "pk", "kind", "person__name", "rung__step")
    found: dict[int | None, list[Mark]] = defaultdict(list)
    for team, pk, kind, name, step in rows.order_by("person__name", "pk").values_list(*columns):
        found[team].append(Mark(pk, kind, name, step or ""))
    for marks in found.values():
        marks.sort(key=lambda one: ORDER[one.kind])
    return found
