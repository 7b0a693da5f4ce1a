"""Two ideas are the same: they stand as one, and each keeps its words, author, day and origin.

Which stands with which is stored beside the ideas and follows from the merges that nobody parted.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas import emails
from earnest.ideas.actions.spaces import key_for
from earnest.ideas.models import Idea, Merge, Parting
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging


class CannotMerge(Exception):
    """They are one already, or one of them is gone, or they stand in different spaces."""

    @property
    def sentence(self) -> str:
        return _("These two cannot stand as one: one of them is gone, or they do already.")


@transaction.atomic
def merge_ideas(kept: Idea, joined: Idea, *, by: User, at: datetime) -> Merge:
    """They stand as one from now on; both authors are told, and each can say that it is not so.

    Raises CannotMerge.
    """
    first, second = _both(kept, joined)
    if first.pk == second.pk or first.space_id is None or first.space_id != second.space_id:
        raise CannotMerge
    merge = Merge.objects.create(kept=first, joined=second, by=by, at=at)
    groups = [(_as_one_with(first), second), (_as_one_with(second), first)]
    settle([first.pk, second.pk])
    events.record("ideas_merged", by=by, at=at, about=merge)
    told = set[int | None]()  # who gave several of them is told once
    for ideas, other in groups:
        for one in ideas:
            if one.participation_id not in told:
                _tell(merge, one, other, by=by, at=at)
            told.add(one.participation_id)
    return merge


def _as_one_with(head: Idea) -> list[Idea]:
    """It, and what stood with it before: whoever gave these is told too."""
    whole = head.merged.filter(gone="").select_related(
        "participation__person", "participation__initiative", "space"
    )
    return [head, *whole.order_by("pk")]


def _both(kept: Idea, joined: Idea) -> tuple[Idea, Idea]:
    """As they are now, held in one order; what stands with another is spoken for by that one."""
    heads = {kept.merged_into_id or kept.pk, joined.merged_into_id or joined.pk}
    whole = Idea.objects.select_for_update(of=("self",)).select_related(
        "participation__person", "participation__initiative", "space"
    )
    rows = {one.pk: one for one in whole.filter(pk__in=heads, gone="").order_by("pk")}
    first = rows.get(kept.merged_into_id or kept.pk)
    second = rows.get(joined.merged_into_id or joined.pk)
    if first is None or second is None or first.merged_into_id or second.merged_into_id:
        raise CannotMerge
    return first, second


def _tell(merge: Merge, mine: Idea, other: Idea, *, by: User, at: datetime) -> None:
    """By mail where we know whom; whoever asked to be left alone reads it on their page."""
    if mine.participation is None or other.is_kept_back:
        return
    draft = emails.merged(merge, mine, other, by=by)
    try:
        messaging.put_in_outbox(mine.participation, draft, by=by, at=at)
    except (AskedToStop, messaging.MayNotWrite):
        return


@transaction.atomic
def part_ideas(merge: Merge, *, at: datetime, by: User | None = None) -> bool:
    """ "That is not the same": by one of both authors, or by a lead (``by``). True if now."""
    list(Idea.objects.select_for_update().filter(pk__in=[merge.kept_id, merge.joined_id]))
    day = merge.kept.initiative.workspace.day(at)
    told = {**key_for(merge.kept.space), "on": day, "by_author": by is None}
    if not Parting.objects.get_or_create(merge=merge, defaults=told)[1]:
        return False
    settle([merge.kept_id, merge.joined_id])
    named = merge.kept.space is None or merge.kept.space.names
    if by or named:
        events.record("ideas_parted", by=by, at=at, about=merge)
    return True


def settle(keys: list[int]) -> None:
    """Store anew which ideas stand as one, around these: from the merges that nobody parted."""
    around = _around(set(keys))
    edges = Merge.objects.filter(
        Q(kept__in=around) | Q(joined__in=around), parting=None
    ).values_list("joined_id", "kept_id")
    into = dict(edges)
    for pk in around:
        head = pk
        while head in into:
            head = into[head]
        Idea.objects.filter(pk=pk).update(merged_into=head if head != pk else None)


def _around(keys: set[int]) -> set[int]:
    """Every idea that stands with one of these, or did until now."""
    heads = set(
        Idea.objects.filter(pk__in=keys)
        .exclude(merged_into=None)
        .values_list("merged_into_id", flat=True)
    )
    whole = keys | {pk for pk in heads if pk}
    found = Idea.objects.filter(Q(pk__in=whole) | Q(merged_into__in=whole))
    return set(found.values_list("pk", flat=True))
