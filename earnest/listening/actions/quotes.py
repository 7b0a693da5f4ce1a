"""What a person does with their own words: mend them, take them back, say who may see them.

"That is not what I meant" replaces the quote everywhere (privacy.md 4); the old words are kept
nowhere. All of it works after a stop too: it is their will that speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening import naming
from earnest.listening.actions.recaps import contributed, they_wrote
from earnest.listening.models import (
    BriefAnswer,
    Conversation,
    Finding,
    Need,
    NeedNamed,
    Question,
    Quote,
    QuoteObjection,
)
from earnest.listening.naming import Span
from earnest.messaging import actions as messaging

NEED_LENGTH, BRIEF_LENGTH, FEW_WORDS = 200, 500, 3
THEIR_WORDS = (Finding.Kind.QUOTE, Finding.Kind.NEED, Finding.Kind.QUESTION)


@dataclass(frozen=True, slots=True)
class Change:
    """A quote of theirs with the words before, the words after (none: struck), and its places."""

    quote: Quote
    old: str
    new: str
    places: tuple[Span, ...]

    def reaches(self, words: str, start: int | None, end: int | None) -> bool:
        """Whether something taken from the notes is these very words, or a part of them."""
        if naming.folded(words).strip() == naming.folded(self.old).strip():
            return True
        if start is None or end is None:
            return False
        return any(first <= start and end <= last for first, last in self.places)


@transaction.atomic
def mend_quote(quote: Quote, words: str, *, at: datetime) -> bool:
    """Their new words stand in its place, everywhere. False when nothing changed by it."""
    there = _standing(quote)
    if there is None or there.words == words:
        return False
    QuoteObjection.objects.create(quote=there, at=at)
    whose = _change_everywhere(there, words, at=at)
    Quote.objects.filter(pk=there.pk).update(words=words, corrected_at=at)
    events.record("quote_mended", at=at, about=there)
    contributed(whose, there.conversation_id, at=at)
    they_wrote(whose, at=at)
    return True


@transaction.atomic
def strike_quote(quote: Quote, *, at: datetime) -> bool:
    """Taken back, with nothing in its place: no deed, and no word stays. False if done before."""
    there = _standing(quote)
    if there is None:
        return False
    QuoteObjection.objects.create(quote=there, withdrawn=True, at=at)
    whose = _change_everywhere(there, "", at=at)
    there.needs.clear()
    Quote.objects.filter(pk=there.pk).update(
        words="", erased_at=at, passed_on=Quote.PassedOn.LEADS_ONLY, start=None, end=None
    )
    events.record("quote_struck", at=at, about=there)
    they_wrote(whose, at=at)
    return True


@transaction.atomic
def pass_on(quote: Quote, passed_on: Quote.PassedOn, *, at: datetime) -> bool:
    """For the leads alone, without their name, or with it: obeyed at once. True if changed."""
    others = Quote.objects.filter(pk=quote.pk, erased_at=None).exclude(passed_on=passed_on)
    if not others.update(passed_on=passed_on):
        return False
    events.record("quote_passing_chosen", at=at, about=quote)
    return True


def _standing(quote: Quote) -> Quote | None:
    """The quote as it is now, locked; None where it was struck or erased."""
    rows = Quote.objects.select_for_update().filter(pk=quote.pk, erased_at=None)
    return rows.exclude(participation=None).first()


def _change_everywhere(quote: Quote, new: str, *, at: datetime) -> Participation:
    """The notes, what was found in them, needs, questions, and mails that repeat it."""
    whose = Participation.objects.select_related("person").get(pk=quote.participation_id or 0)
    change = Change(quote, quote.words, new, tuple(_change_notes(quote, new)))
    _change_findings(change)
    _change_needs(change, at=at)
    _change_questions(change)
    _change_briefs(change)
    instead = f"“{new}”" if new else _("(taken back)")
    messaging.replace_words(whose, f"“{quote.words}”", instead, at=at)
    return whose


def _change_notes(quote: Quote, new: str) -> list[Span]:
    """Blank the words where they stand, at the same length; the page shows the new ones there."""
    talk = Conversation.objects.select_for_update().filter(pk=quote.conversation_id or 0).first()
    if talk is None:
        return []
    places = [] if quote.start is None else [(quote.start, quote.end or 0)]
    places += _occurrences(talk.notes, quote.words)
    word = naming.MENDED if new else naming.STRUCK
    notes = naming.blanked(talk.notes, places, word)
    Conversation.objects.filter(pk=talk.pk).update(notes=notes)
    return naming.merged(places)


def _occurrences(notes: str, words: str) -> list[Span]:
    """Where else the same words stand; one or two words say too little to be theirs."""
    if len(words.split()) < FEW_WORDS:
        return []
    same = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return [found.span() for found in same.finditer(notes)]


def _change_findings(change: Change) -> None:
    """What the rules found there; promises, ideas and people named have words of their own."""
    instead = change.new or naming.STRUCK
    for one in Finding.objects.filter(conversation=change.quote.conversation_id or 0):
        same = one.kind in THEIR_WORDS and change.reaches(one.words, one.start, one.end)
        if same and not change.new:
            one.delete()
        elif same or change.old in one.words:
            words = instead if same else one.words.replace(change.old, instead)
            Finding.objects.filter(pk=one.pk).update(words=words)


def _change_needs(change: Change, *, at: datetime) -> None:
    """Needs named from it: in the new words; where others named it too, theirs stays as it was."""
    here = Q(conversation=change.quote.conversation_id) if change.places else Q()
    named = NeedNamed.objects.filter(here, participation=change.quote.participation_id)
    for one in named.select_related("need"):
        if change.reaches(one.need.words, one.start, one.end):
            _name_anew(one, change, at=at)


def _name_anew(named: NeedNamed, change: Change, *, at: datetime) -> None:
    old, quote = named.need, change.quote
    quote.needs.remove(old)
    if not change.new:
        named.delete()
    else:
        named.need = _need_called(change, at=at)
        named.save(update_fields=["need"])
        quote.needs.add(named.need)
    if not old.named.exists() and not old.quotes.exists():
        old.delete()


def _need_called(change: Change, *, at: datetime) -> Need:
    words, initiative = change.new[:NEED_LENGTH], change.quote.initiative_id
    known = Need.objects.filter(initiative=initiative, words__iexact=words).first()
    return known or Need.objects.create(initiative_id=initiative, words=words, made_at=at)


def _change_questions(change: Change) -> None:
    """A question they asked in these very words."""
    here = Question.objects.filter(
        conversation=change.quote.conversation_id, participation=change.quote.participation_id
    )
    asked = here.exclude(conversation=None)
    touched = [one.pk for one in asked if change.reaches(one.words, one.start, one.end)]
    reached = Question.objects.filter(pk__in=touched)
    if change.new:
        reached.update(words=change.new)
    else:
        reached.delete()


def _change_briefs(change: Change) -> None:
    """What a lead copied of it to prepare for asking: of them, of their team or role."""
    if len(change.old.split()) < FEW_WORDS:
        return
    briefs = BriefAnswer.objects.filter(brief__initiative=change.quote.initiative_id)
    for one in briefs.filter(words__contains=change.old):
        words = one.words.replace(change.old, change.new or naming.STRUCK)
        BriefAnswer.objects.filter(pk=one.pk).update(words=words[:BRIEF_LENGTH])
