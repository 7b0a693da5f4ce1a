"""What was told back by a mail that never left is not told yet."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.listening.actions import AlreadyToldBack
from earnest.listening.models import Recap
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.pages import actions as pages
from earnest.pages.tests.own import Heard, hear
from tests.worlds import World


@pytest.fixture
def heard(world: World) -> Heard:
    return hear(world, at=now())


@pytest.fixture
def lost(world: World, heard: Heard) -> Message:
    """Told back, and taken back before it left."""
    told = pages.tell_back(heard.alone, world.joan, "First.", by=world.lead, at=now())[1]
    Message.objects.filter(pk=told.pk).update(state="waiting")
    message = Message.objects.get(pk=told.pk)
    messaging.withdraw(message, by=world.lead, at=now(), reason="Its ocelot ran away.")
    return message


def test_the_page_says_so_and_tells_it_anew_once(
    client: Client, world: World, heard: Heard, lost: Message
) -> None:
    client.force_login(world.lead)
    here = f"/conversations/{heard.alone.pk}/look-back/"
    page = client.get(here).content.decode()
    assert "told back on" not in page
    assert "Its ocelot ran away." in page
    tell = f"/conversations/{heard.alone.pk}/told/{world.joan.pk}/"
    assert "On its way" in client.post(tell, {"words": "Again."}, follow=True).content.decode()
    assert "told before" in client.post(tell, {"words": "More."}, follow=True).content.decode()
    recap = Recap.objects.get()
    assert recap.words == "Again."
    assert recap.message_id not in {None, lost.pk}
    assert "told back on" in client.get(here).content.decode()


def test_by_hand_it_is_told_anew(world: World, heard: Heard, lost: Message) -> None:
    message, filled = pages.tell_by_hand(
        heard.alone, world.joan, "By hand.", by=world.lead, at=now()
    )
    assert message.pk != lost.pk
    assert "By hand." in filled.text


def test_one_that_failed_leaves_once_in_its_new_words(
    world: World, heard: Heard, lost: Message
) -> None:
    Message.objects.filter(pk=lost.pk).update(state="failed")
    pages.tell_back(heard.alone, world.joan, "Again.", by=world.lead, at=now())
    lost.refresh_from_db()
    assert not lost.can_be_handed_over


def test_what_they_answered_on_their_page_was_told(
    world: World, heard: Heard, lost: Message
) -> None:
    Recap.objects.update(right_at=now())
    with pytest.raises(AlreadyToldBack):
        pages.tell_back(heard.alone, world.joan, "Again.", by=world.lead, at=now())
