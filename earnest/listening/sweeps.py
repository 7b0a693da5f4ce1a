"""What the clock does: invitations whose days to answer are over, turns of rounds, talks nobody ended."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from earnest.accounts.models import Workspace
from earnest.listening import actions, queries
from earnest.listening.actions import rounds
from earnest.listening.models import Talk
from earnest.listening.queries import rounds as turns

SATURDAY = 5
AT_ONCE = 200  # in one run: the next run goes on
UNTOUCHED = timedelta(hours=12)

log = logging.getLogger(__name__)


def lapse_due(*, at: datetime) -> int:
    """Let lapse what was passed unanswered by somebody who was there. Returns how many."""
    lapsed = 0
    for workspace in Workspace.objects.order_by("pk"):
        due = queries.unanswered(workspace, at=at)
        for invitation in due[:AT_ONCE]:
            lapsed += actions.lapse(invitation, at=at)
    for invitation in queries.lapsed_while_away(at=at)[:AT_ONCE]:
        actions.reconsider(invitation, at=at)
    return lapsed


def send_rounds(*, at: datetime) -> int:
    """Ask those whose turn it is, so many a day, from Monday to Friday. Returns how many.

    What was sent today is counted anew each time: a run that died goes on where it was.
    """
    rounds.leave_out_stopped(at=at)  # a stop by mail is obeyed here too
    sent = 0
    for round_ in turns.due_rounds():
        today = round_.ask.initiative.workspace.day(at)
        if today.weekday() >= SATURDAY or rounds.pause_without_lead(round_, at=at):
            continue
        left = round_.per_day - turns.sent_on(round_, today)
        for row in turns.next_in_turn(round_, at=at) if left > 0 else ():
            went = rounds.send_in_turn(round_, row, at=at)
            sent, left = sent + went, left - went
            if not left:
                break
    return sent


def end_forgotten_talks(*, at: datetime) -> int:
    """End talks untouched for half a day, each in a transaction of its own."""
    forgotten = Talk.objects.filter(ended_at=None, written_at__lt=at - UNTOUCHED)
    found = list(forgotten.order_by("written_at").select_related("initiative__workspace")[:AT_ONCE])
    for talk in found:
        actions.end_forgotten(talk, at=at)
    if found:
        log.info("talks ended that nobody had ended: %d", len(found))
    return len(found)
