"""Value, link, whose reason: written by a lead, read as they will, told back once (1.6 to 1.9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening.models import Quote
from earnest.messaging.models import Message
from earnest.plans.actions import chain as actions
from earnest.plans.actions.chain import ChainDraft
from earnest.plans.models import Chain, Part
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

WORDS = "On a Friday I have forty open slots and one pair of hands."
LINK = "Cover begins on Thursday noon, so Friday starts with a full desk."


@pytest.fixture
def quote(world: World) -> Quote:
    return Quote.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words=WORDS,
        said_on=NOW.date(),
    )


def part_of(world: World) -> Part:
    return world.initiative.parts.create(
        title="Weekend cover", why="Fridays", made_at=NOW, changed_at=NOW
    )


def make(world: World, **more: Any) -> Chain:
    draft = ChainDraft(**{"value": "Calm Fridays", "link": LINK, "whose": "ours", **more})
    return actions.make_chain(world.joan, draft, by=world.lead, at=NOW)


def stop(joan: Participation) -> None:
    Participation.objects.filter(pk=joan.pk).update(stopped_at=NOW)


def typed(quote: Quote, **more: str) -> dict[str, str]:
    return {"source": f"quote-{quote.pk}", "value": "", "link": LINK, "whose": "theirs", **more}


def test_it_is_written_from_their_words(client: Client, world: World, quote: Quote) -> None:
    part = part_of(world)
    client.force_login(world.lead)
    client.post(f"/people/{world.joan.pk}/serves/new/", typed(quote, part=str(part.pk)))
    chain = Chain.objects.get()
    assert (chain.value, chain.quote, chain.part) == (WORDS, quote, part)
    assert (chain.whose, chain.by, chain.told_at) == ("theirs", world.lead, None)


def test_what_is_written_counts_without_a_tap_on_the_line_above(
    client: Client, world: World, quote: Quote
) -> None:
    client.force_login(world.lead)
    written = typed(quote, source="", value="Calm Fridays", whose="ours")
    client.post(f"/people/{world.joan.pk}/serves/new/", written)
    chain = Chain.objects.get()
    assert (chain.value, chain.quote) == ("Calm Fridays", None)


def test_pressed_twice_it_is_one(world: World) -> None:
    assert make(world) == make(world)
    assert Event.objects.filter(action="chain_made").count() == 1


def test_the_log_holds_no_words(world: World) -> None:
    chain = make(world)
    assert Event.objects.get(object_id=chain.pk, action="chain_made").detail == {}


def test_theirs_needs_their_own_words(client: Client, world: World, quote: Quote) -> None:
    client.force_login(world.lead)
    wrong = typed(quote, source="typed", value="Calm Fridays")
    page = client.post(f"/people/{world.joan.pk}/serves/new/", wrong)
    assert page.status_code == 400
    assert "needs words of their own" in page.text
    assert LINK in page.text  # what was typed is still there
    assert not Chain.objects.exists()
    with pytest.raises(actions.NotTheirs):
        make(world, whose="theirs")


def test_the_database_refuses_theirs_without_their_word(world: World) -> None:
    chain = make(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Chain.objects.filter(pk=chain.pk).update(whose="theirs")


def test_words_of_theirs_and_others_are_not_mixed(
    client: Client, world: World, quote: Quote
) -> None:
    client.force_login(world.lead)
    page = client.post(f"/people/{world.joan.pk}/serves/new/", typed(quote, value="Peace"))
    assert "Keep one" in page.text


def test_their_needs_and_what_they_work_for_are_offered(client: Client, world: World) -> None:
    need = world.initiative.needs.create(words="Rest", made_at=NOW)
    need.named.create(participation=world.joan, words="a free Sunday", at=NOW)
    Participation.objects.filter(pk=world.joan.pk).update(own_measures="- No call after eight\n")
    client.force_login(world.lead)
    page = client.get(f"/people/{world.joan.pk}/serves/new/").text
    assert "A need: a free Sunday" in page
    assert "They work for: No call after eight" in page
    chosen = {"source": "work-0", "link": LINK, "whose": "ours", "serves": "No call after eight"}
    client.post(f"/people/{world.joan.pk}/serves/new/", chosen)
    chain = Chain.objects.get()
    assert (chain.value, chain.serves) == ("No call after eight", "No call after eight")


def test_of_another_s_quote_no_chain_is_made(client: Client, world: World, quote: Quote) -> None:
    client.force_login(world.lead)
    page = client.post(f"/people/{world.sam.pk}/serves/new/", typed(quote))
    assert page.status_code == 400
    assert not Chain.objects.exists()


def test_it_is_read_as_them_before_it_is_saved(client: Client, world: World, quote: Quote) -> None:
    client.force_login(world.lead)
    address = f"/people/{world.joan.pk}/serves/new/"
    words = typed(quote, link="You must see that it serves you.", look="yes")
    page = client.post(address, words).text
    assert "As Joan will read it" in page
    assert "you said on" in page
    assert "your reason" in page
    assert "An order leaves no choice" in page  # the hint beside it
    assert not Chain.objects.exists()
    back = client.post(address, {**words, "change": "yes", "look": ""})
    assert back.status_code == 200
    assert "You must see that it serves you." in back.text
    del words["look"]
    client.post(address, {**words, "send": "yes"})
    assert Chain.objects.get().link == "You must see that it serves you."


def test_what_needs_care_is_said_beside_it(client: Client, world: World, quote: Quote) -> None:
    client.force_login(world.lead)
    words = typed(quote, link="So you can rest after the surgery.", look="yes")
    assert "This touches health" in client.post(f"/people/{world.joan.pk}/serves/new/", words).text


def test_after_a_stop_nothing_new_is_written(client: Client, world: World, quote: Quote) -> None:
    stop(world.joan)
    client.force_login(world.lead)
    address = f"/people/{world.joan.pk}/serves/new/"
    assert "Nothing new is written down" in client.get(address).text
    assert client.post(address, typed(quote)).status_code == 400
    assert not Chain.objects.exists()


def test_told_by_mail_it_counts_towards_the_cap(client: Client, world: World, quote: Quote) -> None:
    chain = make(world, quote=quote, value=WORDS)
    client.force_login(world.lead)
    page = client.get(f"/serves/{chain.pk}/").text
    assert "The mail, as Joan will read it" in page
    assert f"“{WORDS}”" in page
    client.post(f"/serves/{chain.pk}/told/")
    chain.refresh_from_db()
    message = Message.objects.get()
    assert message.kind == "progress"
    assert f"[[page]]serves/{chain.pk}/" in message.text
    assert WORDS in message.text
    assert WORDS in message.html
    assert chain.told_how == "mail"


def test_told_twice_is_told_once(client: Client, world: World) -> None:
    chain = make(world)
    client.force_login(world.lead)
    client.post(f"/serves/{chain.pk}/told/")
    page = client.post(f"/serves/{chain.pk}/told/", follow=True)
    assert "told before" in page.text
    assert Message.objects.count() == 1


def test_what_they_answered_to_they_know(client: Client, world: World) -> None:
    chain = make(world)
    actions.answer_chain(chain, "Not so.", at=NOW)
    with pytest.raises(actions.AlreadyTold):
        actions.tell_chain(chain, by=world.lead, at=NOW)
    client.force_login(world.lead)
    page = client.get(f"/serves/{chain.pk}/").text
    assert "read it on their own page" in page
    assert "Tell it back" not in page


def test_changed_since_their_answer_it_is_told_anew(world: World) -> None:
    chain = make(world)
    actions.answer_chain(chain, "Not so.", at=NOW)
    later = NOW + timedelta(hours=1)
    actions.change_chain(chain, ChainDraft("Rest", "Other", "ours"), by=world.lead, at=later)
    assert actions.tell_chain(chain, by=world.lead, at=later).state == "waiting"


def test_a_mail_that_never_left_is_told_anew(world: World) -> None:
    chain = make(world)
    first = actions.tell_chain(chain, by=world.lead, at=NOW)
    Message.objects.filter(pk=first.pk).update(state=Message.State.FAILED)
    second = actions.tell_chain(chain, by=world.lead, at=NOW)
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "waiting")


def test_the_limit_of_asking_holds_for_it(client: Client, world: World) -> None:
    for number in range(2):
        made = make(world, value=f"Value {number}")
        actions.tell_chain(made, by=world.lead, at=NOW)
    chain = make(world)
    client.force_login(world.lead)
    page = client.post(f"/serves/{chain.pk}/told/", follow=True)
    chain.refresh_from_db()
    assert chain.told_at is None
    assert "warning" in page.text


def test_said_in_a_talk_it_has_that_day(client: Client, world: World) -> None:
    chain = make(world)
    client.force_login(world.lead)
    day = NOW.date() - timedelta(days=2)
    client.post(f"/serves/{chain.pk}/said/", {"on": day.isoformat()})
    chain.refresh_from_db()
    assert chain.told_at is not None
    assert (chain.told_at.date(), chain.told_how) == (day, "talk")
    assert not Message.objects.exists()


def test_a_day_to_come_is_no_day_it_was_said(client: Client, world: World) -> None:
    chain = make(world)
    client.force_login(world.lead)
    page = client.post(f"/serves/{chain.pk}/said/", {"on": "2099-01-01"})
    assert page.status_code == 400
    assert "still to come" in page.text


def test_changed_it_is_to_be_told_anew_and_its_waiting_mail_stays_here(world: World) -> None:
    chain = make(world)
    message = actions.tell_chain(chain, by=world.lead, at=NOW)
    draft = ChainDraft("Calm Fridays", "Another way", "shared")
    assert actions.change_chain(chain, draft, by=world.lead, at=NOW)
    chain.refresh_from_db()
    message.refresh_from_db()
    assert (chain.told_at, chain.message_id, chain.link) == (None, None, "Another way")
    assert message.state == "withdrawn"
    assert not actions.change_chain(chain, draft, by=world.lead, at=NOW)


def test_what_they_said_themselves_only_they_change(client: Client, world: World) -> None:
    chain = make(world)
    actions.call_it_theirs(chain, at=NOW)
    with pytest.raises(actions.TheirsToChange):
        actions.change_chain(chain, ChainDraft("x", "y", "ours"), by=world.lead, at=NOW)
    client.force_login(world.lead)
    page = client.get(f"/serves/{chain.pk}/change/", follow=True)
    assert "only they change it" in page.text


def test_it_is_taken_back_while_they_said_nothing(client: Client, world: World) -> None:
    chain = make(world)
    client.force_login(world.lead)
    client.post(f"/serves/{chain.pk}/dropped/")
    assert not Chain.objects.exists()
    assert not Event.objects.filter(object_type="chain", object_id=chain.pk).exists()
    kept = make(world)
    actions.answer_chain(kept, "Not so.", at=NOW)
    client.post(f"/serves/{kept.pk}/dropped/")
    assert Chain.objects.get() == kept


def test_a_stop_keeps_it_from_being_told(world: World) -> None:
    chain = make(world)
    stop(world.joan)
    with pytest.raises(AskedToStop):
        actions.tell_chain(chain, by=world.lead, at=NOW)
    with pytest.raises(AskedToStop):
        actions.say_told(chain, told_at=NOW, by=world.lead, at=NOW)


def test_what_they_answer_is_read_by_a_lead(client: Client, world: World) -> None:
    chain = make(world)
    actions.answer_chain(chain, "It would, from nine on.", at=NOW)
    client.force_login(world.lead)
    assert "It would, from nine on." in client.get(f"/serves/{chain.pk}/").text
    client.post(f"/serves/{chain.pk}/read/")
    chain.refresh_from_db()
    assert chain.answer_read_at
    actions.answer_chain(chain, "Only in winter.", at=NOW)
    chain.refresh_from_db()
    assert chain.is_unread


def test_a_chain_told_is_no_evidence(world: World) -> None:
    chain = make(world)
    actions.tell_chain(chain, by=world.lead, at=NOW)
    assert not Evidence.objects.exists()
