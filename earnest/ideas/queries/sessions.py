"""What a working session shows: how far it is, who is there, what was said (4.6)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import User
from earnest.ideas.models import (
    BuildsOn,
    Idea,
    Jotting,
    Knock,
    Phase,
    Seat,
    Session,
    SessionIdea,
    Try,
    Voice,
)
from earnest.ideas.models.sessions import ORDER
from earnest.initiatives.models import Initiative, Participation

# What everybody does now, as it stands on the screen and on each phone.
TO_DO: dict[str, Lazy | str] = {
    Phase.ARRIVE: _("Come in: open your own link, or write the code on your phone."),
    Phase.TARGET: _("Read the target together. What would each of you gain if it were so?"),
    Phase.ALONE: _(
        "Each for themselves, in silence: how would you make it work? Nobody reads it yet."
    ),
    Phase.BUILD: _("Read the ideas. Choose one that is not yours, and build on it."),
    Phase.WHO: _("Who tries what, by when? Something small that you do yourself."),
    Phase.OVER: _("That was it. Thank you."),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The time left in this phase, computed from when it began: nothing has to run for it."""

    seconds_left: int
    seconds: int
    ends_at: datetime

    @property
    def until(self) -> str:
        """By the clock on the wall of the room: alike on the screen and on every phone."""
        return f"{self.ends_at:%H:%M}"

    @property
    def is_up(self) -> bool:
        return self.seconds > 0 and self.seconds_left <= 0

    @property
    def minutes_left(self) -> int:
        """As people say it: with ten seconds to go it is still one minute."""
        return max(0, math.ceil(self.seconds_left / 60))

    @property
    def seconds_gone(self) -> int:
        return min(self.seconds, self.seconds - self.seconds_left)


def clock_of(session: Session, *, at: datetime) -> Clock:
    left = session.left(at)
    whole = session.phase_minutes * 60
    ends_at = session.phase_at + timedelta(seconds=whole)
    ends_at = ends_at.astimezone(ZoneInfo(session.space.initiative.workspace.time_zone))
    return Clock(math.ceil(left.total_seconds()), whole, ends_at)


@dataclass(frozen=True, slots=True)
class Step:
    """One phase on the way, as it is shown."""

    phase: Phase
    minutes: int
    is_now: bool
    is_past: bool


def steps_of(session: Session) -> list[Step]:
    place = ORDER.index(Phase(session.phase))
    return [
        Step(phase, session.minutes_of(phase), number == place, number < place)
        for number, phase in enumerate(ORDER)
        if phase not in {Phase.ARRIVE, Phase.OVER}
    ]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are there, and how many of them wrote something. Never who."""

    there: int
    wrote: int
    ideas: int
    tries: int


def counted(session: Session) -> Counted:
    """Of one session, while it runs; each a count over an index of its own."""
    return Counted(
        there=Seat.objects.filter(session=session).count(),
        wrote=Jotting.objects.filter(session=session).values("voice").distinct().count(),
        ideas=session.came_out.count(),
        tries=Try.objects.filter(session=session).count(),
    )


def ideas_of(session: Session) -> QuerySet[Idea]:
    """What came out, each with whose it is and whose it grew from, in an order by chance."""
    rows = Idea.objects.filter(from_session__session=session, gone="")
    joined = rows.select_related("voice__participation__person").order_by("from_session__pk")
    grown = BuildsOn.objects.select_related("of__voice__participation__person")
    return joined.prefetch_related(Prefetch("grew_from", grown))


def names_there(session: Session) -> list[str]:
    """Who is there, in a space with names."""
    rows = Participation.objects.present().filter(voices__seats__session=session)
    return list(rows.order_by("person__name").values_list("person__name", flat=True))


def jottings_of(
    session: Session, voice: Voice | None, *, noted_by: User | None = None
) -> QuerySet[Jotting]:
    """Their own, which nobody else reads yet. On a phone that a lead let in, only what was typed on
    one: what they wrote by their own link is not even that lead's to read."""
    rows = Jotting.objects.filter(session=session, voice=voice or 0)
    return rows if noted_by is None else rows.exclude(noted_by=None)


def seat_of(session: Session, voice: Voice | None) -> Seat | None:
    if voice is None:
        return None
    return Seat.objects.filter(session=session, voice=voice).select_related("let_in_by").first()


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """Somebody who came by the code, and whom they may be: by the name they wrote alone."""

    knock: Knock
    maybe: list[Participation]


def at_the_door(session: Session) -> list[AtTheDoor]:
    """Two queries. A name that fits nobody on it fits nobody: the lead chooses from everyone."""
    waiting = list(session.knocks.filter(seat=None, turned_away=False)[:20])
    found = _called(session.space.initiative, [one.name for one in waiting])
    return [AtTheDoor(one, found.get(one.name.casefold(), [])) for one in waiting]


def _called(initiative: Initiative, names: Iterable[str]) -> dict[str, list[Participation]]:
    wanted = {name.casefold() for name in names if name}
    if not wanted:
        return {}
    like = Q()
    for name in wanted:
        like |= Q(person__name__iexact=name) | Q(person__name__istartswith=f"{name} ")
    rows = initiative.participations.may_be_asked().filter(like).select_related("person")
    found: dict[str, list[Participation]] = {}
    for one in rows[:100]:
        whole = one.person.name.casefold()
        for name in wanted:
            if whole == name or whole.startswith(f"{name} "):
                found.setdefault(name, []).append(one)
    return found


def sessions_of(initiative: Initiative) -> QuerySet[Session]:
    """The latest first, with how many were there and what came out."""
    rows = Session.objects.filter(space__initiative=initiative).select_related("space", "by")
    return rows.annotate(
        there=_how_many(Seat), ideas=_how_many(SessionIdea), tried=_how_many(Try)
    ).order_by("-pk")


def _how_many(model: type[Seat | SessionIdea | Try]) -> Coalesce:
    """Each over its own index: joined, they would multiply."""
    rows = model.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def left_open(*, before: datetime) -> QuerySet[Session]:
    """Sessions nobody moved on for long: the clock ends them, and what was written is shown."""
    return Session.objects.filter(ended_at=None, phase_at__lt=before)
