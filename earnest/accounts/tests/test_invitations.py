"""Inviting somebody, and taking an invitation up."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from earnest.accounts import actions
from earnest.accounts.models import Invite, Membership, User
from tests.worlds import PASSWORD, World

NEW = {"name": "Nia New", "password": "a long way round"}


def invited(world: World, email: str = "nia@example.org", role: str = "member") -> str:
    """The path of a fresh invitation."""
    made = actions.invite(world.workspace, email, role=role, by=world.owner, at=timezone.now())
    return f"/join/{made.secret}/"


def invites(world: World) -> str:
    return f"/workspaces/{world.workspace.pk}/invites/"


def test_the_link_is_shown_once_and_mailed(client: Client, world: World) -> None:
    client.force_login(world.admin)
    told = {"email": "Nia@example.org", "role": "member"}
    page = client.post(invites(world), told).text
    found = re.search(r"http://localhost:8000(/join/[\w-]+/)", page)
    assert found
    (message,) = mail.outbox
    assert message.to == ["nia@example.org"]
    assert found[1] in str(message.body)
    again = client.get(invites(world)).text
    assert "nia@example.org" in again
    assert found[1] not in again


def test_without_mail_the_link_is_handed_over(
    client: Client, world: World, settings: Settings
) -> None:
    settings.EMAIL_URL = ""
    client.force_login(world.owner)
    page = client.post(invites(world), {"email": "nia@example.org", "role": "admin"}).text
    assert "hand it over yourself" in page
    assert not mail.outbox


def test_only_a_hash_is_kept(world: World) -> None:
    secret = invited(world).split("/")[2]
    row = Invite.objects.get()
    assert secret not in {row.secret_hash, row.salt}


def test_somebody_new_joins_with_name_and_password(client: Client, world: World) -> None:
    path = invited(world, role="admin")
    page = client.get(path).text
    assert "Olga Owner invites you to Harbour Clinic" in page
    assert client.post(path, NEW).headers["Location"] == "/"
    member = Membership.objects.get(user__email="nia@example.org")
    assert (member.workspace, member.role) == (world.workspace, "admin")
    assert client.get("/account/you/").status_code == 200


def test_somebody_known_signs_in_first_and_then_joins(client: Client, world: World) -> None:
    path = invited(world, "stranger@example.org")
    page = client.get(path)
    assert f"/account/login/?next={path.replace('/', '%2F')}" in page.text
    client.post(path, NEW)
    assert not world.stranger.memberships.exists()
    told = {"login": "stranger@example.org", "password": PASSWORD, "next": path}
    assert client.post("/account/login/", told).headers["Location"] == path
    client.post(path)
    assert world.stranger.memberships.get().workspace == world.workspace


def test_opening_an_invitation_joins_nobody(client: Client, world: World) -> None:
    client.force_login(world.stranger)
    assert client.get(invited(world, "stranger@example.org")).status_code == 200
    assert not world.stranger.memberships.exists()


def test_signed_in_as_somebody_else_one_is_told_to_sign_out_first(
    client: Client, world: World
) -> None:
    path = invited(world, role="owner")
    client.force_login(world.stranger)
    for page in (client.get(path), client.post(path)):
        assert page.status_code == 403
        assert "This invitation went to nia@example.org" in page.text
        assert "Sign out" in page.text
        assert "Join as" not in page.text
    assert not world.stranger.memberships.exists()
    with pytest.raises(actions.NotInvited):
        actions.join(Invite.objects.get(), by=world.stranger, at=timezone.now())
    assert Invite.objects.get().accepted_at is None


def test_the_case_of_an_address_keeps_nobody_out(client: Client, world: World) -> None:
    path = invited(world, "Stranger@Example.org")
    User.objects.filter(pk=world.stranger.pk).update(email="STRANGER@example.org")
    client.force_login(world.stranger)
    assert client.post(path).headers["Location"] == "/"
    assert world.stranger.memberships.get().workspace == world.workspace


def test_it_works_once(client: Client, world: World) -> None:
    path = invited(world)
    client.post(path, NEW)
    second = Client()
    second.force_login(world.stranger)
    assert second.post(path).status_code == 404
    assert not world.stranger.memberships.exists()


def test_it_ends_after_a_fortnight(client: Client, world: World) -> None:
    path = invited(world)
    Invite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(path, NEW).status_code == 404
    assert not User.objects.filter(email="nia@example.org").exists()


def test_it_can_be_taken_back(client: Client, world: World) -> None:
    path = invited(world)
    client.force_login(world.admin)
    client.post(f"{invites(world)}{Invite.objects.get().pk}/revoke/")
    assert Client().get(path).status_code == 404


def test_a_second_invitation_ends_the_first(world: World) -> None:
    first = invited(world)
    assert Client().get(first).status_code == 200
    second = invited(world, "NIA@example.org")
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_what_somebody_offered_ends_with_their_role(world: World) -> None:
    made = actions.invite(
        world.workspace, "nia@example.org", role="admin", by=world.admin, at=timezone.now()
    )
    admin = Membership.objects.get(user=world.admin)
    actions.remove_member(admin, by=world.owner, at=timezone.now())
    assert Client().get(f"/join/{made.secret}/").status_code == 404


def test_who_is_a_member_already_is_not_invited(client: Client, world: World) -> None:
    client.force_login(world.owner)
    page = client.post(invites(world), {"email": "LEAD@example.org", "role": "member"}).text
    assert "is a member already" in page
    assert "LEAD@example.org" in page


def test_an_admin_cannot_invite_an_owner(client: Client, world: World) -> None:
    client.force_login(world.admin)
    client.post(invites(world), {"email": "nia@example.org", "role": "owner"})
    assert not Invite.objects.exists()
    with pytest.raises(actions.OnlyOwners):
        actions.invite(
            world.workspace, "nia@example.org", role="owner", by=world.admin, at=timezone.now()
        )


def test_a_weak_password_is_refused_and_the_name_stays(client: Client, world: World) -> None:
    page = client.post(invited(world), {"name": "Nia New", "password": "12345"}).text
    assert 'value="Nia New"' in page
    assert not User.objects.filter(email="nia@example.org").exists()


def test_an_invitation_of_another_workspace_cannot_be_taken_back(
    client: Client, world: World
) -> None:
    invited(world)
    client.force_login(world.outsider)
    invite = Invite.objects.get().pk
    for workspace in (world.workspace.pk, world.other_workspace.pk):
        path = f"/workspaces/{workspace}/invites/{invite}/revoke/"
        assert client.post(path).status_code == 404


def test_of_two_at_once_one_joins(world: World) -> None:
    invited(world)
    invite, now = Invite.objects.get(), timezone.now()
    new = actions.NewUser("Nia New", "a long way round")
    actions.join_as_new(invite, new, at=now)
    with pytest.raises(actions.LinkIsOver):
        actions.join_as_new(invite, new, at=now)
    assert User.objects.filter(email="nia@example.org").count() == 1
