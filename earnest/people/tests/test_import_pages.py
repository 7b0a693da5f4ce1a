"""The pages of an import: for the user who began it alone, and never a traceback."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from earnest.people import actions, jobs
from earnest.people.models import PeopleImport, Person
from earnest.people.tests.files import lines
from tests.worlds import NOW, World

FILE = lines("Name,E-mail", "Ann,ann@x.org", "=1+1,bo@x.org", "<b>Cy</b>,cy@nowhere")


@pytest.fixture
def import_(world: World) -> PeopleImport:
    return actions.begin_import(world.workspace, ("people.csv", FILE), by=world.admin, at=NOW)


def url(import_: PeopleImport, rest: str = "") -> str:
    return reverse("people:import", args=[import_.pk]) + rest


def test_only_those_who_run_the_workspace_begin_one_there(client: Client, world: World) -> None:
    page = reverse("people:import_begin", args=[world.workspace.pk])
    for user, status in [
        (world.owner, 200),
        (world.admin, 200),
        (world.member, 404),
        (world.lead, 404),
        (world.outsider, 404),
        (world.stranger, 404),
    ]:
        client.force_login(user)
        assert client.get(page).status_code == status, user
        assert client.post(page).status_code == status, user


def test_an_import_is_seen_by_who_began_it_alone(
    client: Client, world: World, import_: PeopleImport
) -> None:
    for user in (world.owner, world.lead, world.member, world.co_lead, world.outsider):
        client.force_login(user)
        assert client.get(url(import_)).status_code == 404
        assert client.get(url(import_, "problems.csv")).status_code == 404
        for verb in ("columns/", "confirm/", "drop/"):
            assert client.post(url(import_, verb)).status_code == 404
    client.force_login(world.admin)
    assert client.get(url(import_)).status_code == 200


def test_who_left_the_workspace_sees_it_no_more(
    client: Client, world: World, import_: PeopleImport
) -> None:
    world.admin.memberships.all().delete()
    client.force_login(world.admin)
    assert client.get(url(import_)).status_code == 404


def test_who_runs_the_workspace_no_more_finds_and_writes_none(
    client: Client, world: World, import_: PeopleImport
) -> None:
    PeopleImport.objects.filter(pk=import_.pk).update(state="writing", columns=["name", "email"])
    world.admin.memberships.update(role="member")
    client.force_login(world.admin)
    assert client.get(url(import_)).status_code == 404
    assert client.post(url(import_, "confirm/")).status_code == 404
    jobs.write_import.enqueue(import_.pk)  # it was waiting when the role ended
    import_.refresh_from_db()
    assert import_.state == "failed"
    assert import_.reason == "You do not run this workspace any more. Nothing was imported."
    assert not Person.objects.filter(name="Ann").exists()


def test_a_file_that_cannot_be_read_is_said_beside_the_field(client: Client, world: World) -> None:
    client.force_login(world.owner)
    page = reverse("people:import_begin", args=[world.workspace.pk])
    for data in (b"", b"\x89PNG\r\n\x1a\n\x00\x01\x02" * 50, b"PK\x03\x04"):
        answer = client.post(page, {"file": SimpleUploadedFile("x.csv", data)})
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
    assert not PeopleImport.objects.exists()


def test_columns_that_cannot_be_are_said_beside_the_column(
    client: Client, world: World, import_: PeopleImport
) -> None:
    client.force_login(world.admin)
    twice = client.post(url(import_, "columns/"), {"column_0": "email", "column_1": "email"})
    assert "Two columns cannot both hold this" in twice.content.decode()
    none = client.post(url(import_, "columns/"), {"column_0": "job", "column_1": "-"})
    assert "Say which column" in none.content.decode()
    import_.refresh_from_db()
    assert import_.state == "matching"


def check(client: Client, import_: PeopleImport) -> str:
    client.post(
        url(import_, "columns/"), {"column_0": "name", "column_1": "email", "has_header": "on"}
    )
    return client.get(url(import_)).content.decode()


def test_cells_of_the_file_are_shown_as_text(
    client: Client, world: World, import_: PeopleImport
) -> None:
    client.force_login(world.admin)
    assert "<b>Cy</b>" not in client.get(url(import_)).content.decode()
    preview = check(client, import_)
    assert "<b>Cy</b>" not in preview
    assert "Import the one good person" in preview


def test_every_bad_line_can_be_had_as_a_sheet(
    client: Client, world: World, import_: PeopleImport
) -> None:
    client.force_login(world.admin)
    check(client, import_)
    answer = client.get(url(import_, "problems.csv"))
    assert answer["Content-Type"].startswith("text/csv")
    assert "3,'=1+1," in answer.content.decode("utf-8-sig")


def test_the_columns_may_be_changed_after_the_preview(
    client: Client, world: World, import_: PeopleImport
) -> None:
    client.force_login(world.admin)
    check(client, import_)
    assert client.get(url(import_, "columns/")).status_code == 200
    client.post(url(import_, "columns/"), {"column_0": "-", "column_1": "email"})
    import_.refresh_from_db()
    assert (import_.has_header, import_.bad) == (False, 2)


def test_all_is_refused_while_lines_are_bad(
    client: Client, world: World, import_: PeopleImport
) -> None:
    client.force_login(world.admin)
    check(client, import_)
    client.post(url(import_, "confirm/"), {"which": "all"})
    client.post(url(import_, "confirm/"), {"which": "nonsense"})
    import_.refresh_from_db()
    assert import_.state == "ready"


def test_progress_is_shown_and_asks_again_by_itself(
    client: Client, world: World, import_: PeopleImport
) -> None:
    PeopleImport.objects.update(state="checking", rows_seen=50, rows_total=200)
    client.force_login(world.admin)
    page = client.get(url(import_)).content.decode()
    assert 'value="25"' in page
    assert 'hx-trigger="every 1s"' in page
    assert client.get(url(import_, "columns/"))["Location"] == url(import_)


def test_dropping_it_leaves_nothing(client: Client, world: World, import_: PeopleImport) -> None:
    client.force_login(world.admin)
    client.post(url(import_, "drop/"))
    assert not PeopleImport.objects.exists()


def test_what_is_being_written_cannot_be_dropped(
    client: Client, world: World, import_: PeopleImport
) -> None:
    PeopleImport.objects.update(state="writing")
    client.force_login(world.admin)
    client.post(url(import_, "drop/"))
    assert PeopleImport.objects.exists()


def test_an_import_for_an_initiative_leads_back_to_it(
    client: Client, world: World, import_: PeopleImport
) -> None:
    PeopleImport.objects.update(state="done", initiative_id=world.initiative.pk)
    client.force_login(world.admin)
    back = reverse("initiatives:people", args=[world.initiative.pk])
    assert back in client.get(url(import_)).content.decode()


def test_a_failed_one_says_why(client: Client, world: World, import_: PeopleImport) -> None:
    PeopleImport.objects.update(state="failed", reason="It waited too long.")
    client.force_login(world.admin)
    assert "It waited too long." in client.get(url(import_)).content.decode()


def test_no_get_changes_anything(client: Client, world: World, import_: PeopleImport) -> None:
    client.force_login(world.admin)
    for verb in ("confirm/", "drop/"):
        assert client.get(url(import_, verb)).status_code == 405
