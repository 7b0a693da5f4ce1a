"""The plan shows what stepping back changed: to leads with whom, to others as each allows (3.16)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.listening import actions as listening
from earnest.listening.actions import stepping
from earnest.listening.models import Quote, StepBack
from earnest.people import actions as people
from earnest.plans import actions, queries
from earnest.plans.actions.stepped import say_changed, say_unchanged
from earnest.plans.models import AfterStepBack, Part
from earnest.plans.queries.stepped import After, after_step_backs
from tests.worlds import NOW, World

WORDS = "Friday is when the rota breaks"


@pytest.fixture
def back(world: World) -> StepBack:
    row = stepping.step_back(world.joan, "no", by=world.lead, at=NOW)
    stepping.keep_reason(row, None, WORDS, by=world.lead, at=NOW)
    row.refresh_from_db()
    return row


@pytest.fixture
def part(world: World) -> Part:
    return world.initiative.parts.create(
        title="No list on Fridays", why="Rota", made_at=NOW, changed_at=NOW
    )


def pass_on(how: str) -> None:
    listening.pass_on(Quote.objects.get(), Quote.PassedOn(how), at=NOW)


def test_said_twice_is_once_and_can_be_taken_out(world: World, back: StepBack, part: Part) -> None:
    assert say_changed(back, part, by=world.lead, at=NOW)
    assert not say_changed(back, part, by=world.lead, at=NOW)
    say_unchanged(AfterStepBack.objects.get(), by=world.lead, at=NOW)
    assert not AfterStepBack.objects.exists()


def test_nothing_of_another_initiative_changes_by_it(world: World, back: StepBack) -> None:
    other = world.other_initiative.parts.create(title="x", why="y", made_at=NOW, changed_at=NOW)
    assert not say_changed(back, other, by=world.lead, at=NOW)
    assert not AfterStepBack.objects.exists()


@pytest.mark.parametrize(
    ("how", "names"),
    [("leads", None), ("unnamed", ""), ("named", "Joan Okafor")],
)
def test_others_read_words_as_far_as_they_are_passed_on(
    back: StepBack, part: Part, how: str, names: str | None
) -> None:
    say_changed(back, part, by=back.by or User(), at=NOW)
    pass_on(how)
    found = after_step_backs(back.initiative, leads=False).values()
    said = [(one.words, one.name) for it in found for one in it.words]
    assert said == ([] if names is None else [(WORDS, names)])
    assert bool(found) == (names is not None)


def test_from_five_people_on_it_is_said_without_words(world: World, part: Part) -> None:
    made = people.add_people(
        world.workspace, [people.Named(f"Q{one} X") for one in range(5)], by=world.lead, at=NOW
    )
    for number, one in enumerate(made, start=1):
        there = initiatives.put_on(world.initiative, one, held_by=world.lead, by=world.lead, at=NOW)
        row = stepping.step_back(there, "silent", by=world.lead, at=NOW)
        say_changed(row, part, by=world.lead, at=NOW)
        found = list(after_step_backs(world.initiative, leads=False).values())
        assert found == ([After()] if number >= 5 else [])


def test_the_version_it_comes_out_in_says_so_and_obeys_at_once(
    client: Client, world: World, back: StepBack, part: Part
) -> None:
    say_changed(back, part, by=world.lead, at=NOW)
    pass_on("unnamed")
    coming = queries.next_version(world.initiative)
    said = actions.Publication(coming.number, coming.mark, "Fridays are free")
    version = actions.publish(world.initiative, said, by=world.lead, at=NOW)
    assert AfterStepBack.objects.get().change == version.changes.get()
    client.force_login(world.contributor)
    pages = [
        f"/initiatives/{world.initiative.pk}/plan/versions/1/",
        f"/initiatives/{world.initiative.pk}/plan/",
    ]
    for path in pages:
        page = client.get(path).content.decode()
        assert "Changed after people stepped back" in page
        assert WORDS in page
        assert "Joan" not in page
    pass_on("leads")
    for path in pages:
        page = client.get(path).content.decode()
        assert "stepped back" not in page
        assert WORDS not in page


def test_leads_read_with_whom_and_why(
    client: Client, world: World, back: StepBack, part: Part
) -> None:
    say_changed(back, part, by=world.lead, at=NOW)
    client.force_login(world.lead)
    page = client.get(f"/initiatives/{world.initiative.pk}/plan/").content.decode()
    assert f'<a href="/step-backs/{back.pk}/">Joan Okafor</a>' in page
    assert WORDS in page
