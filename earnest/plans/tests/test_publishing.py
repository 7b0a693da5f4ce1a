"""Publishing: what changed, through whom, pressed twice, and never what nobody looked at (3.10)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.plans import actions, queries
from earnest.plans.actions import Publication
from earnest.plans.models import Change, Version
from earnest.plans.tests.planned import a_need, a_part, an_input, publish
from tests.worlds import NOW, World


def changes(version: Version) -> list[tuple[str, str, str]]:
    return list(version.changes.values_list("kind", "title", "words"))


def change(world: World, part: object, **words: str) -> None:
    actions.change_part(part, words, by=world.lead, at=NOW)  # type: ignore[arg-type]


def test_in_the_first_version_every_part_is_new(world: World) -> None:
    a_part(world, "Weekend cover"), a_part(world, "One list")
    version = publish(world)
    assert version.number == 1
    assert changes(version) == [("new", "Weekend cover", ""), ("new", "One list", "")]


def test_a_later_version_says_what_is_new_changed_and_dropped(world: World) -> None:
    stays, goes = a_part(world, "Old form", what="for a year"), a_part(world, "Two desks")
    a_part(world, "Untouched")
    publish(world)
    change(world, stays, what="for six weeks", title="The old form")
    actions.drop_part(goes, "One is enough", by=world.lead, at=NOW)
    a_part(world, "One list")
    assert changes(publish(world)) == [
        (
            "changed",
            "The old form",
            "It was called “Old form”. What it is: “a year” is now “six weeks”",
        ),
        ("dropped", "Two desks", "One is enough"),
        ("new", "One list", ""),
    ]


def test_a_part_that_came_and_went_in_between_is_no_change(world: World) -> None:
    a_part(world)
    publish(world)
    actions.drop_part(a_part(world, "Idea"), "no", by=world.lead, at=NOW)
    assert queries.next_version(world.initiative).changes == []


def test_where_nothing_changed_nothing_is_published(world: World) -> None:
    a_part(world)
    publish(world)
    with pytest.raises(actions.NothingChanged):
        publish(world)
    assert world.initiative.versions.count() == 1


def test_pressed_twice_it_is_one_version(world: World) -> None:
    a_part(world)
    coming = queries.next_version(world.initiative)
    said = Publication(coming.number, coming.mark, "The first")
    first = actions.publish(world.initiative, said, by=world.lead, at=NOW)
    with pytest.raises(actions.AlreadyPublished) as raised:
        actions.publish(world.initiative, said, by=world.lead, at=NOW)
    assert raised.value.version == first


def test_what_nobody_looked_at_is_not_published(client: Client, world: World) -> None:
    part = a_part(world)
    coming = queries.next_version(world.initiative)
    change(world, part, why="Written meanwhile by somebody else")
    client.force_login(world.lead)
    asked = {"summary": "New", "number": coming.number, "mark": coming.mark, "publish": "1"}
    html = client.post(f"/initiatives/{world.initiative.pk}/plan/publish/", asked)
    assert html.status_code == 400
    assert "The plan changed while you looked." in html.content.decode()
    assert not Version.objects.exists()


def test_it_is_looked_at_before_it_can_be_published(client: Client, world: World) -> None:
    part = a_part(world)
    an_input(world, world.joan, part, passed_on="named")
    client.force_login(world.lead)
    address = f"/initiatives/{world.initiative.pk}/plan/publish/"
    shown = client.get(address).content.decode()
    assert "shown as: Joan Okafor" in shown
    assert 'name="publish"' not in shown
    given = queries.next_version(world.initiative).changes[0].inputs[0]
    asked = {"summary": "Weekends", f"inputs-{part.pk}": given.pk, "look": "1"}
    asked |= {"number": 1, "mark": queries.next_version(world.initiative).mark}
    looked = client.post(address, asked).content.decode()
    assert "As they will read it" in looked
    assert "[[" not in looked
    assert "No mail about the plan any more" in looked
    assert 'name="publish"' in looked
    assert not Version.objects.exists()
    del asked["look"]
    out = client.post(address, {**asked, "publish": "1"}, follow=True).content.decode()
    assert "Version 1" in out
    assert "Joan Okafor" in out


def test_without_a_sentence_nothing_is_published_and_ticks_stay(
    client: Client, world: World
) -> None:
    part = a_part(world)
    one, other = an_input(world, world.joan, part), an_input(world, world.sam, part)
    client.force_login(world.lead)
    asked = {"summary": " ", f"inputs-{part.pk}": other.pk, "publish": "1"}
    html = client.post(f"/initiatives/{world.initiative.pk}/plan/publish/", asked)
    assert html.status_code == 400
    body = html.content.decode()
    assert "Say in a sentence what is new." in body
    assert body.count("checked") == 1
    assert f'value="{one.pk}"' in body
    assert not Version.objects.exists()


def test_only_what_stands_behind_a_part_can_be_named(world: World) -> None:
    part, other = a_part(world), a_part(world, "One list")
    foreign = an_input(world, world.joan, other)
    need = a_need(world, other, world.sam)
    coming = queries.next_version(world.initiative)
    chosen = {part.pk: queries.Chosen(frozenset({foreign.pk}), frozenset({need.pk}))}
    said = Publication(coming.number, coming.mark, "The first", chosen)
    actions.publish(world.initiative, said, by=world.lead, at=NOW)
    change = Change.objects.get(part=part)
    assert not change.inputs.exists()
    assert not change.needs.exists()


def test_the_snapshot_holds_our_words_and_a_key_for_who_sees_to_it(world: World) -> None:
    part = a_part(world, owner=world.joan)
    version = publish(world)
    assert version.parts == [
        {
            "part": part.pk,
            "title": "Weekend cover",
            "what": "",
            "why": part.why,
            "owner": f"participation {world.joan.pk}",
        }
    ]
