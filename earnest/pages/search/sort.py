"""What a sort of things to find is: a table, what of it is indexed, who sees it, how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.functional import Promise as Lazy

from earnest.initiatives.access import Anyone

# Whose: who leads there, who has another role, who is its sponsor, every member of the workspace.
LED, OTHERS, SPONSOR, OPEN = "i", "o", "s", "w"


@dataclass(frozen=True, slots=True)
class Row:
    """One row found, as its door gave it."""

    sort: str
    pk: int
    initiative_pk: int  # 0: among members of a workspace
    initiative: str
    title: str
    words: str
    who: str
    day: date | None
    person_pk: int | None


@dataclass(frozen=True, slots=True)
class Watched:
    """A table that words are taken from: which columns, and which ``t`` hang on its row ``{row}``."""

    table: str
    columns: tuple[str, ...]
    reaches: str = "t.id = {row}.id"


@dataclass(frozen=True, slots=True)
class Scope:
    """Who finds a row: a word of ours in the index, such as i42, and when it is there."""

    kind: str
    of: str = "t.initiative_id"
    when: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of things to find: what is indexed, who sees it, and how it is shown."""

    name: str
    label: Lazy
    table: str
    columns: tuple[str, ...]  # of the table, whatever of it is read here
    indexed: str
    rows: Callable[[Anyone], QuerySet[Any]]
    url: Callable[[Row, bool], str]  # the place of a row; whether they lead there
    joins: str = ""
    where: str = "1 = 1"
    beside: tuple[Watched, ...] = ()
    scopes: tuple[Scope, ...] = (Scope(LED),)
    initiative: str = "initiative"
    title: str | Combinable = ""
    words: str | Combinable = "words"
    who: str | Combinable = ""
    day: str | Combinable = ""
    person: str = "participation_id"  # or the key of what it stands under, for its place
    copied: str = ""  # whose words others do not read in it: those "kept", or "all" there are

    @property
    def watched(self) -> tuple[Watched, ...]:
        return (Watched(self.table, self.columns), *self.beside)


def own_page(name: str) -> Callable[[Row, bool], str]:
    return lambda row, leads: reverse(name, args=[row.pk])
