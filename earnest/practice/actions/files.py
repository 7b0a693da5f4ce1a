"""Files of a lesson: laid beside it, and taken away again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.practice.models import Lesson, LessonFile
from earnest.practice.models.lessons import FILES


class TooManyFiles(Exception):
    """As many as a lesson holds are there."""


@transaction.atomic
def add_file(lesson: Lesson, name: str, content: bytes, *, by: User, at: datetime) -> LessonFile:
    """Raises TooManyFiles. What it may weigh is said by the form."""
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    if lesson.files.count() >= FILES:
        raise TooManyFiles
    made = LessonFile.objects.create(
        lesson=lesson, name=name, size=len(content), content=content, by=by, at=at
    )
    events.record("lesson_file_added", by=by, at=at, about=lesson)
    return made


@transaction.atomic
def remove_file(file: LessonFile, *, by: User, at: datetime) -> bool:
    """Gone for good. False if done before."""
    gone = LessonFile.objects.filter(pk=file.pk).delete()[0]
    if gone:
        events.record("lesson_file_removed", by=by, at=at, about=file.lesson)
    return bool(gone)
