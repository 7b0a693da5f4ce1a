"""Their words beside stories, on their own page: seen as they would stand, answered, taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.listening.models import Quote
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import opened
from earnest.plans.actions import stories as actions
from earnest.plans.actions.stories import StoryDraft
from earnest.plans.models import StoryVoice
from earnest.standing import actions as standing
from earnest.standing.tests.crowded import EveryWeek, crowd, says
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WORDS = "nobody calls me at night any more"


@pytest.fixture
def voice(world: World) -> StoryVoice:
    draft = StoryDraft("The pilot at the desk", worked="One desk answers all.")
    story = actions.begin_story(world.initiative, draft, by=world.lead, at=NOW)
    quote = Quote.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words=WORDS,
        said_on=NOW.date(),
        passed_on="named",
    )
    actions.choose_voices(story, [quote], by=world.lead, at=NOW)
    one = story.voices.get()
    actions.ask_voice(one, by=world.lead, at=NOW)
    return one


def place(voice: StoryVoice, state: str = "") -> str:
    pk = voice.quote.participation_id
    if state:
        return reverse("pages:mine_voice_answered", args=[pk, voice.pk, state])
    return reverse("pages:mine_voice", args=[pk, voice.pk])


def test_their_page_leads_to_how_it_would_stand(
    client: Client, world: World, voice: StoryVoice
) -> None:
    assert place(voice) in client.get(opened(client, world.joan)).content.decode()
    page = client.get(place(voice)).content.decode()
    assert "This is how it would stand" in page
    assert page.count(WORDS) == 2  # with the name, and without
    assert "One desk answers all." in page


def test_one_tap_says_yes_and_another_takes_it_back(
    client: Client, world: World, voice: StoryVoice
) -> None:
    opened(client, world.joan)
    client.post(place(voice, "unnamed"))
    actions.publish_story(voice.story, "leading", by=world.lead, at=NOW)
    reader = Client()
    reader.force_login(world.sponsor)
    read = reverse("plans:story", args=[voice.story_id])
    assert WORDS in reader.get(read).content.decode()
    assert "Joan" not in reader.get(read).content.decode()
    client.post(place(voice, "refused"))
    assert WORDS not in reader.get(read).content.decode()


def test_what_is_no_answer_is_not_there(client: Client, world: World, voice: StoryVoice) -> None:
    opened(client, world.joan)
    assert client.post(place(voice, "chosen")).status_code == 404
    assert client.get(place(voice, "named")).status_code == 405


def test_leads_and_they_see_alike_where_the_words_stand(
    client: Client, world: World, voice: StoryVoice
) -> None:
    actions.answer_voice(voice, world.joan, "named", at=NOW)
    own = client.get(opened(client, world.joan)).content.decode()
    assert "yes, with the name" in own
    assert "their name" not in own  # it speaks to them, not about them
    lead = Client()
    lead.force_login(world.lead)
    page = lead.get(reverse("pages:person", args=[world.initiative.pk, world.joan.pk]))
    assert "yes, with the name" in page.content.decode()
    assert "The pilot at the desk" in page.content.decode()


def test_it_stands_in_everything_held_with_the_group_they_are_counted_in(
    world: World, voice: StoryVoice
) -> None:
    says(*crowd(world, {"": 12}, at=NOW)[""][:4], at=NOW)
    standing.make_figures(world.initiative, at=NOW, draw=EveryWeek())
    held = everything_about(world.joan, at=NOW)["initiative"]
    assert held["their_words_in_stories"][0]["title"] == "The pilot at the desk"
    assert held["their_words_in_stories"][0]["state"] == "asked"
    assert held["counted_in_a_group"]["group"] == "people without a team"
    assert voice.state


def test_whoever_is_asked_does_not_read_the_others_voices(
    client: Client, world: World, voice: StoryVoice
) -> None:
    quote = Quote.objects.create(
        initiative=world.initiative,
        participation=world.sam,
        words="the tray was never the trick",
        said_on=NOW.date(),
        passed_on="named",
    )
    actions.choose_voices(voice.story, [quote], by=world.lead, at=NOW)
    other = voice.story.voices.get(quote=quote)
    StoryVoice.objects.filter(pk=other.pk).update(state="named")
    opened(client, world.joan)
    page = client.get(place(voice)).content.decode()
    assert "the tray was never the trick" not in page
