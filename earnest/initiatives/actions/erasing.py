"""What no cascade reaches."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model


def erase_pointers_to(participations: list[int]) -> None:
    """Delete the rows that name these participations by a plain column.

    Evidence and its like are keyed for a cluster, without a constraint in the database
    (architecture.md, "Large"), so deleting a participation would leave them behind. They lie in
    contexts above this one, which is why they are found by their column and not by import.
    """
    for model in apps.get_models():
        if _points_by_plain_column(model):
            model._default_manager.filter(participation_id__in=participations).delete()


def _points_by_plain_column(model: type[Model]) -> bool:
    return any(
        field.name == "participation_id" and not field.is_relation
        for field in model._meta.local_concrete_fields
    )
