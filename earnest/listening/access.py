"""The doors to conversations and to what was found in them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_list_or_404, get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Brief, Conversation, Finding, Question, Referral, Talk


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


def get_talk(user: User | AnonymousUser, initiative_pk: int, key: UUID) -> Talk:
    """A talk this user writes down: nobody else goes on with it or ends it."""
    led = initiatives.initiatives_led_by(user).filter(pk=initiative_pk)
    mine = Talk.objects.filter(initiative__in=led, by=user.pk or 0)
    return get_object_or_404(mine.select_related("initiative__workspace", "conversation"), key=key)


def get_together(
    user: User | AnonymousUser, initiative: Initiative, keys: Iterable[int]
) -> list[Participation]:
    """The people one listens to: all of them on this initiative, or nobody is found."""
    wanted = set(keys)
    found = initiatives.participations_for(user).filter(initiative=initiative, pk__in=wanted)
    people = list(found.order_by("person__name", "pk"))
    return people if len(people) == len(wanted) else get_list_or_404(found.none())


def get_group_brief(user: User | AnonymousUser, pk: int) -> Brief:
    """The brief of a team or a role; that of one person is reached through the person."""
    briefs = Brief.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user), participation=None
    )
    return get_object_or_404(briefs.select_related("initiative__workspace", "team"), pk=pk)
