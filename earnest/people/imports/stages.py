"""The steps a stored import goes through, each shared by a job, a page and the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from earnest.people.imports.plan import Plan, make_plan
from earnest.people.imports.problems import Problem, Unreadable, as_csv
from earnest.people.imports.rows import Written, read_rows
from earnest.people.imports.sheets import open_sheet
from earnest.people.imports.write import BadRows, ImportResult, load_directory, write_people
from earnest.people.models import PeopleImport

SHOWN_PROBLEMS = 100
BEAT_EVERY = 5000
State = PeopleImport.State

log = logging.getLogger(__name__)


class NotWaiting(Exception):
    """The import is not where this step begins: it was done, dropped or restarted meanwhile."""


class NotTheirsAnyMore(Exception):
    """Who began it may not finish it: their role ended meanwhile. Its words are kept for them."""


@contextmanager
def kept_outcome(import_: PeopleImport) -> Iterator[None]:
    """Around a job: speaks the user's language, and keeps on the import why it did not go on."""
    with translation.override(import_.by.language or None):
        try:
            yield
        except NotWaiting:
            log.info("import %s: nothing to do", import_.pk)
        except BadRows as bad:
            keep_plan(import_, bad.plan)
        except (Unreadable, NotTheirsAnyMore) as error:
            fail(import_, str(error))
        except Exception:
            fail(import_, _("Something went wrong on our side. Nothing was imported."))
            raise


def prepare(import_: PeopleImport) -> list[Written | Problem]:
    """Read the whole file, telling how far it is. Writes no person. Raises Unreadable."""
    import_.refresh_from_db(fields=["file", "columns", "has_header"])
    rows = open_sheet(bytes(import_.file)).rows
    if import_.has_header:
        next(rows, None)
    read: list[Written | Problem] = []
    for line in read_rows(rows, import_.columns):
        read.append(line)
        if len(read) % BEAT_EVERY == 0:
            _beat(import_, len(read))
    _beat(import_, len(read))
    return read


def check(import_: PeopleImport) -> None:
    """Read the whole file and keep what an import would do."""
    read = prepare(import_)
    keep_plan(import_, make_plan(read, load_directory(import_.workspace_id)))


@transaction.atomic
def finish(import_: PeopleImport, read: list[Written | Problem], *, at: datetime) -> ImportResult:
    """Write everyone, or nobody. Raises NotWaiting, or BadRows where lines turned bad meanwhile."""
    waiting = PeopleImport.objects.filter(pk=import_.pk, state=State.WRITING)
    if not waiting.update(state=State.DONE, done_at=at, file=b"", head={}):
        raise NotWaiting
    result = write_people(
        import_.workspace,
        read,
        skip_bad=import_.skip_bad,
        by=import_.by,
        at=at,
        onto_initiative=import_.initiative_id is not None,
    )
    PeopleImport.objects.filter(pk=import_.pk).update(
        new=result.new, known=result.known, **_problem_fields(result.problems)
    )
    return result


def keep_plan(import_: PeopleImport, plan: Plan) -> None:
    """Keep the preview on the import, ready for the user to decide."""
    PeopleImport.objects.filter(pk=import_.pk, state__in=(State.CHECKING, State.WRITING)).update(
        state=State.READY,
        new=plan.new,
        known=plan.known,
        repeated=plan.repeated,
        without_manager=plan.without_manager,
        **_problem_fields(plan.problems),
    )


def fail(import_: PeopleImport, reason: str) -> None:
    """Keep why it cannot go on; the file is of no more use."""
    PeopleImport.objects.filter(pk=import_.pk).exclude(state=State.DONE).update(
        state=State.FAILED, reason=reason[:300], file=b"", head={}
    )


def _problem_fields(problems: list[Problem]) -> dict[str, object]:
    first = [asdict(problem) for problem in problems[:SHOWN_PROBLEMS]]
    return {
        "bad": len(problems),
        "problems": first,
        "problems_csv": as_csv(problems) if problems else b"",
    }


def _beat(import_: PeopleImport, seen: int) -> None:
    total = max(seen, import_.rows_total)
    PeopleImport.objects.filter(pk=import_.pk).update(
        rows_seen=seen, rows_total=total, beat_at=timezone.now()
    )
