"""Reads of asks: whom to ask how, what became of each, and what the small ones foretell (2.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from earnest.accounts.queries import mail_is_set_up
from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import (
    Ask,
    Conversation,
    Invitation,
    InvitationEvent,
    LargeAsk,
)
from earnest.listening.queries.briefs import Topic
from earnest.messaging import queries as messaging
from earnest.messaging.models import HAND_OVER_FROM, Message
from earnest.people.models import Away, Person
from earnest.standing.models import Rung

PAGE = 50
State = Invitation.State

# What an ask for input can ask for, where it is not known yet: in words to them.
ASKS_FOR: dict[str, str | Promise] = {
    Topic.PRESSURE: _("what presses you right now"),
    Topic.PRIORITY: _("what comes first for you"),
    Topic.RESULT: _("which result you owe, and by when"),
}


@dataclass(frozen=True, slots=True)
class FormProposed:
    """One to one or a small group, and why (3.7)."""

    form: Ask.Form
    why: str | Promise


def form_for(participation: Participation) -> FormProposed:
    """Small groups for those who do already, one to one for everyone else."""
    rung = getattr(participation, "rung", None)
    if rung and rung.step in {Rung.Step.DID, Rung.Step.AGAIN}:
        return FormProposed(
            Ask.Form.SMALL_GROUP, _("They did something already: in a small group others see it.")
        )
    return FormProposed(
        Ask.Form.ONE_TO_ONE, _("One to one, nobody has to agree in front of others.")
    )


def away_now_or_soon(person: Person, today: date) -> list[Away]:
    """Days away that are not over: silence in them says nothing (2.1)."""
    return [one for one in person.away.all() if one.last_day >= today]


def can_be_mailed(person: Person) -> bool:
    """Whether a mail can leave for them; else one sends it by hand."""
    return bool(mail_is_set_up() and person.email) and messaging.suppression_of(person) is None


def ask_by_key(initiative: Initiative, key: UUID | None) -> Ask | None:
    """What this very press of the button made before."""
    return Ask.objects.filter(initiative=initiative, key=key).first() if key else None


def large_asks(initiative: Initiative) -> QuerySet[LargeAsk]:
    """The large asks that still stand, the latest first."""
    return LargeAsk.objects.filter(initiative=initiative, left_at=None).order_by("-made_at", "-pk")


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask in the list: of whom, and how many invitations stand where."""

    ask: Ask
    states: Counter[str]

    @property
    def name(self) -> str:
        """The first who was asked."""
        return str(getattr(self.ask, "first_name", None) or _("erased person"))

    @property
    def others(self) -> int:
        return sum(self.states.values()) - 1

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many stand where, in the order in which things happen."""
        return [(str(one.label), self.states[one]) for one in State if self.states[one]]


@dataclass(frozen=True, slots=True)
class AsksPage:
    """Some asks, and the key before which the earlier ones lie."""

    rows: list[AskRow]
    before: int | None


def asks_page(initiative: Initiative, *, before: str = "") -> AsksPage:
    """All asks of an initiative, the latest first. Two queries."""
    first = Invitation.objects.filter(ask=OuterRef("pk")).order_by("pk")
    asks = Ask.objects.filter(initiative=initiative).select_related("by", "round")
    if (last := read_number(before)) is not None:
        asks = asks.filter(pk__lt=last)
    names = Subquery(first.values("participation__person__name")[:1])
    found = list(asks.annotate(first_name=names).order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    states = states_of(shown)
    rows = [AskRow(one, states.get(one.pk, Counter())) for one in shown]
    return AsksPage(rows, shown[-1].pk if len(found) > PAGE else None)


def states_of(asks: Sequence[Ask]) -> dict[int, Counter[str]]:
    """How many invitations of each ask stand where. One query."""
    found: dict[int, Counter[str]] = {}
    here = Invitation.objects.filter(ask__in=asks).order_by()
    for ask, state, n in here.values_list("ask", "state").annotate(n=Count("pk")):
        found.setdefault(ask, Counter())[state] = n
    return found


MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class WaitingForUs:
    """What calls for somebody who leads: it is their turn."""

    proposed: list[Invitation] = field(default_factory=list)
    written: list[Conversation] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.proposed or self.written or self.messages)


def waiting_for_us(initiative: Initiative) -> WaitingForUs:
    """Another time proposed, an answer in writing unread, a mail whose end is not clear."""
    here = Invitation.objects.filter(initiative=initiative, state=State.PROPOSED)
    written = Conversation.objects.filter(
        initiative=initiative, form=Conversation.Form.WRITTEN, read_at=None
    )
    stuck = Message.objects.filter(
        initiative=initiative, state__in=(Message.State.UNCLEAR, Message.State.FAILED)
    )
    stuck = stuck.select_related("participation__person").order_by("-pk")
    proposed = here.select_related("participation__person").order_by("state_at")
    return WaitingForUs(
        list(proposed[:MOST_WAITING]),
        list(written.prefetch_related("people__person").order_by("noted_at")[:MOST_WAITING]),
        list(stuck[:MOST_WAITING]),
    )


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation on the ask's page, with its history and its mail."""

    invitation: Invitation
    message: Message | None

    @property
    def can_be_withdrawn(self) -> bool:
        """Before it left, or before it is answered."""
        return self.invitation.state in {State.WAITING, State.SENT}

    @property
    def by_hand(self) -> bool:
        """Whether it waits for somebody to send it by hand."""
        if self.message is None or self.invitation.state != State.SENT:
            return False
        if self.message.state == Message.State.WAITING:
            return not can_be_mailed(self.invitation.participation.person)
        return self.message.state in HAND_OVER_FROM

    @property
    def has_not_left(self) -> bool:
        """Asked here, while its mail waits, or ended without arriving."""
        return self.message is not None and self.message.state not in HAS_LEFT

    @property
    def left_at(self) -> datetime | None:
        """When its mail left; without one, when it was asked."""
        return self.message.sent_at if self.message else self.invitation.sent_at


