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
from earnest.listening.models import (
    Ask,
    Brief,
    Conversation,
    Invitation,
    LargeAsk,
    NeedNamed,
    ProposedTime,
    Question,
    Quote,
    Recap,
    Referral,
    Round,
    StepBack,
    Talk,
)
from earnest.listening.queries.carrying import allowed_for
from earnest.listening.queries.stepping import WHOLE


def conversations_for(user: User | AnonymousUser) -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user)
    ).select_related("initiative__workspace")


def get_conversation(user: User | AnonymousUser, pk: int) -> Conversation:
    return get_object_or_404(conversations_for(user), pk=pk)


def get_question(user: User | AnonymousUser, pk: int) -> Question:
    return get_object_or_404(
        Question.objects.filter(initiative__in=initiatives.initiatives_led_by(user)), pk=pk
    )


def get_referral(user: User | AnonymousUser, pk: int) -> Referral:
    return get_object_or_404(
        Referral.objects.filter(initiative__in=initiatives.initiatives_led_by(user)), pk=pk
    )


def get_need_named(user: User | AnonymousUser, pk: int) -> NeedNamed:
    led = NeedNamed.objects.filter(need__initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(led.select_related("need__initiative", "participation"), pk=pk)


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
    """What this person was asked, for their own page; what waits for its day has no answer yet."""
    theirs = participation.invitations.exclude(state=Invitation.State.WAITING)
    found = theirs.select_related("ask__by", "conversation", "time")
    return get_object_or_404(found, pk=pk)


def get_time(invitation: Invitation, pk: int) -> ProposedTime:
    """One of the times of this very ask."""
    return get_object_or_404(invitation.ask.times.all(), pk=pk)


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


def get_ask(user: User | AnonymousUser, pk: int) -> Ask:
    asks = Ask.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(
        asks.select_related("initiative__workspace", "by", "large", "round"), pk=pk
    )


def get_round(user: User | AnonymousUser, pk: int) -> Round:
    rounds = Round.objects.filter(ask__initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(rounds.select_related("ask__initiative__workspace", "ask__by"), pk=pk)


def get_large_ask(user: User | AnonymousUser, pk: int) -> LargeAsk:
    large = LargeAsk.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(large.select_related("initiative"), pk=pk)


def get_own_need(participation: Participation, pk: int) -> NeedNamed:
    """A need they named here, for their own page."""
    return get_object_or_404(NeedNamed, participation=participation.pk, pk=pk)


def get_own_need_anywhere(participation: Participation, pk: int) -> NeedNamed:
    """One of theirs that is, or may be, known here: what they let others know they can take back."""
    named = NeedNamed.objects.filter(participation=participation)
    known = NeedNamed.objects.filter(pk__in=allowed_for(participation).values("pk"))
    found = (named | known).select_related("need", "carried_from")
    return get_object_or_404(found, pk=pk)


def get_need_of_person(participation: Participation, pk: int) -> NeedNamed:
    """One they let others know, here or taken along before; whether it is so still, the action asks."""
    theirs = NeedNamed.objects.filter(
        participation__person=participation.person_id, participation__person__erased_at=None
    )
    elsewhere = theirs.exclude(participation=participation)
    return get_object_or_404(elsewhere, pk=pk)


def get_step_back(user: User | AnonymousUser, pk: int) -> StepBack:
    """A step back with somebody on an initiative this user leads."""
    led = initiatives.initiatives_led_by(user)
    rows = StepBack.objects.filter(initiative__in=led, participation__person__erased_at=None)
    return get_object_or_404(rows.select_related(*WHOLE), pk=pk)
