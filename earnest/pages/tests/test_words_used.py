"""What a need is called and where their words are used, as the person reads it."""

from __future__ import annotations

from django.test import Client

from earnest.listening import actions as listening
from earnest.listening.tests.needs import says
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import opened
from earnest.plans.actions import case as actions
from earnest.plans.models import Part
from tests.worlds import NOW, World


def test_they_see_in_which_part_of_the_plan_their_words_are_used(
    client: Client, world: World
) -> None:
    quote = says(world.joan, "Fridays are full")
    part = Part.objects.create(
        initiative=world.initiative, title="Weekend cover", made_at=NOW, changed_at=NOW
    )
    actions.use_words(part, [quote], by=world.lead, at=NOW)
    page = client.get(opened(client, world.joan)).content.decode()
    assert "the plan builds on it: Weekend cover" in page
    held = everything_about(world.joan, at=NOW)["initiative"]["quotes"][0]
    assert held["parts_of_the_plan_built_on_it"] == "Weekend cover"
    client.force_login(world.lead)
    person = client.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert "the plan builds on it: Weekend cover" in person.content.decode()


def test_a_need_in_somebody_elses_words_is_not_shown_to_them(client: Client, world: World) -> None:
    joans, sams = says(world.joan, "Fridays are full"), says(world.sam, "I am so tired of it")
    words, both = "I am so tired of it", [joans, sams]
    need = listening.gather(world.initiative, both, words, by=world.lead, at=NOW)
    own = opened(client, world.joan)
    assert "tired" not in client.get(own).content.decode()
    listening.rename(need, "Rest", by=world.lead, at=NOW)
    assert "need: Rest" in client.get(own).content.decode()