HAS_LEFT = (Message.State.SENT, Message.State.BY_HAND, Message.State.UNCLEAR)


def mail_of(invitation: Invitation) -> InvitationRow:
    """An invitation with the mail it leaves by."""
    message = Message.objects.filter(pk=invitation.message_id or 0).first()
    return InvitationRow(invitation, message)


@dataclass(frozen=True, slots=True)
class AskPage:
    """What the page of an ask shows."""

    rows: list[InvitationRow]
    next_after: int | None


def ask_page(ask: Ask, *, after: str = "", only: str = "") -> AskPage:
    """Its invitations in order, each with what happened to it. Four queries at most."""
    rows = ask.invitations.select_related("participation__person", "time").order_by("pk")
    rows = rows.filter(participation__person__erased_at=None)
    if only in State.values:
        rows = rows.filter(state=only)
    if (last := read_number(after)) is not None:
        rows = rows.filter(pk__gt=last)
    found = list(rows.prefetch_related("events__by", "participation__person__away")[: PAGE + 1])
    shown = found[:PAGE]
    mails = Message.objects.in_bulk([one.message_id for one in shown if one.message_id])
    return AskPage(
        [InvitationRow(one, mails.get(one.message_id or 0)) for one in shown],
        shown[-1].pk if len(found) > PAGE else None,
    )


ENOUGH_ASKS = 5
MET = (
    State.PROPOSED,
    State.ACCEPTED,
    State.ANSWERED,
    State.DECLINED,
    State.REFERRED,
    State.HELD,
)
NOT_MET = (State.LAPSED, State.NOT_HELD, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class EarlyTest:
    """The small ask is the early test of the large one (2.2): how many were met, of those due."""

    due: int
    met: int
    large: LargeAsk | None

    @property
    def says_something(self) -> bool:
        """From five asks on; fewer say nothing."""
        return self.due >= ENOUGH_ASKS

    @property
    def per_cent(self) -> int:
        return self.met * 100 // max(1, self.due)

    @property
    def says_smaller(self) -> bool:
        """Under half of the small ones met: make the large one smaller."""
        return self.says_something and self.met * 2 < self.due


def asks_due(initiative: Initiative, *, today: date) -> QuerySet[Invitation]:
    """Small asks whose days to answer are over: what the early test counts.

    What we called off or took back ourselves counts neither way; nor does what may never have
    arrived, for the clock calls no such ask unanswered.
    """
    ours = InvitationEvent.objects.filter(invitation=OuterRef("pk"), kind="cancelled", ours=True)
    over = Invitation.objects.filter(initiative=initiative, answer_by__lt=today)
    counted = over.filter(~Q(state=State.CANCELLED) | ~Exists(ours), state__in=(*MET, *NOT_MET))
    return counted.order_by()


def early_test(initiative: Initiative, *, today: date) -> EarlyTest:
    """Answered in any way or held, of those whose days to answer are over. Two queries."""
    counted = asks_due(initiative, today=today)
    states = dict(counted.values_list("state").annotate(n=Count("pk")))
    met = sum(states.get(one, 0) for one in MET)
    return EarlyTest(due=sum(states.values()), met=met, large=large_asks(initiative).first())


def large_history(initiative: Initiative) -> list[LargeAsk]:
    """What was asked in large before it was made smaller, the latest first."""
    left = LargeAsk.objects.filter(initiative=initiative).exclude(left_at=None)
    return list(left.order_by("-left_at", "-pk")[:MOST_WAITING])


def day_of(ask: Ask, at: datetime) -> date:
    """The day it is where the ask belongs."""
    return ask.initiative.workspace.day(at)
