"""With every mail is kept how many wordings in it may press: a number, no words (4.1)."""

from __future__ import annotations

from earnest.messaging import actions
from earnest.messaging.erasure import erase_old_words
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import draft, put
from tests.worlds import NOW, World

PRESSING = "I want to convince you and to overcome objections. You must answer."


def test_a_mail_knows_how_many_wordings_in_it_may_press(world: World) -> None:
    assert put(world.joan, text=PRESSING).hints == 3
    assert put(world.sam, text="What makes it hard for you?").hints == 0


def test_the_subject_is_read_too(world: World) -> None:
    assert put(world.joan, subject="You must answer", text="Hello Joan.").hints == 1


def test_their_own_words_between_quotation_marks_are_not_ours(world: World) -> None:
    assert put(world.joan, text="You said: “You want to convince me.”").hints == 0


def test_it_is_read_in_the_language_of_who_is_written_to(world: World) -> None:
    german = "Das wird euch überzeugen."
    assert put(world.joan, text=german).hints == 0
    world.sam.person.language = "de"
    assert put(world.sam, text=german).hints == 1


def test_mails_laid_together_are_counted_each(world: World) -> None:
    laid = actions.put_all_in_outbox(
        [world.joan, world.sam],
        lambda one: draft("reply", text=PRESSING if one == world.joan else "Hello."),
        by=world.lead,
        at=NOW,
        leaves_at=NOW,
    )
    assert [one.hints for one in laid] == [3, 0]


def test_words_changed_before_it_leaves_are_counted_as_they_will_leave(world: World) -> None:
    message = put(world.joan, text=f"Hello.\n\n{PRESSING}")
    actions.replace_words(world.joan, [PRESSING], "What makes it hard?", at=NOW)
    message.refresh_from_db()
    assert message.hints == 0


def test_words_changed_after_it_left_leave_the_number_as_it_was(world: World) -> None:
    message = put(world.joan, text=f"Hello.\n\n{PRESSING}")
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, sent_at=NOW)
    actions.replace_words(world.joan, [PRESSING], "What makes it hard?", at=NOW)
    message.refresh_from_db()
    assert "What makes it hard?" in message.text
    assert message.hints == 3


def test_the_number_stays_when_the_words_are_let_go(world: World) -> None:
    message = put(world.joan, text=PRESSING)
    erase_old_words([message.pk], at=NOW)
    message.refresh_from_db()
    assert PRESSING not in message.text
    assert message.hints == 3
