"""Reads of mail and contacts: what waits, what left, and whether somebody may be asked now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from earnest.initiatives.models import Participation
from earnest.messaging import limits
from earnest.messaging.models import ASKING_KINDS, Contact, Message, Suppression
from earnest.people.models import Person

ADDRESS_SALT = "earnest.messaging.suppression"


@dataclass(frozen=True, slots=True)
class Room:
    """Whether a person may be asked now; if not, from when, or None where nobody can say."""

    free: bool
    until: datetime | None = None
    sentence: str = ""


FREE = Room(free=True)


def room_for(person: Person, at: datetime) -> Room:
    """May this person be asked now? As the action will say it. Two queries."""
    return _room(person, _counted([person.pk], at).get(person.pk, []), at)


def rooms_for(people: Iterable[Person], at: datetime) -> dict[int, Room]:
    """The same for many people at once, by their key. Two queries, however many."""
    several = list(people)
    counted = _counted([one.pk for one in several], at)
    return {one.pk: _room(one, counted.get(one.pk, []), at) for one in several}


def _room(person: Person, times: list[datetime], at: datetime) -> Room:
    try:
        refuse_beyond_limits(person, Message.Kind.ASK, times, at=at)
    except limits.MayNotWrite as no:
        return Room(free=False, until=no.until, sentence=no.sentence)
    return FREE


def refuse_beyond_limits(person: Person, kind: str, times: list[datetime], *, at: datetime) -> None:
    """Raise the reason why nothing of this kind may go to them now (0.6, 3.15)."""
    if kind not in ASKING_KINDS:
        return
    name, less = person.first_name, person.wants_less_at is not None
    if person.left_alone_until and person.left_alone_until > at:
        raise limits.LeftAlone(name, person.left_alone_until)
    if less and kind in {Message.Kind.NUDGE, Message.Kind.PROGRESS}:
        raise limits.WantsLess(name)
    if until := limits.enough_until(times, at=at, less=less):
        raise limits.AskedEnough(name, until)


def counted_for(person_pk: int, at: datetime, *, but: int | None = None) -> list[datetime]:
    """When this person was or will be asked, over all initiatives; one message left out."""
    return _counted([person_pk], at, but=but).get(person_pk, [])


def _counted(
    people: list[int], at: datetime, *, but: int | None = None
) -> dict[int, list[datetime]]:
    """Times that count for the cap, by person: contacts that stand, and what waits to leave."""
    since = at - limits.LESS_IN
    rows = Contact.objects.filter(person_id__in=people, direction=Contact.Direction.WE)
    asked = list(
        rows.filter(kind__in=ASKING_KINDS, at__gt=since).values_list(
            "person_id", "id", "at", "corrects"
        )
    )
    never_happened = {corrects for _, _, _, corrects in asked if corrects}
    found: dict[int, list[datetime]] = defaultdict(list)
    for person, pk, when, corrects in asked:
        if not corrects and pk not in never_happened:
            found[person].append(when)
    waiting = Message.objects.pending().filter(
        participation__person__in=people, kind__in=ASKING_KINDS
    )
    for person, leaves in waiting.exclude(pk=but).values_list("participation__person", "leaves_at"):
        found[person].append(max(leaves, at))
    return found


def address_hash(workspace_id: int, address: str) -> str:
    """What is kept of an address that must not be written to."""
    words = f"{workspace_id} {address.strip().lower()}"
    return salted_hmac(ADDRESS_SALT, words, algorithm="sha256").hexdigest()


def suppression_of(person: Person) -> Suppression | None:
    """Why this person's address must not be written to, where it must not."""
    if not person.email:
        return None
    known = address_hash(person.workspace_id, person.email)
    found = Suppression.objects.filter(workspace=person.workspace_id, address_hash=known)
    return found.first()


def zone_of(person: Person) -> str:
    """Where the person's day begins and ends."""
    return person.time_zone or person.workspace.time_zone or settings.TIME_ZONE


def messages_of(participation: Participation) -> QuerySet[Message]:
    """Every mail to this person on this initiative, the latest first: the same for both to read."""
    return participation.messages.select_related("by").order_by("-pk")


def last_in_thread(participation: Participation, thread: str) -> str:
    """The Message-ID that the next mail of this thread answers; empty where it begins one."""
    if not thread:
        return ""
    gone = (Message.State.WITHDRAWN, Message.State.FAILED)
    earlier = participation.messages.filter(thread=thread).exclude(state__in=gone)
    return earlier.order_by("-pk").values_list("message_id", flat=True).first() or ""
