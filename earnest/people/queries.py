"""Reads of the directory: pages of people, the tree of teams, whom somebody means."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from earnest.accounts.models import Workspace
from earnest.people import places
from earnest.people.models import Person, PersonQuerySet, Team

PAGE = 50
SHOWN_AS_PATH = " / "

type Path = tuple[str, ...]


def lock_directory(workspace: Workspace) -> None:
    """Let nobody else add or change people here until this transaction ends.

    Addresses and circles are then checked against what will be true. SQLite writes one at a time
    anyway; PostgreSQL locks the workspace's row, not those who merely point to it.
    """
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """People in the order of their names, and the key after which the next page begins."""

    people: list[Person]
    next_after: int | None


def people_page(people: PersonQuerySet, *, text: str = "", after: int | None = None) -> PeoplePage:
    """One page of ``people`` whose name or address begins so. At most two queries."""
    found = people.filter(_begins_with(text.strip())) if text.strip() else people
    last = people.filter(pk=after).values_list("name", flat=True).first() if after else None
    if last is not None:
        found = found.filter(Q(name__gt=last) | Q(name=last, pk__gt=after))
    rows = list(found.select_related("team").order_by("name", "pk")[: PAGE + 1])
    more = len(rows) > PAGE
    return PeoplePage(rows[:PAGE], rows[PAGE - 1].pk if more else None)


def _begins_with(text: str) -> Q:
    """Any word of the name, or the address, begins with the text, in whatever case.

    SQLite folds the case of ASCII letters alone, so other writing is tried in its usual cases.
    """
    match = Q(email__istartswith=text)
    for written in {text} if text.isascii() else {text, text.lower(), text.title()}:
        match |= Q(name__istartswith=written) | Q(name__icontains=f" {written}")
    return match


def with_address(people: PersonQuerySet, email: str) -> PersonQuerySet:
    """Those with this address, in whatever case: at most one in a workspace."""
    return people.annotate(address=Lower("email")).filter(address=email.lower())


def people_meant(workspace: Workspace, text: str) -> list[Person]:
    """Who is meant by an address or a name; two where it is not clear."""
    here = Person.objects.present().filter(workspace=workspace)
    text = " ".join(text.split())
    found = with_address(here, text) if "@" in text else here.filter(name__iexact=text)
    return list(found.order_by("pk")[:2])


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team with its place in the tree."""

    team: Team
    path: str

    @property
    def above(self) -> str:
        """The path to it: "Region / North /"."""
        return self.path.removesuffix(self.team.name).strip()


class TeamTree:
    """All teams of a workspace, read once, found by the path of their names."""

    def __init__(self, workspace: Workspace) -> None:
        self.teams = {team.pk: team for team in Team.objects.filter(workspace=workspace)}
        self.places: dict[tuple[int, str], int] = {}
        self.called: dict[str, list[int]] = {}
        for team in self.teams.values():
            self.places[team.parent_id or 0, team.name.lower()] = team.pk
            self.called.setdefault(team.name.lower(), []).append(team.pk)

    def at(self, path: Path) -> int:
        """The team exactly there; 0 where there is none."""
        pk = 0
        for name in path:
            pk = self.places.get((pk, name.lower()), 0)
            if not pk:
                return 0
        return pk

    def find(self, path: Path) -> int:
        """The team there; a name alone also finds the one team called so, wherever it is."""
        pk = self.at(path)
        alone = self.called.get(path[0].lower(), []) if len(path) == 1 else []
        return pk or (alone[0] if len(alone) == 1 else 0)

    def add(self, path: Path, pk: int) -> None:
        """Note a team that was just made."""
        self.places[self.at(path[:-1]), path[-1].lower()] = pk

    def matching(self, text: str) -> list[Team]:
        """Teams meant by a path or a name: none, one, or several."""
        path = places.team_path(text)
        if not path:
            return []
        pk = self.at(path)
        keys = [pk] if pk else self.called.get(path[-1].lower(), []) if len(path) == 1 else []
        return [self.teams[key] for key in keys]

    def path(self, pk: int | None) -> str:
        """ "Region / North / Desk"."""
        return SHOWN_AS_PATH.join(self.teams[one].name for one in reversed(self.upwards(pk)))

    def upwards(self, pk: int | None) -> list[int]:
        """The team and every team it is part of, from the narrowest to the widest."""
        found: list[int] = []
        while pk and pk in self.teams and pk not in found:
            found.append(pk)
            pk = self.teams[pk].parent_id
        return found

    def rows(self) -> list[TeamRow]:
        """Every team below the one it belongs to, by name."""
        under: dict[int, list[Team]] = {}
        for team in sorted(self.teams.values(), key=lambda team: (team.name.casefold(), team.pk)):
            under.setdefault(team.parent_id or 0, []).append(team)
        rows: list[TeamRow] = []
        waiting = under.get(0, [])[::-1]
        while waiting:
            team = waiting.pop()
            rows.append(TeamRow(team, self.path(team.pk)))
            waiting += under.get(team.pk, [])[::-1]
        return rows
