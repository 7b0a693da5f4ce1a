from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.core.models import Event
from earnest.ideas import actions, queries
from earnest.ideas.actions import Given, IdeaGone, SpaceClosed
from earnest.ideas.models import Idea
from earnest.ideas.queries import Reader
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def test_an_idea_with_names_is_a_deed_of_its_author(world: World) -> None:
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line")
    deed = Evidence.objects.get(source=f"idea {idea.pk}")
    assert (deed.kind, deed.value, deed.item) == ("did", 1, "contributed")
    assert idea.participation == world.joan


def test_sent_twice_an_idea_is_there_once(world: World) -> None:
    voice = voice_of(named_space(world), world.joan)
    assert idea_of(voice, "Paint the ibis line") == idea_of(voice, "Paint the ibis line")
    voice.space.refresh_from_db()
    assert voice.space.ideas_given == 1


def test_without_names_nothing_tells_whose_it_is_nor_when(world: World) -> None:
    space = unnamed_space(world)
    before = Event.objects.count()
    idea = idea_of(browser(space, "a browser"), "Paint the ibis line")
    assert idea.participation is None
    assert Event.objects.count() == before
    assert not Evidence.objects.filter(source__startswith="idea").exists()
    held = {name: getattr(idea, name) for name in ("changed_on", "tell_after", "by")}
    assert set(held.values()) == {None}


def test_without_names_keys_are_drawn_and_do_not_count_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = unnamed_space(world)
    drawn = iter([70, 4_000, 12, 900])
    monkeypatch.setattr("earnest.ideas.actions.spaces.randbelow", lambda _most: next(drawn))
    voice = browser(space, "a browser")
    keys = [idea_of(voice, words).pk for words in ("First", "Second", "Third")]
    assert (voice.pk, keys) == (71, [4_001, 13, 901])


def test_a_closed_space_takes_no_idea(world: World) -> None:
    space = named_space(world)
    voice = voice_of(space, world.joan)
    assert actions.close_space(space, by=world.lead, at=NOW)
    with pytest.raises(SpaceClosed):
        idea_of(voice, "Too late")
    assert not Idea.objects.exists()


def test_after_a_stop_no_idea_is_written(world: World) -> None:
    voice = voice_of(named_space(world), world.joan)
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    world.joan.refresh_from_db()
    voice.participation = world.joan
    with pytest.raises(AskedToStop):
        idea_of(voice, "Against my will")


def test_a_leads_own_idea_is_marked_and_is_no_evidence(world: World) -> None:
    space = named_space(world)
    idea = actions.give_idea_as_lead(space, Given("Ask the night shift"), by=world.lead, at=NOW)
    assert idea.of_lead
    assert not Evidence.objects.exists()


def test_building_on_an_idea_keeps_the_lineage_and_counts(world: World) -> None:
    space = named_space(world)
    first = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    second = idea_of(voice_of(space, world.sam), "And number it", of=first)
    third = idea_of(voice_of(space, world.joan), "With lights", of=second)
    first.refresh_from_db()
    assert (first.builders, first.responses) == (1, 1)
    assert second.root == third.root == first
    (tree,) = queries.trees_page(space, Reader(leads=True)).nodes
    assert [node.shown.words for node in tree.children] == ["And number it"]
    assert [node.shown.words for node in tree.children[0].children] == ["With lights"]


def test_nobody_builds_on_what_was_taken_back(world: World) -> None:
    space = named_space(world)
    first = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    actions.take_idea_back(first, at=NOW)
    with pytest.raises(IdeaGone):
        idea_of(voice_of(space, world.sam), "And number it", of=first)


def test_taken_back_its_words_are_gone_and_what_grew_from_it_stays(world: World) -> None:
    space = named_space(world)
    first = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    idea_of(voice_of(space, world.sam), "And number it", of=first)
    assert actions.take_idea_back(first, at=NOW)
    assert not actions.take_idea_back(first, at=NOW)
    (tree,) = queries.trees_page(space, Reader()).nodes
    assert (tree.shown.words, tree.shown.idea.gone) == ("", "back")
    assert [node.shown.words for node in tree.children] == ["And number it"]
    space.refresh_from_db()
    assert space.ideas_given == 1


def test_what_few_have_answered_comes_first_then_what_is_new(world: World) -> None:
    space = named_space(world)
    joan, sam = voice_of(space, world.joan), voice_of(space, world.sam)
    liked = idea_of(joan, "Liked")
    actions.support_idea(liked, sam, at=NOW)
    later = NOW + timedelta(days=1)
    old = idea_of(joan, "Old")
    new = actions.give_idea(space, joan, Given("New"), at=later)
    page = queries.ideas_page(space, Reader())
    assert [one.pk for one in page.ideas] == [new.pk, old.pk, liked.pk]


def test_pages_of_ideas_follow_each_other_without_a_gap(world: World) -> None:
    space = named_space(world)
    voice = voice_of(space, world.joan)
    given = {idea_of(voice, f"Idea {number}").pk for number in range(7)}
    met: list[int] = []
    after = ""
    for _page in range(3):
        page = queries.ideas_page(space, Reader(), after=after, most=3)
        met += [one.pk for one in page.ideas]
        after = page.more
    assert (set(met), len(met), after) == (given, 7, "")


def test_a_hundred_ideas_one_on_the_other_are_listed_six_deep(world: World) -> None:
    space = named_space(world)
    voice = voice_of(space, world.joan)
    idea = idea_of(voice, "Idea 0")
    for number in range(1, 40):
        idea = idea_of(voice, f"Idea {number}", of=idea)
    (tree,) = queries.trees_page(space, Reader()).nodes
    deepest, count, waiting = 0, 0, [tree]
    while waiting:
        node = waiting.pop()
        deepest, count = max(deepest, node.depth), count + 1
        waiting += node.children
    assert (deepest, count) == (6, 40)
