"""What a person works for, in their words (1.6): by themselves, or noted for them by a lead."""

from __future__ import annotations

from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.people import actions as people
from earnest.people.actions import Refused
from earnest.people.models import OwnWork

BATCH = 2000


@transaction.atomic
def write_own_work(
    participation: Participation,
    *,
    goals: str,
    measures: str,
    by: User | None,
    at: datetime,
    seen: str = "",
) -> None:
    """Keep their goals and measures. ``by`` is None where they write themselves.

    Their own words go with them to every initiative and stand instead of what leads noted. What a
    lead notes stays on this initiative, and never over their own hand. ``seen`` is the mark of the
    words as the writer saw them: what changed meanwhile is not written over. Raises Refused,
    AskedToStop.
    """
    rows = Participation.objects.select_related("person").select_for_update(of=("self", "person"))
    there = rows.get(pk=participation.pk)
    if seen and seen != there.own_work.mark:
        raise Refused(
            "", _("Somebody changed these words while you wrote. Look at both, then save.")
        )
    if by is None:
        people.write_own_work(there.person, goals=goals, measures=measures, by=None, at=at)
        noted = Participation.objects.filter(person=there.person_id)
        noted.update(own_goals="", own_measures="")
        return
    _refuse_over_their_hand(there)
    there.own_goals, there.own_measures = goals.strip(), measures.strip()
    there.save(update_fields=["own_goals", "own_measures"])
    events.record("own_work_noted", by=by, at=at, about=there)


def _refuse_over_their_hand(there: Participation) -> None:
    there.refuse_if_stopped()
    if there.own_work.in_own_hand:
        words = _("%(name)s wrote this in their own hand. Only they change it.")
        raise Refused("", words % {"name": there.person.first_name})


@transaction.atomic
def note_own_work(initiative: Initiative, work: dict[int, OwnWork], *, at: datetime) -> None:
    """What a lead's file says people work for, by person: where nothing is known here yet.

    Nothing is noted of who asked to be left alone, nor over anybody's own hand.
    """
    rows = Participation.objects.may_be_asked().filter(
        initiative=initiative, own_goals="", own_measures="", person__own_work_at=None
    )
    if work:
        events.record("own_work_noted", at=at, about=initiative, detail={"count": len(work)})
    for keys in batched(work, BATCH, strict=False):
        found = list(rows.filter(person__in=keys))
        for one in found:
            one.own_goals = work[one.person_id].goals
            one.own_measures = work[one.person_id].measures
        Participation.objects.bulk_update(found, ["own_goals", "own_measures"], batch_size=500)
