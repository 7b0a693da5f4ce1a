"""Teams form a tree: added, renamed, moved, removed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.people import actions
from earnest.people.models import Team
from earnest.people.queries import TeamTree
from tests.worlds import NOW, World


@pytest.fixture
def north(world: World) -> Team:
    return actions.add_team(world.workspace, "North", parent=None, by=world.owner, at=NOW)


@pytest.fixture
def desk(world: World, north: Team) -> Team:
    return actions.add_team(world.workspace, "Desk", parent=north, by=world.owner, at=NOW)


def test_the_tree_is_shown_from_the_widest_to_the_narrowest(world: World, desk: Team) -> None:
    actions.add_team(world.workspace, "East", parent=None, by=world.owner, at=NOW)
    paths = [row.path for row in TeamTree(world.workspace).rows()]
    assert paths == ["East", "North", "North / Desk"]


def test_two_teams_share_a_name_only_in_different_places(world: World, desk: Team) -> None:
    actions.add_team(world.workspace, "Desk", parent=None, by=world.owner, at=NOW)
    for parent in (None, desk.parent):
        with pytest.raises(actions.Refused, match="already"):
            actions.add_team(world.workspace, "DESK", parent=parent, by=world.owner, at=NOW)


def test_a_team_never_becomes_part_of_itself(world: World, north: Team, desk: Team) -> None:
    for parent in (north, desk):
        with pytest.raises(actions.Refused, match="part of itself"):
            actions.move_team(north, parent=parent, by=world.owner, at=NOW)


def test_a_team_moves_with_its_parts(world: World, north: Team, desk: Team) -> None:
    region = actions.add_team(world.workspace, "Region", parent=None, by=world.owner, at=NOW)
    actions.move_team(north, parent=region, by=world.owner, at=NOW)
    assert TeamTree(world.workspace).path(desk.pk) == "Region / North / Desk"


def test_removing_a_team_keeps_its_people_and_lifts_its_parts(
    world: World, north: Team, desk: Team
) -> None:
    person = world.joan.person
    person.team = north
    person.save()
    actions.remove_team(north, by=world.owner, at=NOW)
    person.refresh_from_db()
    desk.refresh_from_db()
    assert person.team_id is None
    assert desk.parent_id is None


def test_removing_is_refused_where_a_part_would_meet_its_own_name(
    world: World, north: Team, desk: Team
) -> None:
    actions.add_team(world.workspace, "Desk", parent=None, by=world.owner, at=NOW)
    with pytest.raises(actions.Refused, match="Desk"):
        actions.remove_team(north, by=world.owner, at=NOW)
    assert Team.objects.filter(pk=north.pk).exists()


def test_a_part_may_carry_the_name_of_the_team_removed(world: World, north: Team) -> None:
    inner = actions.add_team(world.workspace, "North", parent=north, by=world.owner, at=NOW)
    actions.remove_team(north, by=world.owner, at=NOW)
    inner.refresh_from_db()
    assert inner.parent is None


def test_the_pages_do_all_this(client: Client, world: World, north: Team) -> None:
    client.force_login(world.admin)
    teams = reverse("people:teams", args=[world.workspace.pk])
    client.post(teams, {"name": "Night", "parent": "north"})
    night = Team.objects.get(name="Night")
    assert night.parent == north
    url = reverse("people:team", args=[night.pk])
    assert client.get(url).status_code == 200
    client.post(f"{url}rename/", {"name": "Late"})
    client.post(f"{url}move/", {"parent": ""})
    night.refresh_from_db()
    assert (night.name, night.parent_id) == ("Late", None)
    assert "Late" in client.get(teams).content.decode()
    client.post(f"{url}remove/")
    assert not Team.objects.filter(pk=night.pk).exists()


@pytest.mark.parametrize(
    ("verb", "typed", "why"),
    [
        ("rename/", {"name": ""}, "required"),
        ("rename/", {"name": "North"}, "already"),
        ("rename/", {"name": "a/b"}, "no “/”"),
        ("move/", {"parent": "Nowhere"}, "There is no team called"),
        ("move/", {"parent": "Night"}, "part of itself"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    client: Client, world: World, north: Team, *, verb: str, typed: dict[str, str], why: str
) -> None:
    night = actions.add_team(world.workspace, "Night", parent=None, by=world.owner, at=NOW)
    client.force_login(world.admin)
    answer = client.post(reverse("people:team", args=[night.pk]) + verb, typed)
    assert why in answer.content.decode()
    night.refresh_from_db()
    assert (night.name, night.parent) == ("Night", None)


def test_only_those_who_run_the_workspace_see_teams(
    client: Client, world: World, north: Team
) -> None:
    url = reverse("people:team", args=[north.pk])
    for user in (world.member, world.lead, world.outsider, world.stranger):
        client.force_login(user)
        assert client.get(reverse("people:teams", args=[world.workspace.pk])).status_code == 404
        assert client.get(url).status_code == 404
        for verb in ("rename/", "move/", "remove/"):
            assert client.post(url + verb, {"name": "x"}).status_code == 404


def test_no_teams_yet_says_what_to_do_first(client: Client, world: World) -> None:
    client.force_login(world.owner)
    page = client.get(reverse("people:teams", args=[world.workspace.pk])).content.decode()
    assert "will be here" in page
