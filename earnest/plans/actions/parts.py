"""The plan, part by part: what, why, whose, and by what one sees that it works (2.20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Measure, Participation
from earnest.plans.models import Part

CHANGEABLE = frozenset({"title", "what", "why", "owner", "measures"})


class NotInThePlan(Exception):
    """The part was dropped before."""


class StillInThePlan(Exception):
    """The part stands in the plan as it is."""


@dataclass(frozen=True, slots=True)
class PartDraft:
    """A part as a lead wrote it."""

    title: str
    why: str
    what: str = ""
    owner: User | Participation | None = None
    measures: tuple[Measure, ...] = ()


@transaction.atomic
def add_part(initiative: Initiative, draft: PartDraft, *, by: User, at: datetime) -> Part:
    """Put a part at the end of the plan; the very same words again are no second part.

    Raises AskedToStop where its owner asked to be left alone.
    """
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    standing = initiative.parts.filter(dropped_at=None)
    same = standing.filter(title=draft.title, what=draft.what, why=draft.why).first()
    if same:
        return same
    last = initiative.parts.aggregate(last=Max("position"))["last"] or 0
    part = Part(initiative=initiative, position=last + 1, made_at=at, changed_at=at)
    part.title, part.what, part.why = draft.title, draft.what, draft.why
    _give_to(part, draft.owner)
    part.save()
    part.measures.set(draft.measures)
    events.record("part_added", by=by, at=at, about=part)
    return part


@transaction.atomic
def change_part(part: Part, changes: dict[str, Any], *, by: User, at: datetime) -> None:
    """Change what is named in ``changes``; the log keeps which, not what. Raises AskedToStop."""
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise ValueError(f"not changed here: {', '.join(sorted(unknown))}")
    words = {name: changes[name] for name in ("title", "what", "why") if name in changes}
    for name, value in words.items():
        setattr(part, name, value)
    fields = [*words, "changed_at"]
    if "owner" in changes:
        _give_to(part, changes["owner"])
        fields += ["owner_user", "owner_person"]
    part.changed_at = at
    part.save(update_fields=fields)
    if "measures" in changes:
        part.measures.set(changes["measures"])
    which = ",".join(sorted(changes))
    events.record("part_changed", by=by, at=at, about=part, detail={"fields": which})


@transaction.atomic
def move_part(part: Part, to: Literal["earlier", "later"], *, by: User, at: datetime) -> None:
    """Change places with the part before or after; at either end nothing happens."""
    standing = Part.objects.select_for_update().filter(dropped_at=None)
    order = list(standing.filter(initiative=part.initiative_id))
    places = [one.pk for one in order]
    if part.pk not in places:
        return
    place = places.index(part.pk)
    other = place + (1 if to == "later" else -1)
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order, start=1):
        one.position = position
    Part.objects.bulk_update(order, ["position"])
    events.record("part_moved", by=by, at=at, about=part)


@transaction.atomic
def drop_part(part: Part, why: str, *, by: User, at: datetime) -> None:
    """Take it out of the plan, with the reason; it can come back. Raises NotInThePlan."""
    standing = Part.objects.filter(pk=part.pk, dropped_at=None)
    if not standing.update(dropped_at=at, dropped_why=why, changed_at=at):
        raise NotInThePlan
    events.record("part_dropped", by=by, at=at, about=part)


@transaction.atomic
def bring_part_back(part: Part, *, by: User, at: datetime) -> None:
    """It stands in the plan again, where it stood. Raises StillInThePlan."""
    dropped = Part.objects.filter(pk=part.pk, dropped_at__isnull=False)
    if not dropped.update(dropped_at=None, dropped_why="", changed_at=at):
        raise StillInThePlan
    events.record("part_brought_back", by=by, at=at, about=part)


def _give_to(part: Part, owner: User | Participation | None) -> None:
    """One of them sees to it, or nobody yet. After a stop nobody is given anything."""
    if isinstance(owner, Participation) and owner.pk != part.owner_person_id:
        owner.refuse_if_stopped()
    part.owner_user = owner if isinstance(owner, User) else None
    part.owner_person = owner if isinstance(owner, Participation) else None
