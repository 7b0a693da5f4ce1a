"""What a person does with their own words: mend them, take them back, say who may see them.

"That is not what I meant" replaces the quote everywhere (privacy.md 4); the old words are kept
nowhere. All of it works after a stop too: it is their will that speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from earnest.core import events
from earnest.engine.language.repeats import bounded, is_enough
from earnest.initiatives.models import Participation
from earnest.listening import gathered, naming
from earnest.listening.actions import struck
from earnest.listening.actions.recaps import contributed, they_wrote
from earnest.listening.actions.stepping import reason_changed
from earnest.listening.models import (
    BriefAnswer,
    Conversation,
    Finding,
    FromNotes,
    NeedNamed,
    Question,
    Quote,
    QuoteObjection,
    Recap,
    Referral,
    Seen,
)
from earnest.listening.naming import Span
from earnest.messaging import actions as messaging

NEED_LENGTH, BRIEF_LENGTH = 200, 500
WHY_LENGTH, SEEN_LENGTH, PROBLEM_LENGTH, LINE_LENGTH = 300, 300, 300, 500
THEIR_WORDS = (Finding.Kind.QUOTE, Finding.Kind.NEED, Finding.Kind.QUESTION)


@dataclass(frozen=True, slots=True)
class Change:
    """A quote of theirs with the words before, the words after (none: struck), and its places."""

    quote: Quote
    old: str
    new: str
    places: tuple[Span, ...]
    gone: list[str] = field(default_factory=list)  # the words of all it reached, as they were

    def reaches(self, words: str, start: int | None, end: int | None) -> bool:
        """Whether something taken from the notes is these very words, or a part of them."""
        said, old = naming.folded(words).strip(), naming.folded(self.old).strip()
        cut_short = len(words) >= NEED_LENGTH and old.startswith(said)  # a column holds so much
        if said == old or cut_short:
            return True
        if start is None or end is None:
            return False
        return any(first <= start and end <= last for first, last in self.places)

    def reaches_row(self, row: FromNotes, words: str) -> bool:
        """The same for a row; a place counts in the notes of their own talk alone."""
        there = row.conversation_id and row.conversation_id == self.quote.conversation_id
        reached = self.reaches(words, *((row.start, row.end) if there else (None, None)))
        if reached:
            self.gone.append(words)
        return reached

    def within(self, words: str) -> str:
        """A text that repeats the words, with the new ones there; the very words: the new alone."""
        if words and self.reaches(words, None, None):
            return self.new
        return messaging.reworded(words, self.old, self.new)


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
    under = list(there.needs.values_list("pk", flat=True))
    there.needs.clear()
    Quote.objects.filter(pk=there.pk).update(
        words="", erased_at=at, passed_on=Quote.PassedOn.LEADS_ONLY, start=None, end=None
    )
    gathered.count_again(under)
    gathered.let_go_of_empty(under)
    events.record("quote_struck", at=at, about=there)
    they_wrote(whose, at=at)
    return True


@transaction.atomic
def pass_on(quote: Quote, passed_on: Quote.PassedOn, *, at: datetime) -> bool:
    """For the leads alone, without their name, or with it: obeyed at once. True if changed."""
    others = Quote.objects.filter(pk=quote.pk, erased_at=None).exclude(passed_on=passed_on)
    if not others.update(passed_on=passed_on):
        return False
    if passed_on == Quote.PassedOn.LEADS_ONLY:
        gathered.close_names_in(quote)
    events.record("quote_passing_chosen", at=at, about=quote)
    return True


def _standing(quote: Quote) -> Quote | None:
    """The quote as it is now, locked; None where it was struck or erased."""
    rows = Quote.objects.select_for_update().filter(pk=quote.pk, erased_at=None)
    return rows.exclude(participation=None).first()


def _change_everywhere(quote: Quote, new: str, *, at: datetime) -> Participation:
    """The notes, what was found in them and taken from them, and what repeats it, told or mailed."""
    whose = Participation.objects.select_related("person").get(pk=quote.participation_id or 0)
    change = Change(quote, quote.words, new, tuple(_change_notes(quote, new, at=at)))
    _change_findings(change)
    _change_needs(change, at=at)
    _change_questions(change)
    _change_briefs(change)
    _change_referrals(change)
    _change_seen(change)
    _change_what_repeats_it(change)
    reason_changed(quote, new, change.within, at=at)
    messaging.replace_words(whose, [change.old, *change.gone], new, at=at)
    return whose


def _change_notes(quote: Quote, new: str, *, at: datetime) -> list[Span]:
    """Blank the words where they stand, at the same length; the page shows the new ones there."""
    talk = Conversation.objects.select_for_update().filter(pk=quote.conversation_id or 0).first()
    if talk is None:
        return []
    places = [] if quote.start is None else [(quote.start, quote.end or 0)]
    places += _occurrences(talk.notes, quote.words)
    word = naming.MENDED if new else naming.STRUCK
    gone = [quote.words, *(talk.notes[start:end] for start, end in places)]
    struck.remember(talk.pk, gone, struck=not new, at=at)
    notes = naming.blanked(talk.notes, places, word)
    Conversation.objects.filter(pk=talk.pk).update(notes=notes)
    return naming.merged(places)


def _occurrences(notes: str, words: str) -> list[Span]:
    """Where else the same words stand; one or two words say too little to be theirs."""
    if not is_enough(words):
        return []
    same = re.compile(bounded(re.escape(words), words))
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
    """How they put a need: in the new words; where others named it too, its name stays theirs."""
    here = Q(conversation=change.quote.conversation_id) if change.places else Q()
    named = NeedNamed.objects.filter(here, participation=change.quote.participation_id)
    for one in named.select_related("need"):
        if not change.reaches_row(one, one.in_their_words):
            continue
        if change.new:
            gathered.put_otherwise(one, change.new, [change.old], at=at)
        else:
            gathered.take_away(one, [change.old])
    gathered.call_in_new_words(change.quote, change.new)


def _change_questions(change: Change) -> None:
    """A question they asked in these very words."""
    here = Question.objects.filter(
        conversation=change.quote.conversation_id, participation=change.quote.participation_id
    )
    asked = here.exclude(conversation=None)
    touched = [one.pk for one in asked if change.reaches_row(one, one.words)]
    reached = Question.objects.filter(pk__in=touched)
    if change.new:
        reached.update(words=change.new)
    else:
        reached.delete()


def _change_briefs(change: Change) -> None:
    """What a lead copied of it to prepare for asking: of them, of their team or role."""
    if not is_enough(change.old):
        return
    briefs = BriefAnswer.objects.filter(brief__initiative=change.quote.initiative_id)
    for one in briefs.filter(words__contains=change.old):
        words = one.words.replace(change.old, change.new or naming.STRUCK)
        BriefAnswer.objects.filter(pk=one.pk).update(words=words[:BRIEF_LENGTH])


def _change_referrals(change: Change) -> None:
    """Whom they named stays, and is spoken to; why is theirs to mend."""
    for one in Referral.objects.filter(named_by=change.quote.participation_id).exclude(why=""):
        why = change.new if change.reaches_row(one, one.why) else change.within(one.why)
        if why != one.why:
            Referral.objects.filter(pk=one.pk).update(why=why[:WHY_LENGTH])


def _change_seen(change: Change) -> None:
    """A fact noted in their very words goes with them."""
    for one in Seen.objects.filter(participation=change.quote.participation_id):
        reached = change.reaches_row(one, one.words)
        words = change.new if reached else change.within(one.words)
        if not words:
            events.cut_pointers({"seen": [one.pk]})
            one.delete()
        elif words != one.words:
            Seen.objects.filter(pk=one.pk).update(words=words[:SEEN_LENGTH])


def _change_what_repeats_it(change: Change) -> None:
    """What they said the problem is, and lines written to them and by them when it was told back."""
    whose = change.quote.participation_id
    for talk in Conversation.objects.filter(people=whose).exclude(problem_words=""):
        if (words := change.within(talk.problem_words)) != talk.problem_words:
            rows = Conversation.objects.filter(pk=talk.pk)
            rows.update(problem_words=words[:PROBLEM_LENGTH])
    for recap in Recap.objects.filter(participation=whose):
        words, correction = change.within(recap.words), change.within(recap.correction)
        if (words, correction) != (recap.words, recap.correction):
            kept = Recap.objects.filter(pk=recap.pk)
            kept.update(words=words[:LINE_LENGTH], correction=correction)
