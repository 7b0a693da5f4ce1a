"""Imports at work: the file is checked, and later written, away from the page."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from earnest.accounts import access as accounts
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
    """Write the people of a checked import into the workspace, all or nobody.

    Whether its user still runs the workspace is asked last, just before anything is written.
    """
    import_ = _at_work(import_id, PeopleImport.State.WRITING)
    if import_:
        with stages.kept_outcome(import_):
            read = stages.prepare(import_)
            _need_to_run_it(import_)
            stages.finish(import_, read, at=timezone.now())


def _need_to_run_it(import_: PeopleImport) -> None:
    run = accounts.workspaces_run_by(import_.by)
    if not run.filter(pk=import_.workspace_id).exists():
        words = _("You do not run this workspace any more. Nothing was imported.")
        raise stages.NotTheirsAnyMore(words)


def _at_work(import_id: int, state: str) -> PeopleImport | None:
    waiting = PeopleImport.objects.filter(pk=import_id, state=state).defer("file", "problems_csv")
    return waiting.select_related("by", "workspace").first()
