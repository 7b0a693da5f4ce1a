"""Reads of invitations and their answers: the meeting, the times still free, the history in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.accounts.models import Workspace
from earnest.initiatives.models import Participation
from earnest.listening.models import Ask, Invitation, InvitationEvent, ProposedTime, Referral
from earnest.messaging import calendars
from earnest.messaging import queries as messaging
from earnest.messaging.models import Message
from earnest.people.models import Away

State, Kind = Invitation.State, InvitationEvent.Kind
# Not asked yet: written, and waiting for its day. Read by itself, in ``noted_not_asked``.
UNSENT = (State.WAITING,)
# Only what surely arrived can be left unanswered.
ARRIVED = (Message.State.SENT, Message.State.BY_HAND)
OF_LATE = timedelta(days=60)
NOBODY = "nobody@example.invalid"  # a calendar file must name somebody


def meeting_of(
    row: Invitation, starts_at: datetime, *, person_email: str = calendars.ADDRESS
) -> calendars.Meeting:
    """The talk as calendars have it: the same uid from the first file to the last.

    Calendars answer to whoever calls them together: the mailbox, where one is looked into.
    """
    ask, person = row.ask, row.participation.person
    return calendars.Meeting(
        uid=uid_of(row),
        sequence=row.sequence,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=ask.minutes),
        summary=_("%(minutes)s minutes: %(about)s") % {"minutes": ask.minutes, "about": ask.about},
        lead_name=str(ask.by),
        lead_email=messaging.inbox_for(str(row.uid)) or ask.by.email,
        person_name=person.name,
        person_email=person_email,
        description=ask.gets,
        location=ask.place,
    )


def uid_of(row: Invitation) -> str:
    return f"{row.uid}@{urlsplit(settings.BASE_URL).hostname}"


def calendar_file(row: Invitation, *, at: datetime) -> str:
    """What was agreed, as a file to download. Empty where nothing is agreed."""
    if row.state != State.ACCEPTED or row.starts_at is None:
        return ""
    email = row.participation.person.email or NOBODY
    return calendars.request(meeting_of(row, row.starts_at, person_email=email), at=at).text


def free_times(row: Invitation, *, at: datetime) -> list[ProposedTime]:
    """Times still to choose: not over, and one to one not taken by somebody else."""
    times = row.ask.times.filter(starts_at__gt=at)
    if row.ask.form != Ask.Form.SMALL_GROUP:
        times = times.filter(taken_at=None)
    return [one for one in times if one.pk != row.time_id]


def invitations_of(participation: Participation) -> list[Invitation]:
    """Everything this person was asked here, the latest first, with what happened to each.

    One query: whatever was sent has an event that says so.
    """
    happened = InvitationEvent.objects.filter(invitation__participation=participation)
    rows = happened.exclude(invitation__state__in=UNSENT).select_related(
        "by", "invitation__ask__by"
    )
    told: dict[int, list[InvitationEvent]] = {}
    asked: dict[int, Invitation] = {}
    for event in rows.order_by("at", "pk"):
        asked.setdefault(event.invitation_id, event.invitation)
        told.setdefault(event.invitation_id, []).append(event)
    for pk, one in asked.items():
        one.so_far = told[pk]
    return sorted(asked.values(), key=lambda one: one.pk, reverse=True)


def turns_of(participation: Participation) -> QuerySet[Invitation]:
    """Why them, written down already, where their day to be asked is still to come."""
    waiting = participation.invitations.filter(state__in=UNSENT)
    return waiting.exclude(why_you="")


def named_instead(row: Invitation) -> Referral | None:
    """Whom they named, where that is their answer."""
    if row.state != State.REFERRED:
        return None
    named = row.participation.referrals_made.filter(at=row.state_at)
    return named.select_related("participation").order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class AskedSoFar:
    """How their invitations went: information, not blame (2.1)."""

    asked: int = 0
    held: int = 0
    written: int = 0
    said_no: int = 0
    moved: int = 0
    called_off: int = 0
    silent: int = 0
    away: int = 0
    by_us: int = 0

    @property
    def parts(self) -> list[str]:
        """What there is of each, in words; what there is nothing of is left out."""
        said = (
            (self.held, ngettext("%(n)s held", "%(n)s held", self.held)),
            (self.written, ngettext("%(n)s in writing", "%(n)s in writing", self.written)),
            (self.said_no, ngettext("%(n)s no", "%(n)s no", self.said_no)),
            (self.moved, ngettext("moved once", "moved %(n)s times", self.moved)),
            (
                self.called_off,
                ngettext("called off once", "called off %(n)s times", self.called_off),
            ),
            (self.silent, ngettext("no answer once", "no answer %(n)s times", self.silent)),
            (
                self.away,
                ngettext("away once: not counted", "away %(n)s times: not counted", self.away),
            ),
            (
                self.by_us,
                ngettext(
                    "moved or called off by us once",
                    "moved or called off by us %(n)s times",
                    self.by_us,
                ),
            ),
        )
        return [words % {"n": n} for n, words in said if n]


def asked_so_far(invitations: Sequence[Invitation]) -> AskedSoFar:
    """Counted from what happened; what we moved or called off ourselves is kept apart."""
    events = [event for one in invitations for event in one.so_far]
    theirs = Counter(event.kind for event in events if not event.ours)
    states = Counter(one.state for one in invitations)
    return AskedSoFar(
        asked=len(invitations),
        held=states[State.HELD],
        written=len({event.invitation_id for event in events if event.kind == Kind.ANSWERED}),
        said_no=states[State.DECLINED],
        moved=theirs[Kind.RESCHEDULED],
        called_off=theirs[Kind.CANCELLED],
        silent=theirs[Kind.LAPSED],
        away=theirs[Kind.AWAY],
        by_us=sum(event.ours and event.kind in OUR_CHANGES for event in events),
    )


OUR_CHANGES = (Kind.RESCHEDULED, Kind.CANCELLED)


def unanswered(workspace: Workspace, *, at: datetime) -> QuerySet[Invitation]:
    """Sent, its last day over, no answer: whose mail surely arrived, and who may be asked at all.

    The day is that of the workspace; whether it is over where they live, the action looks.
    """
    arrived = Message.objects.filter(pk=OuterRef("message_id"), state__in=ARRIVED)
    rows = Invitation.objects.filter(
        Q(message_id=None) | Exists(arrived),
        state=State.SENT,
        answer_by__lt=workspace.day(at),
        initiative__workspace=workspace,
        initiative__closed_at=None,
        participation__stopped_at=None,
        participation__person__stopped_at=None,
        participation__person__erased_at=None,
    )
    return rows.select_related("participation__person").order_by("answer_by", "pk")


def was_delivered(row: Invitation) -> bool:
    """It surely reached them: the mail server took it, or it was handed over."""
    if row.message_id is None:
        return True
    return Message.objects.filter(pk=row.message_id, state__in=ARRIVED).exists()


NEVER_LEFT = (Message.State.WITHDRAWN, Message.State.FAILED)


def never_reached(*, at: datetime) -> QuerySet[Invitation]:
    """Counted as sent, while its mail never left; of failed ones those whose days are over.

    Until then a lead can still hand it over. What was answered all the same goes on.
    """
    mail = Message.objects.filter(
        pk=OuterRef("message_id"), participation__person__is_example=False
    )
    lost = Exists(mail.filter(state=Message.State.WITHDRAWN))
    failed = Exists(mail.filter(state=Message.State.FAILED))
    answered = InvitationEvent.objects.filter(invitation=OuterRef("pk")).exclude(
        kind__in=(Kind.SENT, Kind.AWAY)
    )
    rows = Invitation.objects.filter(state=State.SENT).exclude(Exists(answered))
    return rows.filter(lost | (failed & Q(answer_by__lt=at.date()))).order_by("answer_by", "pk")


def spoke_last(row: Invitation) -> bool:
    """Whether it stands as it does by their own hand: a lead's word for it is no word of theirs."""
    said = row.events.filter(kind__in=(Kind.PROPOSED, Kind.RESCHEDULED, Kind.CANCELLED))
    last = said.order_by("-at", "-pk").first()
    return last is not None and last.by_person


def held_without_notes(participation: Participation) -> QuerySet[Invitation]:
    """Talks with them that took place, and wait for what was said."""
    return participation.invitations.filter(state=State.HELD, conversation=None)


def open_to(participation: Participation) -> list[Invitation]:
    """What they were asked and is not settled, or passed unanswered: the first asked first."""
    open_states = (State.SENT, State.PROPOSED, State.ACCEPTED, State.LAPSED)
    rows = participation.invitations.filter(state__in=open_states)
    return list(rows.select_related("ask", "participation", "initiative__workspace").order_by("pk"))


def lapsed_while_away(*, at: datetime) -> QuerySet[Invitation]:
    """Passed unanswered of late, by somebody whose days away were noted only afterwards."""
    away = Away.objects.filter(
        person=OuterRef("participation__person"),
        last_day__gte=OuterRef("answer_by"),
        first_day__lte=OuterRef("answer_by"),
    )
    lately = Invitation.objects.filter(state=State.LAPSED, state_at__gt=at - OF_LATE)
    return lately.filter(Exists(away)).order_by("answer_by", "pk")
