"""Who in the file is new, who is known, who leads whom, and which lines cannot be.

Nothing is written here: the same plan is shown beforehand and carried out afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from django.utils.translation import gettext as _

from earnest.people.imports.problems import Problem
from earnest.people.imports.rows import Written

SEVERAL = 0  # stands for a person where more than one is called so


@dataclass(frozen=True, slots=True)
class Directory:
    """The workspace as it is: people by address and by name, and who reports to whom."""

    by_email: dict[str, int]
    by_name: dict[str, int]
    manager_of: dict[int, int]


@dataclass(slots=True)
class Plan:
    """What an import would do. A person is a number: known ones their key, new ones below zero."""

    people: dict[int, Written] = field(default_factory=dict)
    manager_of: dict[int, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    repeated: int = 0
    without_manager: int = 0

    @property
    def new(self) -> int:
        return sum(person < 0 for person in self.people)

    @property
    def known(self) -> int:
        return len(self.people) - self.new


def make_plan(read: Iterable[Written | Problem], directory: Directory) -> Plan:
    """The plan for the lines read, against the directory as it is now."""
    lines = list(read)
    written = [line for line in lines if isinstance(line, Written)]
    plan = Plan(problems=[line for line in lines if isinstance(line, Problem)])
    _place_addressed(plan, written, directory)
    _place_nameless(plan, written, directory)
    _Managers(plan, directory).settle()
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def _place_addressed(plan: Plan, written: list[Written], directory: Directory) -> None:
    """The same address is the same person, in the file as in the directory."""
    placed: dict[str, int] = {}
    for row in written:
        if not row.email:
            continue
        person = placed.get(row.email) or directory.by_email.get(row.email) or _next(plan)
        placed[row.email] = person
        _place(plan, person, row)


def _place_nameless(plan: Plan, written: list[Written], directory: Directory) -> None:
    """A name without an address is the one person called so; where several are, it is refused."""
    bare = [row for row in written if not row.email]
    if not bare:
        return
    called: dict[str, int] = dict(directory.by_name)
    for person, row in plan.people.items():
        name = row.name.casefold()
        called[name] = person if called.get(name, person) == person else SEVERAL
    first_line: dict[str, int] = {}
    for row in bare:
        name = row.name.casefold()
        if name in first_line or called.get(name) == SEVERAL:
            plan.problems.append(_ambiguous(row, first_line.get(name)))
            continue
        first_line[name] = row.line
        _place(plan, called.get(name) or _next(plan), row)


def _ambiguous(row: Written, line: int | None) -> Problem:
    if line is None:
        reason = _("Several people are called so; an e-mail address tells which one is meant.")
    else:
        reason = _("The same name is on line %(line)s; an e-mail address tells them apart.") % {
            "line": line
        }
    return Problem(row.line, reason, row.name)


def _next(plan: Plan) -> int:
    return -len(plan.people) - 1


def _place(plan: Plan, person: int, row: Written) -> None:
    there = plan.people.get(person)
    plan.repeated += there is not None
    plan.people[person] = _filled(there, row) if there else row


def _filled(there: Written, row: Written) -> Written:
    """What the first line left empty is taken from the later one."""
    empty = {
        one.name: getattr(row, one.name) for one in fields(there) if not getattr(there, one.name)
    }
    return replace(there, **empty)


class _Managers:
    """Settles who reports to whom, whatever the order of the lines."""

    def __init__(self, plan: Plan, directory: Directory) -> None:
        self.plan, self.directory = plan, directory
        self.address = {row.email: person for person, row in plan.people.items() if row.email}
        self.bad = {problem.email for problem in plan.problems if problem.email}

    def settle(self) -> None:
        for person, row in list(self.plan.people.items()):
            if row.manager and not self._find(row.manager) and row.manager not in self.bad:
                self._refuse(person, _("There is nobody with this manager's address."), row.manager)
        wanted = self._wanted()
        for circle in find_circles(wanted, self.directory.manager_of):
            self._refuse_circle(circle)
        self._settle_found()

    def _find(self, email: str) -> int:
        return self.address.get(email) or self.directory.by_email.get(email) or 0

    def _wanted(self) -> dict[int, int]:
        """Who would report to whom; a known person keeps the manager they have."""
        return {
            person: manager
            for person, row in self.plan.people.items()
            if row.manager
            and person not in self.directory.manager_of
            and (manager := self._find(row.manager))
        }

    def _settle_found(self) -> None:
        for person, row in self.plan.people.items():
            if not row.manager or person in self.directory.manager_of:
                continue
            manager = self._find(row.manager)
            if manager in self.plan.people or manager > 0:
                self.plan.manager_of[person] = manager
            else:
                self.plan.without_manager += 1

    def _refuse(self, person: int, reason: str, what: str) -> None:
        row = self.plan.people.pop(person)
        self.plan.problems.append(Problem(row.line, reason, what, row.email))
        self.bad.add(row.email)
        if person < 0:
            self.address.pop(row.email, None)

    def _refuse_circle(self, circle: list[int]) -> None:
        names = [self.plan.people[one].name if one in self.plan.people else "…" for one in circle]
        shown = " → ".join([*names[:5], *(["…"] if len(names) > 5 else []), names[0]])
        reason = _("These people report to each other in a circle: %(names)s.") % {"names": shown}
        if len(circle) == 1:
            reason = _("Nobody can be their own manager.")
        for person in circle:
            if person in self.plan.people:
                self._refuse(person, reason, self.plan.people[person].manager)


def find_circles(wanted: dict[int, int], settled: dict[int, int]) -> list[list[int]]:
    """Every circle in which people would report to each other. Takes each person once."""
    circles: list[list[int]] = []
    done: set[int] = set()
    for start in wanted:
        path: dict[int, None] = {}
        one: int | None = start
        while one is not None and one not in done and one not in path:
            path[one] = None
            one = wanted.get(one) or settled.get(one)
        if one is not None and one in path:
            walked = list(path)
            circles.append(walked[walked.index(one) :])
        done.update(path)
    return circles
