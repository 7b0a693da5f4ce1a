"""Who may make whom what; and that there is always an owner."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from earnest.accounts import access, actions
from earnest.accounts.models import Membership, User
from tests.worlds import World


def member(world: World, user: User) -> Membership:
    return Membership.objects.get(workspace=world.workspace, user=user)


def path(world: World, user: User, verb: str) -> str:
    return f"/workspaces/{world.workspace.pk}/members/{member(world, user).pk}/{verb}/"


def test_an_admin_makes_a_member_an_admin(client: Client, world: World) -> None:
    client.force_login(world.admin)
    client.post(path(world, world.member, "role"), {"role": "admin"})
    assert member(world, world.member).role == "admin"


def test_an_admin_neither_makes_nor_unmakes_owners(client: Client, world: World) -> None:
    client.force_login(world.admin)
    made = client.post(path(world, world.member, "role"), {"role": "owner"})
    unmade = client.post(path(world, world.owner, "role"), {"role": "member"})
    removed = client.post(path(world, world.owner, "remove"))
    assert {made.status_code, unmade.status_code, removed.status_code} == {404}
    assert member(world, world.member).role == "member"
    assert member(world, world.owner).role == "owner"


def test_an_owner_makes_another_owner_and_steps_back(client: Client, world: World) -> None:
    client.force_login(world.owner)
    client.post(path(world, world.admin, "role"), {"role": "owner"})
    response = client.post(path(world, world.owner, "role"), {"role": "member"})
    assert response.headers["Location"] == "/"
    assert member(world, world.admin).role == "owner"
    assert member(world, world.owner).role == "member"


def test_the_last_owner_stays(client: Client, world: World) -> None:
    client.force_login(world.owner)
    page = client.post(path(world, world.owner, "role"), {"role": "member"}, follow=True)
    assert "needs an owner" in page.text
    assert client.post(path(world, world.owner, "remove")).status_code == 409
    leave = client.post(f"/workspaces/{world.workspace.pk}/leave/")
    assert "needs an owner" in leave.text
    assert member(world, world.owner).role == "owner"


def test_a_removed_member_loses_access_at_once(client: Client, world: World) -> None:
    removed = Client()
    removed.force_login(world.admin)
    page = f"/workspaces/{world.workspace.pk}/"
    assert removed.get(page).status_code == 200
    client.force_login(world.owner)
    assert "Remove Admin" in client.get(path(world, world.admin, "remove")).text
    client.post(path(world, world.admin, "remove"))
    assert removed.get(page).status_code == 404


def test_a_member_may_leave(client: Client, world: World) -> None:
    client.force_login(world.member)
    leave = f"/workspaces/{world.workspace.pk}/leave/"
    assert client.get(leave).status_code == 200
    assert client.post(leave).headers["Location"] == "/"
    assert not access.workspaces_of(world.member).exists()
    assert client.get(leave).status_code == 404


@pytest.mark.parametrize(
    "who", ["member", "lead", "contributor", "sponsor", "stranger", "outsider"]
)
def test_who_does_not_run_the_workspace_sees_nothing_of_it(
    client: Client, world: World, who: str
) -> None:
    client.force_login(getattr(world, who))
    root = f"/workspaces/{world.workspace.pk}/"
    pages = [root, f"{root}members/", f"{root}invites/", path(world, world.member, "remove")]
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(path(world, world.member, "role"), {"role": "admin"}).status_code == 404


def test_the_rules_hold_below_the_pages_too(world: World) -> None:
    now = timezone.now()
    with pytest.raises(actions.OnlyOwners):
        actions.change_role(member(world, world.member), "owner", by=world.admin, at=now)
    with pytest.raises(actions.OnlyOwners):
        actions.remove_member(member(world, world.owner), by=world.admin, at=now)
    with pytest.raises(actions.LastOwner):
        actions.remove_member(member(world, world.owner), by=world.owner, at=now)


def test_a_long_list_is_paged_by_key(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(60):
        user = User.objects.create_user(f"many{n}@example.org", name=f"Many {n}")
        actions.add_member(world.workspace, user, role="member", by=world.owner, at=timezone.now())
    client.force_login(world.owner)
    with django_assert_max_num_queries(8):
        first = client.get(f"/workspaces/{world.workspace.pk}/members/")
    following = first.context["following"]
    second = client.get(f"/workspaces/{world.workspace.pk}/members/?after={following}")
    there = world.workspace.memberships.count()
    assert len(first.context["members"]) + len(second.context["members"]) == there
    wrong = client.get(f"/workspaces/{world.workspace.pk}/members/?after=x%27")
    assert wrong.status_code == 200
