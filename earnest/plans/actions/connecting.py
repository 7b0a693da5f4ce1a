"""Needs × parts: which part answers which need (2.19); and needs merged, with what points to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.listening import actions as listening
from earnest.listening.models import Need
from earnest.plans.actions.inputs import hold, recount
from earnest.plans.models import Answers, Change, Input, Part, Reply

NOT_LOOKED_AT = ""
STRONGER = [Answers.How.NOT, Answers.How.HELPS, Answers.How.SOLVES]


@transaction.atomic
def look_at(need: Need, hows: Mapping[int, str], *, by: User, at: datetime) -> int:
    """Whether each of these parts, by key, solves the need, helps, does not; empty: not looked at.

    How many were changed by it; parts of other initiatives, and dropped ones, are left alone.
    """
    list(Need.objects.select_for_update().filter(pk=need.pk))  # pressed twice: one waits
    parts = Part.objects.filter(initiative=need.initiative_id, dropped_at=None, pk__in=hows)
    before = dict(need.answered_by.values_list("part_id", "how"))
    changed = 0
    for part in parts:
        how = hows[part.pk]
        if how != before.get(part.pk, NOT_LOOKED_AT):
            _answer(need, part, how, by=by, at=at)
            changed += 1
    if changed:
        events.record("need_looked_at", by=by, at=at, about=need, detail={"parts": changed})
    return changed


def _answer(need: Need, part: Part, how: str, *, by: User, at: datetime) -> None:
    if how == NOT_LOOKED_AT:
        Answers.objects.filter(need=need, part=part).delete()
    else:
        said = {"how": how, "by": by, "at": at}
        Answers.objects.update_or_create(need=need, part=part, defaults=said)


@transaction.atomic
def merge_needs(into: Need, others: Sequence[Need], *, by: User, at: datetime) -> None:
    """The same need after all: what the plan says of it moves first, then its quotes."""
    hold(into.initiative_id)
    keys = [one.pk for one in others if one.pk != into.pk and _together(into, one)]
    gone = list(Need.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for one in gone:
        _move_answers(one, into)
    Input.objects.filter(need__in=gone).update(need=into)
    Reply.objects.filter(need__in=gone).update(need=into)
    for change in Change.objects.filter(needs__in=gone).distinct():
        change.needs.remove(*gone)
        change.needs.add(into)
    listening.merge(into, gone, by=by, at=at)
    recount(into.initiative, at=at)


def _together(one: Need, other: Need) -> bool:
    return one.initiative_id == other.initiative_id


def _move_answers(need: Need, into: Need) -> None:
    """Where both were looked at for one part, the stronger answer stays."""
    there = {one.part_id: one for one in into.answered_by.all()}
    for one in need.answered_by.all():
        known = there.get(one.part_id)
        if known is None:
            Answers.objects.filter(pk=one.pk).update(need=into)
            continue
        if STRONGER.index(Answers.How(one.how)) > STRONGER.index(Answers.How(known.how)):
            Answers.objects.filter(pk=known.pk).update(how=one.how, by=one.by_id, at=one.at)
        Answers.objects.filter(pk=one.pk).delete()
