"""Follow-ups: who is due, who was asked lately, and which may still be answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from earnest.accounts.models import Workspace
from earnest.initiatives.models import Participation
from earnest.messaging.models import Message
from earnest.practice.models import FollowUp
from earnest.standing.models import Rung

State = FollowUp.State
APART = timedelta(days=5)  # never two in fewer days, over all initiatives


def due_in(workspace: Workspace, today: date) -> QuerySet[FollowUp]:
    """Whose day has come, the earliest first; one walk over the index of days."""
    rows = FollowUp.objects.filter(
        state=State.WAITING, due__lte=today, initiative__workspace=workspace
    )
    return rows.order_by("due", "pk")


def that_may_be_asked(rows: QuerySet[FollowUp], today: date) -> QuerySet[FollowUp]:
    """Still in their time; not who objected or is erased, nor who said no and why: a no is welcome,
    and not worked on. Whoever is made up for an example gets no mail."""
    open_ones = rows.filter(
        lapses_on__gt=today, initiative__closed_at=None, participation__person__is_example=False
    )
    free = Participation.objects.may_be_asked().values("pk")
    said_no = Rung.objects.filter(pk=OuterRef("participation"), step=Rung.Step.NO)
    struck = open_ones.filter(point__struck_at=None)
    return struck.filter(~Exists(said_no), participation__in=free)


def not_sent() -> QuerySet[FollowUp]:
    """Asked, as it seemed; the mail was taken back before it left, and there is no answer."""
    asked = FollowUp.objects.filter(state=State.ASKED, answered_at=None)
    mail = Message.objects.filter(pk=OuterRef("message_id"), state=Message.State.WITHDRAWN)
    return asked.filter(Exists(mail))


def asked_lately(people: Iterable[int], at: datetime) -> set[int]:
    """Who of these people was brought a point back within a few days, of whatever lesson."""
    rows = FollowUp.objects.filter(participation__person__in=list(people), asked_at__gt=at - APART)
    return set(rows.values_list("participation__person", flat=True))


def can_be_answered(row: FollowUp) -> bool:
    """Asked, and no later one of the same lesson was."""
    later = FollowUp.objects.filter(
        participation=row.participation_id,
        lesson=row.lesson_id,
        state=State.ASKED,
        after__gt=row.after,
    )
    return row.state == State.ASKED and not later.exists()
