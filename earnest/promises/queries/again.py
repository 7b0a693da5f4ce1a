"""Deeds to ask about again: who is due, what they did, and what they answered (4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from earnest.accounts.models import Workspace
from earnest.ideas.models import Idea
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.listening.models import Invitation
from earnest.messaging.models import Message
from earnest.promises.models import AskedAgain, Promise
from earnest.standing.models import Evidence, Rung

After, State = AskedAgain.After, AskedAgain.State
# So long it may wait for room. Each ends before the next begins, so nobody has two at once: after
# weeks in which no clock ran, the latest due one is asked, and those before it never are.
WAITS = {
    After.MONTH: timedelta(days=60),
    After.QUARTER: timedelta(days=90),
    After.HALF_YEAR: timedelta(days=90),
    After.YEAR: timedelta(days=90),
}
APART = timedelta(days=30)  # never two in fewer days, over all initiatives


def newly_due(workspace: Workspace, after: int, *, at: datetime) -> ParticipationQuerySet:
    """Whose first deed lies so many days back, who may be asked, and who was not yet.

    By the calendar of the workspace; one walk over the index of first deeds. Not who said no and
    why: a no is welcome, and not worked on. Whoever is made up for an example gets no mail.
    """
    first, last = _deeds_between(workspace, after, at)
    here = Initiative.objects.filter(workspace=workspace, closed_at=None).values("pk")
    did = Rung.objects.filter(initiative_id__in=here, did_at__gte=first, did_at__lt=last)
    before = AskedAgain.objects.filter(participation=OuterRef("pk"), after__gte=after)
    there = Participation.objects.may_be_asked().filter(person__is_example=False)
    wanted = did.exclude(step=Rung.Step.NO).values("pk")
    return there.filter(~Exists(before), pk__in=wanted).order_by("pk")


def _deeds_between(workspace: Workspace, after: int, at: datetime) -> tuple[datetime, datetime]:
    """The moments between which such a first deed lies; the last is not one of them any more."""
    zone = ZoneInfo(workspace.time_zone)
    newest = workspace.day(at) - timedelta(days=after - 1)
    oldest = newest - WAITS[After(after)]
    return datetime.combine(oldest, time(), zone), datetime.combine(newest, time(), zone)


def due_day(workspace: Workspace, after: int, deed_at: datetime) -> date:
    return workspace.day(deed_at) + timedelta(days=after)


def waiting(workspace: Workspace) -> QuerySet[AskedAgain]:
    """Who was due and had no room."""
    return AskedAgain.objects.filter(initiative__workspace=workspace, state=State.WAITING).order_by(
        "pk"
    )


def not_sent() -> QuerySet[AskedAgain]:
    """Asked, as it seemed; the mail was taken back before it left, and there is no answer."""
    asked = AskedAgain.objects.filter(state=State.ASKED, answered_at=None)
    mail = Message.objects.filter(pk=OuterRef("message_id"), state=Message.State.WITHDRAWN)
    return asked.filter(Exists(mail))


def asked_lately(people: Iterable[int], at: datetime) -> set[int]:
    """Who of these people was asked such a thing less than thirty days ago, for whatever."""
    rows = AskedAgain.objects.filter(
        participation__person__in=list(people), asked_at__gt=at - APART
    )
    return set(rows.values_list("participation__person", flat=True))


def first_deeds(participations: Iterable[Participation]) -> dict[int, str]:
    """Where the record has the first deed of each from: a pointer in words."""
    firsts = {one.pk: one.rung.did_at for one in participations}
    taken_back = Evidence.objects.filter(participation_id__in=firsts).exclude(corrects=None)
    rows = Evidence.objects.filter(participation_id__in=firsts, kind="did", value=1)
    standing = rows.exclude(id__in=taken_back.values("corrects")).order_by("-at", "-id")
    return {
        row.participation_id: row.source
        for row in standing
        if row.at == firsts[row.participation_id]
    }


def deeds_in_words(rows: Iterable[AskedAgain]) -> dict[int, str]:
    """What each of them did, as it was said, by key; empty where it has no words of its own.

    Read anew each time: whoever puts their words otherwise is asked in the new ones.
    """
    pointers = {row.pk: row.deed.rpartition(" ")[::2] for row in rows}
    said: dict[tuple[str, str], str] = {}
    for sort, (model, column) in SORTS.items():
        keys = [key for one, key in pointers.values() if one == sort and key.isdecimal()]
        if keys:
            found = model._default_manager.filter(pk__in=keys).values_list("pk", column)
            said |= {(sort, str(pk)): words for pk, words in found}
    return {pk: said.get(pointer, "") for pk, pointer in pointers.items()}


SORTS = {
    "promise": (Promise, "words"),
    "invitation": (Invitation, "ask__about"),
    "idea": (Idea, "words"),
}


def can_be_answered(row: AskedAgain) -> bool:
    """Asked, and no later one was."""
    later = AskedAgain.objects.filter(
        participation=row.participation_id, state=State.ASKED, after__gt=row.after
    )
    return row.state == State.ASKED and not later.exists()


def can_be_noted(row: AskedAgain) -> bool:
    """What they said in a talk: while it waits or was asked, until the next is due, and not
    where they answered by their own hand."""
    later = AskedAgain.objects.filter(participation=row.participation_id, after__gt=row.after)
    return row.state != State.LEFT and not row.by_own_hand and not later.exists()
