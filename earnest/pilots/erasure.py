"""What pilots keep of a person, gone: their yes in their words, and that they are in a part that
tries it (privacy.md 13).

A file of its own beside ``actions``: these writes override every append-only rule and are called
only by ``pages.erasure``, inside its transaction. What somebody said of a pilot is an input, and
goes with those; figures are of parts, never of a person.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.pilots.actions.first import recount
from earnest.pilots.actions.running import recount_people
from earnest.pilots.models import (
    Call,
    CardVoice,
    Pilot,
    PilotPerson,
    PilotWord,
    SpreadRequest,
    Volunteer,
)
from earnest.pilots.queries.cards import asked_by

ERASED = "erased"

type Rows = dict[str, list[int]]  # keys by model name


def erase_pilots(participation: Participation, taken: Rows, *, at: datetime) -> Rows:
    """That a part said yes stays, for a pilot may run there; who said so, and why, does not. What
    waits for an answer waits no more.

    ``taken`` are the rows erased below, by model name. Returns the keys of the rows that held
    something of them.
    """
    cards = _off_the_cards(participation, taken)
    said = Volunteer.objects.filter(participation=participation)
    keys = list(said.values_list("pk", flat=True))
    calls = list(Call.objects.filter(volunteers__in=keys).distinct())
    said.exclude(words="").update(words=ERASED)
    said.exclude(answer="").update(answer=ERASED)
    said.update(passed_on=Volunteer.PassedOn.LEADS_ONLY)
    said.filter(answered_at=None, taken_back_at=None).update(taken_back_at=at)
    for call in calls:
        recount(call)
    words = PilotWord.objects.filter(input__participation=participation)
    rows = {"volunteer": keys, "pilotword": list(words.values_list("pk", flat=True))}
    words.delete()
    return rows | cards | {"pilotperson": _out_of_pilots(participation)}


def erase_asked_by(user: User, workspace: int) -> list[int]:
    """What somebody asked for by their account, on whichever initiative of the workspace."""
    rows = SpreadRequest.objects.filter(user=user, initiative__workspace=workspace)
    return _asked_no_more(rows)


def erase_old_requests(keys: list[int]) -> None:
    """The time of these requests, made by accounts alone, is over; that one asked stays."""
    _asked_no_more(SpreadRequest.objects.filter(pk__in=keys))


def _off_the_cards(participation: Participation, taken: Rows) -> Rows:
    """Their words stand on no card any more; that somebody asked for it stays, not who, nor why."""
    theirs = Q(participation=participation) | Q(quote__in=taken.get("quote", ()))
    voices = CardVoice.objects.filter(theirs)
    keys = list(voices.values_list("pk", flat=True))
    voices.delete()
    asked = _asked_no_more(SpreadRequest.objects.filter(asked_by(participation)))
    return {"cardvoice": keys, "spreadrequest": asked}


def _asked_no_more(rows: QuerySet[SpreadRequest]) -> list[int]:
    keys = list(rows.values_list("pk", flat=True))
    there = SpreadRequest.objects.filter(pk__in=keys)
    there.filter(state=SpreadRequest.State.WAITS).update(state=SpreadRequest.State.BACK)
    there.exclude(answer="").update(answer=ERASED)
    there.update(why=ERASED, part=ERASED, team=None, participation=None, user=None)
    return keys


def _out_of_pilots(participation: Participation) -> list[int]:
    rows = PilotPerson.objects.filter(participation=participation)
    keys = list(rows.values_list("pk", flat=True))
    pilots = list(Pilot.objects.filter(people__in=keys).distinct())
    rows.delete()
    for pilot in pilots:
        recount_people(pilot)
    return keys
