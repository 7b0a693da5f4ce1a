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
from earnest.ideas.models import Answer, Idea
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
    for one in Input.objects.filter(quote=quote.pk, erased_at=None).select_related("idea__space"):
        _reword(one, words.new, at=at)
        if one.idea:  # a lead brought it into a space
            ideas.reword_idea(one.idea, words.new, at=at)
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


@transaction.atomic
def mend_idea(idea: Idea, new: str, *, at: datetime) -> bool:
    """An idea of a space in other words, or taken back: what the plan copied of it is mended too.

    True if changed. Works after a stop: it is their will that speaks.
    """
    hold(idea.initiative_id)
    there = Idea.objects.select_for_update(of=("self",)).filter(pk=idea.pk, gone="")
    now = there.select_related("space", "participation", "initiative__workspace").first()
    if now is None or now.words == new:
        return False
    taken = Input.objects.filter(idea=now, erased_at=None).first()
    if taken and taken.participation_id:
        return mend_input(taken, new, at=at)
    ideas.reword_idea(now, new, at=at)
    if now.participation:
        change_everywhere(Reworded(now.participation, now.words, new), at=at)
        messaging.replace_words(now.participation, [now.words], new, at=at)
    if taken:
        _reword(taken, new, at=at)
        recount(now.initiative, at=at)
    return True


@transaction.atomic
def credit_idea(idea: Idea, passed_on: str, *, at: datetime) -> bool:
    """How its author is named where the plan uses it: obeyed at once, wherever it went already."""
    taken = Input.objects.filter(idea=idea, erased_at=None).select_related("idea__space").first()
    if taken:
        return pass_input_on(taken, passed_on, at=at)
    return ideas.pass_idea_on(idea, passed_on, at=at)


@transaction.atomic
def mend_answer(answer: Answer, new: str, *, at: datetime) -> bool:
    """An answer to an open question in other words, or taken back: so is what the plan took of it.

    True if changed. Works after a stop: it is their will that speaks.
    """
    initiative = answer.initiative
    hold(initiative.pk)
    rows = Answer.objects.select_for_update(of=("self",)).select_related(*Answer.WHOLE)
    now = rows.filter(pk=answer.pk).first()
    if now is None or now.words == new:
        return False
    taken = Input.objects.filter(answer=now, erased_at=None).first()
    if taken and taken.participation_id:
        return mend_input(taken, new, at=at)
    changed = ideas.mend_answer(now, new, at=at)
    if changed and now.author:
        change_everywhere(Reworded(now.author, now.words, new), at=at)
        messaging.replace_words(now.author, [now.words], new, at=at)
    if changed and taken:
        _reword(taken, new, at=at)
        recount(initiative, at=at)
    return changed


@transaction.atomic
def pass_answer_on(answer: Answer, passing: str, *, at: datetime) -> None:
    """Who may read it: obeyed at once, also where the plan took it up."""
    taken = Input.objects.filter(answer=answer, erased_at=None).first()
    if taken:
        pass_input_on(taken, passing, at=at)
    else:
        ideas.pass_answer_on(answer, passing, at=at)


def _standing(taken: Input) -> Input | None:
    rows = Input.objects.select_for_update(of=("self",)).select_related(
        "participation__initiative__workspace",
        "participation__person",
        "idea",
        *(f"answer__{one}" for one in Answer.WHOLE),
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
    if there.answer:
        ideas.mend_answer(there.answer, new, at=at)
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
    if taken.idea:
        ideas.pass_idea_on(taken.idea, passed_on, at=at)
    if taken.answer:
        ideas.pass_answer_on(taken.answer, passed_on, at=at)
    events.record("input_passing_chosen", at=at, about=taken)
    return True


@transaction.atomic
def pass_on_with(quote: Quote, passed_on: str, *, at: datetime) -> int:
    """What they chose for a quote holds for the input made of it. Returns how many changed."""
    rows = Input.objects.filter(quote=quote.pk, erased_at=None).exclude(passed_on=passed_on)
    changed = list(rows)
    return sum(pass_input_on(one, passed_on, at=at) for one in changed)
