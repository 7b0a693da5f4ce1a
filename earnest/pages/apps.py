"""Where Django asks us: before and after tables change, for the index of the search.

The index is tables and triggers of each database's own kind. They are made after ``migrate`` and
not by a migration, so that they are there in every database, those of the tests too, and come back
when SQLite made a table anew.
"""

from __future__ import annotations

from typing import Any, override

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PagesConfig(AppConfig):
    name = "earnest.pages"

    @override
    def ready(self) -> None:
        pre_migrate.connect(before, sender=self)
        post_migrate.connect(after, sender=self)


def before(plan: list[Any] | None = None, **kwargs: Any) -> None:
    from earnest.pages.search import index  # noqa: PLC0415 - models are not loaded before

    if plan:
        index.step_aside()


def after(**kwargs: Any) -> None:
    from earnest.pages.search import index  # noqa: PLC0415

    index.stand()
