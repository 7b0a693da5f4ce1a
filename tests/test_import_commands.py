"""earnest import: the same actions as the pages, all or nothing, each bad line by its number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from earnest.cli import verbs
from earnest.cli.stop import Stop
from earnest.listening.models import Conversation
from earnest.people.models import Person
from earnest.promises.models import Promise
from tests.worlds import World

NOTES = "Joan: the queue starts before we open.\nI will send her the rota by Tuesday."


def test_notes_are_kept_and_what_was_found_is_offered(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "joan.md").write_text(NOTES)
    call = ["import", "notes", str(tmp_path / "joan.md"), f"--initiative={world.initiative.pk}"]
    assert verbs.run([*call, "--held-on=2026-11-18"]) == 0
    kept = Conversation.objects.get(source="joan.md")
    assert kept.notes == NOTES
    assert kept.held_on == date(2026, 11, 18)
    assert kept.by == world.lead
    assert not Promise.objects.filter(conversation=kept).exists(), "offered, never made alone"
    assert "found" in capsys.readouterr().out


def test_one_file_that_cannot_be_read_keeps_them_all_out(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    before = Conversation.objects.count()
    files = [str(tmp_path / "a.md"), str(tmp_path / "b.png")]
    with pytest.raises(Stop, match=r"b\.png"):
        verbs.run(["import", "notes", *files, f"--initiative={world.initiative.pk}"])
    with pytest.raises(Stop, match="No such file"):
        verbs.run(["import", "notes", "gone.md", f"--initiative={world.initiative.pk}"])
    assert Conversation.objects.count() == before


def test_notes_come_in_through_the_lead_s_door_alone(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    call = ["import", "notes", str(tmp_path / "a.md"), f"--initiative={world.initiative.pk}"]
    for email in (world.admin.email, world.outsider.email, world.sponsor.email):
        with pytest.raises(Stop, match="no initiative"):
            verbs.run([*call, "--as", email])
    assert verbs.run([*call, "--as", world.co_lead.email]) == 0


def test_people_come_in_from_a_file(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("Name,E-mail\nUma Lind,uma@example.org\nJoan Okafor,JOAN@example.org\n")
    assert verbs.run(["import", "people", str(sheet), f"--workspace={world.workspace.pk}"]) == 0
    assert capsys.readouterr().out == "1 new, 1 known before, 0 lines left out.\n"
    assert Person.objects.filter(workspace=world.workspace, email="uma@example.org").count() == 1


def test_a_bad_line_is_named_and_nobody_is_imported_until_it_may_be_left_out(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("Name,E-mail\nUma Lind,uma@example.org\nVic,not-an-address\n")
    call = ["import", "people", str(sheet), f"--workspace={world.workspace.pk}"]
    with pytest.raises(Stop, match="--skip-bad"):
        verbs.run(call)
    assert "line 3: " in capsys.readouterr().err
    assert not Person.objects.filter(email="uma@example.org").exists()
    assert verbs.run([*call, "--skip-bad"]) == 0
    assert "1 new, 0 known before, 1 lines left out." in capsys.readouterr().out


def test_a_workspace_of_others_is_none(world: World, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("Name\nUma Lind\n")
    call = ["import", "people", str(sheet), f"--workspace={world.workspace.pk}"]
    with pytest.raises(Stop, match="no workspace"):
        verbs.run([*call, "--as", world.outsider.email])
    with pytest.raises(Stop, match="no workspace 99999"):
        verbs.run(["import", "people", str(sheet), "--workspace=99999"])
