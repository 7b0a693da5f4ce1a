"""What the clock does with imports nobody went on with."""

from __future__ import annotations

from datetime import timedelta

from earnest.people import actions, sweeps
from earnest.people.models import PeopleImport, Person
from earnest.people.tests.files import lines
from tests.worlds import NOW, World

FILE = lines("Name,E-mail", "Ann,ann@x.org")
A_DAY = timedelta(hours=25)


def begin(world: World) -> PeopleImport:
    return actions.begin_import(world.workspace, ("p.csv", FILE), by=world.owner, at=NOW)


def test_after_a_day_an_abandoned_file_is_let_go(world: World) -> None:
    import_ = begin(world)
    assert sweeps.empty_old_imports(at=NOW + timedelta(hours=23)) == 0
    assert sweeps.empty_old_imports(at=NOW + A_DAY) == 1
    import_.refresh_from_db()
    assert (import_.state, bytes(import_.file), import_.head) == ("failed", b"", {})
    assert sweeps.empty_old_imports(at=NOW + A_DAY) == 0


def test_lists_of_bad_lines_go_with_it_and_what_was_done_stays_done(world: World) -> None:
    begin(world)
    PeopleImport.objects.update(state="done", problems_csv=b"line", problems=[{"line": 1}])
    assert sweeps.empty_old_imports(at=NOW + A_DAY) == 1
    import_ = PeopleImport.objects.get()
    assert (import_.state, import_.problems, bytes(import_.problems_csv)) == ("done", [], b"")


def test_a_check_whose_job_died_is_begun_again(world: World) -> None:
    begin(world)
    PeopleImport.objects.update(state="checking", beat_at=NOW)
    assert sweeps.restart_stuck_imports(at=NOW + timedelta(minutes=5)) == 0
    assert sweeps.restart_stuck_imports(at=NOW + timedelta(minutes=11)) == 1
    assert PeopleImport.objects.get().state == "ready"


def test_a_writing_whose_job_died_is_done_once(world: World) -> None:
    begin(world)
    PeopleImport.objects.update(state="writing", beat_at=NOW)
    sweeps.restart_stuck_imports(at=NOW + timedelta(minutes=11))
    sweeps.restart_stuck_imports(at=NOW + timedelta(minutes=22))
    assert PeopleImport.objects.get().state == "done"
    assert Person.objects.filter(email="ann@x.org").count() == 1
