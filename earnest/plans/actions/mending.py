"""Words of theirs mended or taken back, wherever plans copied them (privacy.md 4).

Called in the transaction that changes the quote. All of it works after a stop too: it is their
will that speaks. The old words are kept nowhere.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.checkins import actions as checkins
from earnest.checkins.models import Round
from earnest.core import events
from earnest.ideas import actions as ideas
from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.plans.actions.chain import quote_changed
from earnest.plans.actions.deeds import source_of
from earnest.plans.actions.inputs import hold, recount
from earnest.plans.actions.repeating import Reworded, change_everywhere
from earnest.plans.models import Input, PartWords, Reply
from earnest.standing import actions as standing


@transaction.atomic
def reword_quote(quote: Quote, words: Reworded, *, at: datetime) -> None:
    """The quote was mended or struck: so are its inputs, and whatever repeats it."""
    for one in Input.objects.filter(quote=quote.pk, erased_at=None):
        _reword(one, words.new, at=at)
    if not words.new:
        PartWords.objects.filter(quote=quote.pk).delete()
    quote_changed(quote, words.new, old=words.old, at=at)
    change_everywhere(words, at=at)
    recount(words.whose.initiative, at=at)


@transaction.atomic
def mend_input(taken: Input, new: str, *, at: datetime) -> bool:
    """ "That is not what I meant": the new words stand in its place at once. True if changed."""
    hold(taken.initiative_id)
    there = _standing(taken)
    if there is None or there.words == new:
        return False
    return _change(there, new, at=at)


@transaction.atomic
def strike_input(taken: Input, *, at: datetime) -> bool:
    """Taken back, with nothing in its place; it waits for no answer any more. True if now."""
    hold(taken.initiative_id)
    there = _standing(taken)
    return _change(there, "", at=at) if there else False


@transaction.atomic
def strike_lines(round_: Round, whose: Participation, *, at: datetime) -> int:
    """They took their answer by name back: its line waits for no answer, and stands nowhere."""
    lines = list(Input.objects.filter(round=round_, participation=whose, erased_at=None))
    return sum(strike_input(one, at=at) for one in lines)


def _standing(taken: Input) -> Input | None:
    rows = Input.objects.select_for_update(of=("self",)).select_related(
        "participation__initiative__workspace",
        "participation__person",
        "idea",
        "round",
        "initiative",
    )
    return rows.filter(pk=taken.pk, erased_at=None).exclude(participation=None).first()


def _change(there: Input, new: str, *, at: datetime) -> bool:
    whose = there.participation
    if whose is None:
        return False
    old = there.words
    if there.idea:
        ideas.reword_idea(there.idea, new, at=at)
    if there.round:
        checkins.reword_line(there.round, whose, new, at=at)
    _reword(there, new, at=at)
    change_everywhere(Reworded(whose, old, new), at=at)
    messaging.replace_words(whose, [old], new, at=at)
    messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)
    events.record("input_mended" if new else "input_struck", at=at, about=there)
    recount(whose.initiative, at=at)
    return True


def _reword(taken: Input, new: str, *, at: datetime) -> None:
    """In other words; struck, no word stays, whoever made the same proposal has it alone."""
    rows = Input.objects.filter(pk=taken.pk)
    if new:
        rows.update(words=new[:2000])
        return
    let_others_stand(taken, at=at)
    rows.update(words="", erased_at=at, passed_on=Quote.PassedOn.LEADS_ONLY, same_as=None)
    if taken.participation:
        standing.withdraw_evidence(taken.participation, source_of(taken), kind="did", at=at)


def let_others_stand(taken: Input, *, at: datetime) -> None:
    """Of several that were alike the next stands for them, with every answer given to them."""
    others = taken.also.filter(erased_at=None).order_by("at", "pk")
    following = others.first()
    if following is None:
        return
    Input.objects.filter(pk=following.pk).update(same_as=None)
    others.exclude(pk=following.pk).update(same_as=following)
    Reply.objects.filter(input=taken.pk).update(input=following)
    events.record("input_placed", at=at, about=following)


@transaction.atomic
def pass_input_on(taken: Input, passed_on: str, *, at: datetime) -> bool:
    """For the leads alone, without their name, or with it: obeyed at once. True if changed."""
    others = Input.objects.filter(pk=taken.pk, erased_at=None).exclude(passed_on=passed_on)
    if not others.update(passed_on=passed_on):
        return False
    events.record("input_passing_chosen", at=at, about=taken)
    return True


@transaction.atomic
def pass_on_with(quote: Quote, passed_on: str, *, at: datetime) -> int:
    """What they chose for a quote holds for the input made of it. Returns how many changed."""
    rows = Input.objects.filter(quote=quote.pk, erased_at=None).exclude(passed_on=passed_on)
    changed = list(rows)
    return sum(pass_input_on(one, passed_on, at=at) for one in changed)
