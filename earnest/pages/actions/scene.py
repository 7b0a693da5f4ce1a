"""Where the example is played, and what an act of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative, Participation
from earnest.pages.example.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Scene:
    """The initiative, who leads it, its days and its people."""

    initiative: Initiative
    by: User
    calendar: Calendar
    on_it: dict[str, Participation]


type Act = tuple[datetime, Callable[[datetime], Iterable[Act] | None]]
