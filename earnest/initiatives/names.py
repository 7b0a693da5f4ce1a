"""Pasted names. The one seam to the parser of ``people``: swap it in here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import override

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from earnest.people.actions import Named

MOST_NAMES = 1000
MAIL = re.compile(r"[<(\[]?([^\s<>()\[\],;]+@[^\s<>()\[\],;]*)[>)\]]?")


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that could not be read, and why."""

    line: int
    reason: str

    @override
    def __str__(self) -> str:
        return _("Line %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason}


def parse_names(text: str) -> tuple[list[Named], list[Problem]]:
    """Each line is a name, with an address where there is one; empty lines are skipped."""
    named: list[Named] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        one = _read(line)
        if isinstance(one, Named):
            named.append(one)
        else:
            problems.append(Problem(number, one))
    return named, problems


def _read(line: str) -> Named | str:
    mail = MAIL.search(line)
    address = mail[1] if mail else ""
    name = " ".join((line.replace(mail[0], " ") if mail else line).strip(" \t,;\"'").split())
    if not name:
        return _("an address without a name; write the name before it.")
    if len(name) > 120:
        return _("the name is longer than 120 characters.")
    if not address:
        return Named(name)
    try:
        validate_email(address)
    except ValidationError:
        return _("“%(address)s” is not an e-mail address.") % {"address": address[:60]}
    return Named(name, address)
