"""What the clock does about time: nothing is kept longer than the workspace says (privacy.md 10).

And the numbers of weeks well over are stored for the mirror, before words and people go; working
sessions that were left are ended.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from earnest.accounts.models import Workspace
from earnest.checkins import queries as checkins
from earnest.core.weeks import monday_of
from earnest.ideas import erasure as ideas
from earnest.ideas.actions import sessions
from earnest.ideas.models import Phase
from earnest.ideas.queries.sessions import left_open
from earnest.initiatives.models import LEADING, Participation, Role
from earnest.intake import queries as intake
from earnest.listening.models import Conversation, Seen
from earnest.messaging import queries as messaging
from earnest.pages import erasure, ledger
from earnest.pages.actions import mirror as mirrors
from earnest.pages.actions.sessions import move_on
from earnest.pages.models import MirrorWeek
from earnest.pages.months import months_before
from earnest.pages.queries.mirror import SHOWN, STORED_AFTER, WEEK
from earnest.pages.search import index
from earnest.pilots.queries import cards as pilots
from earnest.plans.queries import inputs as plans

LEFT_AFTER = timedelta(hours=3)  # a working session nobody moved on
SESSIONS = 50
AT_ONCE = 200  # of each sort in one run: the next run goes on

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LetGo:
    """How much was let go in one run."""

    notes: int = 0
    seen: int = 0
    records: int = 0
    mails: int = 0
    lines: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.notes or self.seen or self.records or self.mails or self.lines)


def note_erased(*, at: datetime) -> int:
    """Whom a restored backup must not bring back, noted beside the database. Returns how many."""
    return ledger.catch_up()


def keep_no_longer(*, at: datetime) -> LetGo:
    """Let go of what is over its time, some at a time. Run twice, the second finds the rest."""
    gone = LetGo()
    for workspace in Workspace.objects.order_by("pk"):
        gone = LetGo(
            notes=gone.notes + _notes(workspace, at, AT_ONCE - gone.notes),
            seen=gone.seen + _seen(workspace, at, AT_ONCE - gone.seen),
            records=gone.records + _records(workspace, at, AT_ONCE - gone.records),
            mails=gone.mails + _mails(workspace, at, AT_ONCE - gone.mails),
            lines=gone.lines + _lines(workspace, at, AT_ONCE - gone.lines),
        )
    if gone.anything:
        index.purge()
        log.info("let go: %s", gone)
    return gone


def purge_search(*, at: datetime) -> None:
    """What was struck or changed since yesterday leaves no byte in the index either."""
    index.purge()


def _notes(workspace: Workspace, at: datetime, most: int) -> int:
    """Notes written down too long ago; what was taken from them stays."""
    old = Conversation.objects.filter(
        initiative__workspace=workspace,
        notes_erased_at=None,
        noted_at__lt=months_before(at, workspace.notes_kept_months),
    )
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:most])
    if keys:
        erasure.erase_old_notes(keys, at=at)
    return len(keys)


def _seen(workspace: Workspace, at: datetime, most: int) -> int:
    old = Seen.objects.filter(
        participation__initiative__workspace=workspace,
        on__lt=workspace.day(months_before(at, workspace.notes_kept_months)),
    )
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:most])
    if keys:
        erasure.erase_old_seen(keys, at=at)
    return len(keys)


def _mails(workspace: Workspace, at: datetime, most: int) -> int:
    """What stood in mails both ways as long ago as notes are kept; that they were stays."""
    before = months_before(at, workspace.notes_kept_months)
    keys = messaging.old_words(workspace, before=before, most=most)
    if keys:
        erasure.erase_old_mails(keys, at=at)
    received = intake.old_raw(workspace, before=before, most=most - len(keys))
    if received:
        erasure.erase_old_received(received, at=at)
    return len(keys) + len(received)


def _lines(workspace: Workspace, at: datetime, most: int) -> int:
    """Open lines of anonymous check-ins, and what else is nobody's: gone when people's records go."""
    before = months_before(at, workspace.records_kept_months)
    lines = checkins.old_lines(workspace, before=before, most=most)
    inputs = plans.old_nobodys(workspace, before=before, most=most - len(lines))
    if lines or inputs:
        erasure.erase_old_lines(lines, inputs, at=at)
    found = len(lines) + len(inputs)
    for find, forget in SAID_WITHOUT_NAMES:
        keys = find(workspace.pk, before=before, most=most - found)
        if keys:
            forget(keys, at=at)
        found += len(keys)
    return found


SAID_WITHOUT_NAMES = (
    (ideas.old_nobodys, erasure.erase_old_ideas),
    (ideas.old_answers, erasure.erase_old_answers),
    (ideas.old_sentences, erasure.erase_old_sentences),
    (ideas.old_tries, erasure.erase_old_tries),
    (pilots.old_requests, erasure.erase_old_requests),
)


def _records(workspace: Workspace, at: datetime, most: int) -> int:
    """People's records of initiatives closed too long ago: each in a transaction of its own."""
    over = Participation.objects.present().filter(
        initiative__workspace=workspace,
        initiative__closed_at__lt=months_before(at, workspace.records_kept_months),
    )
    found = list(over.select_related("person", "initiative").order_by("pk")[:most])
    for participation in found:
        erasure.let_go_of_records(participation, at=at)
    return len(found)


def store_mirrors(*, at: datetime) -> int:
    """Weeks of the mirror that are well over, of everybody who leads. How many were stored."""
    last = monday_of(at.date()) - STORED_AFTER * WEEK
    there = MirrorWeek.objects.filter(
        user=OuterRef("user"), initiative=OuterRef("initiative"), monday__gte=last
    )
    leading = Role.objects.filter(
        ~Exists(there), kind__in=LEADING, initiative__made_at__lt=at - STORED_AFTER * WEEK
    )
    still = leading.exclude(initiative__closed_at__lt=at - SHOWN * WEEK)
    found = still.select_related("user", "initiative").order_by("pk")[:AT_ONCE]
    return sum(mirrors.store_weeks(one.user, one.initiative, at=at) for one in found)


def end_left_sessions(*, at: datetime) -> int:
    """Working sessions nobody moved on for hours end by themselves: what was written is there for
    everyone, and who was let in is told what they took on. Phones let in are forgotten an hour
    later. Returns how many ended."""
    sessions.forget_phones(at=at)
    left = left_open(before=at - LEFT_AFTER).select_related("space__initiative__workspace", "by")
    return sum(move_on(one, Phase.OVER, turn=one.turn, by=None, at=at) for one in left[:SESSIONS])
