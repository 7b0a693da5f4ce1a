"""The doors to conversations and to what was found in them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, Finding, Question, Quote, Recap, Referral


def conversations_for(user: User | AnonymousUser) -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user)
    ).select_related("initiative__workspace")


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


def get_recap(user: User | AnonymousUser, pk: int) -> Recap:
    """What was told back after a talk of an initiative this user leads."""
    told = Recap.objects.filter(
        conversation__in=conversations_for(user), participation__person__erased_at=None
    )
    return get_object_or_404(
        told.select_related("conversation__initiative", "participation__person"), pk=pk
    )


def get_own_recap(participation: Participation, pk: int) -> Recap:
    """What was told back to this very person, for their own page."""
    mine = participation.recaps.select_related("conversation", "participation__person", "by")
    return get_object_or_404(mine, pk=pk)


def get_own_quote(participation: Participation, pk: int) -> Quote:
    """Their own words, for their own page; what they struck is found, and struck once."""
    return get_object_or_404(participation.quotes, pk=pk)
