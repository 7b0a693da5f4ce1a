"""What came of each pilot, in a line, for the list of them: did it help? (1.11)

Whoever does not lead reads it of five people and more, as on the page of each pilot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.pilots.models import CardVersion, Pilot, PilotMeasure, PilotReading
from earnest.pilots.queries.cards import outcome_of
from earnest.pilots.queries.comparing import large_comparisons
from earnest.pilots.queries.cutting import COUNTS_ENOUGH
from earnest.pilots.queries.measured import PILOT, Measured, found


@dataclass(frozen=True, slots=True)
class Became:
    """An outcome of ``CardVersion``, and what the first measure says of it."""

    outcome: str
    sentence: str

    @property
    def called(self) -> str:
        return str(CardVersion.Outcome(self.outcome).label)


def became_of(pilots: Sequence[Pilot], *, leads: bool) -> dict[int, Became]:
    """By the key of those that began; for leads no query, for others three."""
    begun = [one for one in pilots if one.started_at and (leads or one.is_for_all)]
    hidden = set() if leads else _hidden([one for it in begun for one in it.measures.all()])
    return {one.pk: _became(one, hidden) for one in begun}


def _became(pilot: Pilot, hidden: set[int]) -> Became:
    told = [Measured(one, [], found(one)) for one in pilot.measures.all() if one.pk not in hidden]
    said = (one.found.sentence for one in told if one.found and one.found.sentence)
    return Became(outcome_of(pilot, told), next(said, ""))


def _hidden(measures: Sequence[PilotMeasure]) -> set[int]:
    """Of these an answer is made of fewer than five, or compares with fewer than five people."""
    large = large_comparisons(measures)
    compares = {one.pk for one in measures if Measured(one, [], found(one)).compares}
    read = PilotReading.objects.standing().filter(measure__in=[one.pk for one in measures])
    few = read.exclude(COUNTS_ENOUGH).values_list("measure_id", "group")
    return (compares - large) | {pk for pk, group in few if group == PILOT or pk in large}
