from __future__ import annotations

import pytest

from earnest.ideas import actions, queries
from earnest.ideas.actions import CannotMerge
from earnest.ideas.models import Idea, Merge
from earnest.ideas.queries import Reader
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.messaging.models import Message
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def two(world: World) -> tuple[Idea, Idea]:
    space = named_space(world)
    first = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    return first, idea_of(voice_of(space, world.sam), "A painted line for the ibis")


def into(idea: Idea) -> int | None:
    idea.refresh_from_db()
    return idea.merged_into_id


def test_two_that_are_merged_stand_as_one_and_both_keep_words_and_author(world: World) -> None:
    first, second = two(world)
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    assert first.space is not None
    (one,) = queries.ideas_page(first.space, Reader()).ideas
    assert one.authors == ["Joan Okafor", "Sam Reyes"]
    assert [other.words for other in one.merged] == ["A painted line for the ibis"]


def test_both_authors_are_told(world: World) -> None:
    first, second = two(world)
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    told = Message.objects.order_by("pk")
    assert [(one.participation, one.kind) for one in told] == [
        (world.joan, "reply"),
        (world.sam, "reply"),
    ]
    assert f"[[page]]spaces/{first.space_id}/ideas/{first.pk}/" in told[0].text
    assert "A painted line for the ibis" in told[0].text


def test_that_is_not_the_same_parts_them_at_once(world: World) -> None:
    first, second = two(world)
    merge = actions.merge_ideas(first, second, by=world.lead, at=NOW)
    assert actions.part_ideas(merge, at=NOW)
    assert not actions.part_ideas(merge, at=NOW)
    assert into(second) is None
    assert Merge.objects.count() == 1  # it was so, and is kept


def test_parted_from_the_third_the_first_two_stay_together(world: World) -> None:
    first, second = two(world)
    third = idea_of(voice_of(named_space(world), world.joan), "One line for all")
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    over = actions.merge_ideas(third, first, by=world.lead, at=NOW)
    assert (into(first), into(second)) == (third.pk, third.pk)
    actions.part_ideas(over, at=NOW)
    assert (into(first), into(second), into(third)) == (None, first.pk, None)


def test_what_stands_as_one_already_is_not_merged_again(world: World) -> None:
    first, second = two(world)
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    with pytest.raises(CannotMerge):
        actions.merge_ideas(second, first, by=world.lead, at=NOW)


def test_ideas_of_two_spaces_are_not_merged(world: World) -> None:
    first, _second = two(world)
    other = idea_of(browser(unnamed_space(world), "a browser"), "Elsewhere")
    with pytest.raises(CannotMerge):
        actions.merge_ideas(first, other, by=world.lead, at=NOW)


def test_one_taken_back_leaves_the_other_standing_by_itself(world: World) -> None:
    first, second = two(world)
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    actions.take_idea_back(first, at=NOW)
    assert into(second) is None
    assert first.space is not None
    (one,) = queries.ideas_page(first.space, Reader()).ideas
    assert one.words == "A painted line for the ibis"


def test_who_gave_both_is_told_once_and_that_both_are_theirs(world: World) -> None:
    voice = voice_of(named_space(world), world.joan)
    first, second = idea_of(voice, "Paint the ibis line"), idea_of(voice, "A painted line")
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    mail = Message.objects.get()
    assert "this one, yours too, says the same" in mail.text
    assert "both of you" not in mail.text + mail.html


def test_whoever_stood_with_one_of_them_before_is_told_too(world: World) -> None:
    first, second = two(world)
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    Message.objects.all().delete()
    lead = actions.give_idea_as_lead(
        named_space(world), actions.Given("Chalk it"), by=world.lead, at=NOW
    )
    actions.merge_ideas(lead, first, by=world.lead, at=NOW)
    told = {one.participation: one.text for one in Message.objects.all()}
    assert set(told) == {world.joan, world.sam}
    assert "A painted line for the ibis" in told[world.sam]
    assert all("Chalk it" in text for text in told.values())
