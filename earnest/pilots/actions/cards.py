"""Evidence cards: drafted, published as versions, withdrawn; and whose voices stand in them (1.12)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from earnest.accounts.models import User
from earnest.core import events
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.messaging.models import Message
from earnest.pilots.emails import cards as emails
from earnest.pilots.models import (
    CardFigure,
    CardVersion,
    CardVoice,
    EvidenceCard,
    Pilot,
    PilotWord,
)
from earnest.pilots.queries.cards import PASSED_ON, version_now

State, Readers = CardVoice.State, EvidenceCard.Readers
WRITTEN = ("title", "tried", "told", "cost", "look_out", "whom_id")
SAID = (
    *("title", "tried", "told", "cost", "look_out", "whom_id", "readers"),
    *("outcome", "where", "began_on", "ended_on", "stopped_why"),
)
DRAWN = (
    "name",
    "unit",
    "sentence",
    "comparison",
    "enough",
    "points",
    "left_out",
    "too_few",
    "compared_few",
)


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card as typed: our own words."""

    title: str
    tried: str = ""
    told: str = ""
    cost: str = ""
    look_out: str = ""
    whom: User | None = None

    @property
    def whom_id(self) -> int | None:
        return self.whom.pk if self.whom else None


@dataclass(frozen=True, slots=True)
class VoiceAsked:
    """Asked now: by mail, or on their page alone, with the reason why no mail goes."""

    mailed: bool
    sentence: str = ""


@transaction.atomic
def begin_card(pilot: Pilot, draft: CardDraft, *, by: User, at: datetime) -> EvidenceCard:
    """The card of this pilot, for its leads; where there is one, that one."""
    written = {name: getattr(draft, name) for name in WRITTEN}
    card, new = EvidenceCard.objects.get_or_create(
        pilot=pilot,
        defaults={
            "initiative_id": pilot.initiative_id,
            "by": by,
            "made_at": at,
            "changed_at": at,
            **written,
        },
    )
    if new:
        events.record("card_begun", by=by, at=at, about=card)
    return card


@transaction.atomic
def change_card(card: EvidenceCard, draft: CardDraft, *, by: User, at: datetime) -> bool:
    """The draft; what is published stays as it was. False where nothing was changed."""
    there = EvidenceCard.objects.select_for_update().get(pk=card.pk)
    if all(getattr(there, name) == getattr(draft, name) for name in WRITTEN):
        return False
    for name in WRITTEN:
        setattr(there, name, getattr(draft, name))
    there.changed_at = at
    there.save(update_fields=[*WRITTEN, "changed_at"])
    events.record("card_changed", by=by, at=at, about=card)
    return True


