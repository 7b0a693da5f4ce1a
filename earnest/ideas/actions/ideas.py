"""Writing down how somebody would make it work, changing it, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas.actions.building import build_on, let_go
from earnest.ideas.actions.in_step import reword_statements
from earnest.ideas.actions.spaces import count_ideas, key_for, refuse_if_closed
from earnest.ideas.emails import ABOUT_IDEAS
from earnest.ideas.models import Idea, Space, Voice
from earnest.initiatives.models import Initiative, Participation
from earnest.messaging import actions as messaging
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

SETTLES = timedelta(hours=1)  # a word mended twice is told once


class IdeaGone(Exception):
    """It was taken back, or erased, meanwhile."""

    @property
    def sentence(self) -> str:
        return _("That idea was taken back meanwhile. You can give yours as one of its own.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the notes it stands."""

    conversation_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An idea as it was said, by whom where that is known, on which day."""

    words: str
    on: date
    whose: Participation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An idea as somebody gives it in a space, and what it builds on."""

    words: str
    of: Idea | None = None
    passed_on: str = Idea.PassedOn.UNNAMED  # where the plan uses it
    origin: str = Idea.Origin.SPACE


@transaction.atomic
def note_idea(initiative: Initiative, draft: Draft, *, by: User, at: datetime) -> Idea:
    """Write an idea down; giving one is a deed of its author's (1.13)."""
    if draft.whose:
        draft.whose.refuse_if_stopped()
    place = draft.place
    idea = Idea.objects.create(
        initiative=initiative,
        participation=draft.whose,
        words=draft.words,
        on=draft.on,
        conversation_id=place.conversation_id if place else None,
        start=place.start if place else None,
        end=place.end if place else None,
    )
    events.record("idea_noted", by=by, at=at, about=idea)
    _gave(idea, at=at)
    return idea


@transaction.atomic
def give_idea(space: Space, voice: Voice, given: Given, *, at: datetime) -> Idea:
    """An answer of their own to the target, in a space (4.4). Sent twice it is there once.

    With names giving it is a deed; without, nothing is known of whom. Raises SpaceClosed, IdeaGone,
    AskedToStop.
    """
    refuse_if_closed(space)
    if voice.participation:
        voice.participation.refuse_if_stopped()
    Voice.objects.select_for_update().only("pk").get(pk=voice.pk)
    if twin := _same(given, space=space, voice=voice):
        return twin
    idea = _write(space, given, at=at, voice=voice, participation=voice.participation)
    if space.names:
        events.record("idea_given", at=at, about=idea)
        _gave(idea, at=at)
    return idea


@transaction.atomic
def give_idea_as_lead(space: Space, given: Given, *, by: User, at: datetime) -> Idea:
    """Theirs is one idea among the others, and marked as a lead's. Raises SpaceClosed, IdeaGone."""
    refuse_if_closed(space)
    if twin := _same(given, space=space, by=by):
        return twin
    idea = _write(space, given, at=at, by=by, of_lead=True)
    events.record("idea_given", by=by, at=at, about=idea)
    return idea


def _same(given: Given, **of: Any) -> Idea | None:
    same = Idea.objects.filter(words=given.words, gone="", **of)
    if given.of:
        return same.filter(grew_from__of=given.of).first()
    return same.filter(grew_from=None).first()


def _write(space: Space, given: Given, *, at: datetime, **whose: Any) -> Idea:
    """Its row, its place in the tree, and the count."""
    day = space.initiative.workspace.day(at)
    idea = Idea(
        **key_for(space),
        initiative=space.initiative,
        space=space,
        words=given.words,
        on=day,
        origin=given.origin,
        passed_on=given.passed_on,
        **whose,
    )
    of = _standing(given.of) if given.of else None
    idea.root_id = (of.root_id or of.pk) if of else None
    idea.save(force_insert=True)
    if of:
        build_on(idea, of)
    count_ideas(space.pk, 1)
    return idea


def _standing(of: Idea) -> Idea:
    """As it is now, held until this is written."""
    there = Idea.objects.select_for_update(of=("self",)).filter(pk=of.pk, gone="").first()
    if there is None:
        raise IdeaGone
    return there


@transaction.atomic
def reword_idea(idea: Idea, words: str, *, at: datetime) -> None:
    """As its author means it; empty: taken back, and the idea goes with its words.

    Called by ``plans.actions.mend_idea``, which mends what the plan copied too. Works after a stop:
    it is their will that speaks.
    """
    if not words:
        take_idea_back(idea, at=at)
        return
    there = Idea.objects.select_for_update().only("words").get(pk=idea.pk)
    changed = Idea.objects.filter(pk=idea.pk, gone="").exclude(words=words)
    day = idea.initiative.workspace.day(at)
    if not changed.update(words=words, revision=F("revision") + 1, changed_on=day):
        return
    reword_statements(idea.pk, there.words, words)
    _mend_mails(idea, there.words, words, at=at)
    if _is_named(idea):
        events.record("idea_mended", at=at, about=idea)
        waiting = Idea.objects.filter(pk=idea.pk, tell_after=None, supporters__gt=0)
        waiting.update(tell_after=at + SETTLES)


@transaction.atomic
def take_idea_back(idea: Idea, *, at: datetime) -> bool:
    """Its words go, and its place stays for those that build on it. True if now.

    One from notes, in no space, goes altogether.
    """
    there = Idea.objects.filter(pk=idea.pk, gone="").values_list("words", flat=True).first()
    if there is None:
        return False
    if _is_named(idea):
        events.record("idea_struck", at=at, about=idea)
    if not idea.space_id:
        return bool(Idea.objects.filter(pk=idea.pk).delete()[0])
    if not let_go(idea.pk, Idea.Gone.TAKEN_BACK):
        return False
    _mend_mails(idea, there, "", at=at)
    if idea.participation:
        standing.withdraw_evidence(idea.participation, f"idea {idea.pk}", kind="did", at=at)
    return True


@transaction.atomic
def pass_idea_on(idea: Idea, passed_on: str, *, at: datetime) -> bool:
    """For the leads alone, without their name, or with it: obeyed at once. True if changed."""
    others = Idea.objects.filter(pk=idea.pk, gone="").exclude(passed_on=passed_on)
    if not others.update(passed_on=passed_on):
        return False
    if _is_named(idea):
        events.record("idea_passing_chosen", at=at, about=idea)
    return True


def _mend_mails(idea: Idea, old: str, new: str, *, at: datetime) -> None:
    """Whoever is for it, or gave one that stands with it, was written its words."""
    if idea.space_id and _is_named(idea):
        messaging.replace_in_threads(idea.initiative_id, ABOUT_IDEAS, [old], new, at=at)


def _is_named(idea: Idea) -> bool:
    """Of an idea without names nothing is logged: it would say when."""
    return idea.space is None or idea.space.names


def _gave(idea: Idea, *, at: datetime) -> None:
    if idea.participation:
        fact = Fact("did", 1, f"idea {idea.pk}", item="contributed")
        standing.record_evidence(idea.participation, fact, at=at)
