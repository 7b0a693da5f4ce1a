"""The story so far: milestones in the order of their days, and nobody's words among them."""

from __future__ import annotations

from datetime import timedelta

from earnest.initiatives.models import Backing, Initiative
from earnest.listening.models import Conversation
from earnest.pages.queries.overview import Milestone, Story, overview_of
from earnest.plans import actions as plans
from earnest.plans.actions.more_time import MoreTime
from earnest.plans.actions.parts import PartDraft
from earnest.plans.actions.replies import Answer
from earnest.plans.actions.rounds import Heard
from earnest.plans.actions.versions import Publication
from earnest.plans.queries import next_version
from earnest.plans.tests.given import FRIDAY, a_quote, a_round
from earnest.standing import actions as standing
from earnest.standing.actions import Fact
from tests.worlds import NOW, World

DAY = timedelta(days=1)


def story(world: World) -> Story:
    world.initiative.refresh_from_db()
    return overview_of(world.initiative, at=NOW + 30 * DAY).story


def sorts(told: list[Milestone]) -> list[str]:
    return [one.sort for one in told]


def test_it_begins_with_the_target_and_the_first_talk(world: World) -> None:
    for days in (3, 1):
        Conversation.objects.create(
            initiative=world.initiative,
            by=world.lead,
            held_on=(NOW + days * DAY).date(),
            noted_at=NOW,
        )
    told = story(world).told
    assert sorts(told) == ["begun", "talk"]
    assert told[1].on == (NOW + DAY).date()


def test_what_happened_stands_in_the_order_of_its_days(world: World) -> None:
    initiative, lead = world.initiative, world.lead
    Initiative.objects.filter(pk=initiative.pk).update(launches_on=(NOW + 20 * DAY).date())
    initiative.refresh_from_db()
    initiative.stages.create(position=1, name="Heard", reached_on=(NOW + 2 * DAY).date())
    initiative.stages.create(position=2, name="Shaped")
    Backing.objects.create(
        initiative=initiative, who="The board", what="two people", on=(NOW + DAY).date()
    )
    plans.add_part(initiative, PartDraft("Cover", "Fridays"), by=lead, at=NOW + 3 * DAY)
    coming = next_version(initiative)
    said = Publication(coming.number, coming.mark, "The first plan", {})
    plans.publish(initiative, said, by=lead, at=NOW + 3 * DAY)
    deed = Fact("did", 1, "promise 1", item="kept")
    standing.record_evidence(world.joan, deed, at=NOW + 4 * DAY)
    later = {"launches_on": (NOW + 25 * DAY).date()}
    more = MoreTime("The night was not heard", later)
    plans.take_more_time(initiative, more, by=lead, at=NOW + 5 * DAY)
    told = story(world)
    assert sorts(told.told) == [
        "begun", "backing", "stage", "version", "deed", "more_time", "launch",
    ]  # fmt: skip
    assert [one.words for one in told.backing] == ["two people"]
    assert told.launch is None


def test_a_launch_still_to_come_stands_apart(world: World) -> None:
    day = (NOW + 90 * DAY).date()
    Initiative.objects.filter(pk=world.initiative.pk).update(launches_on=day)
    told = story(world)
    assert (sorts(told.told), told.launch) == (["begun"], day)


def test_a_check_in_is_told_once_its_leads_answered_it_with_their_words_alone(world: World) -> None:
    one = a_round(world, anonymous=True, lines={"x": "Dates are unclear"})
    assert sorts(story(world).told) == ["begun"]
    plans.take_up(world.initiative, at=NOW)
    heard = Heard("Dates were unclear", "They stand in the plan", Answer("used", "See the plan"))
    plans.answer_round(one, heard, by=world.lead, at=NOW + DAY)
    (told,) = (it for it in story(world).told if it.sort == "check_in")
    assert (told.words, told.number) == ("They stand in the plan", one.pk)


def test_nothing_people_said_is_part_of_it(world: World) -> None:
    a_quote(world.joan, passed_on="named")
    assert all(FRIDAY not in one.words for one in story(world).told)


def test_the_latest_forty_are_told_and_how_many_came_before(world: World) -> None:
    for n in range(45):
        world.initiative.stages.create(
            position=n, name=f"Stage {n}", reached_on=(NOW + timedelta(days=n % 20)).date()
        )
    told = story(world)
    assert (len(told.told), told.earlier) == (40, 6)
