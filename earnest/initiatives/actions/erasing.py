"""What no cascade reaches."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model


def erase_pointers_to(participations: list[int]) -> None:
    """Delete the rows that name these participations by a plain column.

    Evidence and its like are keyed for a cluster, without a constraint in the database
    (architecture.md, "Large"), so deleting a participation would leave them behind. They lie in
    contexts above this one, which is why they are found by their column and not by import.
    """
    for model in _with_plain_column("participation_id"):
        model._default_manager.filter(participation_id__in=participations).delete()


def erase_rows_of(initiative_id: int) -> None:
    """Delete the rows that name an initiative by a plain column, its events among them.

    For the example alone: of a real initiative the log is kept, here nobody did these things.
    """
    voices = apps.get_model("ideas", "Voice")._default_manager.filter(
        space__initiative=initiative_id
    )
    for model in _with_plain_column("voter_id"):
        model._default_manager.filter(voter_id__in=voices.values("pk")).delete()
    for model in _with_plain_column("initiative_id"):
        model._default_manager.filter(initiative_id=initiative_id).delete()


def _with_plain_column(name: str) -> Iterator[type[Model]]:
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        if any(field.name == name and not field.is_relation for field in fields):
            yield model
