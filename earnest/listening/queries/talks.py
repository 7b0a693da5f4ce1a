"""Reads over conversations, and the word list the rules read with."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, reduce
from importlib import resources
from operator import or_

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from earnest.accounts.models import User
from earnest.core.paging import read_key, write_key
from earnest.engine.language import WordList
from earnest.initiatives.models import Initiative, Participation
from earnest.listening import naming
from earnest.listening.models import Conversation, Finding, Quote, Referral
from earnest.listening.naming import Names, Span


@cache
def word_list(language: str = "en") -> WordList:
    """The word list of a language; a language is one file in words/."""
    file = resources.files("earnest.listening") / "words" / f"{language}.toml"
    return WordList.from_mapping(tomllib.loads(file.read_text(encoding="utf-8")))


def open_referrals_to(participation: Participation) -> QuerySet[Referral]:
    """Referrals, not yet followed, to them: linked, or by a part of their name in any spelling."""
    still = Referral.objects.filter(
        initiative_id=participation.initiative_id, spoken_at=None, left_at=None
    )
    unlinked = still.filter(participation=None).values_list("pk", "name")
    person = naming.Called([participation.person.name])
    meant = [pk for pk, name in unlinked if person.may_hold(name)]
    return still.filter(Q(participation=participation) | Q(pk__in=meant))


def people_named(initiative_id: int, names: set[str]) -> dict[str, Participation | None]:
    """For each name, the one person on the initiative it means; None where several could be.

    A name that nobody bears is left out. A first name is enough where one person has it.
    """
    wanted = {name.strip().casefold() for name in names if name.strip()}
    if not wanted:
        return {}
    # Folded here, not by the database: SQLite folds ASCII alone, and Élodie is no lesser name.
    here = Participation.objects.present().filter(initiative_id=initiative_id)
    by_name: dict[str, list[tuple[int, str]]] = {}
    for pk, name in here.values_list("pk", "person__name").iterator():
        whole = name.casefold()
        for key in {whole, whole.split(" ")[0]} & wanted:
            by_name.setdefault(key, []).append((pk, whole))
    meant = {key: _only_one(key, found) for key, found in by_name.items()}
    found = here.select_related("person").in_bulk([pk for pk in meant.values() if pk])
    return {key: found[pk] if pk else None for key, pk in meant.items()}


def _only_one(key: str, found: list[tuple[int, str]]) -> int | None:
    """Who bears the whole name goes before who only begins with it."""
    exact = [pk for pk, whole in found if whole == key] or [pk for pk, _whole in found]
    return exact[0] if len(exact) == 1 else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the notes; ``finding`` where something was found in it.

    ``mended`` is the quote that now stands there in other words: "that is not what I meant".
    """

    text: str
    start: int
    finding: Finding | None = None
    mended: Quote | None = None


def pieces(
    conversation: Conversation, findings: list[Finding], mended: Sequence[Quote] = ()
) -> list[Piece]:
    """The notes as written, cut where something was found; joined they are the notes again."""
    out: list[Piece] = []
    notes, at = conversation.notes, 0
    for start, end, one in _marked(findings, mended):
        if start < at:
            continue  # two in one place: the first marks it
        if start > at:
            out.append(Piece(notes[at:start], at))
        finding = one if isinstance(one, Finding) else None
        out.append(Piece(notes[start:end], start, finding, None if finding else one))  # type: ignore[arg-type]
        at = end
    if at < len(notes):
        out.append(Piece(notes[at:], at))
    return out


def _marked(
    findings: list[Finding], mended: Sequence[Quote]
) -> list[tuple[int, int, Finding | Quote]]:
    """Places in order; where a quote was mended, its new words come before what was found."""
    new: list[tuple[int, int, Finding | Quote]] = [
        (one.start, one.end or 0, one) for one in mended if one.start is not None
    ]
    found = [(one.start, one.end, one) for one in findings]
    return sorted([*new, *found], key=lambda one: (one[0], isinstance(one[2], Finding)))


def mended_in(conversation: Conversation) -> list[Quote]:
    """Quotes that now stand there in other words, by their own hand."""
    rows = Quote.objects.filter(conversation=conversation, erased_at=None)
    return list(rows.exclude(corrected_at=None).exclude(start=None))


def in_new_words(notes: str, mended: Sequence[Quote], start: int, end: int) -> str:
    """A stretch of the notes, with what was mended in it in its new words."""
    out, at = [], start
    for one in sorted(mended, key=lambda one: one.start or 0):
        if one.start is None or one.end is None or one.start < at or one.end > end:
            continue
        out += [notes[at : one.start], one.words]
        at = one.end
    return "".join([*out, notes[at:end]])


def only_person(conversation: Conversation) -> Participation | None:
    """The one who was there, when it was one to one: a line without a speaker is theirs."""
    there = list(conversation.people.all()[:2])
    return there[0] if len(there) == 1 else None


def name_of_the_only_one(conversation: Conversation) -> str:
    """Their name, where one was there and nobody else here is called so."""
    only = only_person(conversation)
    name = only.person.name if only else ""
    known = people_named(conversation.initiative_id, {name} - {""})
    return name if known.get(name.strip().casefold()) else ""


