"""Plays the evidence card of the example: drafted, whose words stand on it, published, asked for
(1.12).

A file of its own beside ``piloting.py``: the card comes once the pilot is over.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache, partial
from importlib import resources
from typing import Any

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.pages.actions import own_words
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.actions.shaping import hand_over
from earnest.pilots.actions import cards as pilots
from earnest.pilots.actions import spreading
from earnest.pilots.actions.cards import CardDraft
from earnest.pilots.actions.spreading import Asker, Wish
from earnest.pilots.models import CardVersion, CardVoice, EvidenceCard

WRITTEN, VOICED, ANSWERED, PUBLISHED, ASKED_FOR = 9, 10, 11, 15, 16  # hours of a day
TYPED = ("title", "tried", "told", "cost", "look_out")
type Row = dict[str, Any]


@cache
def told() -> dict[str, Any]:
    there = resources.files("earnest.pages.example").joinpath("cards.toml")
    return tomllib.loads(there.read_text("utf-8"))


def acts(scene: Scene) -> Iterator[Act]:
    """One card, and whoever asked for it."""
    row = told()["card"]
    yield scene.calendar.moment(row["day"], WRITTEN), partial(_write, scene, row)
    for one in told()["request"]:
        yield scene.calendar.moment(one["day"], ASKED_FOR), partial(_ask_for_it, scene, one)


def _write(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    pilot = scene.initiative.pilots.get(part=row["of"])
    words = {name: row[name].strip() for name in TYPED}
    card = pilots.begin_card(pilot, CardDraft(**words, whom=scene.by), by=scene.by, at=at)
    for voice in row["voice"]:
        yield scene.calendar.moment(voice["asked"], VOICED), partial(_voice, scene, card, voice)
    when = scene.calendar.moment(row["published"], PUBLISHED)
    yield when, partial(_publish, scene, card, row["readers"])


def _publish(scene: Scene, card: EvidenceCard, readers: str, at: datetime) -> None:
    pilots.publish_card(card, readers, by=scene.by, at=at)


def _voice(scene: Scene, card: EvidenceCard, row: Row, at: datetime) -> Iterator[Act]:
    """Their words, which they let be passed on, asked for this card."""
    whose = scene.on_it[row["who"]]
    quote = whose.quotes.filter(erased_at=None).order_by("pk")[0]
    own_words.pass_on(quote, Quote.PassedOn.NAMED, at=at)
    pilots.choose_voices(card, [quote], by=scene.by, at=at)
    voice = card.voices.select_related("card", "participation__person", "quote").get(quote=quote)
    pilots.ask_voice(voice, by=scene.by, at=at)
    hand_over(scene, at)
    if "answer" in row:
        when = scene.calendar.moment(row["answered"], ANSWERED)
        yield when, partial(_answer, voice, row["answer"])


def _answer(voice: CardVoice, state: str, at: datetime) -> None:
    pilots.answer_voice(voice, state, readers=EvidenceCard.Readers.WORKSPACE, at=at)


def _ask_for_it(scene: Scene, row: Row, at: datetime) -> None:
    """By what they read of it, on their own page."""
    whose: Participation = scene.on_it[row["who"]]
    read = CardVersion.objects.filter(shown=True, card__initiative=scene.initiative)
    team = whose.person.team
    wish = Wish(
        part=team.name if team else whose.person.job,
        why=row["why"],
        team=team,
        wanted_from=scene.calendar.day(row["in_days"]),
    )
    spreading.ask_for_it(read.latest("pk"), Asker(whose), wish, at=at)
