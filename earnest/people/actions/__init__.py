"""Every write to the directory. Callers use ``people.actions.…``; the files part it by subject."""

from __future__ import annotations

from earnest.people.actions.erasing import erase_from_directory
from earnest.people.actions.imports import (
    begin_import,
    confirm_import,
    drop_import,
    empty_import,
    finish_import,
    import_file,
    kept_outcome,
    match_columns,
    prepare_import,
    restart_import,
)
from earnest.people.actions.people import (
    Details,
    Named,
    add_people,
    add_person,
    change_person,
    note_away,
    remove_away,
    write_own_work,
)
from earnest.people.actions.refusals import Refused
from earnest.people.actions.teams import add_team, move_team, remove_team, rename_team
from earnest.people.imports.problems import Unreadable
from earnest.people.imports.stages import NotTheirsAnyMore
from earnest.people.imports.write import BadRows, ImportResult

__all__ = [
    "BadRows",
    "Details",
    "ImportResult",
    "Named",
    "NotTheirsAnyMore",
    "Refused",
    "Unreadable",
    "add_people",
    "add_person",
    "add_team",
    "begin_import",
    "change_person",
    "confirm_import",
    "drop_import",
    "empty_import",
    "erase_from_directory",
    "finish_import",
    "import_file",
    "kept_outcome",
    "match_columns",
    "move_team",
    "note_away",
    "prepare_import",
    "remove_away",
    "remove_team",
    "rename_team",
    "restart_import",
    "write_own_work",
]
