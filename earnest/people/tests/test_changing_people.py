"""A person is added or changed by hand; what cannot be is said beside its field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from earnest.core.models import Event
from earnest.people import actions
from earnest.people.forms import PersonForm
from earnest.people.models import Person, Team, Tie
from tests.worlds import NOW, World

type Post = Callable[..., str]


@pytest.fixture
def edit(client: Client, world: World) -> Post:
    """Sends Joan's form with some fields changed; returns the page."""
    client.force_login(world.admin)

    def post(**changed: str) -> str:
        said = {"name": "Joan Okafor", "email": "joan@example.org", **changed}
        url = reverse("people:edit", args=[world.joan.person_id])
        return client.post(url, said, follow=True).content.decode()

    return post


def joan(world: World) -> Person:
    return Person.objects.get(pk=world.joan.person_id)


def test_what_is_typed_is_kept(edit: Post, world: World) -> None:
    team = actions.add_team(world.workspace, "Night", parent=None, by=world.owner, at=NOW)
    edit(job="nurse", team="night", manager="sam reyes", time_zone="amsterdam", language="en")
    person = joan(world)
    assert (person.job, person.team, person.manager) == ("nurse", team, world.sam.person)
    assert (person.time_zone, person.language) == ("Europe/Amsterdam", "en")
    assert Tie.objects.get(person=person).other == world.sam.person


def test_the_log_names_fields_and_no_words(edit: Post, world: World) -> None:
    edit(job="nurse")
    assert Event.objects.get(action="person_changed").detail == {"fields": "job"}


def test_saving_without_a_change_writes_nothing(edit: Post) -> None:
    edit()
    assert not Event.objects.filter(action="person_changed").exists()


def test_goals_are_not_changed_here(edit: Post, world: World) -> None:
    edit(own_goals="ours")
    assert joan(world).own_goals == ""


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("email", "not-an-address", "valid email"),
        ("team", "Nowhere", "There is no team called"),
        ("manager", "Nobody At All", "Nobody in the directory"),
        ("manager", "nobody@x.org", "Nobody in the directory"),
        ("manager", "joan@example.org", "circle"),
        ("time_zone", "Mars", "is no time zone"),
        ("name", "", "required"),
        ("name", "12345", "does not look like a name"),
    ],
)
def test_what_cannot_be_is_said_and_stays_typed(
    edit: Post, world: World, *, field: str, typed: str, why: str
) -> None:
    text = edit(**{field: typed})
    assert why in text
    assert f'value="{typed}"' in text or not typed
    assert joan(world).name == "Joan Okafor"


def test_an_address_belongs_to_one_person_whatever_its_case(edit: Post, world: World) -> None:
    actions.change_person(
        world.sam.person, actions.Details("Sam Reyes", "sam@x.org"), by=world.owner, at=NOW
    )
    assert "has this address already" in edit(email="SAM@X.org")
    with pytest.raises(actions.Refused):
        actions.change_person(
            joan(world), actions.Details("Joan", "Sam@x.org"), by=world.owner, at=NOW
        )


def test_a_name_shared_by_several_needs_an_address(edit: Post, world: World) -> None:
    Person.objects.create(workspace=world.workspace, name="Sam Reyes")
    assert "give the e-mail address" in edit(manager="Sam Reyes")


def test_a_manager_without_an_address_stays_when_nothing_is_typed(world: World) -> None:
    person = joan(world)
    person.manager = world.sam.person
    person.save()
    Person.objects.create(workspace=world.workspace, name="Sam Reyes")
    form = PersonForm(
        {"name": "Joan", "manager": "Sam Reyes"}, workspace=world.workspace, person=person
    )
    assert form.is_valid(), form.errors
    assert form.details().manager == world.sam.person


def test_managers_never_form_a_circle(edit: Post, world: World) -> None:
    edit(manager="Sam Reyes")
    with pytest.raises(actions.Refused, match="circle"):
        actions.change_person(
            Person.objects.get(pk=world.sam.person_id),
            actions.Details("Sam Reyes", manager=joan(world)),
            by=world.owner,
            at=NOW,
        )


def test_taking_the_manager_away_takes_the_tie_away(edit: Post, world: World) -> None:
    edit(manager="Sam Reyes")
    edit(manager="")
    assert joan(world).manager is None
    assert not Tie.objects.exists()


def test_a_team_is_chosen_by_its_place_where_its_name_is_not_enough(
    edit: Post, world: World
) -> None:
    def team(name: str, parent: Team | None = None) -> Team:
        return actions.add_team(world.workspace, name, parent=parent, by=world.owner, at=NOW)

    team("Desk", team("North"))
    south = team("Desk", team("South"))
    assert "Which one: North / Desk; South / Desk?" in edit(team="desk")
    edit(team="South/Desk")
    assert joan(world).team == south


def test_people_and_teams_of_another_workspace_are_not_found(edit: Post, world: World) -> None:
    Person.objects.create(workspace=world.other_workspace, name="Zoe", email="zoe@x.org")
    assert "Nobody in the directory" in edit(manager="zoe@x.org")


def test_somebody_is_added_by_hand(client: Client, world: World) -> None:
    client.force_login(world.owner)
    client.post(
        reverse("people:add", args=[world.workspace.pk]),
        {"name": "Ann Lee", "email": "ANN@x.org", "manager": "joan@example.org"},
    )
    ann = Person.objects.get(email="ann@x.org")
    assert ann.workspace == world.workspace
    assert ann.manager == world.joan.person
    assert Event.objects.filter(action="person_added", object_id=ann.pk).exists()
