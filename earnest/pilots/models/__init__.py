"""What pilots keep: who would like to go first, pilots and what is read of them, and who asks next."""

from earnest.pilots.models.cards import (
    CardFigure,
    CardVersion,
    CardVoice,
    EvidenceCard,
    SpreadRequest,
)
from earnest.pilots.models.doors import ReadingCame, ReadingDoor
from earnest.pilots.models.first import Call, Volunteer
from earnest.pilots.models.measures import PilotMeasure, PilotReading, PilotReadings
from earnest.pilots.models.running import Pilot, PilotPerson, PilotStep, PilotWord

__all__ = [
    "Call",
    "CardFigure",
    "CardVersion",
    "CardVoice",
    "EvidenceCard",
    "Pilot",
    "PilotMeasure",
    "PilotPerson",
    "PilotReading",
    "PilotReadings",
    "PilotStep",
    "PilotWord",
    "ReadingCame",
    "ReadingDoor",
    "SpreadRequest",
    "Volunteer",
]
