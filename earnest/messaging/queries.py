"""Reads of mail and contacts: what waits, what left, and whether somebody may be asked now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from earnest.accounts.models import Workspace
from earnest.accounts.queries import mail_is_set_up
from earnest.initiatives.models import Participation
from earnest.messaging import limits
from earnest.messaging.models import (
    ASKING_KINDS,
    AWAITS_ANSWER,
    Contact,
    Delivery,
    Message,
    Suppression,
)
from earnest.people.models import Person

WITHDRAWN, FAILED = Message.State.WITHDRAWN, Message.State.FAILED
PAGE = 50
WE, THEY = Contact.Direction.WE, Contact.Direction.THEY
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
    return _room(person, counted([person.pk], at).get(person.pk, []), at)


def rooms_for(people: Iterable[Person], at: datetime) -> dict[int, Room]:
    """The same for many people at once, by their key. Two queries, however many."""
    several = list(people)
    times = counted([one.pk for one in several], at)
    return {one.pk: _room(one, times.get(one.pk, []), at) for one in several}


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
    return counted([person_pk], at, but=but).get(person_pk, [])


def counted(
    people: list[int], at: datetime, *, but: int | None = None
) -> dict[int, list[datetime]]:
    """Times that count for the cap, by person: contacts that stand, and what waits to leave."""
    # What lies well after ``at`` is another telling of the same weeks: a second example.
    since, soon = at - limits.LESS_IN, at + timedelta(days=1)
    rows = Contact.objects.filter(person_id__in=people, direction=Contact.Direction.WE)
    asked = list(
        rows.filter(kind__in=ASKING_KINDS, at__gt=since, at__lt=soon).values_list(
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
    if but is not None:
        waiting = waiting.exclude(pk=but)
    for person, leaves in waiting.values_list("participation__person", "leaves_at"):
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


def suppressed_among(people: Iterable[Person]) -> dict[int, str]:
    """Whose address must not be written to, by key of the person: why. One query."""
    hashes = {one.pk: address_hash(one.workspace_id, one.email) for one in people if one.email}
    rows = Suppression.objects.filter(address_hash__in=set(hashes.values()))
    why = dict(rows.values_list("address_hash", "reason"))
    return {pk: why[known] for pk, known in hashes.items() if known in why}


def last_in_threads(participations: Iterable[Participation], thread: str) -> dict[int, str]:
    """The Message-ID that the next mail of this thread answers, by participation. One query."""
    keys = [one.pk for one in participations]
    gone = (Message.State.WITHDRAWN, Message.State.FAILED)
    rows = Message.objects.filter(participation__in=keys, thread=thread).exclude(state__in=gone)
    return dict(rows.order_by("pk").values_list("participation_id", "message_id"))


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


def why_not(message: Message, *, at: datetime) -> tuple[str, str] | None:
    """Why this message does not leave after all, and the state that makes of it.

    Asked again at the last moment: a stop, "less", an erasure, a refused address may have come
    meanwhile (privacy.md 6).
    """
    person = message.participation.person
    if person.is_example:
        return WITHDRAWN, gettext("This person is made up: mail to the example never leaves.")
    suppressed = suppression_of(person)
    if suppressed and suppressed.reason == Suppression.Reason.ASKED:
        return WITHDRAWN, gettext("They asked never to be written to.")
    if suppressed:
        return FAILED, gettext("Their mail server says that there is no such address.")
    if message.participation.asked_to_stop and not message.owed:
        return WITHDRAWN, gettext("They asked to be left alone.")
    return _no_longer_asked(message, person, at) if message.is_once_only else None


def _no_longer_asked(message: Message, person: Person, at: datetime) -> tuple[str, str] | None:
    if message.participation.initiative.closed_at:
        return WITHDRAWN, gettext("The initiative was closed before it left.")
    try:
        times = counted_for(person.pk, at, but=message.pk)
        refuse_beyond_limits(person, message.kind, times, at=at)
    except limits.MayNotWrite as no:
        return WITHDRAWN, no.sentence
    return None


def contacts_of(participation: Participation) -> QuerySet[Contact]:
    """When we wrote or spoke to each other on this initiative; what stands of it, latest first."""
    taken_back = Contact.objects.filter(person_id=OuterRef("person_id"), corrects=OuterRef("id"))
    rows = Contact.objects.filter(participation_id=participation.pk, corrects=None)
    return rows.filter(~Exists(taken_back)).order_by("-at", "-id")


STALE_AFTER = timedelta(days=14)
LOOKED_BACK = timedelta(days=90)


def gone_stale(at: datetime) -> list[Message]:
    """What asks something and waited too long to be handed over."""
    rows = Message.objects.filter(
        state=Message.State.WAITING, kind__in=ASKING_KINDS, leaves_at__lt=at - STALE_AFTER
    )
    return list(rows.select_related("participation").order_by("pk")[:500])


def limits_over(at: datetime) -> list[Person]:
    """Whose stored limit has passed."""
    return list(Person.objects.filter(asked_enough_until__lte=at).order_by("pk")[:2000])


def silent_people(at: datetime) -> list[Person]:
    """Who did not answer three times since they last wrote or rested. Three queries."""
    asked = Contact.objects.filter(
        direction=Contact.Direction.WE, kind__in=AWAITS_ANSWER, at__gt=at - LOOKED_BACK
    )
    often = asked.values("person_id").annotate(n=Count("id")).filter(n__gte=limits.UNANSWERED)
    people = Person.objects.present().filter(pk__in=often.values("person_id"), stopped_at=None)
    awake = people.exclude(left_alone_until__gt=at)
    found = list(awake.select_related("workspace").prefetch_related("away").order_by("pk"))
    rows = _contacts_of([one.pk for one in found], at - LOOKED_BACK)
    return [one for one in found if _unanswered(one, rows[one.pk], at) >= limits.UNANSWERED]


def _contacts_of(people: list[int], since: datetime) -> dict[int, list[Contact]]:
    """Contacts that stand, oldest first, by person."""
    rows = list(Contact.objects.filter(person_id__in=people, at__gt=since).order_by("at", "id"))
    never_happened = {row.corrects for row in rows if row.corrects}
    found: dict[int, list[Contact]] = defaultdict(list)
    for row in rows:
        if not row.corrects and row.id not in never_happened:
            found[row.person_id].append(row)
    return found


def _unanswered(person: Person, rows: list[Contact], at: datetime) -> int:
    """Asks they had five days of their own to answer, and did not: away is not silent (2.1)."""
    last_word = max((row.at for row in rows if row.direction == THEY), default=None)
    since = max((one for one in (last_word, person.left_alone_until) if one), default=None)
    away = [(one.first_day, one.last_day) for one in person.away.all()]
    day = person.workspace.day
    return sum(
        limits.days_to_answer(day(row.at), day(at), away) >= limits.ANSWER_DAYS
        for row in rows
        if row.direction == WE and row.kind in AWAITS_ANSWER and (since is None or row.at > since)
    )


def old_words(workspace: Workspace, *, before: datetime, most: int) -> list[int]:
    """Mails whose text is over its time; what still waits is not."""
    settled = Message.objects.exclude(state__in=(Message.State.WAITING, Message.State.LEAVING))
    old = settled.filter(initiative__workspace=workspace, words_erased_at=None, made_at__lt=before)
    return list(old.order_by("pk").values_list("pk", flat=True)[:most])


@dataclass(frozen=True, slots=True)
class Outbox:
    """One page of the messages of an initiative, and the key of the last where more follow."""

    rows: list[Message]
    next_key: int | None


SHOWN = {
    "waiting": (Message.State.WAITING, Message.State.LEAVING),
    "look": (Message.State.UNCLEAR, Message.State.FAILED),
    "gone": (Message.State.SENT, Message.State.BY_HAND),
    "withdrawn": (Message.State.WITHDRAWN,),
}


def outbox_of(messages: QuerySet[Message], *, before: int | None, only: str = "") -> Outbox:
    """Fifty by key, the latest first; ``only`` is one of SHOWN."""
    rows = messages.filter(state__in=SHOWN[only]) if only in SHOWN else messages
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return Outbox(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


@dataclass(frozen=True, slots=True)
class Health:
    """How the outbox of the whole server stands; numbers, and no word about anybody."""

    late: int
    unclear: int
    failed: int
    last_words: str  # of the mail server


def health_of_outbox(at: datetime) -> Health:
    """What waits an hour longer than it should, and what ended badly in thirty days."""
    hour_ago, lately = at - timedelta(hours=1), at - timedelta(days=30)
    late = Message.objects.none()
    if mail_is_set_up():
        tried = Message.objects.filter(state=Message.State.WAITING, first_tried_at__lt=hour_ago)
        overdue = Message.objects.ready(hour_ago).exclude(participation__person__email="")
        late = Message.objects.filter(Q(pk__in=tried.values("pk")) | Q(pk__in=overdue.values("pk")))
    ended = Message.objects.filter(made_at__gt=lately)
    last = Delivery.objects.filter(message__in=late.values("pk")).exclude(words="")
    return Health(
        late=late.count(),
        unclear=ended.filter(state=Message.State.UNCLEAR).count(),
        failed=ended.filter(state=Message.State.FAILED).count(),
        last_words=last.order_by("-pk").values_list("words", flat=True).first() or "",
    )


def inbox_for(token: str) -> str:
    """The address at which an answer to this is looked for; empty where no mailbox is set.

    What stands behind the plus says what it answers, for programs that forget to.
    """
    if settings.INBOX is None:
        return ""
    known = settings.INBOX.user if "@" in settings.INBOX.user else settings.DEFAULT_FROM_EMAIL
    name, _at, host = parseaddr(known)[1].partition("@")
    return f"{name}+{token}@{host}" if host else ""
