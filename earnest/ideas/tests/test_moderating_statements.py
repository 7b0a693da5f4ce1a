"""Leads read what was written before others vote on it; what they hold back, its author reads why."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.core.models import Event
from earnest.ideas import actions
from earnest.ideas.actions import statements
from earnest.ideas.models import Idea, Statement
from earnest.ideas.tests.spaces import browser, idea_of, voice_of
from earnest.ideas.tests.voting import counts, saying, seeded, signed_in_by_link, space_of
from earnest.initiatives.models import Participation
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(world: World) -> Client:
    client = Client()
    client.force_login(world.lead)
    return client


@pytest.fixture
def waiting(world: World) -> Statement:
    space = space_of(world)
    return statements.write_statement(space, voice_of(space, world.joan), "Fridays free", at=NOW)


def test_what_waits_is_shown_first_with_who_wrote_it(
    world: World, lead: Client, waiting: Statement
) -> None:
    page = lead.get(f"/spaces/{waiting.space_id}/statements/").text
    assert "Fridays free" in page
    assert world.joan.person.name in page
    assert "Read what waits" in lead.get(f"/spaces/{waiting.space_id}/").text


def test_without_names_nobody_is_told_whose_it_is(world: World, lead: Client) -> None:
    space = space_of(world, names=False)
    statements.write_statement(space, browser(space, "a secret"), "We rest", at=NOW)
    page = lead.get(f"/spaces/{space.pk}/statements/").text
    assert "We rest" in page
    assert "nobody knows whose" in page
    assert not Event.objects.filter(action="statement_written").exists()


def test_shown_it_is_voted_on_and_pressed_twice_is_once(
    world: World, lead: Client, waiting: Statement
) -> None:
    for _ in range(2):
        assert lead.post(f"/statements/{waiting.pk}/shown/").status_code == 302
    assert Event.objects.filter(action="statement_shown").count() == 1
    sam = signed_in_by_link(world.sam)
    there = f"/mine/{world.sam.pk}/spaces/{waiting.space_id}/"
    assert "Fridays free" in sam.get(f"{there}vote/").text
    assert f"{there}vote/" in sam.get(there).text


def test_held_back_without_a_reason_is_asked_for_one_and_nothing_changes(
    lead: Client, waiting: Statement
) -> None:
    page = lead.post(f"/statements/{waiting.pk}/hidden/", {"reason": " "})
    assert page.status_code == 400
    assert "Say why: whoever wrote it reads that." in page.text
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_held_back_its_author_reads_why_and_its_votes_stay(
    world: World, lead: Client, waiting: Statement
) -> None:
    lead.post(f"/statements/{waiting.pk}/shown/")
    sam = signed_in_by_link(world.sam)
    there = f"/mine/{world.sam.pk}/spaces/{waiting.space_id}"
    sam.post(f"{there}/vote/answered/", saying(waiting.pk, "disagree"))
    lead.post(f"/statements/{waiting.pk}/hidden/", {"reason": "It names a team"})
    assert counts(waiting) == (0, 1, 0)
    joan = signed_in_by_link(world.joan)
    own = joan.get(f"/mine/{world.joan.pk}/spaces/{waiting.space_id}/vote/").text
    assert "It names a team" in own
    assert "It names a team" in sam.get(f"{there}/votes/").text
    page = lead.get(f"/spaces/{waiting.space_id}/statements/?state=hidden").text
    assert "It names a team" in page


def test_sentences_to_begin_with_are_one_a_line_and_said_twice_are_one(
    world: World, lead: Client
) -> None:
    space = space_of(world)
    typed = {"words": "One  thought\n\nAnother\nOne thought"}
    for _ in range(2):
        lead.post(f"/spaces/{space.pk}/statements/put-in/", typed)
    assert [one.words for one in space.statements.all()] == ["One thought", "Another"]
    page = lead.get(f"/spaces/{space.pk}/statements/").text
    assert f"put in by {world.lead.name}" in page


def test_a_line_too_long_is_named_and_none_is_put_in(world: World, lead: Client) -> None:
    space = space_of(world)
    page = lead.post(f"/spaces/{space.pk}/statements/put-in/", {"words": f"Short\n{'x' * 281}"})
    assert page.status_code == 400
    assert "Line 2 is longer" in page.text
    assert "x" * 281 in page.text
    assert not space.statements.exists()


def test_into_a_closed_space_nothing_is_put(world: World, lead: Client) -> None:
    space = space_of(world)
    actions.close_space(space, by=world.lead, at=NOW)
    page = lead.post(f"/spaces/{space.pk}/statements/put-in/", {"words": "One"}, follow=True)
    assert "closed" in page.text
    assert not space.statements.exists()


def test_an_idea_is_put_to_the_vote_once_and_its_author_sees_it(world: World, lead: Client) -> None:
    idea = idea_of(voice_of(space_of(world), world.joan), "Paint the ibis line\nand the other")
    assert f"/ideas/{idea.pk}/to-vote/" in lead.get(f"/ideas/{idea.pk}/").text
    page = lead.get(f"/ideas/{idea.pk}/to-vote/").text
    assert "Paint the ibis line" in page
    for _ in range(2):
        lead.post(f"/ideas/{idea.pk}/to-vote/", {"words": idea.words})
    own = Statement.objects.get()
    assert (own.words, own.state) == ("Paint the ibis line and the other", "shown")
    joan = signed_in_by_link(world.joan)
    assert own.words in joan.get(f"/mine/{world.joan.pk}/spaces/{own.space_id}/vote/").text
    actions.reword_idea(idea, "Paint both lines", at=NOW)
    own.refresh_from_db()
    assert own.words == "Paint both lines"


def test_what_was_taken_back_is_put_to_no_vote_again(world: World, lead: Client) -> None:
    idea = idea_of(voice_of(space_of(world), world.joan), "Paint the ibis line")
    said = statements.put_to_the_vote(idea, "Paint the ibis line", by=world.lead, at=NOW)
    joan = signed_in_by_link(world.joan)
    there = f"/mine/{world.joan.pk}/spaces/{said.space_id}"
    joan.post(f"{there}/vote/answered/", saying(said.pk, "agree"))
    actions.take_idea_back(idea, at=NOW)
    page = lead.post(f"/statements/{said.pk}/shown/", follow=True).text
    assert "took it back" in page
    said.refresh_from_db()
    assert said.state == "hidden"
    assert "ibis" not in lead.get(f"/spaces/{said.space_id}/statements/?state=hidden").text
    votes = joan.get(f"{there}/votes/").text
    assert "You said: agree. Whoever gave it took it back." in votes
    lead.post(f"/ideas/{idea.pk}/to-vote/", {"words": "Paint the ibis line"})
    assert Statement.objects.count() == 1


def test_what_somebody_does_not_pass_on_any_more_is_read_nowhere(
    world: World, lead: Client
) -> None:
    space = space_of(world)
    brought = Idea.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        space=space,
        words="Paint the ibis line",
        on=NOW.date(),
        passed_on=Idea.PassedOn.UNNAMED,
    )
    statements.put_to_the_vote(brought, "Paint the ibis line", by=world.lead, at=NOW)
    sam = signed_in_by_link(world.sam)
    there = f"/mine/{world.sam.pk}/spaces/{space.pk}/vote/"
    assert "ibis" in sam.get(there).text
    actions.pass_idea_on(brought, Idea.PassedOn.LEADS_ONLY, at=NOW)
    assert "ibis" not in sam.get(there).text
    brought.refresh_from_db()
    Statement.objects.all().delete()
    with pytest.raises(statements.CannotStand):
        statements.put_to_the_vote(brought, "Paint it", by=world.lead, at=NOW)


def test_its_author_takes_it_back_and_nobody_else_does(world: World) -> None:
    space = space_of(world, names=False)
    (seed,) = seeded(space, 1, by=world.lead)
    assert not statements.take_statement_back(seed, browser(space, "mine"), at=NOW)
    other = statements.write_statement(space, browser(space, "mine"), "We stop", at=NOW)
    assert not statements.take_statement_back(other, browser(space, "other"), at=NOW)
    assert statements.take_statement_back(other, browser(space, "mine"), at=NOW)
    assert not Statement.objects.filter(pk=other.pk).exists()


def test_voted_on_it_is_taken_back_all_the_same_and_votes_stay(world: World, lead: Client) -> None:
    space = space_of(world)
    own = statements.write_statement(space, voice_of(space, world.joan), "We rest", at=NOW)
    statements.show(own, by=world.lead, at=NOW)
    joan, sam = signed_in_by_link(world.joan), signed_in_by_link(world.sam)
    there = f"/spaces/{space.pk}/vote"
    sam.post(f"/mine/{world.sam.pk}{there}/answered/", saying(own.pk, "agree"))
    taken = f"/mine/{world.joan.pk}{there}/taken-back/"
    assert taken in joan.get(f"/mine/{world.joan.pk}{there}/").text
    for _ in range(2):
        joan.post(taken, {"statement": str(own.pk)})
    own.refresh_from_db()
    assert (own.words, own.state, own.agree) == ("", "hidden", 1)
    assert "took it back" in sam.get(f"/mine/{world.sam.pk}/spaces/{space.pk}/votes/").text
    hidden = lead.get(f"/spaces/{space.pk}/statements/?state=hidden").text
    assert "We rest" not in hidden + joan.get(f"/mine/{world.joan.pk}/").text
    with pytest.raises(statements.CannotStand):
        statements.show(own, by=world.lead, at=NOW)


def test_taken_back_twice_is_once_and_nobody_takes_back_anothers(
    world: World, waiting: Statement
) -> None:
    def take_back(whose: Participation) -> str:
        there = f"/mine/{whose.pk}/spaces/{waiting.space_id}/vote/taken-back/"
        typed = {"statement": str(waiting.pk)}
        return signed_in_by_link(whose).post(there, typed, follow=True).text

    assert "It stands here no more" in take_back(world.sam)
    assert Statement.objects.exists()
    assert "Taken back" in take_back(world.joan)
    assert "It stands here no more" in take_back(world.joan)
