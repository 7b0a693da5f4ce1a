"""The example is a believable initiative half-way through its life, whenever one looks at it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative
from earnest.listening.models import Finding, Question, Recap, Referral
from earnest.pages import actions
from earnest.pages.queries import Today, today_of
from earnest.people.models import Away, Person
from earnest.promises.models import Promise
from tests.worlds import NOW, World

LADDER = {
    "South": {"unheard": 1, "nodded": 1, "agreed": 1, "did": 3, "again": 3},
    "North": {"nodded": 1, "agreed": 1, "did": 1, "again": 5},
    "Night": {"unheard": 3, "no chance": 2, "nodded": 1, "again": 1},
    "Pilot desk": {"did": 1, "again": 4},
    "Leads": {"nodded": 2, "did": 1, "again": 1, "fading": 1},
}
A_WEEK = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in range(16, 23)]
ODD_DAYS = [datetime(2028, 2, 29, 22, 30, tzinfo=UTC), datetime(2027, 1, 1, 1, tzinfo=UTC)]


@pytest.fixture
def world(example_then: tuple[World, Initiative]) -> World:
    return example_then[0]


@pytest.fixture
def example(example_then: tuple[World, Initiative]) -> Initiative:
    return example_then[1]


def ladder(example: Initiative) -> dict[str, dict[str, int]]:
    rows: dict[str, Counter[str]] = {}
    for one in example.participations.select_related("person__team", "rung"):
        rung = getattr(one, "rung", None)
        step = "no chance" if rung and rung.no_chance_since else rung.step if rung else "unheard"
        assert one.person.team
        rows.setdefault(one.person.team.name, Counter())[step] += 1
    return {team: dict(steps) for team, steps in rows.items()}


def tags(today: Today) -> set[str]:
    return {step.rule for _section, steps in today.sections for step in steps}


def test_thirty_four_people_in_five_teams_stand_where_the_story_put_them(
    example: Initiative,
) -> None:
    assert ladder(example) == LADDER
    assert example.people_count == Initiative.objects.get(pk=example.pk).people_count == 34


def test_people_have_jobs_managers_and_some_have_goals_of_their_own(example: Initiative) -> None:
    people = Person.objects.filter(is_example=True)
    assert not people.filter(job="").exists()
    assert not people.filter(team=None).exists()
    assert [one.name for one in people.filter(manager=None)] == ["Ruth Lindqvist"]
    assert example.participations.exclude(own_goals="").count() >= 8
    assert example.participations.exclude(own_measures="").count() >= 8
    assert people.filter(email="").count() == 3
    assert people.exclude(time_zone="").count() == 1
    today = NOW.date()
    assert Away.objects.filter(first_day__lte=today, last_day__gte=today).count() == 1


def test_every_address_is_one_nobody_can_have(example: Initiative) -> None:
    addresses = example.participations.exclude(person__email="")
    for one in addresses.select_related("person"):
        assert one.person.email.isascii()
        assert one.person.email.endswith("@example.org")


def test_what_it_is_about_is_written_down(example: Initiative) -> None:
    written = Initiative.objects.select_related("commission").get(pk=example.pk)
    for words in (
        written.decided,
        written.still_open,
        written.who_decides,
        written.value_organisation,
        written.value_individual,
        written.commission.problem,
        written.commission.will_give,
    ):
        assert words
    assert written.is_example
    assert written.commission.person
    assert written.launches_on
    assert written.launches_on > NOW.date()
    assert example.backings.count() == 2
    assert example.stages.exclude(reached_on=None).count() == 2
    assert example.run_up.filter(done_at=None, on__lt=written.launches_on).count() == 3


def test_promises_went_every_way_there_is(example: Initiative) -> None:
    here = Promise.objects.filter(participation__initiative=example)
    assert here.count() >= 25
    for side in (here.ours(), here.theirs()):
        assert side.filter(state="kept").count() >= 15
        assert side.filter(state="missed").count() == 1
        assert side.filter(state="released").count() == 1
        assert side.filter(state="open", when="conditional").count() == 1
    late = [one for one in here.filter(state="kept") if one.due and one.state_at.date() > one.due]
    assert {one.direction for one in late} == {"ours", "theirs"}
    assert here.ours().filter(state="open", when="standing").count() == 2
    assert here.ours().open().filter(due=NOW.date()).count() == 1
    assert here.ours().open().filter(due__lt=NOW.date()).count() == 1
    assert here.theirs().open().exclude(asked_at=None).count() == 2
    assert here.theirs().filter(state="kept").exclude(confirmed_at=None).count() >= 8
    moved = here.ours().filter(events__kind="moved")
    assert moved.count() == 2
    assert moved.filter(events__kind="told").count() == 1


def test_what_was_asked_before_every_talk_came_to_something(example: Initiative) -> None:
    states = Counter(example.invitations.values_list("state", flat=True))
    assert states == {
        "held": 4,
        "lapsed": 1,
        "answered": 1,
        "declined": 1,
        "referred": 1,
        "accepted": 1,
        "proposed": 1,
        "sent": 1,
    }
    assert set(example.messages.values_list("state", flat=True)) == {"by_hand"}
    assert example.briefs.count() == 3
    assert Recap.objects.filter(conversation__initiative=example).count() == 2


def test_ten_weeks_of_talks_were_read_by_the_real_rules(example: Initiative) -> None:
    talks = example.conversations.all()
    assert talks.count() >= 14
    assert {talk.form for talk in talks} == {"one", "group", "written"}
    first = talks.order_by("held_on")[0].held_on
    assert timedelta(days=68) < NOW.date() - first < timedelta(days=73)
    kinds = Counter(Finding.objects.values_list("kind", "state"))
    for kind in ("promise", "quote", "need", "idea", "question", "referral", "seen"):
        assert kinds[kind, "taken"] >= 2, kind
    assert sum(count for (_kind, state), count in kinds.items() if state == "left") >= 5
    waiting = talks.filter(findings__state="offered").distinct()
    assert waiting.count() == 1
    assert (
        Question.objects.filter(initiative=example, answered_at=None).count() == 2
    )  # one of a talk, one by their own hand
    open_ones = Referral.objects.filter(initiative=example, spoken_at=None, left_at=None)
    assert {one.name for one in open_ones} == {"Bettina Kraus", "Jonas Weber"}


def test_today_shows_five_and_keeps_more_for_later(world: World, example: Initiative) -> None:
    page = today_of(world.lead, at=NOW, everything=False)
    assert page.count == 5
    assert page.later > 5
    assert page.example == example
    assert "notes-found" in tags(today_of(world.lead, at=NOW, everything=True))


def test_built_twice_there_is_one(world: World, example: Initiative) -> None:
    again = actions.build_example(world.workspace, by=world.lead, at=NOW + timedelta(days=1))
    assert again == example
    assert Person.objects.filter(is_example=True).count() == 34


def test_the_example_of_another_workspace_is_its_own(world: World, example: Initiative) -> None:
    other = actions.build_example(world.other_workspace, by=world.outsider, at=NOW)
    assert ladder(other) == LADDER
    initiatives.remove_example(other, by=world.outsider, at=NOW)
    assert ladder(example) == LADDER


def test_a_second_leader_meets_the_same_people_in_an_example_of_their_own(
    world: World, example: Initiative
) -> None:
    other = actions.build_example(world.workspace, by=world.member, at=NOW)
    assert other != example
    assert Person.objects.filter(is_example=True).count() == 34
    initiatives.remove_example(other, by=world.member, at=NOW)
    assert ladder(example) == LADDER
