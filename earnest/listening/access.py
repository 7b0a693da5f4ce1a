"""The doors to conversations and to what was found in them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation
from earnest.listening.models import (
    Brief,
    Conversation,
    Finding,
    Invitation,
    ProposedTime,
    Question,
    Referral,
)


def conversations_for(user: User | AnonymousUser) -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user)
    ).select_related("initiative")


def get_conversation(user: User | AnonymousUser, pk: int) -> Conversation:
    return get_object_or_404(conversations_for(user), pk=pk)


def get_finding(user: User | AnonymousUser, pk: int) -> Finding:
    return get_object_or_404(
        Finding.objects.filter(conversation__in=conversations_for(user)).select_related(
            "conversation__initiative"
        ),
        pk=pk,
    )


def get_question(user: User | AnonymousUser, pk: int) -> Question:
    return get_object_or_404(
        Question.objects.filter(initiative__in=initiatives.initiatives_led_by(user)), pk=pk
    )


def get_referral(user: User | AnonymousUser, pk: int) -> Referral:
    return get_object_or_404(
        Referral.objects.filter(initiative__in=initiatives.initiatives_led_by(user)), pk=pk
    )


def invitations_for(user: User | AnonymousUser) -> QuerySet[Invitation]:
    """Asks of people on the initiatives this user leads; the erased are gone."""
    led = Invitation.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user),
        participation__person__erased_at=None,
    )
    return led.select_related(
        "ask__by", "participation__person", "initiative__workspace", "conversation", "time"
    )


def get_invitation(user: User | AnonymousUser, pk: int) -> Invitation:
    return get_object_or_404(invitations_for(user), pk=pk)


def get_asked(participation: Participation, pk: int) -> Invitation:
    """What this person was asked, for their own page; what waits for its day is not there yet."""
    theirs = participation.invitations.exclude(state=Invitation.State.WAITING)
    found = theirs.select_related("ask__by", "conversation", "time")
    return get_object_or_404(found, pk=pk)


def get_time(invitation: Invitation, pk: int) -> ProposedTime:
    """One of the times of this very ask."""
    return get_object_or_404(invitation.ask.times.all(), pk=pk)


def get_group_brief(user: User | AnonymousUser, pk: int) -> Brief:
    """The brief of a team or a role; that of one person is reached through the person."""
    briefs = Brief.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user), participation=None
    )
    return get_object_or_404(briefs.select_related("initiative__workspace", "team"), pk=pk)
