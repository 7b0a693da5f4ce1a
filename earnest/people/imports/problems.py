"""What can be wrong with a file or with one of its lines, in sentences for who sent it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one line cannot be imported, and what stands there."""

    line: int
    reason: str
    what: str = ""
    email: str = ""  # whose line it is, where that can be read


def as_csv(problems: Iterable[Problem]) -> bytes:
    """Every problem as a sheet. No cell can act as a formula where the sheet is opened."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_("line"), _("what is there"), _("what is wrong")])
    for problem in problems:
        writer.writerow([problem.line, harmless(problem.what), harmless(problem.reason)])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A leading apostrophe keeps a spreadsheet from reading the cell as a formula."""
    return f"'{cell}" if cell.lstrip()[:1] in {"=", "+", "-", "@", "|", "%"} else cell
