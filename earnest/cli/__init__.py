"""The earnest command: every verb a small function that calls the same actions as the pages."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnest.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["earnest", *sys.argv[1:]])
