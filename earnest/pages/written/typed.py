"""What leads typed of the plan, pilots, cards and moments, as its person reads it: without words of people
that were copied into it (privacy.md 4). Leads read these words anyway.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.pages.written.carded import Carded
from earnest.pages.written.moments import Coming
from earnest.pages.written.piloted import InPart, Piloted
from earnest.pages.written.taught import Practice
from earnest.pages.written.tries import Practised
from earnest.plans.models import Version
from earnest.plans.queries.kept import Cut, copied_quotes, without_kept_words
from earnest.practice.models import CameUp, FollowUp, Lesson, Moment, MomentSeen, Point
from earnest.practice.queries.tries import Chances


class Typed(NamedTuple):
    """What of a record leads typed for many to read."""

    piloted: Piloted
    carded: Carded
    published: Version | None = None
    moments: Coming = Coming()
    practice: Practice = Practice()
    practised: Practised = Practised()


def without_copied(typed: Typed, participation: Participation) -> Typed:
    """The same, cut as on the pages themselves: cards hold nobody's words unasked, the rest none for
    the leads alone but your own. One query, where anything is typed at all."""
    piloted, carded, published, moments, practice, practised = typed
    texts = [*_in_pilots(piloted), *_on_cards(carded), *_in_version(published)]
    texts += _in_moments(moments)
    texts += [*_in_practice(practice), *_in_tries(practised)]
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
        _cut_pilots(piloted, cut),
        _cut_answers(_cut_cards(carded, cut_all), cut),
        _cut_version(published, cut),
        _cut_moments(moments, cut),
        _cut_practice(practice, cut),
        _cut_tries(practised, cut),
    )


def _in_pilots(piloted: Piloted) -> list[str]:
    asked = [piloted.question] if piloted.question else []
    return [
        *(text for one in asked for text in (one.what, one.takes)),
        *(one.answer for one in piloted.said),
        *(text for one in piloted.pilots for text in (one.part, one.what, one.stop_if, one.why)),
        *(name for one in piloted.pilots for name in one.measures),
    ]


def _cut_pilots(piloted: Piloted, cut: Cut) -> Piloted:
    asked = piloted.question
    return replace(
        piloted,
        question=asked and replace(asked, what=cut(asked.what), takes=cut(asked.takes)),
        said=[replace(one, answer=cut(one.answer)) for one in piloted.said],
        pilots=[_cut_pilot(one, cut) for one in piloted.pilots],
    )


def _cut_pilot(one: InPart, cut: Cut) -> InPart:
    return replace(
        one,
        part=cut(one.part),
        what=cut(one.what),
        stop_if=cut(one.stop_if),
        why=cut(one.why),
        measures=[cut(name) for name in one.measures],
    )


def _on_cards(carded: Carded) -> list[str]:
    return [
        *(text for one in carded.to_read for text in (one.title, one.where)),
        *(one.card for one in carded.voices),
        *(text for one in carded.asked_for for text in (one.card, one.answer)),
    ]


def _cut_cards(carded: Carded, cut: Cut) -> Carded:
    return Carded(
        tuple(replace(one, title=cut(one.title), where=cut(one.where)) for one in carded.to_read),
        tuple(replace(one, card=cut(one.card)) for one in carded.voices),
        tuple(replace(one, card=cut(one.card)) for one in carded.asked_for),
    )


def _cut_answers(carded: Carded, cut: Cut) -> Carded:
    """What they were told alone."""
    asked_for = tuple(replace(one, answer=cut(one.answer)) for one in carded.asked_for)
    return replace(carded, asked_for=asked_for)


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


def _in_moments(coming: Coming) -> list[str]:
    return [getattr(one, name) for one, name in _of_moments(coming)]


def _cut_moments(coming: Coming, cut: Cut) -> Coming:
    """On the rows themselves, which were made for this page alone."""
    for one, name in _of_moments(coming):
        setattr(one, name, cut(getattr(one, name)))
    return coming


def _of_moments(coming: Coming) -> list[tuple[Moment | MomentSeen | Point | Lesson, str]]:
    written = [*coming.written, *(one.moment for one in coming.seen)]
    return [
        *((one, name) for one in written for name in ("what", "link")),
        *((one.point, "words") for one in written),
        *((one.lesson, "title") for one in written),
        *((one, "words") for one in coming.seen),
    ]


def _in_practice(practice: Practice) -> list[str]:
    named = [one.title for one in practice.lessons]
    return [*named, *(getattr(one, name) for one, name in _of_practice(practice))]


def _cut_practice(practice: Practice, cut: Cut) -> Practice:
    """Points and lessons on the rows themselves, which were made for this page alone."""
    for one, name in _of_practice(practice):
        setattr(one, name, cut(getattr(one, name)))
    lessons = [replace(one, title=cut(one.title)) for one in practice.lessons]
    return replace(practice, lessons=lessons)


def _of_practice(practice: Practice) -> list[tuple[Point | Lesson, str]]:
    rows: list[FollowUp | CameUp] = [*practice.follow_ups, *practice.came_up]
    return [
        *((point, "words") for one in practice.lessons for point in one.points),
        *((one.point, "words") for one in rows),
        *((one.lesson, "title") for one in rows),
    ]


OF_TRIES = ("what", "place", "help", "why")


def _in_tries(practised: Practised) -> list[str]:
    offered = [getattr(one, name) for one in practised.try_outs for name in OF_TRIES]
    return [*offered, *(one.what for one in practised.chances.all)]


def _cut_tries(practised: Practised, cut: Cut) -> Practised:
    offered = [
        replace(one, what=cut(one.what), place=cut(one.place), help=cut(one.help), why=cut(one.why))
        for one in practised.try_outs
    ]
    chances = tuple(replace(one, what=cut(one.what)) for one in practised.chances.all)
    return replace(practised, try_outs=offered, chances=Chances(chances))
