"""Which files there are, and what stands in README.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.text import slugify
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative
from earnest.pages.export import (
    calendars,
    cards,
    ideas,
    lessons,
    moments,
    people,
    tables,
    texts,
    topics,
    writing,
)
from earnest.pages.export.writing import File, plain


@dataclass(frozen=True, slots=True)
class What:
    """Which initiative, with people or without, who takes it out, when."""

    initiative: Initiative
    with_people: bool
    by: str
    at: datetime


def files_of(what: What) -> Iterator[File]:
    """README.md first: what each file is. Everything is read as it is written."""
    files = _files(what)
    yield File("README.md", _("what each file is"), [_readme(what, files)])
    yield from files


def listed(what: What) -> list[tuple[str, str]]:
    """The name of each file, and what is in it, without reading anything."""
    return [(one.name, one.about) for one in _files(what)]


def to_zip(what: What, to: IO[bytes]) -> list[str]:
    """Write them as one zip; the names of what was written."""
    return writing.to_zip(files_of(what), to)


def to_folder(what: What, folder: Path) -> list[str]:
    return writing.to_folder(files_of(what), folder)


def zip_name(initiative: Initiative, at: datetime) -> str:
    """The same letters on every machine, whatever the title is written in."""
    title = slugify(initiative.title)[:40] or f"initiative-{initiative.pk}"
    return f"{title}-{at:%Y-%m-%d}.zip"


def _files(what: What) -> list[File]:
    found = [*texts.files_of(what.initiative, what.with_people)]
    found += [*tables.files_of(what.initiative, what.with_people)]
    found += [*ideas.files_of(what.initiative, what.with_people)]
    found += [*cards.files_of(what.initiative, what.with_people)]
    found += [*topics.files_of(what.initiative, what.with_people)]
    found += [*lessons.files_of(what.initiative, what.with_people)]
    found += [*moments.files_of(what.initiative, what.with_people)]
    found += [calendars.milestones(what.initiative, what.with_people, at=what.at)]
    if what.with_people:
        found += [*people.files_of(what.initiative)]
        found += [*calendars.with_people(what.initiative, at=what.at)]
    return found


def _readme(what: What, files: list[File]) -> str:
    lines = [
        f"# {plain(what.initiative.title)}",
        "",
        _("Taken out of Earnest by %(name)s on %(day)s.")
        % {"name": plain(what.by), "day": what.initiative.workspace.day(what.at).isoformat()},
        "",
        *_about_people(with_people=what.with_people),
        "",
        _("Text is UTF-8, days are year-month-day. In the tables a cell that would begin like a")
        + " "
        + _("formula begins with an apostrophe."),
        "",
        *(f"- `{one.name}`: {one.about}" for one in files),
        "",
    ]
    return "\n".join(lines)


def _about_people(*, with_people: bool) -> list[str]:
    if not with_people:
        return [
            _(
                "Who is asked is not in these files, but with words they passed on with their name. "
                "Figures about them are of five people or more. Our own words stand as we wrote "
                "them, without what somebody said for the leads alone: read through them before you "
                "hand them on."
            )
        ]
    return [
        _purpose(),
        "",
        _(
            "People are in these files. Each of them reads on their page that they were taken out, "
            "by whom and when. Whoever asked to be left out or was erased is not here. Keep them as "
            "long as the purpose needs, no longer than Earnest would, and destroy them when somebody "
            "in them asks to be erased. Quotes marked “leads only” are for the leads alone."
        ),
    ]


def _purpose() -> str:
    """The one sentence that stands on every person page (privacy.md 1)."""
    return _(
        "Only to prepare, hold and follow up the conversations of this initiative. Never for "
        "appraisal, pay, promotion, discipline, dismissal or giving out work."
    )
