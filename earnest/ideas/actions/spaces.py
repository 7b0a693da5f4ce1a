"""Starting a space and closing it, and who speaks in it: written with the first thing they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas.models import Space, Voice
from earnest.initiatives.models import Initiative, Participation

LOTS = 2**52  # keys of chance: as many as fit into every number a browser knows


class SpaceClosed(Exception):
    """It is read on, no longer written in."""

    @property
    def sentence(self) -> str:
        return _("This was closed meanwhile. What stands here can still be read.")


@dataclass(frozen=True, slots=True)
class SpaceDraft:
    """What is asked, and whether names stand beside the answers: fixed as it is started."""

    question: str
    names: bool


@transaction.atomic
def start_space(initiative: Initiative, draft: SpaceDraft, *, by: User, at: datetime) -> Space:
    """Ask everyone on it how they would reach the target (4.4). Pressed twice is once."""
    Initiative.objects.select_for_update().only("pk").get(pk=initiative.pk)
    same = initiative.spaces.filter(question=draft.question, names=draft.names, closed_at=None)
    if twin := same.first():
        return twin
    space = Space.objects.create(
        initiative=initiative, question=draft.question, names=draft.names, by=by, made_at=at
    )
    events.record("space_started", by=by, at=at, about=space, detail={"names": draft.names})
    return space


@transaction.atomic
def close_space(space: Space, *, by: User, at: datetime) -> bool:
    """Nothing more is written in it; it stays to be read. True if now."""
    if not Space.objects.filter(pk=space.pk, closed_at=None).update(closed_at=at):
        return False
    events.record("space_closed", by=by, at=at, about=space)
    return True


@transaction.atomic
def open_space(space: Space, *, by: User, at: datetime) -> bool:
    """Closed too early: it goes on. True if now."""
    if not Space.objects.filter(pk=space.pk).exclude(closed_at=None).update(closed_at=None):
        return False
    events.record("space_opened", by=by, at=at, about=space)
    return True


def refuse_if_closed(space: Space) -> None:
    """Raises SpaceClosed, also where it or its initiative was closed since the page was read."""
    open_ones = Space.objects.filter(closed_at=None, initiative__closed_at=None)
    if not open_ones.filter(pk=space.pk).exists():
        raise SpaceClosed


def count_ideas(space_id: int, more: int) -> None:
    """The count that pages show, stored."""
    Space.objects.filter(pk=space_id).update(ideas_given=F("ideas_given") + more)


def note_taken_up(space_id: int, *, at: datetime) -> None:
    """An idea of it went to the plan: what else stands there presses nobody any more."""
    Space.objects.filter(pk=space_id, taken_up_at=None).update(taken_up_at=at)


def key_for(space: Space | None) -> dict[str, Any]:
    """Without names keys are drawn by lot, so that their order tells no order of coming."""
    return {} if space is None or space.names else {"pk": 1 + randbelow(LOTS)}


@transaction.atomic
def speak(
    space: Space,
    *,
    participation: Participation | None,
    key_hash: str,
    at: datetime,
    by: User | None = None,
) -> Voice:
    """Their voice there, made where there is none yet: nobody is written down for looking. ``by`` is
    the lead who let a phone in as them; None where they speak for themselves.

    Without names there is no event: it would say when somebody came.
    """
    if participation is None:
        known = Voice.objects.exclude(key_hash="")  # as its index says it
        there = {"space": space, "key_hash": key_hash}
        return known.get_or_create(**there, defaults=key_for(space))[0]
    participation.refuse_if_stopped()
    voice, is_new = Voice.objects.get_or_create(space=space, participation=participation)
    if is_new:
        events.record("voice_raised", by=by, at=at, about=voice)
    return voice
