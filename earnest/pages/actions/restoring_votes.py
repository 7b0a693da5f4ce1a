"""Votes right after a backup was brought back: beside ``restoring.py``, in its transaction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched

from earnest.ideas.models import OpinionMap, Space, Statement, Voter
from earnest.pages.queries.since_votes import VotesSince

AT_ONCE = 500


def votes_again(since: VotesSince) -> int:
    """How many sentences are off the vote again, and how many want no word any more."""
    changed = _off_the_vote_again(since)
    wanting = Voter.objects.filter(wants_word=True).values_list("pk", flat=True)
    none = set(wanting) - since.wanting
    changed += sum(
        Voter.objects.filter(pk__in=some).update(wants_word=False) for some in _some(none)
    )
    _maps_again(since)
    return changed


def _off_the_vote_again(since: VotesSince) -> int:
    """What is there no more was taken back, before anybody voted on it."""
    known = set(Statement.objects.values_list("pk", flat=True))
    changed = sum(
        Statement.objects.filter(pk__in=some, agree=0, disagree=0, passed=0).delete()[0]
        for some in _some(known - since.statements)
    )
    for pk in sorted(known & set(since.hidden)):
        words, reason = since.hidden[pk]
        shown = Statement.objects.filter(pk=pk).exclude(state="hidden", words=words)
        changed += shown.update(state=Statement.State.HIDDEN, words=words, reason=reason)
    return changed


def _maps_again(since: VotesSince) -> None:
    """Those that were published since, with who sits where in them: the next goes on from there."""
    here = set(Space.objects.values_list("pk", flat=True))
    rows = [OpinionMap(**one) for one in since.maps if one["space_id"] in here]
    OpinionMap.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    for some in _some(since.seats):
        voters = list(Voter.objects.filter(pk__in=some))
        for one in voters:
            one.seat, one.sure = since.seats[one.pk]
        Voter.objects.bulk_update(voters, ["seat", "sure"])


def _some(keys: Iterable[int]) -> Iterable[tuple[int, ...]]:
    return batched(sorted(keys), AT_ONCE, strict=False)
