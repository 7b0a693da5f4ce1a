"""The job that sends at once: only what is committed, and nothing twice."""

from __future__ import annotations

import pytest
from django.utils import timezone

from earnest.messaging.jobs import send_message
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import Server, put
from tests import worlds


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_before_it_is_committed_and_then_once(server: Server) -> None:
    world = worlds.build()
    message = put(world.joan, "reply", at=timezone.now())  # enqueues within its transaction
    assert server.taken == []
    assert Message.objects.get().state == Message.State.WAITING
    send_message.enqueue(message.pk)
    send_message.enqueue(message.pk)
    assert len(server.taken) == 1
    assert Message.objects.get().state == Message.State.SENT
