"""Stories as others read and find them: no word of anybody's without a yes for these readers (3.18)."""

from __future__ import annotations

import pytest

from earnest.listening.models import Quote
from earnest.messaging.models import Message
from earnest.plans.actions import stories as actions
from earnest.plans.models import Story, StoryVoice
from earnest.plans.queries import stories as queries
from earnest.plans.queries.drafting import draft_of
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


def asked(world: World, story: Story) -> StoryVoice:
    actions.choose_voices(story, [said(world, "nobody calls me at night")], by=world.lead, at=NOW)
    voice = story.voices.get()
    actions.ask_voice(voice, by=world.lead, at=NOW)
    return voice


def test_who_said_no_cannot_be_dropped_and_asked_again(world: World, story: Story) -> None:
    voice = asked(world, story)
    actions.answer_voice(voice, world.joan, StoryVoice.State.REFUSED, at=NOW)
    assert not actions.drop_voice(voice, by=world.lead, at=NOW)
    assert actions.choose_voices(story, [voice.quote], by=world.lead, at=NOW) == 0
    assert story.voices.get().state == StoryVoice.State.REFUSED


@pytest.mark.parametrize("how", ["dropped", "removed", "answered"])
def test_a_mail_that_did_not_leave_asks_for_nothing_that_is_settled(
    world: World, story: Story, how: str
) -> None:
    voice = asked(world, story)
    mail = Message.objects.get(participation=world.joan)
    assert mail.state == Message.State.WAITING
    if how == "dropped":
        actions.drop_voice(voice, by=world.lead, at=NOW)
    elif how == "removed":
        actions.remove_story(story, by=world.lead, at=NOW)
    else:
        actions.answer_voice(voice, world.joan, StoryVoice.State.NAMED, at=NOW)
    mail.refresh_from_db()
    assert mail.state == Message.State.WITHDRAWN


def test_a_draft_names_nobody_through_whom_the_plan_changed(world: World) -> None:
    one = world.initiative
    given = one.inputs.create(
        participation=world.joan, words="Fridays off", source="noted", at=NOW, passed_on="named"
    )
    version = one.versions.create(number=1, summary="New", published_at=NOW)
    version.changes.create(kind="new", title="Fridays").inputs.add(given)
    told = draft_of(one, None)
    assert "Fridays" in told.worked
    assert "Joan" not in told.worked
