"""A whole initiative as open files, for somebody who leads it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from earnest.cli import database
from earnest.cli.copies import archive
from earnest.cli.people import find_user
from earnest.cli.stop import Stop

if TYPE_CHECKING:
    from earnest.pages.export import What


def export(options: argparse.Namespace) -> int:
    """Noted first, then written: each person on it reads on their page that they were in it."""
    database.set_up(options.data_dir)
    from earnest.initiatives import access
    from earnest.pages import actions
    from earnest.pages.export import What, zip_name

    user = find_user(options.email)
    found = access.initiatives_led_by(user).filter(pk=options.initiative).first()
    if found is None:
        raise Stop(f"no initiative {options.initiative} is led by {options.email}.")
    at = timezone.now()
    to = _free(options.to or Path(zip_name(found, at)))
    actions.note_taken_out(found, with_people=options.with_people, by=user, at=at)
    names = _written(What(found, options.with_people, str(user), at), to)
    print(f"{to}: {len(names)} files; README.md says what each of them is.")
    if options.with_people:
        print("People are in it. Each of them reads on their page that you took it out.")
    return 0


def _free(to: Path) -> Path:
    """A name that is not taken; an empty folder will do."""
    to = to.expanduser().absolute()
    taken = any(to.iterdir()) if to.is_dir() else to.exists()
    if taken:
        raise Stop(f"{to} is there already, and is left as it is. Choose another name.")
    return to


def _written(what: What, to: Path) -> list[str]:
    """All of it, or nothing under that name."""
    from earnest.pages.export import to_folder, to_zip

    try:
        if to.suffix != ".zip":
            to.mkdir(mode=0o700, parents=True, exist_ok=True)
            return to_folder(what, to)
        part = archive.room_beside(to)
        try:
            with archive.open_private(part) as file:
                names = to_zip(what, file)
                file.flush()
                os.fsync(file.fileno())
                part.rename(to)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Stop(f"{to}: {error.strerror or error}. Nothing was written.") from error
    return names
