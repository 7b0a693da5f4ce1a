"""News to many, laid ready to leave some at a time: a new version of the plan, more time taken.

A file of its own: the action that makes the news tells the first, and the clock tells the rest.
Where it got to stands on the news itself, written with the mails in one transaction: whoever dies
between told nobody twice and left nobody out.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.initiatives.models import (
    AskedToStop,
    Participation,
    ParticipationQuerySet,
    ScheduleChange,
    Told,
)
from earnest.initiatives.queries import RUN_UP, days_moved
from earnest.messaging import actions as messaging
from earnest.messaging.actions import Draft, MayNotWrite
from earnest.messaging.models import Message
from earnest.plans import emails, queries
from earnest.plans.models import Version

AT_ONCE = 25

type Write = Callable[[Participation], Draft]
type Writer = Callable[[list[Participation]], Write]


@transaction.atomic
def tell_of_version(version: Version, *, at: datetime) -> bool:
    """Tell the next of those who gave input. False when nobody is left."""
    row = Version.objects.select_for_update().get(pk=version.pk)
    told, changes = queries.as_told(row, row.changes.all())

    def writer(people: list[Participation]) -> Write:
        behind = queries.people_behind(row, among=[one.pk for one in people])

        def write(whom: Participation) -> Draft:
            yours = {pk for pk, several in behind.items() if whom.pk in several}
            return emails.version_news(whom, told, changes, yours=yours)

        return write

    return tell_next(row, queries.who_gave_input(row.initiative), writer, by=row.by, at=at)


@transaction.atomic
def tell_of_more_time(change: ScheduleChange, *, at: datetime) -> bool:
    """Tell the next of everyone on it. False when nobody is left."""
    row = ScheduleChange.objects.select_for_update().get(pk=change.pk)
    names = {f"{RUN_UP}{one.pk}": str(one) for one in row.initiative.run_up.all()}
    people = Participation.objects.may_be_asked().filter(initiative=row.initiative_id)

    def write(whom: Participation) -> Draft:
        return emails.more_time(whom, row, days_moved(row, names))

    return tell_next(row, people, lambda _people: write, by=row.by, at=at)


@transaction.atomic
def take_news_back(whom: Participation, *, at: datetime) -> None:
    """They want no news of the plan any more: what has not left, leaves no more."""
    waiting = whom.messages.filter(
        kind=Message.Kind.PROGRESS, thread=emails.news_of(whom), state=Message.State.WAITING
    )
    for message in waiting.order_by("pk"):
        with suppress(messaging.CannotBeWithdrawn):  # it left this moment
            messaging.withdraw(message, by=None, at=at)


def tell_next(
    news: Told, people: ParticipationQuerySet, writer: Writer, *, by: User | None, at: datetime
) -> bool:
    """Tell the next of these people, inside a transaction that holds the news. False: nobody left."""
    if news.told_at:
        return False
    whole = people.select_related("person__workspace", "initiative__workspace", "held_by")
    rows = list(whole.filter(pk__gt=news.told_up_to).order_by("pk")[:AT_ONCE])
    write = writer(rows)
    told = sum(_lay(one, write, by=by, at=at) for one in rows)
    news.told_count += told
    news.not_told_count += len(rows) - told
    news.told_up_to = rows[-1].pk if rows else news.told_up_to
    news.told_at = at if len(rows) < AT_ONCE else None
    news.save(update_fields=["told_count", "not_told_count", "told_up_to", "told_at"])
    return news.told_at is None


def _lay(whom: Participation, write: Write, *, by: User | None, at: datetime) -> bool:
    """Ready to leave; not where they have no address, were asked enough, or want none.

    Who was made up for an example counts as told: news would use up what else they may be asked.
    """
    if whom.person.is_example:
        return True
    if not whom.person.email:
        return False
    try:
        messaging.put_in_outbox(whom, write(whom), by=by, at=at)
    except (AskedToStop, MayNotWrite):
        return False
    return True
