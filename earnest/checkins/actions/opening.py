"""A round opens: who is asked is fixed, and their mails lie ready; later one reminder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.accounts.queries import mail_is_set_up
from earnest.checkins import emails, queries
from earnest.checkins.actions.rounds import AlreadyOpen, CannotCheckIn
from earnest.checkins.models import Round
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.messaging import limits
from earnest.messaging import queries as room_for
from earnest.messaging.actions import Draft
from earnest.messaging.contacts import lock_people
from earnest.messaging.models import Message


@transaction.atomic
def open_round(round_: Round, *, by: User, at: datetime) -> int:
    """Ask everyone who may be asked; from now on nothing of it changes. Returns how many.

    Raises AlreadyOpen, CannotCheckIn or MayNotWrite; then nobody is asked.
    """
    there = _locked(round_)
    if there.opened_at:
        raise AlreadyOpen
    _refuse_senseless(there, at=at)
    lock_people(Participation.objects.may_be_asked().filter(initiative=there.initiative_id))
    asked = queries.who_is_asked(there, at=at).asked
    if not asked:
        raise CannotCheckIn(_why_nobody(there))
    _lay_mails(there, asked, emails.check_in, by=by, at=at)
    there.asked.set(asked)
    Round.objects.filter(pk=there.pk).update(opened_at=at, asked_count=len(asked), by=by)
    _note("check_in_opened", there, len(asked), by=by, at=at)
    return len(asked)


def _locked(round_: Round) -> Round:
    rows = Round.objects.select_related("initiative__workspace").select_for_update(of=("self",))
    return rows.get(pk=round_.pk)


def _refuse_senseless(there: Round, *, at: datetime) -> None:
    if there.initiative.closed_at:
        raise CannotCheckIn(gettext("The initiative is closed, so nobody is asked any more."))
    if there.closes_on <= there.initiative.workspace.day(at):
        raise CannotCheckIn(gettext("Its last day is over. Choose a later one first."))
    if there.is_anonymous and not mail_is_set_up():
        raise CannotCheckIn(
            gettext(
                "No mail server is set up. Without a name only mail reaches anybody: whoever "
                "handed a link over could know whose answer it is. Ask by name, or set up mail."
            )
        )


def _why_nobody(there: Round) -> str:
    if not there.is_anonymous:
        return gettext("There is nobody who can be asked now.")
    return gettext(
        "Fewer than five people can be asked together now, so it could be told who said what. "
        "Ask by name, ask later, or talk with them."
    )


type Words = Callable[[Round, str], emails.Mail]


def _lay_mails(
    there: Round, asked: list[Participation], words: Words, *, by: User | None, at: datetime
) -> list[Message]:
    """The same words for all who read the same language; nobody's name is in them."""

    @cache
    def mail_in(language: str) -> emails.Mail:
        return words(there, language)

    def draft_for(participation: Participation) -> Draft:
        mail = mail_in(participation.person.reads_in)
        return Draft(
            Message.Kind.CHECK_IN,
            mail.subject,
            mail.text,
            mail.html,
            thread=there.thread,
            sealed=mail.sealed,
        )

    leaves = limits.working_moment(at, there.initiative.workspace.time_zone or settings.TIME_ZONE)
    return messaging.put_all_in_outbox(asked, draft_for, by=by, at=at, leaves_at=leaves)


@transaction.atomic
def remind(round_: Round, *, by: User, at: datetime) -> int:
    """Once, to all who were asked and may be asked again: nobody knows who answered.

    By name, only to those who did not. It counts in everybody's limit. Returns how many it goes to.
    Raises CannotCheckIn or MayNotWrite.
    """
    there = _locked(round_)
    if not there.is_open or there.reminded_at:
        raise CannotCheckIn(gettext("It is over, or all were reminded before."))
    people = lock_people(Participation.objects.filter(checkins_asked=there))
    rooms = room_for.rooms_for(people.values(), at)
    willing = [
        one for one in _to_remind(there) if rooms[one.person_id].free and not one.asked_for_less
    ]
    if willing:
        _lay_mails(there, willing, emails.reminder, by=by, at=at)
    Round.objects.filter(pk=there.pk).update(reminded_at=at)
    _note("check_in_reminded", there, len(willing), by=by, at=at)
    return len(willing)


def _to_remind(there: Round) -> list[Participation]:
    rows = Participation.objects.may_be_asked().filter(checkins_asked=there)
    if not there.is_anonymous:
        rows = rows.exclude(checkin_answers__round=there)
    return list(rows.select_related("person__workspace", "initiative").order_by("pk"))


def _note(action: str, there: Round, count: int, *, by: User, at: datetime) -> None:
    detail: events.Detail = {"check_in": there.pk, "count": count}
    events.record(action, by=by, at=at, about=there.initiative, detail=detail)
