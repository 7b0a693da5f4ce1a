"""Moments: written, mended, stopped; noticed when they come; and what became of each (0.8, 0.11).

Nothing of it is evidence. That a lesson was used becomes one by the person's own word, see
``coming_up``; what a lead notes here only says what became of the moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team
from earnest.practice.actions import unsent
from earnest.practice.models import (
    CameUp,
    Lesson,
    Moment,
    MomentSeen,
    NotWatched,
    Point,
    WatchMark,
)
from earnest.practice.queries import moments as queries
from earnest.practice.queries import watching

How, State = Moment.How, MomentSeen.State
BATCH = 500
WAITS = Q(state=State.WAITING)
SAID = (State.USED, State.LAPSED, State.NOT_CASE)
WENT = {
    CameUp.How.HELPED: State.USED,
    CameUp.How.NO_HELP: State.USED,
    CameUp.How.CHOSE_NOT: State.LAPSED,
    CameUp.How.NOT_SO: State.NOT_CASE,
}


class MomentStopped(Exception):
    """It was stopped, or its initiative is closed: nothing is noticed by it any more."""


class NotToBeWatched(Exception):
    """Not for them: they objected, do not want it watched for, or it is for somebody else."""


class NoticedBefore(Exception):
    """The same thing was noticed before, or what came last still waits."""


class SeenOver(Exception):
    """What became of it was said before."""


@dataclass(frozen=True, slots=True)
class MomentDraft:
    """A moment as typed: what happens to whom, which point, and the link to their work."""

    point: Point
    what: str
    link: str = ""
    participation: Participation | None = None
    team: Team | None = None
    how: str = How.HAND
    on: date | None = None
    words: str = ""
    joins: Team | None = None
    lapses_after: int = 14


@dataclass(frozen=True, slots=True)
class Noticed:
    """How it was noticed: by what, and which word of the moment's own; a lead may add a line."""

    how: str
    source: str
    word: str = ""
    words: str = ""


@transaction.atomic
def write_moment(initiative: Initiative, draft: MomentDraft, *, by: User, at: datetime) -> Moment:
    """Write it down beforehand. Raises AskedToStop where it is for somebody who objected."""
    if draft.participation:
        draft.participation.refuse_if_stopped()
    moment = Moment.objects.create(
        initiative=initiative, by=by, made_at=at, watched_from=at, **_columns(draft)
    )
    if moment.how == How.WORD:
        _begin_to_read()
    events.record("moment_written", by=by, at=at, about=moment)
    return moment


def _columns(draft: MomentDraft) -> dict[str, object]:
    said = {name: getattr(draft, name) for name in MomentDraft.__dataclass_fields__}
    return {**said, "lesson_id": draft.point.lesson_id}


def _begin_to_read() -> None:
    """From here on: what was noted before anything is watched for is not read."""
    WatchMark.objects.get_or_create(
        name=watching.EVENTS, defaults={"event_id": watching.last_event()}
    )


@transaction.atomic
def mend_moment(moment: Moment, draft: MomentDraft, *, by: User, at: datetime) -> Moment:
    """Write it anew. Where what it is noticed by changed, it is watched for from now on.

    Raises MomentStopped, AskedToStop.
    """
    there = _locked(moment)
    if draft.participation:
        draft.participation.refuse_if_stopped()
    columns = _columns(draft)
    watched = ("how", "on", "words", "joins", "participation", "team")
    if any(getattr(there, name) != columns[name] for name in watched):
        columns |= {"watched_from": at, "dated_at": None}
    Moment.objects.filter(pk=there.pk).update(**columns)
    if draft.how == How.WORD:
        _begin_to_read()
    events.record("moment_mended", by=by, at=at, about=there)
    there.refresh_from_db()
    return there


@transaction.atomic
def stop_moment(moment: Moment, *, by: User, at: datetime) -> bool:
    """Nothing is noticed by it any more; what came and waits lapses now. False if done before."""
    rows = Moment.objects.filter(pk=moment.pk, stopped_at=None)
    if not rows.update(stopped_at=at):
        return False
    moment.stopped_at = at
    _settle(moment.seen.filter(state=State.WAITING), State.LAPSED, by=by, at=at)
    events.record("moment_stopped", by=by, at=at, about=moment)
    return True


def stop_moments_of(lesson: Lesson, *, by: User, at: datetime) -> None:
    """With a lesson that is none any more, in its action: also what was to be sent of them."""
    open_ones = Moment.objects.filter(lesson=lesson, stopped_at=None)
    for moment in open_ones.select_for_update(of=("self",)).order_by("pk"):
        stop_moment(moment, by=by, at=at)
    seen = MomentSeen.objects.filter(moment__lesson=lesson)
    _settle_unsent(seen, State.LAPSED, by=by, at=at)


