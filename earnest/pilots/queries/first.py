"""Who said yes to going first, and who was asked by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.messaging.models import Message
from earnest.pilots.models import Call, Volunteer


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is open, and the one before where none is."""

    call: Call | None
    volunteers: list[Volunteer]

    @property
    def waiting(self) -> list[Volunteer]:
        return [one for one in self.volunteers if one.answered_at is None]

    @property
    def answered(self) -> list[Volunteer]:
        return [one for one in self.volunteers if one.answered_at is not None]


def call_on(initiative: Initiative) -> Call | None:
    """The question as it was asked last."""
    return initiative.calls.select_related("by").first()


def volunteers_of(call: Call) -> list[Volunteer]:
    """In the order in which they said so: nobody is put before another."""
    rows = call.volunteers.filter(taken_back_at=None, participation__person__erased_at=None)
    whole = rows.select_related(
        "participation__person", "participation__initiative", "team", "noted_by", "pilot"
    )
    return list(whole.order_by("said_at", "pk"))


def asked_of(initiative: Initiative) -> Asked:
    call = call_on(initiative)
    return Asked(call, volunteers_of(call) if call else [])


def calls_over(*, at: datetime) -> list[Call]:
    """Open, and the last day on which it was to be asked is behind, where the workspace is."""
    soon = at.date() + timedelta(days=1)
    rows = Call.objects.filter(closed_at=None, until__lte=soon).select_related(
        "initiative__workspace"
    )
    return [one for one in rows if one.until and one.until < one.initiative.workspace.day(at)]


def waiting(call: Call) -> QuerySet[Volunteer]:
    """A yes that has no answer yet."""
    return Volunteer.objects.filter(
        call=call,
        taken_back_at=None,
        answered_at=None,
        participation__person__erased_at=None,
    )


def not_mailed(call: Call) -> ParticipationQuerySet:
    """Who could be asked by mail: not written to about it, no yes given, no objection."""
    written = Message.objects.filter(participation=OuterRef("pk"), thread=call.thread)
    said = Volunteer.objects.filter(participation=OuterRef("pk"), call=call)
    rows = Participation.objects.may_be_asked().filter(initiative=call.initiative_id)
    free = rows.exclude(person__email="").filter(~Exists(written), ~Exists(said))
    return free.select_related("person__workspace", "initiative__workspace", "held_by")
