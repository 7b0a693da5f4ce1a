"""Leads' pages: a space started, asked into and closed; ideas as a tree; two that are the same."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.ideas import actions, queries
from earnest.ideas.models import Idea, Invited, Merge, Space
from earnest.ideas.tests.spaces import idea_of, named_space, unnamed_space, voice_of
from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from tests.worlds import NOW, World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_before_anybody_is_asked_the_page_says_what_will_be_there(
    lead: Client, world: World
) -> None:
    html = read(lead, f"/initiatives/{world.initiative.pk}/spaces/")
    assert "Nobody was asked for ideas yet." in html


def test_a_space_is_started_with_a_question_drafted_from_the_target(
    lead: Client, world: World
) -> None:
    address = f"/initiatives/{world.initiative.pk}/spaces/new/"
    assert world.initiative.target in read(lead, address)
    lead.post(address, {"question": "How  would\nyou do it?", "names": "without"})
    space = Space.objects.get()
    assert (space.question, space.names) == ("How would you do it?", False)


def test_without_a_choice_of_names_nothing_is_started(lead: Client, world: World) -> None:
    answer = lead.post(f"/initiatives/{world.initiative.pk}/spaces/new/", {"question": "How?"})
    assert answer.status_code == 400
    assert "It cannot be changed afterwards." in answer.content.decode()
    assert not Space.objects.exists()


def test_people_are_asked_once_each_by_their_own_link(lead: Client, world: World) -> None:
    space = named_space(world)
    people = {"people": [world.joan.pk, world.sam.pk], "words": "It takes a minute."}
    lead.post(f"/spaces/{space.pk}/invite/", people)
    lead.post(f"/spaces/{space.pk}/invite/", people)
    mails = Message.objects.filter(kind="ask")
    assert {one.participation_id for one in mails} == {world.joan.pk, world.sam.pk}
    assert mails.count() == 2
    assert f"[[page]]spaces/{space.pk}/" in mails[0].text
    assert "It takes a minute." in mails[0].text


def test_whoever_asked_to_be_left_alone_is_not_offered(lead: Client, world: World) -> None:
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    space = named_space(world)
    assert "Joan" not in read(lead, f"/spaces/{space.pk}/invite/")
    lead.post(f"/spaces/{space.pk}/invite/", {"people": [world.joan.pk]})
    assert not Invited.objects.exists()


def test_whoever_was_asked_enough_is_left_out_with_the_reason(lead: Client, world: World) -> None:
    for number in range(2):
        draft = messaging.Draft("ask", f"Ask {number}", "Hello")
        messaging.put_in_outbox(world.joan, draft, by=world.lead, at=NOW)
    done = actions.invite(named_space(world), [world.joan], "", by=world.lead, at=NOW)
    assert (done.count, len(done.not_now)) == (0, 1)
    assert not Invited.objects.exists()


def test_without_names_there_is_one_address_to_copy(lead: Client, world: World) -> None:
    html = read(lead, f"/spaces/{unnamed_space(world).pk}/")
    assert "/together/" in html
    assert "Choose whom" not in html


def test_ideas_stand_as_a_tree_with_their_authors(lead: Client, world: World) -> None:
    space = named_space(world)
    first = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    idea_of(voice_of(space, world.sam), "And number it", of=first)
    html = read(lead, f"/spaces/{space.pk}/")
    assert (
        html.index("Paint the ibis line")
        < html.index("What grew from it")
        < html.index("And number it")
    )
    assert "Joan Okafor" in html


def test_two_are_put_together_and_parted_on_the_page(lead: Client, world: World) -> None:
    space = named_space(world)
    first = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    second = idea_of(voice_of(space, world.sam), "A painted line")
    assert "A painted line" in read(lead, f"/ideas/{first.pk}/")
    lead.post(f"/ideas/{first.pk}/merged/", {"other": second.pk})
    merge = Merge.objects.get()
    lead.post(f"/merges/{merge.pk}/parted/")
    second.refresh_from_db()
    assert second.merged_into is None


def test_an_idea_of_ones_own_is_marked(lead: Client, world: World) -> None:
    space = named_space(world)
    lead.post(f"/spaces/{space.pk}/ideas/given/", {"words": "Ask the night shift"})
    assert Idea.objects.get().of_lead
    assert "leads this" in read(lead, f"/spaces/{space.pk}/")


def test_it_is_taken_up_from_its_page(lead: Client, world: World) -> None:
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line")
    assert "Take it up" in read(lead, f"/ideas/{idea.pk}/became/")
    answer = lead.post(f"/ideas/{idea.pk}/taken-up/")
    assert answer.headers["Location"] == f"/inputs/{idea.inputs.get().pk}/"
    assert "it waits for an answer" in read(lead, f"/ideas/{idea.pk}/became/")


def test_whoever_contributes_reads_ideas_and_a_sponsor_does_not(
    client: Client, world: World
) -> None:
    space = named_space(world)
    idea_of(voice_of(space, world.joan), "Paint the ibis line")
    client.force_login(world.contributor)
    assert "Paint the ibis line" in read(client, f"/spaces/{space.pk}/ideas/")
    assert client.get(f"/spaces/{space.pk}/").status_code == 404
    client.force_login(world.sponsor)
    assert client.get(f"/spaces/{space.pk}/ideas/").status_code == 404


def test_closed_and_opened_again(lead: Client, world: World) -> None:
    space = named_space(world)
    lead.post(f"/spaces/{space.pk}/closed/")
    assert "It is closed." in read(lead, f"/spaces/{space.pk}/")
    lead.post(f"/spaces/{space.pk}/opened/")
    space.refresh_from_db()
    assert space.is_open


def test_the_address_of_a_space_without_names_can_be_handed_round_as_a_picture(
    lead: Client, world: World
) -> None:
    html = read(lead, f"/spaces/{unnamed_space(world).pk}/")
    assert "The address as a picture for phones" in html
    assert html.count("<svg") == 1
    assert "as a picture" not in read(lead, f"/spaces/{named_space(world).pk}/")


def test_the_question_drafted_from_the_target_says_it_once_to_whoever_is_asked(
    lead: Client, world: World
) -> None:
    question = queries.drafted_question(world.initiative)
    draft = actions.SpaceDraft(question, names=True)
    space = actions.start_space(world.initiative, draft, by=world.lead, at=NOW)
    actions.invite(space, [world.joan], "", by=world.lead, at=NOW)
    mail = Message.objects.get()
    assert mail.text.count(world.initiative.target) == 1
    page = read(lead, f"/spaces/{space.pk}/ideas/").partition("<main")[2]
    assert page.count(world.initiative.target) == 1
    other = named_space(world)
    assert world.initiative.target in read(lead, f"/spaces/{other.pk}/ideas/")


def test_what_a_lead_typed_stays_there_where_the_space_was_closed_meanwhile(
    lead: Client, world: World
) -> None:
    space = named_space(world)
    idea = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    actions.close_space(space, by=world.lead, at=NOW)
    for address in (f"/spaces/{space.pk}/ideas/given/", f"/ideas/{idea.pk}/built/"):
        answer = lead.post(address, {"words": "Number it too"})
        assert answer.status_code == 400
        assert "This was closed meanwhile." in answer.content.decode()
        assert "Number it too" in answer.content.decode()
    assert Idea.objects.count() == 1


def test_what_a_lead_typed_stays_there_where_the_idea_was_taken_back_meanwhile(
    lead: Client, world: World
) -> None:
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line")
    actions.take_idea_back(idea, at=NOW)
    html = lead.post(f"/ideas/{idea.pk}/built/", {"words": "Number it too"}).content.decode()
    assert "Number it too" in html
    assert "That idea was taken back meanwhile." in html
