"""The only door to a message: leads of its initiative; absent and forbidden look the same."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.messaging.models import Message, MessageQuerySet


def messages_for(user: User | AnonymousUser) -> MessageQuerySet:
    """Mail to the people on the initiatives this user leads."""
    led = initiatives.initiatives_led_by(user)
    there = Message.objects.filter(initiative__in=led, participation__person__erased_at=None)
    return there.select_related(
        "by",
        "participation__person__workspace",
        "participation__initiative__workspace",
        "participation__held_by",
    )


def get_message(user: User | AnonymousUser, pk: int) -> Message:
    return get_object_or_404(messages_for(user), pk=pk)