def _locked(moment: Moment) -> Moment:
    """The row as it is now, so that nobody changes it at the same time. Raises MomentStopped."""
    rows = Moment.objects.select_for_update(of=("self",)).filter(pk=moment.pk, stopped_at=None)
    there = rows.select_related("initiative__workspace", "lesson", "point").first()
    if there is None or there.initiative.closed_at:
        raise MomentStopped
    return there


def _watched(moment: Moment) -> Moment:
    """The same, for noticing: its point is still one, of a lesson that stands."""
    there = _locked(moment)
    if there.point.struck_at or there.lesson.taken_back_at:
        raise MomentStopped
    return there


@transaction.atomic
def notice(
    moment: Moment, whose: Participation, noticed: Noticed, *, by: User | None, at: datetime
) -> MomentSeen:
    """It came for this person. By a lead's hand, or by what it is watched by.

    Raises MomentStopped, AskedToStop, NotToBeWatched, NoticedBefore.
    """
    there = _watched(moment)
    whose.refuse_if_stopped()
    if not queries.watched_for(there).filter(pk=whose.pk).exists():
        raise NotToBeWatched
    made = _see(there, [whose.pk], noticed, by=by, at=at)
    if not made:
        raise NoticedBefore
    events.record("moment_came", by=by, at=at, about=made[0], detail={"how": noticed.how})
    return made[0]


@transaction.atomic
def notice_many(moment: Moment, noticed: Noticed, *, at: datetime) -> int:
    """It came for everybody it is for, on its day. How many. Raises MomentStopped."""
    there, count, last = _watched(moment), 0, 0
    free = queries.watched_for(there).order_by("pk").values_list("pk", flat=True)
    while some := list(free.filter(pk__gt=last)[:BATCH]):
        last = some[-1]
        count += len(_see(there, some, noticed, by=None, at=at))
    Moment.objects.filter(pk=there.pk).update(dated_at=at)
    detail: events.Detail = {"how": noticed.how, "count": count}
    events.record("moment_came", at=at, about=there, detail=detail)
    return count


def _see(
    moment: Moment, people: Sequence[int], noticed: Noticed, *, by: User | None, at: datetime
) -> list[MomentSeen]:
    """A row for each of whom neither this was noticed before, nor another still waits."""
    rows = MomentSeen.objects.filter(moment=moment, participation__in=people)
    before = set(rows.filter(source=noticed.source).values_list("participation", flat=True))
    before |= set(rows.filter(state=State.WAITING).values_list("participation", flat=True))
    until = moment.initiative.workspace.day(at) + timedelta(days=moment.lapses_after)
    made = MomentSeen.objects.bulk_create(
        MomentSeen(
            moment=moment,
            participation_id=pk,
            initiative_id=moment.initiative_id,
            noticed_at=at,
            by=by,
            lapses_on=until,
            state_at=at,
            **asdict(noticed),
        )
        for pk in people
        if pk not in before
    )
    if made:
        Moment.objects.filter(pk=moment.pk).update(came=F("came") + len(made))
    return made


@transaction.atomic
def say_spoken(seen: MomentSeen, *, by: User, at: datetime) -> None:
    """A lead spoke with them about it. Raises SeenOver, AskedToStop."""
    seen.participation.refuse_if_stopped()
    _become(seen, State.SPOKEN, (State.WAITING, State.NUDGED), by=by, at=at)


@transaction.atomic
def say_used(seen: MomentSeen, *, by: User, at: datetime) -> None:
    """They used it, as a lead learnt. Their own word alone is evidence. Raises SeenOver, AskedToStop."""
    seen.participation.refuse_if_stopped()
    _become(seen, State.USED, MomentSeen.OPEN, by=by, at=at)
    Moment.objects.filter(pk=seen.moment_id).update(used=F("used") + 1)


@transaction.atomic
def say_not_the_case(seen: MomentSeen, *, by: User | None, at: datetime) -> None:
    """It had not come after all; said by a lead, or by the person (``by`` is None), whose word goes
    before what a lead said of it. Raises SeenOver."""
    if by is not None:
        _become(seen, State.NOT_CASE, MomentSeen.OPEN, by=by, at=at)
    elif _turn(
        MomentSeen.objects.filter(pk=seen.pk).exclude(state=State.LEFT), State.NOT_CASE, at=at
    ):
        events.record(f"moment_{State.NOT_CASE}", at=at, about=seen)
    else:
        raise SeenOver
    unsent.take_back(_mails_of(seen.pk), by=by, at=at)


def _mails_of(*seen: int) -> QuerySet[MomentSeen, int | None]:
    return MomentSeen.objects.filter(pk__in=seen).values_list("message_id", flat=True)


def become_nudged(seen: MomentSeen, message: int, *, by: User, at: datetime) -> None:
    """Beside the mail that brings it, in its transaction. Raises SeenOver."""
    _become(seen, State.NUDGED, (State.WAITING,), by=by, at=at)
    MomentSeen.objects.filter(pk=seen.pk).update(message_id=message)