@transaction.atomic
def publish_card(card: EvidenceCard, readers: str, *, by: User, at: datetime) -> CardVersion | None:
    """A new version with what the measures say now. None where the same is published already.

    Whoever said yes when it was for fewer is asked anew, on their page, before more read them.
    """
    there = EvidenceCard.objects.select_for_update(of=("self",)).select_related("pilot", "whom")
    version, figures = version_now(there.get(pk=card.pk))
    version.readers = readers
    before = card.versions.filter(shown=True).first()
    if before and _same(before, version, figures):
        return None
    if readers == Readers.WORKSPACE:
        narrow = card.voices.filter(for_readers=Readers.INITIATIVE, state__in=CardVoice.GRANTED)
        narrow.update(state=State.ASKED, asked_at=at, answered_at=None)
    card.versions.filter(shown=True).update(shown=False)
    version.number = (card.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version.by, version.published_at = by, at
    version.save(force_insert=True)
    for one in figures:
        one.version = version
    CardFigure.objects.bulk_create(figures)
    events.record("card_published", by=by, at=at, about=version)
    return version


def _same(there: CardVersion, now: CardVersion, figures: list[CardFigure]) -> bool:
    """The same words and figures for the same readers."""
    drawn = [[getattr(one, name) for name in DRAWN] for one in there.figures.all()]
    return all(getattr(there, name) == getattr(now, name) for name in SAID) and drawn == [
        [getattr(one, name) for name in DRAWN] for one in figures
    ]


@transaction.atomic
def withdraw_card(card: EvidenceCard, *, by: User, at: datetime) -> bool:
    """Read by nobody but its leads any more; its versions stay. False where none was shown."""
    if not card.versions.filter(shown=True).update(shown=False, withdrawn_at=at):
        return False
    events.record("card_withdrawn", by=by, at=at, about=card)
    return True


# Whose words stand in it.


@transaction.atomic
def choose_voices(
    card: EvidenceCard,
    quotes: Iterable[Quote] = (),
    words: Iterable[PilotWord] = (),
    *,
    by: User,
    at: datetime,
) -> int:
    """Words that may be passed on, laid beside the card; nobody is asked yet. Returns how many."""
    made = 0
    for quote in quotes:
        whose = {"participation_id": quote.participation_id, "chosen_at": at}
        made += CardVoice.objects.get_or_create(card=card, quote=quote, defaults=whose)[1]
    for word in words:
        whose = {"participation_id": word.input.participation_id, "chosen_at": at}
        made += CardVoice.objects.get_or_create(card=card, word=word, defaults=whose)[1]
    if made:
        events.record("card_voices_chosen", by=by, at=at, about=card, detail={"count": made})
    return made


@transaction.atomic
def drop_voice(voice: CardVoice, *, by: User, at: datetime) -> bool:
    """Not in this card after all; a mail that did not leave yet asks nothing any more.

    Who was asked, or said no, is not forgotten: chosen anew, they would be asked again. False there.
    """
    row = CardVoice.objects.select_for_update(of=("self",)).filter(pk=voice.pk).first()
    if row is None or row.state == State.REFUSED:
        return False
    if row.state == State.ASKED and not _take_mail_back(row, by=by, at=at):
        return False
    row.delete()
    events.cut_pointers({"cardvoice": [voice.pk]})
    events.record("card_voice_dropped", by=by, at=at, about=voice.card)
    return True


@transaction.atomic
def ask_voice(voice: CardVoice, *, by: User, at: datetime) -> VoiceAsked | None:
    """Ask them for this very card, on their page, and by mail where the limits leave room.

    An ask: it wants something of them, so it counts. Who was asked enough is asked on their page
    alone. None where they were asked before, took the words back, or said meanwhile that they are
    for the leads alone: who said that is not asked for more. Raises AskedToStop.
    """
    voice.participation.refuse_if_stopped()
    source = voice.source
    if source.erased_at or source.passed_on not in PASSED_ON:
        return None
    there = CardVoice.objects.filter(pk=voice.pk, state=State.CHOSEN)
    if not there.update(state=State.ASKED, asked_at=at):
        return None
    events.record("card_voice_asked", by=by, at=at, about=voice)
    if not voice.participation.person.email:
        return VoiceAsked(mailed=False)
    draft = emails.voice_asked(voice, by=by)
    try:
        with transaction.atomic():
            messaging.put_in_outbox(voice.participation, draft, by=by, at=at)
    except MayNotWrite as refused:
        return VoiceAsked(mailed=False, sentence=refused.sentence)
    return VoiceAsked(mailed=True)


@transaction.atomic
def answer_voice(voice: CardVoice, state: str, *, readers: str, at: datetime) -> bool:
    """Their yes, with or without their name, or their no; taken back any time, and obeyed at once.

    ``readers``: for how many they read that it is, when they answered; published for more since
    then, it is asked anew. It works after a stop too: it is their will that speaks. False where
    they had said so.
    """
    EvidenceCard.objects.select_for_update().get(pk=voice.card_id)
    there = CardVoice.objects.filter(pk=voice.pk).exclude(state=State.CHOSEN)
    asked = there.exclude(state=state, for_readers=readers)
    if not asked.update(state=state, answered_at=at, for_readers=readers):
        return False
    events.record("card_voice_answered", at=at, about=voice)
    _take_mail_back(voice, by=None, at=at)
    said = {"direction": "they", "channel": "page", "kind": "answer"}
    messaging.note_contact(voice.participation, **said, at=at)
    return True


def _take_mail_back(voice: CardVoice, *, by: User | None, at: datetime) -> bool:
    """What asks for a voice and has not left yet leaves no more. False where there is no such mail."""
    waiting = Message.objects.filter(
        thread=emails.thread_of_card(voice.card_id),
        state=Message.State.WAITING,
        text__contains=emails.place_of_voice(voice),
    )
    taken = False
    for message in waiting.select_related("participation__person"):
        with suppress(messaging.CannotBeWithdrawn):  # it left this moment
            messaging.withdraw(message, by=by, at=at)
            taken = True
    return taken