def names_in(conversation: Conversation, findings: list[Finding]) -> list[str]:
    """Who seems to have been there, to begin the list with: speakers, and whom one promised."""
    if conversation.people.exists():
        return []
    spoke = [finding.speaker for finding in findings if finding.speaker]
    promised = [finding.whom for finding in findings if finding.direction == "ours"]
    return list(dict.fromkeys(name for name in (*spoke, *promised) if name))


MOST_AT_ONCE = 60
READ_FIRST = ["promise", "quote", "need", "question", "idea", "referral", "seen"]


def offered(conversation: Conversation) -> list[Finding]:
    """What waits for a yes or a no: promises first, each sort in the order of the notes."""
    waiting = conversation.findings.filter(state=Finding.State.OFFERED)
    found = list(waiting.select_related("conversation__initiative__workspace")[:MOST_AT_ONCE])
    return sorted(found, key=lambda one: (READ_FIRST.index(one.kind), one.start))


PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some conversations, and the key before which the earlier ones lie."""

    conversations: Sequence[Conversation]
    before: str


def page_of(initiative: Initiative, *, before: str) -> Page:
    """Conversations of an initiative, the latest first; ``before`` is the key of the last seen."""
    rows = initiative.conversations.order_by("-held_on", "-pk")
    if key := read_key(before):
        day, pk = key
        rows = rows.filter(Q(held_on__lt=day) | Q(held_on=day, pk__lt=pk))
    offered = Finding.objects.filter(conversation=OuterRef("pk"), state=Finding.State.OFFERED)
    count = offered.order_by().values("conversation").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(waiting=Coalesce(Subquery(count), 0)).defer("notes")
    there = Participation.objects.select_related("person").only("person__name")
    found = list(rows.prefetch_related(Prefetch("people", there))[: PAGE_SIZE + 1])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    return Page(found[:PAGE_SIZE], write_key(last.held_on, last.pk) if last else "")


def names_of(participation: Participation) -> Names:
    """What this person is called on the initiative: a part of the name, where it is theirs alone."""
    person = participation.person
    parts = naming.parts_of(person.name)
    bearing = reduce(or_, (Q(person__name__icontains=part) for part in parts), Q(pk=None))
    others = Participation.objects.present().filter(bearing, initiative=participation.initiative_id)
    others = others.exclude(pk=participation.pk)
    names = list(others.values_list("person__name", flat=True))
    shared = {part.lower() for name in names for part in naming.parts_of(name)}
    alone = person.name.lower() not in {name.lower() for name in names}
    return Names(
        whole=tuple(one for one in (person.name if alone else "", person.email) if one),
        parts=tuple(part for part in parts if part.lower() not in shared),
    )


def own_notes(
    conversation: Conversation, names: Names, taken: Sequence[Span], mended: Sequence[Quote] = ()
) -> str:
    """What of the notes is theirs to read: all of a talk one to one; of a small group what was
    taken as theirs, and the sentences that name them. Mended words stand in their place."""
    notes = conversation.notes
    if conversation.form != Conversation.Form.SMALL_GROUP:
        return in_new_words(notes, mended, 0, len(notes))
    spans = naming.merged([*taken, *naming.spans_naming(notes, names)])
    return "\n".join(in_new_words(notes, mended, start, end).strip() for start, end in spans)


MOST_MENTIONS = 50


@dataclass(frozen=True, slots=True)
class Mention:
    """What a colleague said that names somebody who was not there."""

    on: date
    words: str


def mentions_of(participation: Participation, names: Names) -> list[Mention]:
    """Sentences naming them in talks with others. Who said it is not told: it was said in trust."""
    talks = Conversation.objects.filter(initiative=participation.initiative_id)
    named = reduce(or_, (Q(notes__icontains=word) for word in names.literals), Q(pk=None))
    likely = talks.filter(named).exclude(people=participation).order_by("-held_on", "-pk")
    return [
        Mention(talk.held_on, talk.notes[start:end].strip())
        for talk in likely[:MOST_MENTIONS]
        for start, end in naming.spans_naming(talk.notes, names)
    ]


def referrals_to(participation: Participation, names: Names) -> QuerySet[Referral]:
    """What colleagues said: "speak with them", whether linked to them or named in words."""
    here = Referral.objects.filter(initiative_id=participation.initiative_id)
    called = reduce(or_, (Q(name__iexact=one) for one in (*names.whole, *names.parts)), Q(pk=None))
    about = here.filter(Q(participation=participation) | called)
    return about.select_related("named_by__person")


def noted_a_moment_ago(
    text: str,
    *,
    by: User,
    at: datetime,
    initiative: Initiative | None = None,
    target: str | None = None,
) -> Conversation | None:
    """The same notes by the same hand within a minute: a button pressed twice."""
    mine = Conversation.objects.filter(by=by, notes=text, noted_at__gt=at - timedelta(minutes=1))
    here = mine.filter(initiative=initiative) if initiative else mine
    if target is not None:
        here = here.filter(initiative__target=target)
    return here.order_by("-pk").first()
