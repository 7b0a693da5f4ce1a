"""What changed, told to many: written once, laid ready some at a time (3.10, 3.13)."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team
from earnest.plans import telling
from earnest.plans.queries.kept import cut_kept
from earnest.rhythm import emails
from earnest.rhythm.models import ProgressMail
from earnest.rhythm.queries.progress import told_before
from earnest.rhythm.queries.reach import receivers
from earnest.rhythm.queries.theirs import theirs_of

OURS = ("subject", "opening", "changed", "coming")


class AlreadySent(Exception):
    """This one is out."""

    def __init__(self, mail: ProgressMail) -> None:
        super().__init__(mail.number)
        self.mail = mail


@dataclass(frozen=True, slots=True)
class ProgressDraft:
    """A progress mail as a lead looked at it: which number, for whom, and our words."""

    number: int
    kind: str
    team: Team | None
    subject: str
    opening: str
    changed: str
    coming: str


def written(
    initiative: Initiative, draft: ProgressDraft, *, by: User | None, at: datetime
) -> ProgressMail:
    """The mail it would be, not saved; since they were told last, or since it all began."""
    last = told_before(initiative, draft.kind, draft.team)
    return ProgressMail(
        initiative=initiative,
        number=draft.number,
        kind=draft.kind,
        team=draft.team,
        subject=draft.subject,
        opening=draft.opening,
        changed=draft.changed,
        coming=draft.coming,
        since=last.made_at if last else initiative.made_at,
        by=by,
        made_at=at,
    )


@transaction.atomic
def send_progress(
    initiative: Initiative, draft: ProgressDraft, *, by: User, at: datetime
) -> ProgressMail:
    """Keep it, and lay it ready for the first; the clock tells the rest. Raises AlreadySent.

    Each within the limits, in their own working hours; whom they leave out is counted.
    """
    there = Initiative.objects.select_for_update().get(pk=initiative.pk)
    sent = there.progress_mails.filter(number__gte=draft.number).first()
    if sent:
        raise AlreadySent(sent)
    mail = written(there, draft, by=by, at=at)
    mail.save(force_insert=True)
    events.record("progress_sent", by=by, at=at, about=mail, detail={"number": mail.number})
    tell_progress(mail, at=at)
    mail.refresh_from_db()
    return mail


@transaction.atomic
def tell_progress(mail: ProgressMail, *, at: datetime) -> bool:
    """Tell the next of them. False when nobody is left."""
    row = ProgressMail.objects.select_for_update().get(pk=mail.pk)
    told = as_told(row)

    def writer(people: list[Participation]) -> telling.Write:
        theirs = theirs_of(row, people)
        return lambda whom: emails.progress(whom, told, theirs[whom.pk], by=row.by)

    people = receivers(row.initiative, row.kind, row.team_id)
    return telling.tell_next(row, people, writer, by=row.by, at=at)


def as_told(mail: ProgressMail) -> ProgressMail:
    """A copy as everyone but the leads may read it, looked up afresh: words for the leads alone
    are left out wherever they were copied (privacy.md 4)."""
    told = copy(mail)
    cut = cut_kept(mail.initiative, [getattr(mail, name) for name in OURS])
    for name in OURS:
        setattr(told, name, cut(getattr(mail, name)))
    return told
