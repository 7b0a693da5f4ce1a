"""Stories: our words from the record, others' only with their yes for this very story (3.18)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop, Participation, Role
from earnest.listening.models import Quote
from earnest.messaging.models import Message
from earnest.pages import actions as own_words
from earnest.pages.erasure import erase_from_initiative
from earnest.plans import access
from earnest.plans.actions import stories as actions
from earnest.plans.actions.stories import StoryDraft
from earnest.plans.models import Story, StoryVoice
from earnest.plans.queries import stories as queries
from earnest.plans.queries.drafting import draft_of
from earnest.promises.models import Promise, Tally
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
State = StoryVoice.State


@pytest.fixture
def story(world: World) -> Story:
    draft = StoryDraft("The pilot", worked="One desk answers all.", did_not="Fridays.")
    return actions.begin_story(world.initiative, draft, by=world.lead, at=NOW)


@pytest.fixture
def quote(world: World) -> Quote:
    return said(world.joan, "nobody calls me at night any more")


def said(whose: Participation, words: str, passed_on: str = "named") -> Quote:
    return Quote.objects.create(
        initiative=whose.initiative,
        participation=whose,
        words=words,
        said_on=NOW.date(),
        passed_on=passed_on,
    )


@pytest.fixture
def voice(world: World, story: Story, quote: Quote) -> StoryVoice:
    actions.choose_voices(story, [quote], by=world.lead, at=NOW)
    one = story.voices.get()
    actions.ask_voice(one, by=world.lead, at=NOW)
    return one


def voices(story: Story) -> list[tuple[str, str]]:
    return [(one.words, one.name) for one in queries.read_story(story).voices]


def answer(world: World, voice: StoryVoice, state: str) -> bool:
    return actions.answer_voice(voice, world.joan, state, at=NOW)


def test_words_stand_in_a_story_only_with_their_yes_for_it(
    world: World, story: Story, voice: StoryVoice
) -> None:
    assert voices(story) == []
    answer(world, voice, State.NAMED)
    assert voices(story) == [("nobody calls me at night any more", "Joan Okafor")]
    answer(world, voice, State.UNNAMED)
    assert voices(story) == [("nobody calls me at night any more", "")]
    answer(world, voice, State.REFUSED)
    assert voices(story) == []


def test_a_yes_is_for_one_story_alone(world: World, voice: StoryVoice, quote: Quote) -> None:
    answer(world, voice, State.NAMED)
    other = actions.begin_story(world.initiative, StoryDraft("The end"), by=world.lead, at=NOW)
    actions.choose_voices(other, [quote], by=world.lead, at=NOW)
    assert voices(other) == []


def test_of_what_they_let_be_passed_on_the_narrower_holds(
    world: World, story: Story, voice: StoryVoice
) -> None:
    answer(world, voice, State.NAMED)
    own_words.pass_on(voice.quote, Quote.PassedOn.UNNAMED, at=NOW)
    assert voices(story) == [(voice.quote.words, "")]
    own_words.pass_on(voice.quote, Quote.PassedOn.LEADS_ONLY, at=NOW)
    assert voices(story) == []


def test_mended_words_stand_there_at_once_and_struck_ones_are_gone(
    world: World, story: Story, voice: StoryVoice
) -> None:
    answer(world, voice, State.UNNAMED)
    own_words.mend_quote(voice.quote, "I sleep through", at=NOW)
    assert voices(story) == [("I sleep through", "")]
    own_words.strike_quote(voice.quote, at=NOW)
    assert voices(story) == []


def test_who_is_erased_stands_in_no_story(world: World, story: Story, voice: StoryVoice) -> None:
    answer(world, voice, State.NAMED)
    actions.change_story(
        story, StoryDraft("The pilot", worked="Joan Okafor began it."), by=world.lead, at=NOW
    )
    erase_from_initiative(world.joan, by=None, at=NOW)
    story.refresh_from_db()
    assert not StoryVoice.objects.exists()
    assert "Joan" not in story.worked
    assert voices(story) == []


def test_words_copied_into_the_text_are_not_read(world: World, story: Story, quote: Quote) -> None:
    Story.objects.filter(pk=story.pk).update(worked=f"She said: {quote.words}. So it works.")
    story.refresh_from_db()
    assert queries.read_story(story).worked == "She said: […]. So it works."


def test_who_writes_is_told_to_ask_for_words_they_copied(
    world: World, story: Story, quote: Quote
) -> None:
    client = Client()
    client.force_login(world.lead)
    typed = {"title": "The pilot", "worked": f"As said: {quote.words}", "when": "end"}
    told = client.post(reverse("plans:edit_story", args=[story.pk]), typed)
    assert told.status_code == 400
    assert "is somebody&#x27;s own word" in told.content.decode()
    story.refresh_from_db()
    assert story.worked == "One desk answers all."


def test_mended_words_that_stand_in_the_text_are_mended_there(world: World, story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(worked="They want the list on Monday, they say.")
    late = said(world.joan, "the list on Monday")
    own_words.mend_quote(late, "the list on Tuesday", at=NOW)
    story.refresh_from_db()
    assert story.worked == "They want the list on Tuesday, they say."


def test_an_ask_leaves_by_mail_and_counts(world: World, voice: StoryVoice) -> None:
    mail = Message.objects.get(participation=world.joan)
    assert (mail.kind, mail.thread) == (Message.Kind.ASK, f"story {voice.story_id}")
    assert f"[[page]]stories/{voice.pk}/" in mail.text
    assert "nobody calls me at night any more" in mail.text


def test_who_was_asked_enough_is_asked_on_their_page_alone(world: World, story: Story) -> None:
    asked = []
    for number in range(3):
        quote = said(world.joan, f"this is the sentence number {number}")
        actions.choose_voices(story, [quote], by=world.lead, at=NOW)
        one = StoryVoice.objects.get(quote=quote)
        asked.append(actions.ask_voice(one, by=world.lead, at=NOW))
    assert [one.mailed for one in asked if one] == [True, True, False]
    assert asked[-1]
    assert "Joan" in asked[-1].sentence
    assert StoryVoice.objects.filter(state=State.ASKED).count() == 3


def test_nobody_is_asked_twice(world: World, voice: StoryVoice) -> None:
    assert actions.ask_voice(voice, by=world.lead, at=NOW) is None
    assert Message.objects.count() == 1


def test_who_said_meanwhile_not_to_pass_it_on_is_not_asked(world: World, story: Story) -> None:
    quote = said(world.joan, "nobody calls me at night any more")
    actions.choose_voices(story, [quote], by=world.lead, at=NOW)
    own_words.pass_on(quote, Quote.PassedOn.LEADS_ONLY, at=NOW)
    assert actions.ask_voice(StoryVoice.objects.get(), by=world.lead, at=NOW) is None
    assert StoryVoice.objects.get().state == State.CHOSEN
    assert not Message.objects.exists()


def test_after_a_stop_nobody_is_asked_but_what_they_say_is_obeyed(
    world: World, story: Story, voice: StoryVoice
) -> None:
    answer(world, voice, State.NAMED)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    more = said(world.joan, "and one more thing")
    fresh = StoryVoice.objects.create(story=story, quote=more, chosen_at=NOW)
    with pytest.raises(AskedToStop):
        actions.ask_voice(fresh, by=world.lead, at=NOW)
    assert answer(world, voice, State.REFUSED)
    assert voices(story) == []


def test_nobody_answers_for_another(world: World, voice: StoryVoice) -> None:
    assert not actions.answer_voice(voice, world.sam, State.NAMED, at=NOW)
    voice.refresh_from_db()
    assert voice.state == State.ASKED


def test_a_draft_is_read_by_those_who_lead_alone(world: World, story: Story) -> None:
    for who in (world.sponsor, world.member, world.contributor, world.outsider):
        assert not access.published_stories(who).exists()
    actions.publish_story(story, "leading", by=world.lead, at=NOW)
    assert access.published_stories(world.sponsor).get() == story
    assert access.published_stories(world.co_lead).get() == story
    for who in (world.member, world.contributor, world.owner, world.outsider):
        assert not access.published_stories(who).exists()
    actions.publish_story(story, "workspace", by=world.lead, at=NOW)
    assert access.published_stories(world.member).get() == story
    assert not access.published_stories(world.outsider).exists()
    actions.take_story_back(story, by=world.lead, at=NOW)
    assert not access.published_stories(world.sponsor).exists()


def test_who_left_the_workspace_reads_no_story_of_it(world: World, story: Story) -> None:
    actions.publish_story(story, "leading", by=world.lead, at=NOW)
    world.workspace.memberships.filter(user=world.sponsor).delete()
    assert Role.objects.filter(user=world.sponsor).exists()
    assert not access.published_stories(world.sponsor).exists()


def test_stories_are_found_by_all_of_the_words(world: World, story: Story) -> None:
    actions.publish_story(story, "workspace", by=world.lead, at=NOW)
    client = Client()
    client.force_login(world.member)
    found = client.get(reverse("plans:all_stories"), {"q": "desk fridays"}).content.decode()
    assert "The pilot" in found
    nothing = client.get(reverse("plans:all_stories"), {"q": "desk mondays"}).content.decode()
    assert "No story has all of these words" in nothing


def test_the_narrower_circle_of_readers_is_proposed(world: World, story: Story) -> None:
    client = Client()
    client.force_login(world.lead)
    page = client.get(reverse("plans:story", args=[story.pk])).content.decode()
    narrow = page[page.index('value="leading"') :]
    assert "checked" in narrow[: narrow.index(">")]


def test_published_twice_is_once(world: World, story: Story) -> None:
    assert actions.publish_story(story, "leading", by=world.lead, at=NOW)
    assert not actions.publish_story(story, "leading", by=world.lead, at=NOW)


def test_the_draft_is_made_of_the_record(world: World) -> None:
    stage = world.initiative.stages.create(position=9, name="Tried", reached_on=NOW.date())
    up = world.initiative.measures.create(
        name="Answered", unit="%", direction="up", baseline=34, target=90, made_at=NOW
    )
    up.readings.create(value=61, on=NOW.date(), at=NOW)
    Tally.objects.create(
        initiative=world.initiative, direction=Promise.Direction.OURS, kept=5, late=1, missed=2
    )
    world.initiative.schedule_changes.create(cause="the tool came late", at=NOW, told_at=NOW)
    made = draft_of(world.initiative, stage)
    assert made.title == "One intake: Tried"
    assert made.worked.splitlines() == [
        "Tried: reached on 20 Nov 2026.",
        "Answered: from 34 % to 61 % (to be 90 %).",
        "Promises of ours: 5 of 7 kept, 1 of them late.",
    ]
    assert made.did_not.splitlines() == [
        "On 20 Nov 2026 we took more time: the tool came late",
        "2 promises of ours were not kept.",
    ]


def test_a_draft_holds_nobodys_words(world: World, quote: Quote) -> None:
    cause = f"because {quote.words}"
    world.initiative.schedule_changes.create(cause=cause, at=NOW, told_at=NOW)
    assert draft_of(world.initiative, None).did_not == ""


def test_a_story_can_be_removed_with_what_was_asked_for_it(
    world: World, story: Story, voice: StoryVoice
) -> None:
    assert actions.remove_story(story, by=world.lead, at=NOW + timedelta(days=1))
    assert not Story.objects.exists()
    assert not StoryVoice.objects.filter(pk=voice.pk).exists()


def test_a_yes_for_few_readers_is_asked_for_anew_before_everyone_reads(
    world: World, story: Story, voice: StoryVoice
) -> None:
    actions.publish_story(story, "leading", by=world.lead, at=NOW)
    answer(world, voice, State.NAMED)
    assert len(voices(story)) == 1
    actions.publish_story(story, "workspace", by=world.lead, at=NOW)
    assert voices(story) == []
    answer(world, voice, State.UNNAMED)
    assert len(voices(story)) == 1


def test_a_yes_given_while_it_was_a_draft_was_for_either(
    world: World, story: Story, voice: StoryVoice
) -> None:
    answer(world, voice, State.NAMED)
    actions.publish_story(story, "leading", by=world.lead, at=NOW)
    actions.publish_story(story, "workspace", by=world.lead, at=NOW)
    assert len(voices(story)) == 1


def test_pages_of_stories_cost_few_queries(
    world: World, story: Story, voice: StoryVoice, subtests: pytest.Subtests
) -> None:
    answer(world, voice, State.NAMED)
    actions.publish_story(story, "workspace", by=world.lead, at=NOW)
    client = Client()
    client.force_login(world.lead)
    here = [world.initiative.pk]
    for place in (
        reverse("plans:story", args=[story.pk]),
        reverse("plans:edit_story", args=[story.pk]),
        reverse("plans:new_story", args=here),
        reverse("plans:stories", args=here),
        reverse("plans:all_stories"),
    ):
        with subtests.test(place), CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
            assert len(queries) <= 15