def _become(
    seen: MomentSeen,
    state: str,
    still: Iterable[str],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Compare and set: of two who say so together, the second finds it said."""
    rows = MomentSeen.objects.filter(pk=seen.pk, state__in=still)
    if not rows.update(state=state, state_at=at, state_by=by):
        raise SeenOver
    seen.state, seen.state_at, seen.state_by = state, at, by
    events.record(f"moment_{state}", by=by, at=at, about=seen)


@transaction.atomic
def lapse(seen: Iterable[MomentSeen], *, at: datetime) -> int:
    """They waited for their days, and nobody used them: they pass, and count neither way."""
    keys = [one.pk for one in seen]
    return _settle(MomentSeen.objects.filter(pk__in=keys), State.LAPSED, by=None, at=at)


def _settle(
    rows: QuerySet[MomentSeen], state: str, still: Q = WAITS, *, by: User | None, at: datetime
) -> int:
    settled = rows.filter(still).update(state=state, state_at=at, state_by=by)
    if settled:
        events.record(f"moments_{state}", by=by, at=at, detail={"count": settled})
    return settled


def _settle_unsent(rows: QuerySet[MomentSeen], state: str, *, by: User | None, at: datetime) -> int:
    """What waits, and what was to be brought by a mail that has not left, and leaves no more."""
    nudged = rows.filter(state=State.NUDGED).values_list("message_id", flat=True)
    back = unsent.take_back(list(nudged), by=by, at=at)
    still = WAITS | Q(state=State.NUDGED, message_id__in=back)
    return _settle(rows, state, still, by=by, at=at)


@transaction.atomic
def watch_no_more(whose: Participation, moment: Moment | None, *, at: datetime) -> bool:
    """Do not watch for this, or for any moment here: by their own tap. False if said before.

    What waits is left at once, and so is what was to be sent and has not left. It works after a
    stop too: it is their will that speaks.
    """
    Participation.objects.select_for_update().get(pk=whose.pk)
    _row, is_new = NotWatched.objects.get_or_create(
        participation=whose, moment=moment, defaults={"at": at}
    )
    mine = MomentSeen.objects.filter(participation=whose)
    _settle_unsent(mine.filter(moment=moment) if moment else mine, State.LEFT, by=None, at=at)
    if is_new:
        events.record("moment_not_watched", at=at, about=whose)
    return is_new


@transaction.atomic
def watch_again(whose: Participation, moment: Moment | None, *, at: datetime) -> bool:
    """It may be watched for again. False where it was."""
    gone, _rows = NotWatched.objects.filter(participation=whose, moment=moment).delete()
    if gone:
        events.record("moment_watched_again", at=at, about=whose)
    return bool(gone)


@transaction.atomic
def leave_stopped(seen: Iterable[MomentSeen], *, at: datetime) -> int:
    """Their people asked for quiet: nobody does anything with them any more."""
    keys = [one.pk for one in seen]
    return _settle(MomentSeen.objects.filter(pk__in=keys), State.LEFT, by=None, at=at)


def follow_own_word(row: CameUp, *, at: datetime, about: MomentSeen | None = None) -> None:
    """How it went, as they say it themselves, settles what came for them of this point until then,
    since the time before; said otherwise, it follows. In their action. ``about`` is the one they say
    it of, whatever was said of it before."""
    state = WENT.get(CameUp.How(row.how)) if row.how else None
    if state is None:
        return
    since = CameUp.objects.filter(
        participation=row.participation_id, point=row.point_id, at__lt=row.at
    ).aggregate(last=Max("at"))["last"]
    until_then = Q(noticed_at__lte=row.at)
    if since:
        until_then &= Q(noticed_at__gt=since)
    theirs = Q(state__in=SAID, state_by=None, state_at__gte=row.at)
    meant = until_then & (Q(state__in=MomentSeen.OPEN) | theirs)
    if about:
        meant |= Q(pk=about.pk) & ~Q(state=State.LEFT)
    came = MomentSeen.objects.filter(participation=row.participation_id, moment__point=row.point_id)
    turned = _turn(came.filter(meant), state, at=at)
    unsent.take_back(_mails_of(*turned), by=None, at=at)


def _turn(rows: QuerySet[MomentSeen], state: str, *, at: datetime) -> list[int]:
    """Each by compare and set; how often its moment was used moves with it. Returns which."""
    turned = []
    found = rows.exclude(state=state).order_by("pk").values_list("pk", "state", "moment")
    for pk, was, moment in found:
        row = MomentSeen.objects.filter(pk=pk, state=was)
        if row.update(state=state, state_at=at, state_by=None):
            turned.append(pk)
            more = int(state == State.USED) - int(was == State.USED)
            Moment.objects.filter(pk=moment).update(used=F("used") + more)
    return turned


@transaction.atomic
def move_mark(mark: WatchMark, *, at: datetime) -> None:
    """What was read is read: with what was noticed, in one transaction of whoever reads."""
    mark.looked_at = at
    mark.save()
