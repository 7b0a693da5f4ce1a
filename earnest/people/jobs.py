"""Imports at work: the file is checked, and later written, away from the page."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from earnest.people.imports import stages
from earnest.people.models import PeopleImport


@task()
def check_import(import_id: int) -> None:
    """Read the whole file and keep the preview; nobody is written."""
    import_ = _at_work(import_id, PeopleImport.State.CHECKING)
    if import_:
        with stages.kept_outcome(import_):
            stages.check(import_)


@task()
def write_import(import_id: int) -> None:
    """Write the people of a checked import into the workspace, all or nobody."""
    import_ = _at_work(import_id, PeopleImport.State.WRITING)
    if import_:
        with stages.kept_outcome(import_):
            stages.finish(import_, stages.prepare(import_), at=timezone.now())


def _at_work(import_id: int, state: str) -> PeopleImport | None:
    waiting = PeopleImport.objects.filter(pk=import_id, state=state).defer("file", "problems_csv")
    return waiting.select_related("by", "workspace").first()
