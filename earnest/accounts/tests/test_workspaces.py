"""Settings of a workspace, and beginning another."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.accounts.models import Membership
from earnest.core.models import Event
from tests.worlds import World

TOLD = {
    "name": "Harbour Clinic North",
    "time_zone": "Europe/Lisbon",
    "legal_basis": "agreement",
    "privacy_contact": "Ines, privacy@example.org",
    "notes_kept_months": "3",
    "records_kept_months": "9",
}


@pytest.mark.parametrize("who", ["owner", "admin"])
def test_owner_and_admin_keep_the_settings(client: Client, world: World, who: str) -> None:
    client.force_login(getattr(world, who))
    page = f"/workspaces/{world.workspace.pk}/"
    assert "Keep conversation notes for" in client.get(page).text
    assert client.post(page, TOLD).status_code == 302
    world.workspace.refresh_from_db()
    assert world.workspace.privacy_contact == "Ines, privacy@example.org"
    assert (world.workspace.notes_kept_months, world.workspace.records_kept_months) == (3, 9)
    assert world.workspace.legal_basis == "agreement"


def test_the_log_says_what_changed_but_holds_no_words(client: Client, world: World) -> None:
    client.force_login(world.owner)
    client.post(f"/workspaces/{world.workspace.pk}/", TOLD)
    detail = Event.objects.get(action="workspace_changed").detail
    assert "privacy_contact" in detail["changed"]
    assert "Ines" not in str(detail)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("notes_kept_months", "0"),
        ("records_kept_months", "121"),
        ("name", ""),
        ("legal_basis", "x"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_on_the_page(
    client: Client, world: World, field: str, value: str
) -> None:
    client.force_login(world.owner)
    page = client.post(f"/workspaces/{world.workspace.pk}/", {**TOLD, field: value})
    assert "aria-invalid" in page.text
    assert "Ines, privacy@example.org" in page.text
    assert not Event.objects.filter(action="workspace_changed").exists()


def test_whoever_begins_a_workspace_owns_it(client: Client, world: World) -> None:
    client.force_login(world.stranger)
    assert client.get("/workspaces/new/").status_code == 200
    begun = client.post("/workspaces/new/", {"name": "Quiet Corner", "time_zone": "UTC"})
    member = Membership.objects.get(user=world.stranger)
    assert (member.role, member.workspace.name) == ("owner", "Quiet Corner")
    assert begun.headers["Location"] == f"/workspaces/{member.workspace_id}/"
