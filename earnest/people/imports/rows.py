"""One line of a file becomes one person as written, or the reason why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from earnest.people import names, places
from earnest.people.imports.problems import Problem
from earnest.people.imports.sheets import MOST_COLUMNS
from earnest.people.imports.sheets import Row as Cells
from earnest.people.models import Person, Team

LONGEST_JOB = Person._meta.get_field("job").max_length or 0
LONGEST_TEAM = Team._meta.get_field("name").max_length or 0
LONGEST_TEXT = 5000
DEEPEST_TEAM = 12


@dataclass(slots=True)
class Written:
    """A person as one line of the file has them; what is empty was not said."""

    line: int
    name: str
    email: str = ""
    job: str = ""
    team: tuple[str, ...] = ()
    manager: str = ""
    time_zone: str = ""
    language: str = ""
    own_goals: str = ""
    own_measures: str = ""


class Bad(Exception):
    """A cell cannot be taken: why, and what stands in it."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason, self.what = reason, what


def read_rows(rows: Iterable[Cells], fields: list[str]) -> Iterator[Written | Problem]:
    """Each line read by the fields its columns hold."""
    reader = Reader(fields)
    return (reader.read(line, cells) for line, cells in rows)


class Reader:
    """Reads lines whose columns hold ``fields``; remembers what many lines share."""

    def __init__(self, fields: list[str]) -> None:
        self.places = [(column, field) for column, field in enumerate(fields) if field]
        self.seen: dict[tuple[str, str], object] = {}

    def read(self, line: int, cells: list[str]) -> Written | Problem:
        try:
            return self._read(line, cells)
        except Bad as bad:
            what = names.clean_name(bad.what)[:80]
            return Problem(line, bad.reason, what, self._address_on(cells))

    def _address_on(self, cells: list[str]) -> str:
        column = next((column for column, field in self.places if field == "email"), -1)
        return names.clean_address(cells[column]) if 0 <= column < len(cells) else ""

    def _read(self, line: int, cells: list[str]) -> Written:
        if len(cells) > MOST_COLUMNS:
            raise Bad(_("This line has more than %(most)s cells.") % {"most": MOST_COLUMNS})
        said = {
            field: cells[column].strip() for column, field in self.places if column < len(cells)
        }
        for cell in said.values():
            if "\x00" in cell:
                raise Bad(_("This line holds a sign that is not text."), cell)
            if cell.startswith("="):
                raise Bad(_("This is a formula; only its result can be imported."), cell)
        return self._person(line, said)

    def _person(self, line: int, said: dict[str, str]) -> Written:
        email = _address(said.get("email", ""))
        return Written(
            line=line,
            name=_name(said, email),
            email=email,
            job=_short(said.get("job", ""), LONGEST_JOB),
            team=self._shared(_team, said.get("team", "")),
            manager=self._shared(_manager, said.get("manager", "")),
            time_zone=self._shared(_time_zone, said.get("time_zone", "")),
            language=self._shared(_language, said.get("language", "")),
            own_goals=_long(said.get("own_goals", "")),
            own_measures=_long(said.get("own_measures", "")),
        )

    def _shared[T](self, read: Callable[[str], T], cell: str) -> T:
        """Teams, managers, zones and languages come again on many lines: read each once."""
        key = (read.__name__, cell)
        if key not in self.seen:
            self.seen[key] = read(cell)
        return self.seen[key]  # type: ignore[return-value]


def _name(said: dict[str, str], email: str) -> str:
    name = said.get("name") or f"{said.get('first_name', '')} {said.get('last_name', '')}"
    name = names.clean_name(name)
    if problem := names.problem_with_name(name):
        raise Bad(problem, name)
    if not name and not email:
        raise Bad(_("There is neither a name nor an e-mail address."))
    return name or names.name_from_address(email)


def _address(cell: str) -> str:
    email = names.clean_address(cell)
    if email and (problem := names.problem_with_address(email)):
        raise Bad(problem, email)
    return email


def _manager(cell: str) -> str:
    if cell and (problem := names.problem_with_address(names.clean_address(cell))):
        raise Bad(_("The manager is matched by e-mail address: %(why)s") % {"why": problem}, cell)
    return names.clean_address(cell)


def _team(cell: str) -> tuple[str, ...]:
    path = places.team_path(cell)
    if len(path) > DEEPEST_TEAM:
        raise Bad(_("This team lies deeper than %(most)s steps.") % {"most": DEEPEST_TEAM}, cell)
    if any(len(name) > LONGEST_TEAM for name in path):
        raise Bad(
            _("A team's name has %(most)s characters at most.") % {"most": LONGEST_TEAM}, cell
        )
    return path


def _time_zone(cell: str) -> str:
    zone = places.find_time_zone(cell)
    if cell and not zone:
        raise Bad(
            _("“%(zone)s” is no time zone; try Europe/Amsterdam.") % {"zone": cell[:60]}, cell
        )
    return zone


def _language(cell: str) -> str:
    code = places.find_language(cell)
    if cell and not code:
        raise Bad(_("“%(name)s” is no language we know; try en.") % {"name": cell[:60]}, cell)
    return code


def _short(cell: str, most: int) -> str:
    cell = names.clean_name(cell)
    if len(cell) > most:
        raise Bad(_("What they do has %(most)s characters at most.") % {"most": most}, cell)
    return cell


def _long(cell: str) -> str:
    if len(cell) > LONGEST_TEXT:
        raise Bad(
            _("Goals and measures have %(most)s characters at most.") % {"most": LONGEST_TEXT}
        )
    return cell
