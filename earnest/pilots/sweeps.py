"""What the clock does: a question whose day is over is closed, who joined a part comes into its
pilot, who asked for one by an account hears the answer, and bodies another program sent are forgotten
in time."""

from __future__ import annotations

from datetime import datetime

from earnest.core import actions as core
from earnest.pilots import actions, queries, telling
from earnest.pilots.models import Pilot, ReadingCame
from earnest.pilots.queries.cards import answers_to_mail

AT_ONCE = 100


def close_calls(*, at: datetime) -> int:
    """Asked until a day, by the calendar of the workspace. Returns how many were closed."""
    return sum(
        actions.close_call(one, by=None, at=at) for one in queries.calls_over(at=at)[:AT_ONCE]
    )


def bring_parts_in(*, at: datetime) -> int:
    """Whoever joined a team, or came onto the initiative, reads that a pilot runs there; and who is
    in it is counted anew."""
    going = Pilot.objects.filter(
        stopped_at=None, ended_at=None, initiative__closed_at=None
    ).select_related("initiative__workspace")
    return sum(actions.bring_part_in(one, at=at) for one in going.order_by("pk"))


def tell_who_asked(*, at: datetime) -> int:
    """What becomes of it where a member asked by their account. Returns how many were written to."""
    return telling.tell_who_asked(answers_to_mail(at=at, most=AT_ONCE), at=at)


def forget_bodies(*, at: datetime) -> int:
    """That something came, and what became of it, stay."""
    return core.forget_bodies(ReadingCame, at=at)
