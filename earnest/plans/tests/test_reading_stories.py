"""Stories as others read and find them: no word of anybody's without a yes for these readers (3.18)."""

from __future__ import annotations

import pytest

from earnest.listening.models import Quote
from earnest.plans.models import Story, StoryVoice
from earnest.plans.queries import stories as queries
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world: World) -> Story:
    return Story.objects.create(
        initiative=world.initiative,
        title="Spring",
        did_not="We heard: the zebra eats at noon.",
        made_at=NOW,
        changed_at=NOW,
        published_at=NOW,
        readers=Story.Readers.WORKSPACE,
    )


def said(world: World, words: str) -> Quote:
    of = {"initiative": world.initiative, "participation": world.joan, "said_on": NOW.date()}
    return Quote.objects.create(**of, words=words, passed_on=Quote.PassedOn.NAMED)


def test_a_story_is_not_found_by_words_that_are_left_out_of_it(world: World, story: Story) -> None:
    def found(words: str) -> list[str]:
        page = queries.found_stories(Story.objects.all(), words, before=None)
        return [one.did_not for one in page.stories]

    assert found("zebra") == ["We heard: the zebra eats at noon."]
    said(world, "The zebra eats at noon")
    assert found("zebra") == []
    assert found("heard") == ["We heard: […]."]


def test_a_yes_for_few_that_came_as_it_was_published_for_all_does_not_stand_there(
    world: World, story: Story
) -> None:
    voice = StoryVoice.objects.create(
        story=story,
        quote=said(world, "nobody calls me at night"),
        state=StoryVoice.State.NAMED,
        for_readers=Story.Readers.LEADING,
        chosen_at=NOW,
        answered_at=NOW,
    )
    assert queries.read_story(story).voices == []
    StoryVoice.objects.filter(pk=voice.pk).update(for_readers=Story.Readers.WORKSPACE)
    assert [one.words for one in queries.read_story(story).voices] == ["nobody calls me at night"]
