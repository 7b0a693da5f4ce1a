"""What a person does with their own words, in every context that keeps a copy of them (privacy.md 4).

Listening lies below plans and cannot call up: here both change in one transaction.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from earnest.checkins import actions as checkins
from earnest.checkins.models import Round
from earnest.ideas import erasure as ideas
from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.actions import Came
from earnest.listening.actions.written import rewrite
from earnest.listening.models import Conversation, Invitation, Quote
from earnest.pages.search import index
from earnest.plans import actions as plans
from earnest.plans.actions import Reworded
from earnest.plans.actions.inputs import hold
from earnest.plans.models import Input
from earnest.promises import erasure as promises


@transaction.atomic
def mend_quote(quote: Quote, words: str, *, at: datetime) -> bool:
    """Their new words stand in its place, everywhere: also where the plan copied them."""
    whose, old = _as_it_is(quote)
    if not listening.mend_quote(quote, words, at=at):
        return False
    plans.reword_quote(quote, Reworded(whose, old, words), at=at)
    index.purge()
    return True


@transaction.atomic
def strike_quote(quote: Quote, *, at: datetime) -> bool:
    """Taken back: it stands nowhere any more, and waits for no answer."""
    whose, old = _as_it_is(quote)
    if not listening.strike_quote(quote, at=at):
        return False
    plans.reword_quote(quote, Reworded(whose, old, ""), at=at)
    index.purge()
    return True


def _as_it_is(quote: Quote) -> tuple[Participation, str]:
    """Whose it is and the words before the change, held until the transaction ends."""
    hold(quote.initiative_id)
    there = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    rows = Participation.objects.select_related("initiative__workspace", "person")
    return rows.get(pk=there.participation_id or 0), there.words


@transaction.atomic
def pass_on(quote: Quote, passed_on: Quote.PassedOn, *, at: datetime) -> bool:
    """Obeyed at once: for the quote, and for the input made of it."""
    changed = listening.pass_on(quote, passed_on, at=at)
    return bool(plans.pass_on_with(quote, passed_on, at=at)) or changed


@transaction.atomic
def mend_input(taken: Input, words: str, *, at: datetime) -> bool:
    """What they asked for, as they mean it; made of a quote, it is the quote that is mended."""
    if taken.quote and not taken.quote.erased_at:
        return mend_quote(taken.quote, words, at=at)
    changed = plans.mend_input(taken, words, at=at)
    if changed and taken.conversation:
        _mend_answer(taken.conversation, taken.participation_id, words, at=at)
    index.purge()
    return changed


@transaction.atomic
def strike_input(taken: Input, *, at: datetime) -> bool:
    """Taken back, with the quote it was made of."""
    if taken.quote and not taken.quote.erased_at:
        return strike_quote(taken.quote, at=at)
    changed = plans.strike_input(taken, at=at)
    if changed and taken.conversation:
        _mend_answer(taken.conversation, taken.participation_id, "", at=at)
    index.purge()
    return changed


def _mend_answer(talk: Conversation, whose: int | None, words: str, *, at: datetime) -> None:
    """What they wrote to an ask is the input as a whole: there and in its quotes it changes too."""
    old = rewrite(talk, words, at=at)
    promises.forget_places([talk.pk])
    ideas.forget_places([talk.pk])
    quotes = Quote.objects.filter(conversation=talk, participation=whose)
    for one in quotes.filter(erased_at=None):
        if not words:
            strike_quote(one, at=at)
        elif one.words.strip() == old.strip():
            mend_quote(one, words, at=at)


@transaction.atomic
def take_answer_back(round_: Round, participation: Participation, *, at: datetime) -> bool:
    """A check-in by name: the answer, and its line where it was taken up after the close."""
    struck = plans.strike_lines(round_, participation, at=at)
    return checkins.take_answer_back(round_, participation, at=at) or bool(struck)


@transaction.atomic
def write_in_own_hand(
    participation: Participation, text: str, *, on: date, at: datetime
) -> Conversation:
    """What they write on their page waits for an answer from that moment on (3.9)."""
    talk = listening.write_in_own_hand(participation, text, on=on, at=at)
    plans.take_up(participation.initiative, at=at)
    return talk


@transaction.atomic
def answer_in_writing(
    invitation: Invitation, text: str, *, by: None, at: datetime, came: Came
) -> Conversation:
    """The same for what they answer to an ask. Raises AnswerOver, AskedToStop."""
    talk = listening.answer_in_writing(invitation, text, by=by, at=at, came=came)
    plans.take_up(invitation.initiative, at=at)
    return talk
