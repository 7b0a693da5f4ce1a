"""A pilot that runs, its measures and its card, for tests: the desk in the south tried one intake."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.people.models import Team
from earnest.pilots.models import CardVersion, EvidenceCard, Pilot, PilotMeasure
from tests.worlds import NOW, World

HELPED = {
    "estimate": 25.0,
    "low": 14.0,
    "high": 30.0,
    "enough": True,
    "method": "shares",
    "sentence": "61 % of requests had one owner within a day, 34 % before.",
    "why_not": "",
}
EARLY = {**HELPED, "low": -4.0, "enough": False, "sentence": "Too early to say: 3 readings since."}


def a_pilot(world: World, part: str = "South desk", **more: Any) -> Pilot:
    """Begun twenty days ago, running."""
    day = NOW.date()
    given = {
        "team": Team.objects.get_or_create(workspace=world.workspace, name=part)[0],
        "part": part,
        "what": "One desk answers all",
        "stop_if": "requests wait longer than three days",
        "starts_on": day - timedelta(days=20),
        "ends_on": day + timedelta(days=20),
        "made_at": NOW,
        "started_at": NOW - timedelta(days=20),
        "people_count": 6,
    }
    return Pilot.objects.create(initiative=world.initiative, by=world.lead, **given | more)


def measured(
    pilot: Pilot, effect: dict[str, Any] | None, *, counts: str = "share", of: int | None = 20
) -> PilotMeasure:
    """Read five times, of the part and of what it is compared with."""
    one = PilotMeasure.objects.create(
        pilot=pilot,
        name="Requests with one owner within a day",
        counts=counts,
        comparison="North desk",
        comparison_of_five=True,
        effect=effect,
        made_at=NOW,
    )
    for at, (value, other) in enumerate([(30, 33), (34, 35), (48, 36), (60, 36), (61, 37)]):
        on = NOW.date() - timedelta(days=7 * (4 - at))
        for group, figure in (("pilot", value), ("comparison", other)):
            one.readings.create(group=group, on=on, value=Decimal(figure), of=of, at=NOW)
    return one


def a_card(world: World, pilot: Pilot, **more: Any) -> EvidenceCard:
    given = {"title": "One desk", "tried": "One desk answers all.", "cost": "Two hours a day."}
    return EvidenceCard.objects.create(
        initiative=world.initiative,
        pilot=pilot,
        by=world.lead,
        made_at=NOW,
        changed_at=NOW,
        **given | more,
    )


def said(whose: Participation, words: str, passed_on: str = "named") -> Quote:
    return Quote.objects.create(
        initiative=whose.initiative,
        participation=whose,
        words=words,
        said_on=NOW.date(),
        passed_on=passed_on,
    )


def shown(card: EvidenceCard) -> CardVersion:
    return CardVersion.objects.select_related("card__initiative", "whom").get(card=card, shown=True)
