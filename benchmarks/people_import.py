"""How long an import of many people takes, and how much memory it needs at most.

    python -m benchmarks.people_import [people] [csv|xlsx|again]

Runs the same jobs as the pages, in a process of its own, on DATABASE_URL or on an empty SQLite
file. Prints seconds for each step, the peak of memory, and both as a ratio to what the limits
allow (30 s and 500 MB for 100,000 people) and to a bare reading of the same file.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LIMIT_SECONDS, LIMIT_MB, LIMIT_PEOPLE = 30.0, 500.0, 100_000
HEADER = ["name", "e-mail", "job", "team", "manager e-mail", "time zone", "language", "own goals"]


def row(number: int) -> list[str]:
    """One person; every tenth leads the nine after, in a tree five levels deep."""
    boss = f"person{number // 10}@example.org" if number else ""
    team = f"Region {number % 7} / Site {number % 90} / Desk {number % 900}"
    return [
        f"Person Number {number}",
        f"person{number}@example.org",
        "Keeps the records in order",
        team,
        boss,
        "Europe/Amsterdam",
        "en",
        f"Fewer than {number % 50} open cases at the end of a week",
    ]


def as_csv(count: int) -> bytes:
    """The file, with reports before their managers: the order must not matter."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *(row(number) for number in reversed(range(count)))])
    return out.getvalue().encode()


def as_xlsx(count: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in [HEADER, *(row(number) for number in reversed(range(count)))]:
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnest.config.settings")
    os.environ["EARNEST_DATA_DIR"] = tempfile.mkdtemp(prefix="earnest-bench-")
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    django.setup()
    call_command("migrate", verbosity=0)


def steps(data: bytes) -> dict[str, float]:
    """Upload, check and write, as the pages and jobs do it."""
    from django.utils import timezone

    from earnest.accounts import actions as accounts
    from earnest.accounts.models import User
    from earnest.people import actions, jobs
    from earnest.people.models import PeopleImport

    now = timezone.now()
    owner, _made = User.objects.get_or_create(email="owner@example.org", name="Olga")
    workspace = accounts.start_workspace("Bench", time_zone="UTC", by=owner, at=now)
    seconds = {}

    def whole(label: str) -> None:
        import_ = actions.begin_import(workspace, ("people.csv", data), by=owner, at=now)
        actions.match_columns(import_, import_.columns, has_header=import_.has_header, at=now)
        seconds[f"{label}check"] = timed(lambda: jobs.check_import.func(import_.pk))
        actions.confirm_import(import_, skip_bad=False, at=now)
        seconds[f"{label}write"] = timed(lambda: jobs.write_import.func(import_.pk))
        import_.refresh_from_db()
        assert import_.state == PeopleImport.State.DONE, import_.reason

    whole("")
    if "again" in sys.argv:
        workspace.people.update(own_goals="", time_zone="")
        whole("again, ")
    return seconds


def main() -> None:
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), LIMIT_PEOPLE)
    data = as_xlsx(count) if "xlsx" in sys.argv else as_csv(count)
    Path(tempfile.gettempdir(), "bench-people").write_bytes(data)
    set_up()
    before = peak_mb()
    bare = timed(lambda: list(csv.reader(io.StringIO(as_csv(count).decode()))))
    cpu = time.process_time()
    seconds = steps(data)
    total = seconds["check"] + seconds["write"]
    allowed = LIMIT_SECONDS * count / LIMIT_PEOPLE
    for step, taken in seconds.items():
        print(f"{step:14} {taken:7.2f} s")
    spent = time.process_time() - cpu
    print(f"{'processor':14} {spent:7.2f} s   the rest is waiting for disk and neighbours")
    print(f"{'check + write':14} {total:7.2f} s   {total / allowed:.2f} of what is allowed")
    print(f"{'':14} {'':7}     {total / bare:.0f} times a bare reading of the file")
    print(f"{'peak':14} {peak_mb():7.0f} MB  {peak_mb() / LIMIT_MB:.2f} of what is allowed")
    print(f"{'before it':14} {before:7.0f} MB")


if __name__ == "__main__":
    main()
