"""The first run makes the owner, once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from earnest.accounts import actions
from earnest.accounts.models import Membership, User

pytestmark = pytest.mark.django_db

TOLD = {
    "name": "Olga Owner",
    "email_address": "Olga@Example.org",
    "password": "a long walk home",
    "workspace": "Harbour Clinic",
    "time_zone": "Europe/Amsterdam",
}


def setup_link() -> str:
    path = actions.setup_link(timezone.now())
    assert path
    return path


def test_an_empty_server_says_where_the_setup_link_is(client: Client) -> None:
    page = client.get("/", follow=True)
    assert "set-up link" in page.text


def test_the_link_makes_the_owner_and_the_workspace(client: Client) -> None:
    path = setup_link()
    assert client.get(path).status_code == 200
    assert client.post(path, TOLD).headers["Location"] == "/first/"
    member = Membership.objects.get()
    assert member.role == "owner"
    assert member.user.email == "olga@example.org"
    assert (member.workspace.name, member.workspace.time_zone) == (
        "Harbour Clinic",
        "Europe/Amsterdam",
    )
    assert client.get("/account/you/").status_code == 200


def test_once_somebody_is_here_the_link_is_gone(client: Client) -> None:
    path = setup_link()
    client.post(path, TOLD)
    assert actions.setup_link(timezone.now()) is None
    assert Client().get(path).status_code == 404
    assert Client().post(path, TOLD).status_code == 404
    assert User.objects.count() == 1


def test_of_two_owners_at_once_one_is_first() -> None:
    new = actions.NewUser("Olga", "a long walk home", "olga@example.org", "UTC")
    actions.set_up(new, workspace="Harbour Clinic", at=timezone.now())
    with pytest.raises(actions.AlreadySetUp):
        actions.set_up(new, workspace="Harbour Clinic", at=timezone.now())


def test_another_token_opens_nothing(client: Client) -> None:
    assert client.get("/setup/something-else/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password", "short", "at least 10"),
        ("password", "olga@example.org", "too similar"),
        ("email_address", "olga", "valid email"),
        ("time_zone", "Mars/Base", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    client: Client, field: str, value: str, said: str
) -> None:
    page = client.post(setup_link(), {**TOLD, field: value}).text
    assert said in page
    assert "Harbour Clinic" in page
    assert not User.objects.exists()
