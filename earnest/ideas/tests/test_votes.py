"""One vote at a time, on a phone: the last one counts, and nothing is written for looking."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from earnest.core.models import Event
from earnest.ideas import access
from earnest.ideas.actions import statements, votes
from earnest.ideas.models import Statement, Voice, Vote, Voter
from earnest.ideas.tests.voting import (
    cast,
    counts,
    saying,
    seeded,
    signed_in_by_link,
    space_of,
    values_of,
)
from earnest.initiatives.actions import Wish, say_wish
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def address(world: World, space_pk: int) -> str:
    return f"/mine/{world.joan.pk}/spaces/{space_pk}/vote/"


def test_a_vote_by_ones_own_link_counts_and_leads_on_to_the_next(world: World) -> None:
    space = space_of(world)
    one, two = seeded(space, 2, by=world.lead)
    joan = signed_in_by_link(world.joan)
    page = joan.get(address(world, space.pk)).text
    assert ("Sentence 0" in page) != ("Sentence 1" in page)
    answer = joan.post(f"{address(world, space.pk)}answered/", saying(one.pk, "agree"))
    assert (answer.status_code, answer["Location"]) == (302, address(world, space.pk))
    assert counts(one) == (1, 0, 0)
    then = joan.get(address(world, space.pk)).text
    assert "Sentence 1" in then
    assert "Sentence 0" not in then
    assert two.pk


def test_the_last_vote_counts_and_the_ones_before_stay(world: World) -> None:
    space = space_of(world)
    (one,) = seeded(space, 1, by=world.lead)
    joan = signed_in_by_link(world.joan)
    for way in ("agree", "agree", "disagree", "pass"):
        joan.post(f"{address(world, space.pk)}answered/", saying(one.pk, way))
    assert values_of(one) == [1, -1, 0]
    assert counts(one) == (0, 0, 1)


def test_looking_writes_nobody_down(world: World) -> None:
    space = space_of(world, names=False)
    seeded(space, 1, by=world.lead)
    before = Event.objects.count()
    there = f"/together/{access.token_of(space)}/"
    client = Client()
    for page in ("vote/", "votes/", "map/"):
        assert client.get(there + page).status_code == 200
    assert not Voice.objects.exists()
    assert "voice" not in client.cookies
    assert Event.objects.count() == before


def test_without_names_nothing_says_who_or_when(world: World) -> None:
    space = space_of(world, names=False)
    (one,) = seeded(space, 1, by=world.lead)
    before = Event.objects.count()
    client, there = Client(), f"/together/{access.token_of(space)}/vote/"
    assert client.post(f"{there}answered/", saying(one.pk, "disagree")).status_code == 302
    assert client.post(f"{there}answered/", saying(one.pk, "agree")).status_code == 302
    voice = Voice.objects.get()
    assert voice.participation is None
    assert values_of(one) == [-1, 1]
    assert set(Vote.objects.values_list("at", flat=True)) == {None}
    assert {row.id.version for row in Vote.objects.all()} == {4}  # chance, no clock in it
    assert Event.objects.count() == before
    assert counts(one) == (1, 0, 0)


def test_a_vote_on_what_is_not_shown_or_not_here_is_none(world: World) -> None:
    space, other = space_of(world), space_of(world, names=False)
    (one,) = seeded(space, 1, by=world.lead)
    (elsewhere,) = seeded(other, 1, by=world.lead)
    statements.hide(one, "It names somebody", by=world.lead, at=NOW)
    joan = signed_in_by_link(world.joan)
    for pk in (one.pk, elsewhere.pk, 0):
        answer = joan.post(f"{address(world, space.pk)}answered/", saying(pk, "agree"), follow=True)
        assert "not put to the vote any more" in answer.text
    statements.show(one, by=world.lead, at=NOW)
    for body in (saying(one.pk, "maybe"), {"statement": "one", "value": "agree"}, {}):
        answer = joan.post(f"{address(world, space.pk)}answered/", body, follow=True)
        assert "not put to the vote any more" in answer.text
    assert not Vote.objects.exists()


@pytest.mark.parametrize("names", [True, False])
def test_no_address_says_on_what_somebody_voted_or_how(world: World, names: bool) -> None:
    """Servers in between keep the address of every request, with its moment and where it came from."""
    space = space_of(world, names=names)
    (one,) = seeded(space, 1, by=world.lead)
    own = signed_in_by_link(world.joan) if names else Client()
    there = address(world, space.pk) if names else f"/together/{access.token_of(space)}/vote/"
    pages = [own.get(there).text]
    own.post(f"{there}answered/", saying(one.pk, "agree"))
    own.post(f"{there}new/", {"words": "Fridays stay free"})
    pages += [own.get(there).text, own.get(there.replace("/vote/", "/votes/")).text]
    asked = re.findall(r'(?:href|action)="([^"]*)"', "".join(pages))
    assert f"{there}answered/" in asked
    assert f"{there}taken-back/" in asked
    keys = [str(row.pk) for row in Statement.objects.all()]
    ends = [
        part for url in asked for part in url.removeprefix(there.removesuffix("vote/")).split("/")
    ]
    assert not {*keys, "agree", "disagree", "pass"} & set(ends)


def test_after_a_stop_and_after_the_end_nothing_is_written(world: World) -> None:
    space = space_of(world)
    (one,) = seeded(space, 1, by=world.lead)
    joan, sam = signed_in_by_link(world.joan), signed_in_by_link(world.sam)
    say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    answer = joan.post(f"{address(world, space.pk)}answered/", saying(one.pk, "agree"), follow=True)
    assert "left alone" in answer.text
    type(space).objects.filter(pk=space.pk).update(closed_at=NOW)
    there = f"/mine/{world.sam.pk}/spaces/{space.pk}/vote/"
    assert "closed" in sam.post(f"{there}answered/", saying(one.pk, "agree"), follow=True).text
    assert not Vote.objects.exists()
    assert not Voter.objects.exists()


def test_nobody_votes_by_the_link_of_somebody_else(world: World) -> None:
    space = space_of(world)
    (one,) = seeded(space, 1, by=world.lead)
    joan = signed_in_by_link(world.joan)
    there = f"/mine/{world.sam.pk}/spaces/{space.pk}/vote/answered/"
    assert joan.post(there, saying(one.pk, "agree")).status_code in {403, 404, 410}
    unnamed = space_of(world, names=False)
    assert (
        joan.post(f"{address(world, unnamed.pk)}answered/", saying(one.pk, "agree")).status_code
        == 404
    )
    there = f"/together/{one.pk}:wrong/vote/answered/"
    assert Client().post(there, saying(one.pk, "agree")).status_code == 404
    assert not Vote.objects.exists()


def test_ones_own_votes_can_be_looked_at_and_changed(world: World) -> None:
    space = space_of(world)
    one, _two = seeded(space, 2, by=world.lead)
    joan = signed_in_by_link(world.joan)
    joan.post(f"{address(world, space.pk)}answered/", saying(one.pk, "agree"))
    votes_page = f"/mine/{world.joan.pk}/spaces/{space.pk}/votes/"
    assert "Sentence 0" in joan.get(votes_page).text
    answer = joan.post(
        f"{address(world, space.pk)}answered/", saying(one.pk, "disagree") | {"again": "1"}
    )
    assert answer["Location"] == votes_page
    statements.hide(one, "Said twice", by=world.lead, at=NOW)
    page = joan.get(votes_page).text
    assert "You said: disagree" in page
    assert "Said twice" in page


def test_a_statement_of_ones_own_waits_for_a_lead_and_its_author_reads_why_not(
    world: World,
) -> None:
    space = space_of(world)
    joan, sam = signed_in_by_link(world.joan), signed_in_by_link(world.sam)
    joan.post(f"{address(world, space.pk)}new/", {"words": "Fridays  stay\nfree"})
    joan.post(f"{address(world, space.pk)}new/", {"words": "Fridays stay free"})
    own = Statement.objects.get()
    assert (own.words, own.state) == ("Fridays stay free", "waiting")
    there = f"/mine/{world.sam.pk}/spaces/{space.pk}/vote/"
    assert "Fridays" not in sam.get(there).text
    statements.hide(own, "We cannot decide that", by=world.lead, at=NOW)
    assert "We cannot decide that" in joan.get(address(world, space.pk)).text
    statements.show(own, by=world.lead, at=NOW)
    assert "Fridays stay free" in sam.get(there).text


def test_what_is_wrong_with_a_statement_is_said_and_what_was_typed_stays(world: World) -> None:
    space = space_of(world)
    joan = signed_in_by_link(world.joan)
    page = joan.post(f"{address(world, space.pk)}new/", {"words": "x" * 281})
    assert page.status_code == 400
    assert "A little shorter" in page.text
    assert "x" * 281 in page.text
    for n in range(statements.WAITING_AT_MOST):
        joan.post(f"{address(world, space.pk)}new/", {"words": f"Thought {n}"})
    page = joan.post(f"{address(world, space.pk)}new/", {"words": "One more"})
    assert (page.status_code, "Five of yours wait" in page.text) == (400, True)


def test_who_wants_to_hear_what_becomes_of_it_says_so_and_takes_it_back(world: World) -> None:
    space = space_of(world)
    joan = signed_in_by_link(world.joan)
    for wants in ("1", "1", "0"):
        joan.post(f"{address(world, space.pk)}word/", {"wants": wants})
    assert Voter.objects.get().wants_word is False
    said = Event.objects.filter(action__contains="word_of_space").count()
    assert said == 1


def test_a_voter_without_names_keeps_one_voice(world: World) -> None:
    space = space_of(world, names=False)
    rows = seeded(space, 3, by=world.lead)
    cast(space, "secret", [(one, 1) for one in rows])
    assert Voice.objects.count() == 1
    with pytest.raises(votes.NotHere):
        cast(space, "secret", [(Statement(pk=1), 1)])
