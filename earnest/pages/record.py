"""Everything recorded about one person on one initiative: one read for the lead's page and theirs.

A file of its own because it is the promise "nothing hidden" (privacy.md 3): both pages show this
one record, so neither can show more than the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from earnest.ideas.models import Idea
from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, NeedNamed, Question, Quote, Referral, Seen
from earnest.promises import queries as promises
from earnest.promises.models import Promise, PromiseEvent
from earnest.promises.queries import BothRecords
from earnest.standing import queries as standing
from earnest.standing.models import Evidence, Rung


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, dated, with the mark it is shown by."""

    at: datetime | date
    mark: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a person here, in the words it was written in."""

    participation: Participation
    rung: Rung | None
    ours: list[Promise]
    theirs: list[Promise]
    kept: BothRecords
    quotes: list[Quote]
    needs: list[NeedNamed]
    questions: list[Question]
    ideas: list[Idea]
    named_others: list[Referral]
    named_by: list[Referral]
    seen: list[Seen]
    talks: list[Conversation]
    happened: list[Happening]


def record_of(participation: Participation, *, today: date) -> Record:
    """Read the whole record; a fixed number of queries."""
    both = list(participation.promises.prefetch_related("events__by").order_by("due", "pk"))
    talks = list(participation.conversations.select_related("by").all())
    ideas = list(participation.ideas.all())
    rung = Rung.objects.filter(pk=participation.pk).first()
    return Record(
        participation=participation,
        rung=rung,
        ours=[one for one in both if one.direction == Promise.Direction.OURS],
        theirs=[one for one in both if one.direction == Promise.Direction.THEIRS],
        kept=promises.records_with(both, today=today),
        quotes=list(participation.quotes.prefetch_related("needs")),
        needs=list(participation.needs_named.select_related("need")),
        questions=list(participation.questions.all()),
        ideas=ideas,
        named_others=list(participation.referrals_made.all()),
        named_by=_referrals_to(participation),
        seen=list(participation.seen.all()),
        talks=talks,
        happened=_in_order(
            [
                *_from_promises(both),
                *(_from_talk(talk) for talk in talks),
                *(_from_idea(idea) for idea in ideas),
                *_from_evidence(standing.record_of(participation.pk), rung),
            ]
        ),
    )


def _referrals_to(participation: Participation) -> list[Referral]:
    """What colleagues said: "speak with them", shown as such."""
    here = Referral.objects.filter(initiative_id=participation.initiative_id)
    about = Q(participation=participation) | Q(name__iexact=participation.person.name)
    return list(here.filter(about).select_related("named_by__person"))


def _in_order(everything: list[Happening]) -> list[Happening]:
    """The latest first."""
    return sorted(everything, key=lambda one: _day(one.at), reverse=True)


def _from_promises(both: list[Promise]) -> list[Happening]:
    return [_from_event(promise, event) for promise in both for event in promise.events.all()]


def _from_idea(idea: Idea) -> Happening:
    return Happening(idea.on, "did", _("Gave an idea: %(words)s") % {"words": idea.words})


def _day(at: datetime | date) -> date:
    return at.date() if isinstance(at, datetime) else at


MARKS = {
    PromiseEvent.Kind.MADE: "agreed",
    PromiseEvent.Kind.CONFIRMED: "agreed",
    PromiseEvent.Kind.KEPT: "did",
    PromiseEvent.Kind.MISSED: "fading",
}


def _from_event(promise: Promise, event: PromiseEvent) -> Happening:
    mark = MARKS.get(PromiseEvent.Kind(event.kind), "")
    if event.kind == PromiseEvent.Kind.MADE and promise.direction == Promise.Direction.THEIRS:
        mark = ""  # noted is not yet agreed: they have not confirmed it
    ours = promise.direction == Promise.Direction.OURS
    side = _("Our promise") if ours else _("Their promise")
    text = f"{side}, {event.get_kind_display()}: {promise.words}"
    why = f" ({event.why})" if event.why else ""
    who = participation_name(promise) if event.by_person else str(event.by or "")
    return Happening(event.at, mark, text + why, who)


def participation_name(promise: Promise) -> str:
    return promise.participation.person.first_name


def _from_talk(talk: Conversation) -> Happening:
    one = talk.form == Conversation.Form.ONE_TO_ONE
    text = _("Talked, one to one") if one else _("Talked, in a small group")
    return Happening(talk.held_on, "heard", text, str(talk.by))


def _from_evidence(rows: list[Evidence], rung: Rung | None) -> list[Happening]:
    """What stands on its own in the record: a yes, a no. Promises and ideas are shown above."""
    corrected = {row.corrects for row in rows if row.corrects}
    out = []
    for row in rows:
        if row.id in corrected or row.value is None:
            continue
        if row.kind == Evidence.Kind.NODDED:
            out.append(Happening(row.at, "", _("Said yes") if row.value else _("Declined to talk")))
        if row.kind == Evidence.Kind.AGREED and not row.value:
            reason = rung.reason if rung else ""
            out.append(
                Happening(row.at, "no", _("Said no: %s") % reason if reason else _("Said no"))
            )
    return out
