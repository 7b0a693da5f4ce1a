"""What the clock does: points of lessons to bring back, and moments to watch for."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import DataError, IntegrityError
from django.db.models import Exists, OuterRef, Q, QuerySet

from earnest.accounts.models import Workspace
from earnest.core import actions as core
from earnest.engine.language import watched_phrase
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening.queries import word_list
from earnest.messaging.actions import MayNotWrite
from earnest.practice import actions
from earnest.practice.actions import moments
from earnest.practice.actions.moments import (
    MomentStopped,
    Noticed,
    NoticedBefore,
    NotToBeWatched,
)
from earnest.practice.models import FollowUp, Moment, MomentCame, MomentSeen, WatchMark
from earnest.practice.models.moments import LONGEST_PHRASE
from earnest.practice.queries import follow_ups as queries
from earnest.practice.queries import moments as moments_of
from earnest.practice.queries import watching
from earnest.practice.queries.watching import Worded
from earnest.standing.models import Rung

log = logging.getLogger(__name__)
AT_ONCE = 500
UNWRITTEN = (DataError, IntegrityError, ValueError)  # of one row: no other waits for it
Why = FollowUp.Why
WHOLE = (
    *("lesson", "point", "participation__person__workspace", "participation__held_by"),
    "participation__initiative__workspace",
)


def bring_back(*, at: datetime) -> int:
    """Ask about what is due; who has no room waits, and what waited too long lapses. How many."""
    actions.leave(queries.not_sent(), Why.NOT_SENT, at=at)
    return sum(_in(one, at=at) for one in Workspace.objects.all())


def _in(workspace: Workspace, *, at: datetime) -> int:
    today = workspace.day(at)
    due = queries.due_in(workspace, today)
    _leave_what_is_over(due, today, at=at)
    asked, seen = 0, (date.min, 0)
    while some := _after(queries.that_may_be_asked(due, today), seen):
        seen = (some[-1].due, some[-1].pk)
        asked += _ask(some, at=at)
    return asked


def _after(rows: QuerySet[FollowUp], seen: tuple[date, int]) -> list[FollowUp]:
    day, pk = seen
    later = rows.filter(due__gt=day) | rows.filter(due=day, pk__gt=pk)
    return list(later.select_related(*WHOLE)[:AT_ONCE])


def _leave_what_is_over(due: QuerySet[FollowUp], today: date, *, at: datetime) -> None:
    """With the reason, where it is one of its own."""
    actions.leave(due.exclude(initiative__closed_at=None), Why.CLOSED, at=at)
    stopped = due.filter(participation__stopped_at__isnull=False)
    actions.leave(stopped, Why.STOPPED, at=at)
    everywhere = due.filter(participation__person__stopped_at__isnull=False)
    actions.leave(everywhere, Why.STOPPED, at=at)
    said_no = Rung.objects.filter(step=Rung.Step.NO).values("pk")
    actions.leave(due.filter(participation__in=said_no), Why.SAID_NO, at=at)
    actions.leave(due.filter(lapses_on__lte=today), "", at=at)


def _ask(rows: list[FollowUp], *, at: datetime) -> int:
    try:
        return actions.ask_due(rows, at=at)
    except (AskedToStop, MayNotWrite):  # somebody objected this very moment: in an hour again
        return 0


LOOKED_BACK = timedelta(days=1)  # who came in while the clock stood still, or was being written
How = Moment.How


class Settle(Protocol):
    """An action that says of several what became of them."""

    def __call__(self, seen: Iterable[MomentSeen], *, at: datetime) -> int: ...


def watch_days(*, at: datetime) -> int:
    """Moments whose day has come, in the calendar of each workspace. For how many they came."""
    came = 0
    for workspace in Workspace.objects.all():
        due = moments_of.due_by_day(workspace.day(at), workspace=workspace.pk)
        for moment in due.order_by("on", "pk")[:AT_ONCE]:
            noticed = Noticed(How.DATE, f"day {moment.on}")
            try:
                came += moments.notice_many(moment, noticed, at=at)
            except MomentStopped:  # stopped or closed this very moment
                continue
            except UNWRITTEN:  # the others come all the same
                log.exception("moment %s could not be noticed", moment.pk)
    return came


def watch_words(*, at: datetime) -> int:
    """Read the events since the last time, each once, for words that are watched for.

    What was noticed stays noticed where this dies before the mark moves: read again, the same
    source is known.
    """
    mark = WatchMark.objects.filter(name=watching.EVENTS).first()
    if mark is None:
        return 0
    read = watching.read_on(mark, at=at)
    found = watching.words_of(read)
    came = sum(_notice_words(one, at=at) for one in found)
    moments.move_mark(read.mark, at=at)
    return came


def _notice_words(worded: Worded, *, at: datetime) -> int:
    whose, came = worded.whose, 0
    for moment in moments_of.by_words(whose.initiative_id, [whose.pk]):
        if worded.at < moment.watched_from:
            continue
        word = watched_phrase(worded.text, moment.phrases, word_list())
        if word:
            noticed = Noticed(How.WORD, worded.source, word[:LONGEST_PHRASE])
            came += _notice(moment, whose, noticed, at=at)
    return came


def _notice(moment: Moment, whose: Participation, noticed: Noticed, *, at: datetime) -> int:
    """1 where it came; 0 where it may not be watched for, or is known.

    One that cannot be written down keeps no other from being noticed.
    """
    try:
        moments.notice(moment, whose, noticed, by=None, at=at)
    except (MomentStopped, AskedToStop, NotToBeWatched, NoticedBefore):
        return 0
    except UNWRITTEN:
        log.exception("moment %s could not be noticed", moment.pk)
        return 0
    return 1


def watch_joining(*, at: datetime) -> int:
    """Who came into a team, or onto the initiative, since the last time. For how many it came."""
    return sum(_watch_joining(how, at=at) for how in (How.TEAM, How.ADDED))


def _watch_joining(how: str, *, at: datetime) -> int:
    mark = WatchMark.objects.filter(name=how).first() or WatchMark(name=how)
    column = "person__team_since" if how == How.TEAM else "since"
    there = Exists(moments_of.open_of(how).filter(initiative=OuterRef("initiative")))
    lately = Participation.objects.may_be_asked().filter(there, **{f"{column}__isnull": False})
    if mark.looked_at:
        lately = lately.filter(**{f"{column}__gte": mark.looked_at - LOOKED_BACK})
    came, last = 0, 0
    while some := list(
        lately.filter(pk__gt=last).select_related("person").order_by("pk")[:AT_ONCE]
    ):
        last = some[-1].pk
        came += sum(_notice_joined(one, how, at=at) for one in some)
    moments.move_mark(mark, at=at)
    return came


def _notice_joined(whose: Participation, how: str, *, at: datetime) -> int:
    since = whose.person.team_since if how == How.TEAM else whose.since
    mine = Q(participation=None) | Q(participation=whose.pk)
    rows = moments_of.open_of(how).filter(mine, initiative=whose.initiative_id)
    rows = rows.filter(watched_from__lt=since)
    if how == How.TEAM:
        if whose.person.team_id is None:
            return 0
        rows = rows.filter(joins__in=moments_of.teams_above(whose.person.team_id))
    source = f"{how} {since:%Y-%m-%d}"
    return sum(_notice(one, whose, Noticed(how, source), at=at) for one in rows)


def lapse_moments(*, at: datetime) -> int:
    """What came and waited for its days unused passes. How many."""
    lapsed = 0
    for workspace in Workspace.objects.all():
        over = MomentSeen.objects.filter(
            state=MomentSeen.State.WAITING,
            lapses_on__lte=workspace.day(at),
            initiative__workspace=workspace,
        )
        lapsed += _each(over, moments.lapse, at=at)
    return lapsed


OBJECTED = (
    Q(participation__stopped_at__isnull=False)
    | Q(participation__person__stopped_at__isnull=False)
    | Q(participation__person__wants_less_at__isnull=False)
    | Q(initiative__closed_at__isnull=False)
)


def leave_moments(*, at: datetime) -> int:
    """What waits is left, of who asked for quiet or for less, and where it was closed. How many."""
    waiting = MomentSeen.objects.filter(state=MomentSeen.State.WAITING)
    return _each(waiting.filter(OBJECTED), moments.leave_stopped, at=at)


def _each(rows: QuerySet[MomentSeen], settle: Settle, *, at: datetime) -> int:
    settled = 0
    while some := list(rows.order_by("pk")[:AT_ONCE]):
        settled += settle(some, at=at)
    return settled


def forget_what_came(*, at: datetime) -> int:
    """Who was named in a message of another system is kept thirty days, to do it again by hand."""
    return core.forget_bodies(MomentCame, at=at)
