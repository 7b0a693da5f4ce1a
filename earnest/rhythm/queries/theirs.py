"""What of a progress mail is one person's own: what became of theirs, promises kept and moved (3.11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.text import Truncator

from earnest.initiatives.models import Participation
from earnest.listening.models import NeedNamed
from earnest.plans.models import Input, Reply
from earnest.promises.models import Promise, PromiseEvent
from earnest.rhythm.models import ProgressMail


@dataclass(frozen=True, slots=True)
class Became:
    """Words of theirs, and what became of them."""

    words: str
    outcome: str
    answer: str
    place: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise to them that was kept, or moved and to when."""

    words: str
    kept: bool
    due: date | None


@dataclass(frozen=True, slots=True)
class Theirs:
    """What of it is theirs alone."""

    became: tuple[Became, ...] = ()
    promised: tuple[Promised, ...] = ()
    updated: bool = False


def theirs_of(mail: ProgressMail, people: Iterable[Participation]) -> dict[int, Theirs]:
    """For each of these people, since the mail before; a fixed number of queries."""
    keys = [one.pk for one in people]
    became, promised = _became(mail, keys), _promised(mail, keys)
    standing = (
        Promise.objects.open().ours().filter(when=Promise.When.STANDING, participation__in=keys)
    )
    updated = set(standing.values_list("participation", flat=True))
    return {
        pk: Theirs(tuple(became.get(pk, ())), tuple(promised.get(pk, ())), pk in updated)
        for pk in keys
    }


def _became(mail: ProgressMail, keys: list[int]) -> dict[int, list[Became]]:
    """Answers since then, each beside the words of theirs that it is for; none twice."""
    replies = list(
        Reply.objects.filter(
            initiative=mail.initiative_id, at__gt=mail.since, at__lte=mail.made_at
        ).select_related("input", "need")
    )
    found: dict[int, list[Became]] = defaultdict(list)
    if not replies:
        return found
    whose = _whose(replies, keys)
    for reply in replies:
        sort, key = ("need", reply.need_id) if reply.need_id else ("input", reply.input_id)
        for pk, words in whose[sort].get(key or 0, {}).items():
            answer = Truncator(reply.words).chars(200)
            found[pk].append(
                Became(words, str(reply.get_outcome_display()), answer, f"replies/{reply.pk}/")
            )
    return found


def _whose(replies: list[Reply], keys: list[int]) -> dict[str, dict[int, dict[int, str]]]:
    """By input and by need: whose words it answers, among these people, and which."""
    inputs = [one.input_id for one in replies if one.input_id]
    needs = [one.need_id for one in replies if one.need_id]
    found: dict[str, dict[int, dict[int, str]]] = {
        "input": defaultdict(dict),
        "need": defaultdict(dict),
    }
    named = NeedNamed.objects.filter(need__in=needs, participation__in=keys)
    for need, pk, words, called in named.values_list(
        "need", "participation", "words", "need__words"
    ):
        found["need"][need][pk or 0] = words or called
    mine = Input.objects.filter(participation__in=keys, erased_at=None)
    given = mine.filter(Q(pk__in=inputs) | Q(same_as__in=inputs) | Q(need__in=needs))
    for one in given.only("pk", "same_as", "need", "participation", "words"):
        for sort, key in (("input", one.pk), ("input", one.same_as_id), ("need", one.need_id)):
            if key:
                found[sort][key][one.participation_id or 0] = one.words
    return found


def _promised(mail: ProgressMail, keys: list[int]) -> dict[int, list[Promised]]:
    """Our promises to them that were kept or moved since; the last word on each counts."""
    events = PromiseEvent.objects.filter(
        promise__participation__in=keys,
        promise__direction=Promise.Direction.OURS,
        kind__in=(PromiseEvent.Kind.KEPT, PromiseEvent.Kind.MOVED),
        at__gt=mail.since,
        at__lte=mail.made_at,
    )
    found: dict[int, list[Promised]] = defaultdict(list)
    rows = {one.promise_id: one.promise for one in events.select_related("promise").order_by("pk")}
    for promise in rows.values():
        kept = promise.state == Promise.State.KEPT
        if kept or promise.state == Promise.State.OPEN:
            found[promise.participation_id].append(Promised(promise.words, kept, promise.due))
    return found
