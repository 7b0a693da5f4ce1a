"""Bringing in notes and people by the same actions, and through the same doors, as the pages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from earnest.cli import database
from earnest.cli.people import find_user
from earnest.cli.stop import Stop

if TYPE_CHECKING:
    from earnest.accounts.models import User, Workspace
    from earnest.initiatives.models import Initiative
    from earnest.people.imports.problems import Problem

SHOWN = 50


def notes(options: argparse.Namespace) -> int:
    """Keep each file as a conversation, all of them or none."""
    database.set_up()
    from django.conf import settings
    from django.db import transaction

    from earnest.listening import actions

    initiative, by = _initiative(options)
    texts = [(path, _text_of(path)) for path in options.files]
    at = timezone.now()
    with transaction.atomic():
        for path, text in texts:
            held_on = options.held_on or initiative.workspace.day(_written(path))
            note = actions.Notes(text, held_on, source=path.name[:200])
            made = actions.note_conversation(initiative, note, by=by, at=at)
            waiting = made.findings.count()
            print(f"{path}: kept as of {held_on}; {waiting} found, for you to take or leave")
    print(f"{settings.BASE_URL}/ shows them.")
    return 0


def people(options: argparse.Namespace) -> int:
    """Import a file of people: everyone, or nobody and every bad line by its number."""
    database.set_up()
    from earnest.people import actions
    from earnest.people.imports.problems import Unreadable
    from earnest.people.imports.write import BadRows

    workspace, by = _workspace(options)
    data = _bytes_of(options.file)
    try:
        done = actions.import_file(
            workspace, data, by=by, at=timezone.now(), skip_bad=options.skip_bad
        )
    except Unreadable as error:
        raise Stop(f"{options.file}: {error}") from error
    except BadRows as error:
        _name(error.plan.problems)
        raise Stop("nobody was imported. Mend the lines, or leave them out: --skip-bad") from error
    _name(done.problems)
    print(f"{done.new} new, {done.known} known before, {done.bad} lines left out.")
    return 0


def _name(problems: Iterable[Problem]) -> None:
    found = list(problems)
    for problem in found[:SHOWN]:
        print(f"line {problem.line}: {problem.reason}", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"and {len(found) - SHOWN:,} more", file=sys.stderr)


def _text_of(path: Path) -> str:
    from earnest.listening import documents
    from earnest.listening.forms import UNREADABLE

    try:
        return documents.text_of(path.name, _bytes_of(path))
    except documents.Unreadable as error:
        raise Stop(f"{path}: {UNREADABLE[str(error)]} Nothing was kept.") from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Stop(f"{path}: {error.strerror}.") from error


def _written(path: Path) -> datetime:
    """When a mail was sent or another file last written: the best guess at the day of the talk."""
    from earnest.listening import documents

    sent_at = documents.sent_at(path.name, _bytes_of(path))
    return sent_at or datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _initiative(options: argparse.Namespace) -> tuple[Initiative, User]:
    """The initiative, and who brings the notes: the user named, else its lead."""
    from earnest.initiatives import access
    from earnest.initiatives.models import Role

    leads = Role.objects.filter(initiative_id=options.initiative, kind=Role.Kind.LEAD)
    user = find_user(options.email) if options.email else next((r.user for r in leads), None)
    found = access.initiatives_led_by(user).filter(pk=options.initiative).first() if user else None
    if user is None or found is None:
        whose = options.email or "anybody"
        raise Stop(f"no initiative {options.initiative} is led by {whose}.")
    return found, user


def _workspace(options: argparse.Namespace) -> tuple[Workspace, User]:
    """The workspace, and who brings the people: the user named, else its owner."""
    from earnest.accounts import access
    from earnest.accounts.models import Membership

    owners = Membership.objects.filter(workspace_id=options.workspace, role=Membership.Role.OWNER)
    user = find_user(options.email) if options.email else next((o.user for o in owners), None)
    found = access.workspaces_of(user).filter(pk=options.workspace).first() if user else None
    if user is None or found is None:
        whose = f" that {options.email} belongs to" if options.email else ""
        raise Stop(f"there is no workspace {options.workspace}{whose}.")
    return found, user
