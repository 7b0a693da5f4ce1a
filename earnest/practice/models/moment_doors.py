"""Where another system says that a moment came: a door of an initiative, and what came to it."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models

from earnest.core.models import Came, SignedDoor
from earnest.initiatives.models import Initiative

OWN_KEY = "p-"  # how other systems name a person without an address: p-41


class MomentDoor(SignedDoor):
    """One of an initiative: it brings a moment's number and whom it came for, and nothing else."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, related_name="moment_door"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(SignedDoor.Meta):
        pass

    @property
    def workspace_id(self) -> int:
        """Where the log places what happens to it."""
        return self.initiative.workspace_id


class MomentCame(Came):
    """One message: of its body the moment and the person named are kept, and no word besides."""

    door = models.ForeignKey(MomentDoor, on_delete=models.CASCADE, related_name="came")
    seen_id = models.BigIntegerField(null=True)  # what was noticed by it

    class Meta(Came.Meta):
        indexes = (models.Index(fields=("door", "-at", "-id"), name="came_to_moment_door"),)

    @override
    def __str__(self) -> str:
        return self.key

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.door.initiative_id
