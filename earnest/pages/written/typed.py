"""What leads typed of the plan, pilots and cards, as its person reads it: without words of people
that were copied into it (privacy.md 4). Leads read these words anyway.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.pages.written.carded import Carded
from earnest.pages.written.piloted import Piloted
from earnest.plans.models import Version
from earnest.plans.queries.kept import Cut, copied_quotes, without_kept_words


class Typed(NamedTuple):
    """What of a record leads typed for many to read."""

    piloted: Piloted
    carded: Carded
    published: Version | None = None


def without_copied(typed: Typed, participation: Participation) -> Typed:
    """The same, cut as on the pages themselves: cards hold nobody's words unasked, the plan and pilots
    none for the leads alone but your own. One query, where anything is typed at all."""
    piloted, carded, published = typed
    texts = [*_in_pilots(piloted), *_on_cards(carded), *_in_version(published)]
    copied = copied_quotes(participation.initiative, texts) if texts else []
    kept = [
        one.words
        for one in copied
        if one.passed_on == Quote.PassedOn.LEADS_ONLY and one.participation_id != participation.pk
    ]

    def cut(text: str) -> str:
        return without_kept_words(text, kept)

    def cut_all(text: str) -> str:
        return without_kept_words(text, [one.words for one in copied])

    return Typed(
        _cut_pilots(piloted, cut), _cut_cards(carded, cut_all), _cut_version(published, cut)
    )


def _in_pilots(piloted: Piloted) -> list[str]:
    asked = [piloted.question] if piloted.question else []
    return [
        *(text for one in asked for text in (one.what, one.takes)),
        *(text for one in piloted.pilots for text in (one.what, one.stop_if, one.why)),
    ]


def _cut_pilots(piloted: Piloted, cut: Cut) -> Piloted:
    asked = piloted.question
    return replace(
        piloted,
        question=asked and replace(asked, what=cut(asked.what), takes=cut(asked.takes)),
        pilots=[
            replace(one, what=cut(one.what), stop_if=cut(one.stop_if), why=cut(one.why))
            for one in piloted.pilots
        ],
    )


def _on_cards(carded: Carded) -> list[str]:
    return [
        *(one.title for one in carded.to_read),
        *(one.card for one in carded.voices),
        *(one.card for one in carded.asked_for),
    ]


def _cut_cards(carded: Carded, cut: Cut) -> Carded:
    return Carded(
        tuple(replace(one, title=cut(one.title)) for one in carded.to_read),
        tuple(replace(one, card=cut(one.card)) for one in carded.voices),
        tuple(replace(one, card=cut(one.card)) for one in carded.asked_for),
    )


def _in_version(version: Version | None) -> list[str]:
    if version is None:
        return []
    return [version.summary, *(part[name] for part in version.parts for name in ("title", "why"))]


def _cut_version(version: Version | None, cut: Cut) -> Version | None:
    """On the row itself: it is not saved."""
    if version:
        version.summary = cut(version.summary)
        version.parts = [
            {**part, "title": cut(part["title"]), "why": cut(part["why"])} for part in version.parts
        ]
    return version
