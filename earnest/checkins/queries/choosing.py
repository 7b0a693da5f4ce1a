"""Who is asked in a round: who may be, whom mail reaches, and who rests so that nobody stands out."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from earnest.checkins import groups
from earnest.checkins.groups import BY_LOT, Before
from earnest.checkins.models import NamedAnswer, Round
from earnest.engine.groups import People, may_stand_beside
from earnest.initiatives.models import Initiative, Participation
from earnest.messaging import queries as messaging
from earnest.messaging.models import Suppression


@dataclass(frozen=True, slots=True)
class WhoIsAsked:
    """Whom a round goes to; of the others how many, never who (privacy.md 9)."""

    asked: list[Participation]
    enough: int  # asked enough for now, whoever did it
    unreached: int  # no mail reaches them
    rest: int  # so that nobody is found by comparing rounds

    @property
    def everyone(self) -> int:
        return len(self.asked) + self.enough + self.unreached + self.rest


def who_is_asked(round_: Round, *, at: datetime, draw: random.Random = BY_LOT) -> WhoIsAsked:
    """As the action will choose; a fixed number of queries, however many people."""
    there = _there(round_)
    rooms = messaging.rooms_for((one.person for one in there), at)
    free = [one for one in there if rooms[one.person_id].free]
    reached = _reached(round_, free)
    chosen = reached
    if round_.is_anonymous:
        keys = groups.askable_together(
            earlier(round_.initiative), [one.pk for one in reached], draw=draw
        )
        chosen = [one for one in reached if one.pk in keys]
    return WhoIsAsked(
        chosen, len(there) - len(free), len(free) - len(reached), len(reached) - len(chosen)
    )


def _there(round_: Round) -> list[Participation]:
    asked = Participation.objects.may_be_asked().filter(initiative=round_.initiative_id)
    if round_.team_id:
        asked = asked.filter(person__team=round_.team_id)
    return list(asked.select_related("person__workspace", "initiative").order_by("pk"))


def _reached(round_: Round, people: list[Participation]) -> list[Participation]:
    """Without a name only mail reaches anybody: what is handed over by hand has been seen."""
    never = messaging.suppressed_among(one.person for one in people)
    if round_.is_anonymous:
        return [one for one in people if one.person.email and one.person_id not in never]
    return [one for one in people if never.get(one.person_id) != Suppression.Reason.ASKED]


def earlier(initiative: Initiative) -> list[Before]:
    """Who stands together in what is or will be shown to more than the leads. Three queries."""
    rounds = Round.objects.filter(initiative=initiative, opened_at__isnull=False)
    sets: dict[int, set[int]] = defaultdict(set)
    through = Round.asked.through.objects.filter(round__in=rounds, round__is_anonymous=True)
    for number, person in through.values_list("round_id", "participation_id"):
        sets[number].add(person)
    by_name = rounds.filter(is_anonymous=False).exclude(results={})
    for number, person in NamedAnswer.objects.filter(round__in=by_name).values_list(
        "round_id", "participation_id"
    ):
        sets[number].add(person)
    return [_before(one, frozenset(sets[one.pk])) for one in rounds if sets[one.pk]]


def _before(round_: Round, people: People) -> Before:
    counted = round_.asked_count if round_.is_anonymous else round_.answer_count or 0
    return Before(people, max(counted - len(people), 0))


def shown_together(round_: Round, answered: People) -> bool:
    """True when figures about these people tell of nobody, beside all that was shown before."""
    before = earlier(round_.initiative)
    sets = [one.people for one in before]
    lost = any(one.lost for one in before)
    return not lost and may_stand_beside([*sets, answered])
