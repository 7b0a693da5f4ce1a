"""Evidence cards for them to read, their words on cards, and what they asked for (1.12, 3.18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from earnest.initiatives.models import Participation
from earnest.pages.written.rows import APART, Happening, Row, by_moment, in_one, rows_as
from earnest.pilots.models import CardVersion, CardVoice, Pilot, SpreadRequest
from earnest.pilots.queries.cards import asked_by

Outcome = CardVersion.Outcome
FEW = ~Q(card__pilot__in=Pilot.objects.for_all()) & ~Q(outcome=Outcome.STOPPED)
BECAME = Case(When(FEW, then=Value(Outcome.EARLY)), default=F("outcome"))  # as on the card


@dataclass(frozen=True, slots=True)
class ToRead:
    """A card published on their initiative."""

    card_pk: int
    title: str
    outcome: str
    where: str
    at: datetime

    @property
    def became(self) -> str:
        return str(CardVersion.Outcome(self.outcome).label)


@dataclass(frozen=True, slots=True)
class OnCard:
    """Words of theirs for one card: asked or not yet, and where they stand."""

    pk: int
    card_pk: int
    words: str
    card: str
    state: str
    chosen_at: datetime
    asked_at: datetime | None
    answered_at: datetime | None
    published_at: datetime | None

    @property
    def called(self) -> str:
        return str(CardVoice.State(self.state).label)

    @property
    def was_asked(self) -> bool:
        return self.state != CardVoice.State.CHOSEN

    @property
    def waits(self) -> bool:
        """An answer of theirs is asked for."""
        return self.state == CardVoice.State.ASKED

    @property
    def stands(self) -> bool:
        """Others read it now: with their yes, in what is published."""
        return self.state in CardVoice.GRANTED and self.published_at is not None


@dataclass(frozen=True, slots=True)
class AskedFor:
    """They asked for it, for their part; and what became of it."""

    pk: int
    card_pk: int
    why: str
    part: str
    state: str
    answer: str
    card: str
    at: datetime
    wanted_from: date | None
    answered_at: datetime | None
    answered_by: str

    @property
    def called(self) -> str:
        return str(SpreadRequest.State(self.state).label)

    @property
    def waits(self) -> bool:
        return self.state == SpreadRequest.State.WAITS


@dataclass(frozen=True, slots=True)
class Carded:
    """All of it, the latest first."""

    to_read: tuple[ToRead, ...] = ()
    voices: tuple[OnCard, ...] = ()
    asked_for: tuple[AskedFor, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.to_read or self.voices or self.asked_for)

    @property
    def waits(self) -> bool:
        """An answer of theirs is asked for."""
        return any(one.waits for one in self.voices)


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    shown = CardVersion.objects.filter(shown=True)
    voices = (
        CardVoice.objects.filter(participation=participation.pk)
        .exclude(quote__erased_at__isnull=False)
        .exclude(word__input__erased_at__isnull=False)
        .annotate(
            said=Coalesce("quote__words", "word__input__words"),
            published=Subquery(shown.filter(card=OuterRef("card")).values("published_at")[:1]),
        )
    )
    asked = SpreadRequest.objects.filter(asked_by(participation)).annotate(
        told=in_one("part", "state", "answer", "version__title")
    )
    here = shown.filter(card__initiative=participation.initiative_id).annotate(became=BECAME)
    return [rows_as(sort, rows, **COLUMNS[sort]) for sort, rows in _by_sort(here, voices, asked)]


def _by_sort(*rows: QuerySet[Any]) -> list[tuple[str, QuerySet[Any]]]:
    return list(zip(COLUMNS, rows, strict=True))


COLUMNS: dict[str, dict[str, Any]] = {
    "card": {
        "has_place": False,
        "pk": "card_id",
        "words": "title",
        "more": "became",
        "who": "where",
        "at": "published_at",
    },
    "card_voice": {
        "has_place": False,
        "conversation_id": "card_id",
        "words": "said",
        "more": "card__title",
        "who": "state",
        "at": "chosen_at",
        "until": "asked_at",
        "read_at": "answered_at",
        "right_at": "published",
    },
    "asked_for_it": {
        "has_place": False,
        "conversation_id": "version__card_id",
        "words": "why",
        "more": "told",
        "who": "answered_by__name",
        "on": "wanted_from",
        "at": "at",
        "read_at": "answered_at",
    },
}


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    """The latest first; titles as they were typed: the form refuses words of people."""

    def rows(sort: str) -> list[Row]:
        return sorted(met.get(sort, ()), key=by_moment, reverse=True)

    return {
        "carded": Carded(
            tuple(_to_read(row) for row in rows("card")),
            tuple(_on_card(row) for row in rows("card_voice")),
            tuple(_asked_for(row) for row in rows("asked_for_it")),
        )
    }


def _to_read(row: Row) -> ToRead:
    return ToRead(row.pk, row.words, row.more, row.who or "", row.at)


def _on_card(row: Row) -> OnCard:
    return OnCard(
        pk=row.pk,
        card_pk=row.conversation_id or 0,
        words=row.words,
        card=row.more,
        state=row.who or "",
        chosen_at=row.at,
        asked_at=row.until,
        answered_at=row.read_at,
        published_at=row.right_at,
    )


def _asked_for(row: Row) -> AskedFor:
    part, state, answer, card = row.more.split(APART)
    return AskedFor(
        pk=row.pk,
        card_pk=row.conversation_id or 0,
        why=row.words,
        part=part,
        state=state,
        answer=answer,
        card=card,
        at=row.at,
        wanted_from=row.on,
        answered_at=row.read_at,
        answered_by=row.who or "",
    )


def happened(carded: Carded, name: str) -> list[Happening]:
    """Asked, and answered, each on its day."""
    return [
        *(one for voice in carded.voices for one in _from_voice(voice, name)),
        *(one for asked in carded.asked_for for one in _from_asked(asked, name)),
    ]


def _from_voice(voice: OnCard, name: str) -> list[Happening]:
    out = []
    if voice.asked_at:
        out.append(Happening(voice.asked_at, "", _("Asked for their words on an evidence card")))
    if voice.answered_at:
        said = _("no") if voice.state == CardVoice.State.REFUSED else _("yes")
        text = _("Answered whether their words may stand on a card: %s") % said
        out.append(Happening(voice.answered_at, "", text, name))
    return out


def _from_asked(asked: AskedFor, name: str) -> list[Happening]:
    told = {"part": asked.part, "card": asked.card}
    out = [Happening(asked.at, "did", _("Asked for it for %(part)s, by “%(card)s”") % told, name)]
    if asked.answered_at:
        text = _("What became of asking for it: %s") % asked.called
        out.append(Happening(asked.answered_at, "", text, asked.answered_by))
    return out


def as_data(carded: Carded) -> dict[str, Any]:
    """For everything held about them."""
    return {
        "their_words_on_cards": [
            {
                "words": one.words,
                "title": one.card,
                "state": one.called,
                "asked_on": one.asked_at,
                "answered_at": one.answered_at,
            }
            for one in carded.voices
        ],
        "asked_for_a_pilot": [
            {
                "at": one.at,
                "part": one.part,
                "why": one.why,
                "title": one.card,
                "from_when": one.wanted_from,
                "state": one.called,
                "answer": one.answer,
                "answered_at": one.answered_at,
                "by": one.answered_by,
            }
            for one in carded.asked_for
        ],
    }
