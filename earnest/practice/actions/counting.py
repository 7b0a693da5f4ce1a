"""The stored numbers of a lesson, moved by what changed for a few people.

By differences, never anew: of whoever was erased the count stays, as counts do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models import F

from earnest.practice.models import Lesson
from earnest.practice.queries.lessons import numbers_of


@contextmanager
def counted(lesson_pk: int, participations: Iterable[int]) -> Iterator[None]:
    """What is written inside changes the numbers by what it changed for these people."""
    keys = list(participations)
    before = numbers_of(lesson_pk, keys)
    yield
    after = numbers_of(lesson_pk, keys)
    moved = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    if moved:
        changes = {name: F(name) + by for name, by in moved.items()}
        Lesson.objects.filter(pk=lesson_pk).update(**changes)
