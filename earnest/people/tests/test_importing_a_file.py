"""From upload to done: checked whole, shown, and written all or nobody."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from earnest.core.models import Event
from earnest.people import actions
from earnest.people.models import PeopleImport, Person, Team, Tie
from earnest.people.tests.files import CARD, lines, xlsx
from tests.worlds import NOW, World

GOOD = lines(
    "Name;E-mail;Team;Manager;Job;Time zone",
    "Ann Lee;Ann@x.org;Care / Night;bo@x.org;nurse;Amsterdam",
    "Bo Li;bo@x.org;Care;;;",
    "Joan;JOAN@example.org;Care;bo@x.org;doctor;",
)
BAD = lines("Name,E-mail,Manager", "Ann,ann@x.org,", "Bo,bo@nowhere,", "Cy,cy@x.org,bo@nowhere.org")


def begin(world: World, data: bytes, name: str = "people.csv") -> PeopleImport:
    return actions.begin_import(world.workspace, (name, data), by=world.owner, at=NOW)


def checked(world: World, data: bytes) -> PeopleImport:
    import_ = begin(world, data)
    actions.match_columns(import_, import_.columns, has_header=import_.has_header, at=NOW)
    import_.refresh_from_db()
    return import_


def written(world: World, data: bytes, *, skip_bad: bool = False) -> PeopleImport:
    import_ = checked(world, data)
    actions.confirm_import(import_, skip_bad=skip_bad, at=NOW)
    import_.refresh_from_db()
    return import_


def test_the_whole_way_by_the_pages(client: Client, world: World) -> None:
    client.force_login(world.owner)
    begun = client.post(
        reverse("people:import_begin", args=[world.workspace.pk]),
        {"file": SimpleUploadedFile("people.csv", GOOD)},
    )
    import_ = PeopleImport.objects.get()
    page = reverse("people:import", args=[import_.pk])
    assert begun["Location"] == page
    assert "Ann Lee" in client.get(page).content.decode()
    columns = {f"column_{i}": field for i, field in enumerate(import_.columns)}
    client.post(f"{page}columns/", {**columns, "has_header": "on"})
    assert "Import all 3" in client.get(page).content.decode()
    assert Person.objects.filter(workspace=world.workspace).count() == 2
    client.post(f"{page}confirm/", {"which": "all"})
    assert "Imported" in client.get(page).content.decode()
    assert Person.objects.filter(workspace=world.workspace).count() == 4


def test_nothing_is_written_before_the_user_decides(world: World) -> None:
    import_ = checked(world, GOOD)
    assert (import_.state, import_.new, import_.known, import_.bad) == ("ready", 2, 1, 0)
    assert Person.objects.filter(email="bo@x.org").count() == 0
    assert not Team.objects.exists()


def test_people_teams_and_managers_come_whatever_their_order(world: World) -> None:
    written(world, GOOD)
    ann = Person.objects.get(email="ann@x.org")
    assert (ann.job, ann.time_zone) == ("nurse", "Europe/Amsterdam")
    assert str(ann.team) == "Night"
    assert ann.team is not None
    assert str(ann.team.parent) == "Care"
    assert str(ann.manager) == "Bo Li"
    tie = Tie.objects.get(person=ann)
    assert (tie.other, tie.kind, tie.source) == (ann.manager, "reports_to", "import")


def test_known_people_are_filled_and_never_written_over(world: World) -> None:
    joan = world.joan.person
    joan.time_zone = "Europe/Paris"
    joan.save()
    written(world, GOOD.replace(b"doctor;", b"doctor;Amsterdam"))
    joan.refresh_from_db()
    assert (joan.name, joan.email) == ("Joan Okafor", "joan@example.org")
    assert (joan.job, joan.time_zone) == ("doctor", "Europe/Paris")
    assert str(joan.manager) == "Bo Li"


def test_importing_the_same_file_again_changes_nothing(world: World) -> None:
    written(world, GOOD)
    before = list(Person.objects.order_by("pk").values())
    again = written(world, GOOD)
    assert (again.new, again.known) == (0, 3)
    assert list(Person.objects.order_by("pk").values()) == before
    assert Team.objects.count() == 2


def test_the_file_is_let_go_once_it_is_imported(world: World) -> None:
    import_ = written(world, GOOD)
    assert (bytes(import_.file), import_.head, import_.state) == (b"", {}, "done")


def test_bad_lines_are_named_and_the_good_ones_may_be_taken(world: World) -> None:
    import_ = checked(world, BAD)
    assert [(p["line"], p["what"]) for p in import_.problems] == [
        (3, "bo@nowhere"),
        (4, "bo@nowhere.org"),
    ]
    assert not actions.confirm_import(import_, skip_bad=False, at=NOW)
    assert actions.confirm_import(import_, skip_bad=True, at=NOW)
    import_.refresh_from_db()
    assert (import_.new, import_.bad) == (1, 2)
    assert not Person.objects.filter(name="Bo").exists()


def test_a_failure_half_way_leaves_nobody(world: World) -> None:
    before = Person.objects.count()
    broken = mock.patch("earnest.people.imports.write._tie_to_managers", side_effect=RuntimeError)
    import_ = checked(world, GOOD)
    with broken, pytest.raises(RuntimeError):
        actions.finish_import(_writing(import_), actions.prepare_import(import_), at=timezone.now())
    import_.refresh_from_db()
    assert (Person.objects.count(), Team.objects.count()) == (before, 0)
    assert import_.state == "writing"


def _writing(import_: PeopleImport) -> PeopleImport:
    PeopleImport.objects.filter(pk=import_.pk).update(state="writing")
    return import_


def test_a_directory_that_changed_since_the_preview_brings_the_preview_back(world: World) -> None:
    data = lines("Name,Manager", "Sam Reyes,joan@example.org")
    import_ = checked(world, data)
    assert import_.bad == 0
    joan, sam = world.joan.person, world.sam.person
    joan.manager = sam
    joan.save()
    actions.confirm_import(import_, skip_bad=False, at=NOW)
    import_.refresh_from_db()
    assert (import_.state, import_.bad) == ("ready", 1)


def test_writing_twice_writes_once(world: World) -> None:
    import_ = checked(world, GOOD)
    read = actions.prepare_import(import_)
    _writing(import_)
    actions.finish_import(import_, read, at=NOW)
    with actions.kept_outcome(import_):
        actions.finish_import(import_, read, at=NOW)
    assert Person.objects.filter(email="ann@x.org").count() == 1


def test_the_result_names_everyone_for_the_context_above(world: World) -> None:
    import_ = _writing(checked(world, GOOD))
    result = actions.finish_import(import_, actions.prepare_import(import_), at=NOW)
    assert world.joan.person.pk in result.people
    assert Person.objects.filter(pk__in=result.people).count() == 3


@pytest.mark.parametrize(
    "data", [xlsx(["Name", "E-mail"], ["Joan Okafor", "joan@example.org"]), CARD.encode()]
)
def test_excel_and_cards_go_the_same_way(world: World, data: bytes) -> None:
    assert written(world, data).known == 1


def test_the_command_line_imports_at_once(world: World) -> None:
    result = actions.import_file(world.workspace, GOOD, by=world.owner, at=NOW)
    assert (result.new, result.known, result.bad) == (2, 1, 0)
    with pytest.raises(actions.BadRows):
        actions.import_file(world.workspace, BAD, by=world.owner, at=NOW)
    assert actions.import_file(world.workspace, BAD, by=world.owner, at=NOW, skip_bad=True).bad == 2


def test_the_log_counts_and_holds_no_words(world: World) -> None:
    written(world, GOOD)
    event = Event.objects.get(action="people_imported")
    assert event.detail == {"new": 2, "known": 1, "bad": 0}


def test_a_team_named_alone_is_the_one_called_so(world: World) -> None:
    written(world, lines("Name,E-mail,Team", "Ann,ann@x.org,Care/Night"))
    written(world, lines("Name,E-mail,Team", "Bo,bo@x.org,night"))
    assert Person.objects.get(email="bo@x.org").team == Team.objects.get(name="Night")
    assert Team.objects.count() == 2


def test_two_spellings_of_a_team_make_one(world: World) -> None:
    written(world, lines("Name,Team", "Ann,Care/Night", "Bo,CARE / night", "Cy,care"))
    assert Team.objects.count() == 2
