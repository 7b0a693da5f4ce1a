"""Less, not this, not at all: one tap, obeyed by every context the same minute (privacy.md 6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop, Commission, Participation
from earnest.listening import actions as listening
from earnest.listening.actions import Notes, Taken
from earnest.listening.models import Conversation, Finding, Quote, Referral
from earnest.messaging.queries import room_for
from earnest.messaging.tests.mails import put
from earnest.pages.tests.own import finding, opened
from earnest.people.models import Person
from earnest.promises import actions as promises
from earnest.promises import sweeps
from earnest.promises.models import Promise
from earnest.rhythm import queries as rhythm
from earnest.standing import actions as standing
from tests.worlds import World

STOPS = ["not-this", "not-at-all"]


def say(client: Client, world: World, wish: str) -> None:
    own = opened(client, world.joan)
    assert client.post(f"{own}wants/{wish}/").status_code == 302
    world.joan.refresh_from_db()
    world.joan.person.refresh_from_db()


def proposed(world: World) -> list[str]:
    return [step.title for step in rhythm.steps_for(world.lead, at=now())]


@pytest.mark.parametrize("wish", ["less", *STOPS])
def test_no_step_asks_them_for_anything(client: Client, world: World, wish: str) -> None:
    draft = promises.Draft("Bring the list", "theirs", now().date() - timedelta(days=5))
    theirs = promises.make_promise(world.joan, draft, by=world.lead, at=now())
    promises.ask_how_it_went(theirs, at=now())
    Referral.objects.create(initiative=world.initiative, name="Joan Okafor", at=now())
    Commission.objects.create(
        initiative=world.initiative, asked_by="Joan Okafor", person=world.joan.person
    )
    assert any("Joan" in title for title in proposed(world))
    say(client, world, wish)
    assert not any("Joan" in title for title in proposed(world))
    client.post(f"/mine/{world.joan.pk}/wants/{wish}/undone/")
    assert any("Joan" in title for title in proposed(world))


def test_a_rest_that_came_from_less_is_over_when_it_is_taken_back(
    client: Client, world: World
) -> None:
    put(world.joan, at=now())

    def may_be_asked() -> bool:
        person = Person.objects.get(pk=world.joan.person_id)
        stored = person.asked_enough_until
        assert room_for(person, now()).free == (stored is None)
        return stored is None

    assert may_be_asked()
    say(client, world, "less")
    assert not may_be_asked()
    client.post(f"/mine/{world.joan.pk}/wants/less/undone/")
    assert may_be_asked()


@pytest.mark.parametrize("wish", STOPS)
def test_who_stopped_may_not_be_asked(client: Client, world: World, wish: str) -> None:
    say(client, world, wish)
    assert world.joan not in Participation.objects.may_be_asked()
    client.post(f"/mine/{world.joan.pk}/wants/{wish}/undone/")
    assert world.joan in Participation.objects.may_be_asked()


@pytest.mark.parametrize("wish", STOPS)
def test_nothing_new_is_written_down_about_them(client: Client, world: World, wish: str) -> None:
    notes = Notes("“Fridays are hard.” She asks why.", now().date(), [world.joan])
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    found = finding(talk, Finding.Kind.QUOTE, "Fridays are hard.")
    say(client, world, wish)
    taken = Taken(found.words, world.joan)
    with pytest.raises(AskedToStop):
        listening.take_quote(found, taken)
    with pytest.raises(AskedToStop):
        listening.take_seen(found, taken)
    with pytest.raises(AskedToStop):
        listening.take_referral(found, Taken("knows it", world.sam), name="Joan", at=now())
    with pytest.raises(AskedToStop):
        promises.make_promise(world.joan, promises.Draft("It", "theirs"), by=world.lead, at=now())
    with pytest.raises(AskedToStop):
        standing.note_yes(world.joan, by=world.lead, at=now())
    with pytest.raises(AskedToStop):
        listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    assert not Quote.objects.exists()
    assert not Promise.objects.exists()
    assert Conversation.objects.count() == 1


def test_an_old_copy_of_the_row_is_no_way_around(client: Client, world: World) -> None:
    stale = Participation.objects.select_related("person").get(pk=world.joan.pk)
    say(client, world, "not-at-all")
    with pytest.raises(AskedToStop):
        promises.make_promise(stale, promises.Draft("It", "theirs"), by=world.lead, at=now())


def test_the_lead_is_told_in_a_clear_sentence(client: Client, world: World) -> None:
    say(client, world, "not-this")
    client.force_login(world.lead)
    new = client.post(
        f"/promises/with/{world.joan.pk}/new/",
        {"direction": "ours", "words": "Send it", "when": "standing"},
    )
    note = client.post(
        f"/initiatives/{world.initiative.pk}/conversations/new/",
        {"notes": "We spoke.", "who": "Joan Okafor", "held_on": str(now().date())},
    )
    for response in (new, note):
        assert "Joan asked to be left alone" in response.content.decode()
    assert "We spoke." in note.content.decode()
    assert not Conversation.objects.exists()
    yes = client.post(f"/people/{world.joan.pk}/said-yes/", follow=True)
    assert "Joan asked to be left alone" in yes.content.decode()


def test_what_was_found_of_them_can_only_be_left(client: Client, world: World) -> None:
    notes = Notes("I'll send Joan the draft by Friday.", now().date(), [world.joan])
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    say(client, world, "not-at-all")
    client.force_login(world.lead)
    (found,) = talk.findings.all()
    key = f"f{found.pk}"
    data = {
        f"{key}-take": "take",
        f"{key}-words": found.words,
        f"{key}-who": "Joan",
        f"{key}-direction": "ours",
        f"{key}-due": str(found.due or ""),
        "who-who": "",
    }
    refused = client.post(f"/conversations/{talk.pk}/found/", data)
    assert refused.status_code == 400
    assert "Joan asked to be left alone" in refused.content.decode()
    assert (
        client.post(
            f"/conversations/{talk.pk}/found/", {**data, f"{key}-take": "leave"}
        ).status_code
        == 302
    )
    assert not Promise.objects.exists()


def test_our_open_promises_stay_ours_to_keep(client: Client, world: World) -> None:
    draft = promises.Draft("Send Joan the draft", "ours", now().date())
    ours = promises.make_promise(world.joan, draft, by=world.lead, at=now())
    say(client, world, "not-at-all")
    assert "Send Joan the draft" in proposed(world)
    promises.keep_promise(ours, by=world.lead, at=now())


def test_the_clock_asks_them_nothing_more(client: Client, world: World) -> None:
    for side in ("ours", "theirs"):
        draft = promises.Draft("It", side, now().date() - timedelta(days=9))
        promises.make_promise(world.joan, draft, by=world.lead, at=now())
    say(client, world, "not-this")
    assert sweeps.ask_about_due(at=now()) == 1
    assert Promise.objects.get(asked_at__isnull=False).direction == "ours"


def test_not_this_leaves_other_initiatives_alone(client: Client, world: World) -> None:
    say(client, world, "not-this")
    assert world.joan.person.stopped_at is None
    say(client, world, "not-at-all")
    assert world.joan.person.stopped_at


def test_a_wish_is_never_taken_by_reading(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    assert client.get(f"{own}wants/not-at-all/").status_code == 405


def test_after_a_stop_their_page_does_not_invite_them(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    actions.say_wish(world.joan, Wish.NOT_THIS, at=now())
    page = client.get(own).content.decode()
    assert "would like to hear you" not in page
    assert "You can begin" not in page
    assert "Ask, or add something" in page
