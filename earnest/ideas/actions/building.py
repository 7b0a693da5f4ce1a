"""One idea grows from another (4.5): the lineage, and what stays of it when an idea goes."""

from __future__ import annotations

from django.db.models import F

from earnest.ideas.actions.in_step import withdraw_statements
from earnest.ideas.actions.merging import settle
from earnest.ideas.actions.spaces import count_ideas, key_for
from earnest.ideas.models import BuildsOn, Idea, Merge, Parting, Support


def build_on(idea: Idea, of: Idea) -> None:
    """Beside the row of the idea, in the transaction that writes it."""
    BuildsOn.objects.create(**key_for(idea.space), idea=idea, of=of)
    up = {"builders": F("builders") + 1, "responses": F("responses") + 1}
    Idea.objects.filter(pk=of.pk).update(**up)


def let_go(pk: int, how: str, words: str = "") -> bool:
    """Its words are gone, its support and its merges with them; what builds on it stays where it
    was. True if now."""
    there = Idea.objects.select_for_update(of=("self",)).filter(pk=pk, gone="").first()
    if there is None:
        return False
    Support.objects.filter(idea=pk).delete()
    Idea.objects.filter(pk=pk).update(
        words=words,
        gone=how,
        supporters=0,
        responses=F("builders"),
        tell_after=None,
        conversation_id=None,
        start=None,
        end=None,
    )
    _part_from_all(there)
    withdraw_statements(pk, words=words, on=there.on)
    if there.space_id:
        count_ideas(there.space_id, -1)
    return True


def _part_from_all(idea: Idea) -> None:
    """It stands with no other any more."""
    live = Merge.objects.filter(parting=None)
    for merge in (*live.filter(kept=idea), *live.filter(joined=idea)):
        Parting.objects.create(**key_for(idea.space), merge=merge, on=idea.on)
    settle([idea.pk])
