"""What was taken from a talk can be put in other words, until it is told back."""

from __future__ import annotations

from django.test import Client
from django.utils.timezone import now

from earnest.listening.models import NeedNamed, Recap, Referral
from earnest.pages.tests.own import hear
from tests.worlds import World


def test_promise_need_and_referral_get_other_words(client: Client, world: World) -> None:
    heard = hear(world, at=now())
    client.force_login(world.lead)
    named = NeedNamed.objects.get(participation=world.joan)
    who = Referral.objects.get(named_by=world.joan)
    rows = (("promise", heard.ours.pk), ("need", named.pk), ("referral", who.pk))
    for sort, pk in rows:
        address = f"/words/{sort}/{pk}/"
        talk = heard.group if sort == "need" else heard.alone
        if sort != "promise":
            look = client.get(f"/conversations/{talk.pk}/look-back/").content.decode()
            assert f'href="{address}"' in look
        assert client.post(address, {"words": " "}).status_code == 400
        client.post(address, {"words": f"A wombat for the {sort}"})
    heard.ours.refresh_from_db()
    assert heard.ours.words == "A wombat for the promise"
    assert NeedNamed.objects.get(pk=named.pk).need.words == "A wombat for the need"
    assert Referral.objects.get(pk=who.pk).why == "A wombat for the referral"


def test_once_told_the_words_stay(client: Client, world: World) -> None:
    heard = hear(world, at=now())
    named = NeedNamed.objects.get(participation=world.joan)
    before = named.need.words
    Recap.objects.get_or_create(
        conversation=heard.group, participation=world.joan, defaults={"sent_at": now()}
    )
    client.force_login(world.lead)
    answer = client.post(f"/words/need/{named.pk}/", {"words": "A wombat"}, follow=True)
    assert "told already" in answer.content.decode()
    assert NeedNamed.objects.get(pk=named.pk).need.words == before
