"""Words of theirs beside stories: what they were asked for each, and what they answered (3.18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from earnest.initiatives.models import Participation
from earnest.pages.written.rows import Happening, Row, by_moment, rows_as
from earnest.plans.models import StoryVoice


@dataclass(frozen=True, slots=True)
class Voiced:
    """Words of theirs for one story: asked or not yet, and where they stand."""

    pk: int
    story_pk: int
    words: str
    story: str
    state: str
    chosen_at: datetime
    asked_at: datetime | None
    answered_at: datetime | None
    published_at: datetime | None

    @property
    def called(self) -> str:
        return str(dict(StoryVoice.State.choices)[self.state])

    @property
    def was_asked(self) -> bool:
        return self.state != StoryVoice.State.CHOSEN

    @property
    def waits(self) -> bool:
        """An answer of theirs is asked for."""
        return self.state == StoryVoice.State.ASKED

    @property
    def stands(self) -> bool:
        """Others read it now: with their yes, in what is published."""
        yes = self.state in {StoryVoice.State.NAMED, StoryVoice.State.UNNAMED}
        return yes and self.published_at is not None


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    rows = StoryVoice.objects.filter(quote__participation=participation.pk, quote__erased_at=None)
    return [rows_as("voice", rows, **VOICE)]


VOICE: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "story_id",
    "words": "quote__words",
    "more": "story__title",
    "who": "state",
    "at": "chosen_at",
    "until": "asked_at",
    "read_at": "answered_at",
    "right_at": "story__published_at",
}


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    """The latest first."""
    rows = sorted(met.get("voice", ()), key=by_moment, reverse=True)
    return {"voices": [_voiced(row) for row in rows]}


def _voiced(row: Row) -> Voiced:
    return Voiced(
        pk=row.pk,
        story_pk=row.conversation_id or 0,
        words=row.words,
        story=row.more,
        state=row.who or "",
        chosen_at=row.at,
        asked_at=row.until,
        answered_at=row.read_at,
        published_at=row.right_at,
    )


def happened(voices: list[Voiced], name: str) -> list[Happening]:
    """Asked, and answered, each on its day."""
    return [one for voice in voices for one in _from_voice(voice, name)]


def _from_voice(voice: Voiced, name: str) -> list[Happening]:
    out = []
    if voice.asked_at:
        out.append(Happening(voice.asked_at, "", _("Asked for their words in a story")))
    if voice.answered_at:
        said = _("no") if voice.state == StoryVoice.State.REFUSED else _("yes")
        text = _("Answered whether their words may stand in a story: %s") % said
        out.append(Happening(voice.answered_at, "", text, name))
    return out
