"""Looking back on a talk: what was heard, told to each with only what is theirs (2.15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.listening import actions as listening
from earnest.listening.actions import Notes
from earnest.listening.models import Conversation, Recap
from earnest.messaging.models import Contact, Message
from earnest.pages.tests.own import Heard, hear, opened
from earnest.people import actions as people
from earnest.promises import actions as promises
from tests.worlds import World


@pytest.fixture
def heard(world: World) -> Heard:
    return hear(world, at=now())


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def page(lead: Client, talk: Conversation) -> str:
    return lead.get(f"/conversations/{talk.pk}/look-back/").content.decode()


def tell(lead: Client, talk: Conversation, who: int, *, how: str = "", **data: str) -> str:
    answer = lead.post(f"/conversations/{talk.pk}/told/{who}/{how}", data, follow=True)
    return answer.content.decode()


def test_from_what_was_found_one_comes_to_the_look_back(lead: Client, world: World) -> None:
    notes = Notes("Nothing to find.", now().date(), [world.joan])
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    answer = lead.post(f"/conversations/{talk.pk}/found/", {"who-who": ""})
    assert answer.headers["Location"] == f"/conversations/{talk.pk}/look-back/"


def test_with_nobody_named_there_is_nobody_to_tell(lead: Client, world: World) -> None:
    notes = Notes("Nothing to find.", now().date())
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    answer = lead.post(f"/conversations/{talk.pk}/found/", {"who-who": ""})
    assert answer.headers["Location"] == "/"
    assert "nobody to tell" in page(lead, talk)


def test_a_promise_written_by_hand_beside_the_notes_belongs_to_the_talk(
    lead: Client, world: World
) -> None:
    notes = Notes("Nothing to find.", now().date(), [world.joan])
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    due = str(now().date() + timedelta(days=5))
    own = {"own-words": "Bring the okapi list", "own-who": "Joan Okafor", "own-due": due}
    lead.post(f"/conversations/{talk.pk}/found/", {"who-who": "", **own})
    assert "Bring the okapi list" in page(lead, talk)
    assert world.joan.promises.get().origin == "hand"


def test_one_tap_sends_what_was_heard(lead: Client, world: World, heard: Heard) -> None:
    said = tell(lead, heard.alone, world.joan.pk, words="It was good to see the desk.")
    assert "On its way to Joan" in said
    recap = Recap.objects.get()
    message = Message.objects.get(pk=recap.message_id or 0)
    assert (message.kind, message.participation) == ("reply", world.joan)
    for form in (message.text, message.html):
        for words in (
            "Forty open slots, one pair of hands.",
            "Who feeds the owl?",
            "It was good to see the desk.",
            "Knows the heron desk",
            f"[[page]]heard/{recap.pk}/",
        ):
            assert words in form, (words, form)
    heard.alone.refresh_from_db()
    assert heard.alone.looked_back_at is not None


def test_promises_stand_in_it_both_ways_with_their_dates(
    lead: Client, world: World, heard: Heard
) -> None:
    place = promises.Place(heard.alone, 0, 5)
    ours = promises.Draft("Send the pages", "ours", now().date().replace(month=12, day=5))
    theirs = promises.Draft("Ask Sam", "theirs", condition="when the list is there")
    for draft in (ours, theirs):
        promises.make_promise(world.joan, draft, by=world.lead, at=now(), place=place)
    tell(lead, heard.alone, world.joan.pk)
    text = Message.objects.get().text
    assert "- Send the pages (by" in text
    assert "5 December" in text
    assert "- Ask Sam (when the list is there)" in text


def test_in_a_group_each_is_told_only_what_is_theirs(
    lead: Client, world: World, heard: Heard
) -> None:
    tell(lead, heard.group, world.joan.pk)
    heard.group.refresh_from_db()
    assert heard.group.looked_back_at is None  # Sam is still to be told
    tell(lead, heard.group, world.sam.pk)
    joans, sams = (Message.objects.get(participation=one).text for one in (world.joan, world.sam))
    assert "zebra" in joans
    assert "night shift" not in joans
    assert "night shift" in sams
    assert "zebra" not in sams
    heard.group.refresh_from_db()
    assert heard.group.looked_back_at is not None


def test_nothing_goes_out_unseen(lead: Client, world: World, heard: Heard) -> None:
    html = page(lead, heard.alone)
    assert "Forty open slots, one pair of hands." in html
    assert "Thank you for talking with me" in html  # the mail itself, word for word
    assert not Message.objects.exists()


def test_told_twice_is_told_once(lead: Client, world: World, heard: Heard) -> None:
    tell(lead, heard.alone, world.joan.pk)
    assert "Joan was told before." in tell(lead, heard.alone, world.joan.pk)
    assert (Recap.objects.count(), Message.objects.count()) == (1, 1)


def test_a_line_too_long_is_said_beside_it_and_nothing_leaves(
    lead: Client, world: World, heard: Heard
) -> None:
    said = tell(lead, heard.alone, world.joan.pk, words="a" * 501)
    assert "One line is enough" in said
    assert "a" * 501 in said
    assert not Recap.objects.exists()


def test_what_touches_health_warns_and_asks_once_more(
    lead: Client, world: World, heard: Heard
) -> None:
    said = tell(lead, heard.alone, world.joan.pk, words="I hope your illness is over.")
    assert "This touches" in said
    assert not Recap.objects.exists()
    tell(lead, heard.alone, world.joan.pk, words="I hope your illness is over.", seen="on")
    assert Recap.objects.exists()


def test_after_a_stop_nothing_is_sent(lead: Client, world: World, heard: Heard) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=now())
    assert "asked to be left alone" in page(lead, heard.alone)
    assert "asked to be left alone" in tell(lead, heard.alone, world.joan.pk)
    assert not Message.objects.exists()
    assert not Recap.objects.exists()


def test_without_an_address_it_is_handed_over_by_hand(
    lead: Client, world: World, heard: Heard
) -> None:
    said = tell(lead, heard.group, world.sam.pk, how="by-hand/")
    assert "The night shift needs its own list." in said
    assert "/p/" in said
    assert "[[page]]" not in said
    message = Message.objects.get()
    assert message.state == "by_hand"
    assert "/p/" not in message.text  # the secret is kept nowhere
    assert Contact.objects.get(message_id=message.pk).direction == "we"
    again = tell(lead, heard.group, world.sam.pk, how="by-hand/")
    assert "The night shift needs its own list." in again
    assert Recap.objects.count() == Message.objects.count() == 1


def test_of_a_talk_with_nothing_written_down_one_can_still_say_thank_you(
    lead: Client, world: World
) -> None:
    notes = Notes("Talked.", now().date(), [world.joan])
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    assert "You can still say thank you" in page(lead, talk)
    tell(lead, talk, world.joan.pk)
    assert "Thank you for your time" in Message.objects.get().text


def test_later_today_leaves_it_open_and_done_closes_it(
    lead: Client, world: World, heard: Heard
) -> None:
    page(lead, heard.alone)
    heard.alone.refresh_from_db()
    assert heard.alone.looked_back_at is None
    lead.post(f"/conversations/{heard.alone.pk}/look-back/done/")
    heard.alone.refresh_from_db()
    assert heard.alone.looked_back_at is not None
    assert not Recap.objects.exists()


def test_is_this_the_problem_is_kept_and_they_read_it_too(
    lead: Client, world: World, heard: Heard
) -> None:
    address = f"/conversations/{heard.alone.pk}/problem/"
    back = f"/conversations/{heard.alone.pk}/look-back/"
    words = "The tray is the problem"
    answer = lead.post(address, {"problem": "partly", "words": words, "next": back})
    assert answer.headers["Location"] == back
    heard.alone.refresh_from_db()
    assert (heard.alone.problem, heard.alone.problem_words) == ("partly", words)
    theirs = Client()
    assert words in theirs.get(opened(theirs, world.joan)).content.decode()
    lead.post(address, {"problem": "", "words": words})
    heard.alone.refresh_from_db()
    assert (heard.alone.problem, heard.alone.problem_words) == ("", "")  # not asked, after all


def test_a_wrong_answer_to_it_is_said_and_nothing_kept(
    lead: Client, world: World, heard: Heard
) -> None:
    address = f"/conversations/{heard.alone.pk}/problem/"
    answer = lead.post(address, {"problem": "perhaps", "words": "The tray"})
    assert answer.status_code == 400
    assert "Choose one of the four." in answer.content.decode()
    assert "The tray" in answer.content.decode()
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=now())
    assert "left alone" in lead.post(address, {"problem": "yes"}).content.decode()
    heard.alone.refresh_from_db()
    assert heard.alone.problem == ""


def test_somebody_who_was_not_there_is_not_told(lead: Client, world: World, heard: Heard) -> None:
    answer = lead.post(f"/conversations/{heard.alone.pk}/told/{world.sam.pk}/")
    assert answer.status_code == 404


def test_what_they_wrote_themselves_is_not_told_back(lead: Client, world: World) -> None:
    talk = listening.write_in_own_hand(world.joan, "Hello", on=now().date(), at=now())
    answer = lead.get(f"/conversations/{talk.pk}/look-back/")
    assert answer.headers["Location"] == f"/conversations/{talk.pk}/"


def test_it_costs_the_same_however_many_were_there(lead: Client, world: World) -> None:
    costs = []
    for many in (2, 12):
        named = [people.Named(f"Person {many} {number}") for number in range(many)]
        there = [
            initiatives.put_on(world.initiative, one, held_by=world.lead, by=world.lead, at=now())
            for one in people.add_people(world.workspace, named, by=world.lead, at=now())
        ]
        notes = Notes("Talked.", now().date(), there)
        talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
        with CaptureQueriesContext(connection) as queries:
            page(lead, talk)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 15
