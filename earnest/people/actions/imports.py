"""A file of people on its way in.

To put the people on an initiative as well, a context above begins the import with a job of its
own, which wraps ``prepare_import`` and ``finish_import`` in ``kept_outcome`` and its transaction.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from django.db import transaction
from django.tasks import Task
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.people import jobs
from earnest.people.imports import columns, sheets, stages, write
from earnest.people.imports.problems import Problem, Unreadable
from earnest.people.imports.rows import Written, read_rows
from earnest.people.imports.write import ImportResult
from earnest.people.models import PeopleImport

State = PeopleImport.State
OVER = (State.DONE, State.WRITING)


@transaction.atomic
def begin_import(
    workspace: Workspace,
    file: tuple[str, bytes],
    *,
    by: User,
    at: datetime,
    initiative_id: int | None = None,
    job: Task[[int], None] = jobs.write_import,
) -> PeopleImport:
    """Keep a file (its name, its bytes) and a guess at its columns. Raises Unreadable.

    ``job`` is the task that will write it once the user has decided.
    """
    name, data = file
    head = columns.read_head(data)
    import_ = PeopleImport.objects.create(
        workspace=workspace,
        by=by,
        initiative_id=initiative_id,
        write_job=job.module_path,
        file_name=name[-200:],
        file=data,
        head={"top": head.top},
        columns=head.guess,
        has_header=head.has_header,
        rows_total=head.total,
        made_at=at,
    )
    events.record("import_begun", by=by, at=at, about=import_)
    return import_


@transaction.atomic
def match_columns(
    import_: PeopleImport, fields: list[str], *, has_header: bool, at: datetime
) -> bool:
    """Say what each column holds, and have the file checked. False if it is past that."""
    waiting = PeopleImport.objects.filter(pk=import_.pk, state__in=(State.MATCHING, State.READY))
    taken = waiting.update(
        columns=fields, has_header=has_header, state=State.CHECKING, rows_seen=0, beat_at=at
    )
    if taken:
        jobs.check_import.enqueue(import_.pk)
    return bool(taken)


@transaction.atomic
def confirm_import(import_: PeopleImport, *, skip_bad: bool, at: datetime) -> bool:
    """Have everyone written, or the good lines alone. False if it is past that, or lines are bad."""
    waiting = PeopleImport.objects.filter(pk=import_.pk, state=State.READY)
    if not skip_bad:
        waiting = waiting.filter(bad=0)
    taken = waiting.update(state=State.WRITING, skip_bad=skip_bad, rows_seen=0, beat_at=at)
    if taken:
        import_string(import_.write_job).enqueue(import_.pk)
    return bool(taken)


@transaction.atomic
def drop_import(import_: PeopleImport, *, by: User, at: datetime) -> bool:
    """Leave it: the file and everything read from it go. False when it is being written."""
    gone, _rows = PeopleImport.objects.filter(pk=import_.pk).exclude(state__in=OVER).delete()
    if gone:
        events.record("import_dropped", by=by, at=at, workspace_id=import_.workspace_id)
    return bool(gone)


@transaction.atomic
def empty_import(import_: PeopleImport, *, at: datetime, reason: str = "") -> None:
    """Keep that it was, not what was in it; where it was not over, the reason is kept too."""
    rows = PeopleImport.objects.filter(pk=import_.pk)
    rows.update(file=b"", head={}, problems=[], problems_csv=b"")
    abandoned = rows.exclude(state__in=(State.DONE, State.FAILED)).update(
        state=State.FAILED,
        reason=reason or _("It waited for more than a day, so the file was let go."),
    )
    if abandoned:
        events.record("import_emptied", at=at, about=import_)


@transaction.atomic
def restart_import(import_: PeopleImport, *, at: datetime) -> None:
    """The job that had it seems to have died: enqueue it again. Twice is no harm."""
    at_work = PeopleImport.objects.filter(pk=import_.pk, beat_at=import_.beat_at)
    if at_work.filter(state=State.CHECKING).update(beat_at=at):
        jobs.check_import.enqueue(import_.pk)
    elif at_work.filter(state=State.WRITING).update(beat_at=at):
        import_string(import_.write_job).enqueue(import_.pk)


def prepare_import(import_: PeopleImport) -> list[Written | Problem]:
    """Read the file whole, outside the transaction that writes it. Raises Unreadable."""
    return stages.prepare(import_)


def finish_import(
    import_: PeopleImport, read: list[Written | Problem], *, at: datetime
) -> ImportResult:
    """Write everyone or nobody, in one transaction; the result names them by key."""
    return stages.finish(import_, read, at=at)


def kept_outcome(import_: PeopleImport) -> AbstractContextManager[None]:
    """Around a job that finishes an import: what goes wrong is kept on it, in words."""
    return stages.kept_outcome(import_)


def import_file(
    workspace: Workspace, data: bytes, *, by: User, at: datetime, skip_bad: bool = False
) -> ImportResult:
    """Import a file at once, its columns guessed from its header, as the command line does.

    Raises Unreadable, or ``imports.write.BadRows`` with the plan and its problems.
    """
    head = columns.read_head(data)
    if not columns.NAMING & set(head.guess):
        raise Unreadable(_("No column looks like a name or an e-mail address."))
    rows = sheets.open_sheet(data).rows
    if head.has_header:
        next(rows, None)
    read = list(read_rows(rows, head.guess))
    return write.write_people(workspace, read, skip_bad=skip_bad, by=by, at=at)
