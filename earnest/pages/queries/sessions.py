"""Who tries what by when, of a session: with names its words are those of the promise (4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from earnest.ideas.models import Idea, Session
from earnest.promises.models import Promise


@dataclass(frozen=True, slots=True)
class Tried:
    """One of them. Let go, or taken out by whoever it is about, it is not here."""

    pk: int
    who: str  # empty without names
    words: str
    due: date | None
    idea: Idea | None
    voice_pk: int
    promise: Promise | None


def tries_of(session: Session) -> list[Tried]:
    """Two queries."""
    rows = list(session.tries.select_related("voice__participation__person", "idea"))
    keys = [one.promise_id for one in rows if one.promise_id]
    kept = Promise.objects.exclude(state=Promise.State.RELEASED).in_bulk(keys)
    found = []
    for one in rows:
        promise = kept.get(one.promise_id) if one.promise_id else None
        if one.promise_id and promise is None:
            continue
        whose = one.voice.participation
        found.append(
            Tried(
                pk=one.pk,
                who=whose.person.name if whose else "",
                words=promise.words if promise else one.words,
                due=promise.due if promise else one.due,
                idea=one.idea,
                voice_pk=one.voice_id,
                promise=promise,
            )
        )
    return sorted(found, key=lambda one: (one.due or date.max, one.who, one.pk))


def noted_in(session: Session) -> QuerySet[Promise]:
    """What a lead noted for people there that waits for their own yes: person by person."""
    keys = session.tries.exclude(promise_id=None).values("promise_id")
    rows = Promise.objects.filter(pk__in=keys, confirmed_at=None, state=Promise.State.OPEN)
    whose = ("by", "participation__person", "participation__initiative")
    return rows.select_related(*whose).order_by("participation", "due", "pk")
