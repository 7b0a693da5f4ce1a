"""A moment that came, brought to its person by mail where a lead sends it; and how it went (0.8, 0.11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.practice import emails
from earnest.practice.actions.coming_up import Went, say_how_it_went, say_it_came_up
from earnest.practice.actions.follow_ups import outrank
from earnest.practice.actions.moments import become_nudged, follow_own_word, say_not_the_case
from earnest.practice.models import CameUp, MomentSeen


@transaction.atomic
def send_nudge(seen: MomentSeen, *, link: str, line: str, by: User, at: datetime) -> Message:
    """Lay the mail ready, within the limits, which nobody can override; once for what came.

    The point of the lesson that was to be brought back next is not asked besides (0.9). Raises
    SeenOver, AskedToStop or MayNotWrite.
    """
    draft = emails.the_moment(seen, link=link, line=line, by=by)
    message = messaging.put_in_outbox(seen.participation, draft, by=by, at=at)
    become_nudged(seen, message.pk, by=by, at=at)
    outrank(seen.participation, seen.moment.lesson, at=at)
    return message


@transaction.atomic
def say_how_the_moment_went(seen: MomentSeen, went: Went, *, at: datetime) -> None:
    """Their own word about a moment that came for them; that it was not so ends it at once.

    As what comes up: by their word alone is it evidence, see ``coming_up``. Said again, the same
    time is said otherwise. Raises SeenOver.
    """
    whose = seen.participation
    Participation.objects.select_for_update().get(pk=whose.pk)
    known = _said_of(seen)
    if went.how == CameUp.How.NOT_SO and known is None:
        say_not_the_case(seen, by=None, at=at)
        return
    row = known or say_it_came_up(whose, seen.moment.point, at=at)
    follow_own_word(say_how_it_went(row, went, at=at), about=seen, at=at)


def _said_of(seen: MomentSeen) -> CameUp | None:
    """What came up of this point since the moment was noticed, the last: they said how it went, or
    may still say it."""
    said = CameUp.objects.standing().filter(
        participation=seen.participation_id,
        point=seen.moment.point_id,
        at__gte=seen.noticed_at,
    )
    return said.order_by("-at", "-pk").first()
