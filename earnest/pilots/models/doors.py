"""Where another program may bring readings of a measure, signed (1.11)."""

from __future__ import annotations

from django.db import models

from earnest.core.models import Came, SignedDoor
from earnest.pilots.models.measures import PilotMeasure


class ReadingDoor(SignedDoor):
    """The door of one measure: its secret is shown once, to the lead who opens it."""

    measure = models.OneToOneField(PilotMeasure, on_delete=models.CASCADE, related_name="door")

    class Meta(SignedDoor.Meta):
        pass

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.measure.pilot.initiative_id


class ReadingCame(Came):
    """What came to it, once for each key, and what became of it."""

    door = models.ForeignKey(ReadingDoor, on_delete=models.CASCADE, related_name="came")

    class Meta(Came.Meta):
        pass

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.door.initiative_id
