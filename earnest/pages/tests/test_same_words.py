"""Words taken back go wherever they were repeated, and nobody else's with them (privacy.md 4, 13)."""

from __future__ import annotations

from django.test import Client

from earnest.checkins import actions as checkins
from earnest.listening import actions as listening
from earnest.listening.models import Conversation, Quote
from earnest.listening.tests.asked import invite
from earnest.listening.tests.test_mending_quotes import everywhere
from earnest.messaging.models import Message
from earnest.pages import erasure
from earnest.pages.actions import own_words
from earnest.pages.tests.own import opened
from earnest.plans import actions
from earnest.plans.actions import Answer
from earnest.plans.models import Input
from earnest.plans.tests.given import A_YEAR, FRIDAY, a_quote, a_round, an_input
from earnest.plans.tests.planned import a_part, publish
from tests.worlds import NOW, World


def test_who_said_the_very_same_keeps_it(world: World) -> None:
    mine, same = an_input(world, world.joan), an_input(world, world.sam)
    actions.take_lines(a_round(world, anonymous=True, lines={1: A_YEAR}), at=NOW)
    reply = actions.reply(same, Answer("used"), by=world.lead, at=NOW).reply
    post = actions.talk_back(reply, world.sam, A_YEAR, at=NOW)
    own_words.strike_input(mine, at=NOW)
    post.refresh_from_db()
    words = Input.objects.exclude(pk=mine.pk).values_list("words", flat=True)
    assert {*words, post.words} == {A_YEAR}
    assert A_YEAR in Message.objects.get(participation=world.sam).text


def test_who_is_erased_takes_no_other_words_along(world: World) -> None:
    an_input(world, world.joan)
    same = an_input(world, world.sam)
    erasure.erase_from_initiative(world.joan, by=None, at=NOW)
    same.refresh_from_db()
    assert same.words == A_YEAR


def test_the_published_plan_and_its_names_repeat_it_no_more(world: World) -> None:
    mine = an_input(world, world.joan)
    part = a_part(world, title=A_YEAR, why=f"They said: “{A_YEAR}”")
    version = publish(world, A_YEAR)
    own_words.mend_input(mine, "Two weeks are enough", at=NOW)
    version.refresh_from_db()
    part.refresh_from_db()
    change = version.changes.get()
    everything = (part.title, part.why, version.summary, change.title, str(version.parts))
    assert all("Two weeks are enough" in one and A_YEAR not in one for one in everything)


def test_a_mail_to_somebody_else_that_waits_repeats_it_no_more(world: World) -> None:
    mine, other = an_input(world, world.joan), an_input(world, world.sam, FRIDAY)
    actions.reply(other, Answer("used", f"As we heard: {A_YEAR}"), by=world.lead, at=NOW)
    own_words.strike_input(mine, at=NOW)
    mail = Message.objects.get(participation=world.sam)
    assert A_YEAR not in mail.text + mail.html
    assert "As we heard: (taken back)" in mail.text


def test_a_line_mended_is_mended_in_the_check_in_too(world: World) -> None:
    asked = a_round(world, anonymous=False, lines={world.joan: A_YEAR})
    actions.take_lines(asked, at=NOW)
    line = Input.objects.get()
    own_words.mend_input(line, "Two weeks are enough", at=NOW)
    assert asked.named.get().line == "Two weeks are enough"
    own_words.strike_input(line, at=NOW)
    assert asked.named.get().line == ""


def test_a_check_in_taken_back_after_its_close_takes_its_line_along(
    client: Client, world: World
) -> None:
    asked = a_round(world, anonymous=False, lines={world.joan: A_YEAR})
    actions.take_lines(asked, at=NOW)
    own = opened(client, world.joan)
    client.post(f"{own}check-in/{asked.pk}/withdrawn/")
    assert not asked.named.exists()
    assert not Input.objects.filter(words=A_YEAR).exists()
    world.initiative.refresh_from_db()
    assert world.initiative.inputs_open == 0


def test_an_input_made_of_a_quote_is_mended_with_it(world: World) -> None:
    quote = a_quote(world.joan)
    taken, _new = actions.take_quote(quote, by=world.lead, at=NOW)
    own_words.mend_input(taken, "On Mondays, rather", at=NOW)
    quote.refresh_from_db()
    taken.refresh_from_db()
    assert (quote.words, taken.words) == ("On Mondays, rather", "On Mondays, rather")


def test_taken_back_twice_is_once(world: World) -> None:
    asked = a_round(world, anonymous=False, lines={world.joan: A_YEAR})
    assert own_words.take_answer_back(asked, world.joan, at=NOW)
    assert not own_words.take_answer_back(asked, world.joan, at=NOW)
    assert not checkins.take_answer_back(asked, world.joan, at=NOW)


def test_a_written_answer_taken_back_stands_in_no_notes_and_no_quote(world: World) -> None:
    talk, taken = an_answer(world)
    assert own_words.strike_input(taken, at=NOW)
    assert everywhere("ocelot") == []
    talk.refresh_from_db()
    assert talk.notes == "[taken back]"
    assert actions.take_up(world.initiative, at=NOW) == 0
    assert not own_words.strike_input(taken, at=NOW)


def test_a_written_answer_mended_is_read_in_its_new_words(world: World) -> None:
    talk, taken = an_answer(world)
    assert own_words.mend_input(taken, "Two hands more on Mondays", at=NOW)
    assert everywhere("ocelot") == []
    talk.refresh_from_db()
    taken.refresh_from_db()
    assert talk.notes == taken.words == "Two hands more on Mondays"
    assert Quote.objects.get(conversation=talk).words == taken.words


def an_answer(world: World) -> tuple[Conversation, Input]:
    """Written to an ask, with a quote a lead took from it."""
    asked = invite(world, world.joan)
    words = "Two ocelots more on Fridays."
    talk = listening.answer_in_writing(asked, words, by=None, at=NOW)
    a_quote(world.joan, words, conversation=talk, start=0, end=len(words))
    actions.take_up(world.initiative, at=NOW)
    return talk, Input.objects.get(conversation=talk)
