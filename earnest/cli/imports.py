"""Bringing in notes and people by the same actions as the pages."""

from __future__ import annotations

import argparse

from earnest.cli import database
from earnest.cli.stop import Stop


def notes(options: argparse.Namespace) -> int:
    database.set_up()
    raise Stop("earnest import notes is not wired yet.")


def people(options: argparse.Namespace) -> int:
    database.set_up()
    raise Stop("earnest import people is not wired yet.")
