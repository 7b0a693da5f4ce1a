"""Stepping back: why somebody does not commit, in their words, and what we change by it (3.16)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.core.models import Event
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.listening import actions as listening
from earnest.listening.actions import Notes, stepping
from earnest.listening.actions.asks import AskDraft, make_ask
from earnest.listening.models import Ask, Quote, StepBack
from earnest.listening.queries import stepping as queries
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.standing import actions as standing
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World

LATER = NOW + timedelta(days=2)


@pytest.fixture
def open_one(world: World) -> StepBack:
    return stepping.step_back(world.joan, "never_agreed", by=world.lead, at=NOW)


def fresh(row: StepBack) -> StepBack:
    return StepBack.objects.select_related(*queries.WHOLE).get(pk=row.pk)


def quote(world: World, words: str = "Friday is when the rota breaks") -> Quote:
    return Quote.objects.create(
        initiative=world.initiative, participation=world.joan, words=words, said_on=NOW.date()
    )


def test_pressed_twice_is_one_and_only_one_is_open(world: World, open_one: StepBack) -> None:
    assert stepping.step_back(world.joan, "no", by=world.lead, at=NOW) == open_one
    assert queries.open_with(world.joan) == open_one


def test_nothing_is_opened_after_a_stop(world: World) -> None:
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    with pytest.raises(AskedToStop):
        stepping.step_back(world.joan, "other", by=world.lead, at=NOW)


def test_the_occasion_is_read_from_the_record(world: World) -> None:
    assert queries.occasion_with(world.joan) == "other"
    standing.note_yes(world.joan, by=world.lead, at=NOW)
    world.joan.refresh_from_db()
    assert queries.occasion_with(world.joan) == "never_agreed"
    standing.note_no(world.joan, "No time", by=world.lead, at=NOW)
    world.joan.refresh_from_db()
    assert queries.occasion_with(world.joan) == "no"


def test_the_ask_for_it_wants_nothing_and_passes_the_same_gate(
    world: World, open_one: StepBack
) -> None:
    draft = AskDraft(
        kind="input",
        minutes=20,
        answer_by=LATER.date(),
        step_back=open_one,
        about=queries.opening_words()["about"],
        gets=queries.opening_words()["gets"],
    )
    made = make_ask(
        world.initiative, draft, [(world.joan, "You know the rota")], by=world.lead, at=NOW
    )
    assert made.steps_back
    assert fresh(open_one).invitation == made.invitations.get()
    mail = Message.objects.get()
    assert mail.kind == Message.Kind.ASK
    assert "You owe us nothing" in mail.text
    assert world.initiative.target not in mail.text
    assert "what would have to be different" in mail.subject
    assert Ask.objects.get().sentence == mail.subject


def test_the_first_talk_alone_since_then_is_the_one(world: World, open_one: StepBack) -> None:
    early = Notes("Long ago.", NOW.date() - timedelta(days=1), [world.joan])
    listening.note_conversation(world.initiative, early, by=world.lead, at=LATER)
    both = Notes("Both.", LATER.date(), [world.joan, world.sam])
    listening.note_conversation(world.initiative, both, by=world.lead, at=LATER)
    assert fresh(open_one).talk is None
    alone = Notes("“Friday.”", LATER.date(), [world.joan])
    talk = listening.note_conversation(world.initiative, alone, by=world.lead, at=LATER)
    assert fresh(open_one).talk == talk


def test_why_is_a_quote_of_theirs_and_no_evidence_by_itself(
    world: World, open_one: StepBack
) -> None:
    stepping.keep_reason(open_one, None, "Friday breaks the rota", by=world.lead, at=LATER)
    kept = Quote.objects.get()
    assert (kept.words, kept.passed_on) == ("Friday breaks the rota", "leads")
    assert fresh(open_one).reason == "Friday breaks the rota"
    assert not Evidence.objects.exists()
    stepping.keep_reason(open_one, None, "Friday breaks the rota", by=world.lead, at=LATER)
    assert Quote.objects.count() == 1


def test_somebody_elses_words_are_not_why(world: World, open_one: StepBack) -> None:
    others = quote(world)
    Quote.objects.filter(pk=others.pk).update(participation=world.sam)
    others.refresh_from_db()
    with pytest.raises(stepping.NotTheirWords):
        stepping.keep_reason(open_one, others, by=world.lead, at=LATER)


def test_a_no_stands_on_the_ladder_in_their_words_until_taken_out(
    world: World, open_one: StepBack
) -> None:
    said = quote(world)
    stepping.keep_reason(open_one, said, is_no=True, by=world.lead, at=LATER)
    there = Rung.objects.get(pk=world.joan.pk)
    assert (there.step, there.reason) == ("no", said.words)
    stepping.keep_reason(open_one, said, is_no=False, by=world.lead, at=LATER)
    assert Rung.objects.get(pk=world.joan.pk).step == "unheard"


def test_mended_or_struck_it_is_obeyed_at_once_everywhere(world: World, open_one: StepBack) -> None:
    said = quote(world)
    stepping.keep_reason(open_one, said, is_no=True, by=world.lead, at=LATER)
    line = f"Because you said {said.words}, Fridays are off"
    stepping.write_outcome(open_one, "plan", line, by=world.lead, at=LATER)
    listening.mend_quote(said, "Mondays break the rota", at=LATER)
    assert fresh(open_one).reason == "Mondays break the rota"
    assert Evidence.objects.get(kind="agreed").reason == "Mondays break the rota"
    assert "Friday is when" not in fresh(open_one).words
    said.refresh_from_db()
    listening.strike_quote(said, at=LATER)
    assert fresh(open_one).reason == ""
    assert Rung.objects.get(pk=world.joan.pk).reason == ""
    assert not Evidence.objects.exclude(reason="").exists()


def test_words_that_are_the_reason_no_more_are_struck_everywhere_too(
    world: World, open_one: StepBack
) -> None:
    first, better = quote(world), quote(world, "The van breaks down on Mondays")
    stepping.keep_reason(open_one, first, is_no=True, by=world.lead, at=LATER)
    stepping.keep_reason(open_one, better, is_no=True, by=world.lead, at=LATER)
    assert Rung.objects.get(pk=world.joan.pk).reason == better.words
    listening.strike_quote(first, at=LATER)
    assert not Evidence.objects.filter(reason__icontains="rota").exists()
    assert Rung.objects.get(pk=world.joan.pk).reason == better.words


def test_it_waits_until_the_outcome_is_written_and_told_once(
    world: World, open_one: StepBack
) -> None:
    with pytest.raises(stepping.NotWritten):
        stepping.tell_outcome(open_one, by=world.lead, at=LATER)
    assert stepping.write_outcome(open_one, "stays_out", "Thank you", by=world.lead, at=LATER)
    assert not stepping.write_outcome(open_one, "stays_out", "Thank you", by=world.lead, at=LATER)
    assert queries.open_with(world.joan) is None
    mail = stepping.tell_outcome(open_one, by=world.lead, at=LATER)
    assert mail.kind == Message.Kind.REPLY
    assert "You stay out of it, and that is welcome. Thank you" in mail.text
    for again in (stepping.tell_outcome, stepping.tell_outcome):
        with pytest.raises(stepping.StepBackOver):
            again(open_one, by=world.lead, at=LATER)
    with pytest.raises(stepping.StepBackOver):
        stepping.write_outcome(open_one, "nothing", "No", by=world.lead, at=LATER)
    assert stepping.step_back(world.joan, "no", by=world.lead, at=LATER) != open_one


def test_opened_by_mistake_it_goes_while_nobody_was_asked(world: World, open_one: StepBack) -> None:
    second = stepping.step_back(world.sam, "no", by=world.lead, at=NOW)
    assert stepping.drop_step_back(second, by=world.lead, at=NOW)
    stepping.keep_reason(open_one, quote(world), by=world.lead, at=LATER)
    assert not stepping.drop_step_back(open_one, by=world.lead, at=LATER)
    assert StepBack.objects.get() == open_one


def test_the_log_holds_nobodys_words(world: World, open_one: StepBack) -> None:
    stepping.keep_reason(open_one, None, "Zebra words", is_no=True, by=world.lead, at=LATER)
    stepping.write_outcome(open_one, "nothing", "Zebra line", by=world.lead, at=LATER)
    assert not [one for one in Event.objects.all() if "Zebra" in str(one.detail)]
