"""Every way a promise changes (2.17): made, confirmed, kept, moved and told, released.

What becomes evidence here follows the table in docs/model.md: only *their* promises do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation
from earnest.promises.models import Promise, PromiseEvent, Tally
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

type Actor = User | None  # None: the person themselves, by their page, or the clock


A_MINUTE = timedelta(minutes=1)


class PromiseOver(Exception):
    """The promise was kept, missed or released before."""


class NothingToUndo(Exception):
    """The promise is open: there is nothing to take back."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A promise as somebody wrote it: dated, conditional, or standing when neither is given."""

    words: str
    direction: str
    due: date | None = None
    condition: str = ""

    @property
    def when(self) -> Promise.When:
        if self.due:
            return Promise.When.DATED
        return Promise.When.CONDITIONAL if self.condition else Promise.When.STANDING


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the notes it stands; without a place, it was written beside them by hand."""

    conversation: Conversation
    start: int | None = None
    end: int | None = None


@transaction.atomic
def make_promise(
    participation: Participation,
    draft: Draft,
    *,
    by: Actor,
    at: datetime,
    place: Place | None = None,
) -> Promise:
    """Record a promise, either way. From the person's own page it is confirmed by that.

    The same words sent twice within a minute, by hand, are one promise: a button pressed twice.
    Raises AskedToStop where they want nothing more of it.
    """
    participation.refuse_if_stopped()
    Participation.objects.select_for_update().get(pk=participation.pk)
    by_hand = place is None or place.start is None
    if by_hand and (twin := _twin(participation, draft, by=by, at=at)):
        return twin
    promise = Promise.objects.create(
        participation=participation,
        initiative_id=participation.initiative_id,
        direction=draft.direction,
        by=by,
        words=draft.words,
        when=draft.when,
        due=draft.due,
        condition=draft.condition if draft.when == Promise.When.CONDITIONAL else "",
        origin=_origin(by, place),
        conversation=place.conversation if place else None,
        start=place.start if place else None,
        end=place.end if place else None,
        made_at=at,
        state_at=at,
    )
    _happened(promise, PromiseEvent.Kind.MADE, by=by, at=at, due_after=draft.due)
    if by is None and draft.direction == Promise.Direction.THEIRS:
        confirm_promise(promise, at=at)
    return promise


def _twin(participation: Participation, draft: Draft, *, by: Actor, at: datetime) -> Promise | None:
    same = participation.promises.open().filter(
        direction=draft.direction, words=draft.words, due=draft.due, by=by, start=None
    )
    return same.filter(made_at__gt=at - A_MINUTE, made_at__lte=at).first()


def _origin(by: Actor, place: Place | None) -> Promise.Origin:
    if place and place.start is not None:
        return Promise.Origin.NOTES
    return Promise.Origin.HAND if by else Promise.Origin.PAGE


@transaction.atomic
def confirm_promise(promise: Promise, *, at: datetime) -> bool:
    """The person says: yes, that is what I promised. A dated one is an agreement from now on.

    What a lead marked as kept before they could see it counts as done from here.
    """
    standing_ones = (Promise.State.OPEN, Promise.State.KEPT)
    theirs = Promise.objects.theirs().filter(
        pk=promise.pk, confirmed_at=None, state__in=standing_ones
    )
    if not theirs.update(confirmed_at=at):
        return False
    promise.confirmed_at = at
    _happened(promise, PromiseEvent.Kind.CONFIRMED, by=None, at=at)
    if promise.when == Promise.When.DATED:
        _evidence(promise, Fact("agreed", 1, source(promise)), at=at)
    if promise.state == Promise.State.KEPT and not standing.is_on_record(
        promise.participation, source(promise), kind="did"
    ):
        _evidence(promise, Fact("did", 1, source(promise), item="kept"), at=at)
    return True


@transaction.atomic
def keep_promise(promise: Promise, *, by: Actor, at: datetime) -> None:
    """Record that a promise was kept, once, even when two click together.

    A promise that was said to be missed may still be kept late. Raises PromiseOver, AskedToStop.
    """
    _refuse_if_stopped(promise, by)
    still = (Promise.State.OPEN, Promise.State.MISSED)
    _settle(promise, Promise.State.KEPT, still, at=at)
    _happened(promise, PromiseEvent.Kind.KEPT, by=by, at=at)
    if by is None and promise.confirmed_at is None:  # who says "done" says that they had said so
        Promise.objects.filter(pk=promise.pk).update(confirmed_at=at)
        promise.confirmed_at = at
    seen = promise.confirmed_at is not None or promise.participation.can_see
    if promise.direction == Promise.Direction.THEIRS and seen:
        _evidence(promise, Fact("did", 1, source(promise), item="kept"), at=at)


@transaction.atomic
def miss_promise(promise: Promise, *, by: Actor, at: datetime, why: str = "") -> None:
    """Record "not done", by the own word of who promised. Raises PromiseOver, AskedToStop."""
    _refuse_if_stopped(promise, by)
    _settle(promise, Promise.State.MISSED, (Promise.State.OPEN,), at=at)
    _happened(promise, PromiseEvent.Kind.MISSED, by=by, at=at, why=why)
    if promise.direction == Promise.Direction.THEIRS:
        _evidence(promise, Fact("did", 0, source(promise), item="kept"), at=at)


@transaction.atomic
def release_promise(promise: Promise, *, by: Actor, at: datetime, why: str = "") -> None:
    """Let it go, said openly; it counts neither way. Raises PromiseOver.

    Who asked to be left alone can still be released, without a word about it: AskedToStop.
    """
    if why:
        _refuse_if_stopped(promise, by)
    _settle(promise, Promise.State.RELEASED, (Promise.State.OPEN,), at=at)
    _happened(promise, PromiseEvent.Kind.RELEASED, by=by, at=at, why=why)


@transaction.atomic
def move_promise(promise: Promise, due: date, *, by: Actor, at: datetime, why: str = "") -> None:
    """Give it another date; a condition that came true gets its date the same way.

    Whoever waits for it is still to be told, unless the person moved it: see tell_moved. Raises
    PromiseOver, AskedToStop.
    """
    _refuse_if_stopped(promise, by)
    before, untold = promise.due, at if by else None
    newly_dated = before is None and promise.direction == Promise.Direction.THEIRS
    moved = (
        Promise.objects.open()
        .filter(pk=promise.pk)
        .update(due=due, when="dated", condition="", asked_at=None, untold_at=untold)
    )
    if not moved:
        raise PromiseOver
    promise.untold_at = untold
    promise.due, promise.when, promise.condition = due, Promise.When.DATED, ""
    promise.asked_at = None
    _happened(
        promise,
        PromiseEvent.Kind.MOVED,
        by=by,
        at=at,
        why=why,
        due_before=before,
        due_after=due,
    )
    if newly_dated and promise.confirmed_at:
        _agree_anew(promise, by=by, at=at)


def _agree_anew(promise: Promise, *, by: Actor, at: datetime) -> None:
    """What they confirmed has a day now: theirs to give, or to confirm when a lead gave it."""
    if by is None:
        _evidence(promise, Fact("agreed", 1, source(promise)), at=at)
        return
    Promise.objects.filter(pk=promise.pk).update(confirmed_at=None)
    promise.confirmed_at = None


@transaction.atomic
def deny_promise(promise: Promise, *, at: datetime, why: str) -> None:
    """The person says: I never said that. Whatever was made of it is withdrawn. Raises PromiseOver.

    What they confirmed themselves they can only let go.
    """
    if promise.state == Promise.State.KEPT and promise.confirmed_at is None:
        take_back(promise, by=None, at=at)
    release_promise(promise, by=None, at=at, why=why)


@transaction.atomic
def tell_moved(promise: Promise, *, by: User, at: datetime) -> None:
    """The other side was told of the new date."""
    Promise.objects.filter(pk=promise.pk).update(untold_at=None)
    promise.untold_at = None
    _happened(promise, PromiseEvent.Kind.TOLD, by=by, at=at)


@transaction.atomic
def take_back(promise: Promise, *, by: Actor, at: datetime) -> None:
    """Undo a mistaken kept, missed or released; the record keeps both.

    Raises NothingToUndo, AskedToStop.
    """
    _refuse_if_stopped(promise, by)
    over = (Promise.State.KEPT, Promise.State.MISSED, Promise.State.RELEASED)
    if not _become(promise, Promise.State.OPEN, over, at=at):
        raise NothingToUndo
    _happened(promise, PromiseEvent.Kind.UNDONE, by=by, at=at)
    if promise.direction == Promise.Direction.THEIRS:
        standing.withdraw_evidence(promise.participation, source(promise), at=at, kind="did")


@transaction.atomic
def ask_how_it_went(promise: Promise, *, at: datetime) -> bool:
    """Ask once, neutrally, when a promise is due and there is no word. True if asked now."""
    asked = Promise.objects.open().filter(pk=promise.pk, asked_at=None).update(asked_at=at)
    if asked:
        _happened(promise, PromiseEvent.Kind.ASKED, by=None, at=at)
    return bool(asked)


def _refuse_if_stopped(promise: Promise, by: Actor) -> None:
    """After a stop only they themselves say what became of their promises. Raises AskedToStop."""
    if by is not None and promise.direction == Promise.Direction.THEIRS:
        promise.participation.refuse_if_stopped()


def source(promise: Promise) -> str:
    """How the record names this promise."""
    return f"promise {promise.pk}"


def _settle(
    promise: Promise, state: Promise.State, still: tuple[Promise.State, ...], *, at: datetime
) -> None:
    """Of two who click together, one wins and the other is told."""
    if not _become(promise, state, still, at=at):
        raise PromiseOver


def _become(
    promise: Promise, state: Promise.State, still: tuple[Promise.State, ...], *, at: datetime
) -> bool:
    """Compare and set, with the stored counts moved along; False when it is past that."""
    row = Promise.objects.select_for_update().filter(pk=promise.pk, state__in=still).first()
    if row is None:
        return False
    day = promise.participation.initiative.workspace.day(at)
    late = state == Promise.State.KEPT and row.due is not None and row.due < day
    Promise.objects.filter(pk=row.pk).update(state=state, state_at=at, kept_late=late)
    _count(row, -1)
    row.state, row.kept_late = state, late
    _count(row, 1)
    promise.state, promise.state_at, promise.kept_late = state, at, late
    return True


def _count(promise: Promise, change: int) -> None:
    """Take this promise out of the stored counts of its side, or into them."""
    columns = {Promise.State.KEPT: ["kept"], Promise.State.MISSED: ["missed"]}.get(
        Promise.State(promise.state), []
    )
    columns += ["late"] if promise.kept_late else []
    if not columns:
        return
    side: dict[str, Any] = {"initiative_id": promise.initiative_id, "direction": promise.direction}
    Tally.objects.get_or_create(**side)
    Tally.objects.filter(**side).update(**{name: F(name) + change for name in columns})


def _happened(
    promise: Promise,
    kind: PromiseEvent.Kind,
    *,
    by: Actor,
    at: datetime,
    **what: str | date | None,
) -> None:
    by_person = by is None and kind != PromiseEvent.Kind.ASKED
    PromiseEvent.objects.create(
        promise=promise, kind=kind, by=by, at=at, by_person=by_person, **what
    )
    events.record(
        f"promise_{kind}",
        by=by,
        at=at,
        about=promise,
        workspace_id=promise.participation.initiative.workspace_id,
    )


def _evidence(promise: Promise, fact: Fact, *, at: datetime) -> None:
    standing.record_evidence(promise.participation, fact, at=at)
