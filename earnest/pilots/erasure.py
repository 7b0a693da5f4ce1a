"""What pilots keep of a person, gone: their yes in their words, and that they are in a part that
tries it (privacy.md 13).

A file of its own beside ``actions``: these writes override every append-only rule and are called
only by ``pages.erasure``, inside its transaction. What somebody said of a pilot is an input, and
goes with those; figures are of parts, never of a person.
"""

from __future__ import annotations

from datetime import datetime

from earnest.initiatives.models import Participation
from earnest.pilots.actions.first import recount
from earnest.pilots.actions.running import recount_people
from earnest.pilots.models import Call, Pilot, PilotPerson, PilotWord, Volunteer

ERASED = "erased"

type Rows = dict[str, list[int]]  # keys by model name


def erase_pilots(participation: Participation, *, at: datetime) -> Rows:
    """That a part said yes stays, for a pilot may run there; who said so, and why, does not. What
    waits for an answer waits no more.

    Returns the keys of the rows that held something of them.
    """
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
    return rows | {"pilotperson": _out_of_pilots(participation)}


def _out_of_pilots(participation: Participation) -> list[int]:
    rows = PilotPerson.objects.filter(participation=participation)
    keys = list(rows.values_list("pk", flat=True))
    pilots = list(Pilot.objects.filter(people__in=keys).distinct())
    rows.delete()
    for pilot in pilots:
        recount_people(pilot)
    return keys
