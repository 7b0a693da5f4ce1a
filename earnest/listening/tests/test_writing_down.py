"""A talk written down while it is held: every word arrives once, however and whenever it comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from earnest.accounts.models import User
from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import actions, sweeps
from earnest.listening.actions import NothingWritten, Written
from earnest.listening.joining import Place
from earnest.listening.models import Conversation, Sheet, Talk
from earnest.standing.models import Rung
from tests.worlds import NOW, World

TALK, ONE, TWO = UUID(int=1), UUID(int=2), UUID(int=3)


def sent(text: str, *, tab: UUID = ONE, revision: int = 1, **more: object) -> Written:
    return Written(TALK, tab, revision, text, **{"begun_at": NOW, **more})  # type: ignore[arg-type]


def write(
    world: World, written: Written, people: list[Participation] | None = None, at: datetime = NOW
) -> Talk:
    there = people or [world.joan]
    return actions.write_sheet(world.initiative, there, written, by=world.lead, at=at)


def end(talk: Talk, by: User) -> Conversation:
    return actions.end_talk(talk, by=by, at=NOW)


def test_ending_makes_one_conversation_with_the_words_as_written(world: World) -> None:
    text = "“ Fridays are the problem. \n\n< I will send her the draft by Tuesday\n"
    noted = end(write(world, sent(text)), world.lead)
    assert (noted.notes, noted.held_on.isoformat()) == (text, "2026-11-20")
    assert list(noted.people.all()) == [world.joan]
    assert {one.kind for one in noted.findings.all()} == {"quote", "promise"}
    assert Rung.objects.get(pk=world.joan.pk).heard_at == NOW
    assert Sheet.objects.get().text == ""  # the words are in the notes, and nowhere else


def test_a_later_revision_takes_the_place_of_an_earlier_one_never_the_other_way(
    world: World,
) -> None:
    for revision, text in [(1, "a"), (7, "a long line"), (3, "a long"), (7, "another")]:
        talk = write(world, sent(text, revision=revision))
    assert end(talk, world.lead).notes == "a long line"


def test_two_windows_keep_both_texts(world: World) -> None:
    write(world, sent("first window"))
    talk = write(world, sent("second window", tab=TWO))
    assert end(talk, world.lead).notes == "first window\n\nsecond window"


def test_ending_twice_is_the_same_conversation(world: World) -> None:
    talk = write(world, sent("words"))
    assert end(talk, world.lead) == end(talk, world.lead)
    assert Conversation.objects.count() == 1
    assert Event.objects.filter(action="conversation_noted").count() == 1


def test_words_that_come_after_the_end_are_added_and_read(world: World) -> None:
    noted = end(write(world, sent("Fridays")), world.lead)
    write(world, sent("> she sends the list by Tuesday", tab=TWO))
    noted.refresh_from_db()
    assert noted.notes == "Fridays\n\n> she sends the list by Tuesday"
    found = noted.findings.get(kind="promise")
    assert noted.notes[found.start : found.end].startswith("she sends the list")


def test_what_the_notes_have_already_is_not_added_again(world: World) -> None:
    noted = end(write(world, sent("Fridays are hard")), world.lead)
    for revision, text in [(1, "Fridays are hard"), (2, "Fridays are hard\nand more")] * 2:
        write(world, sent(text, tab=TWO, revision=revision))
    write(world, sent("Fridays are hard on us all", revision=9))
    noted.refresh_from_db()
    assert noted.notes == "Fridays are hard\n\nand more\n\non us all"


def test_a_group_talk_is_one(world: World) -> None:
    talk = write(world, sent("both spoke"), [world.joan, world.sam])
    noted = end(talk, world.lead)
    assert (noted.form, noted.people.count()) == (Conversation.Form.SMALL_GROUP, 2)


def test_a_talk_without_words_is_not_kept(world: World) -> None:
    with pytest.raises(NothingWritten):
        end(write(world, sent(" \n")), world.lead)
    assert not Conversation.objects.exists()


def test_a_word_from_another_window_keeps_a_talk_that_looked_empty(world: World) -> None:
    talk = write(world, sent(""))
    write(world, sent("a word that was told it is kept", tab=TWO))
    noted = actions.end_or_drop(talk, by=world.lead, at=NOW)
    assert noted
    assert noted.notes == "a word that was told it is kept"


def test_an_empty_talk_goes_once_and_words_that_come_then_begin_it_anew(world: World) -> None:
    talk = write(world, sent(" "))
    assert actions.end_or_drop(talk, by=world.lead, at=NOW) is None
    assert actions.end_or_drop(talk, by=world.lead, at=NOW) is None
    assert Event.objects.filter(action="talk_dropped").count() == 1
    assert end(write(world, sent("late", revision=2)), world.lead).notes == "late"


def test_another_device_goes_on_where_the_first_one_was(world: World) -> None:
    write(world, sent("Fridays are hard", revision=4))
    talk = write(world, sent("Fridays are easy", tab=TWO, carries=Place(ONE, 4)))
    assert end(talk, world.lead).notes == "Fridays are easy"


def test_the_device_says_when_it_was_within_reason(world: World) -> None:
    yesterday = NOW - timedelta(days=1)
    talk = write(world, sent("held offline", begun_at=yesterday))
    assert end(talk, world.lead).held_on == yesterday.date()
    tomorrow = Written(uuid4(), ONE, 1, "a clock gone wrong", NOW + timedelta(days=1))
    assert write(world, tomorrow).begun_at == NOW


def test_after_a_stop_nothing_is_written_and_nothing_is_half_written(world: World) -> None:
    talk = write(world, sent("before"))
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    with pytest.raises(AskedToStop):
        write(world, sent("after", revision=2))
    with pytest.raises(AskedToStop):
        end(talk, world.lead)
    assert Sheet.objects.get().text == "before"
    assert not Conversation.objects.exists()


HALF_A_DAY_LATER = NOW + timedelta(hours=12, minutes=1)


def test_a_talk_nobody_ended_is_ended_after_half_a_day(world: World) -> None:
    write(world, sent("forgotten"))
    assert sweeps.end_forgotten_talks(at=NOW + timedelta(hours=11)) == 0
    assert sweeps.end_forgotten_talks(at=HALF_A_DAY_LATER) == 1
    assert sweeps.end_forgotten_talks(at=HALF_A_DAY_LATER) == 0
    assert Conversation.objects.get().notes == "forgotten"


def test_who_asked_to_stop_meanwhile_is_left_out_of_a_forgotten_talk(world: World) -> None:
    text = "Sam: the night shift needs a list.\nJoan: Fridays are hard."
    write(world, sent(text), [world.joan, world.sam])
    initiatives.say_wish(world.sam, initiatives.Wish.NOT_AT_ALL, at=NOW)
    sweeps.end_forgotten_talks(at=HALF_A_DAY_LATER)
    noted = Conversation.objects.get()
    assert list(noted.people.all()) == [world.joan]
    assert "Fridays are hard." in noted.notes
    assert "night shift" not in noted.notes


def test_a_forgotten_talk_with_nobody_left_goes(world: World) -> None:
    write(world, sent("words of Joan"))
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    sweeps.end_forgotten_talks(at=HALF_A_DAY_LATER)
    assert (Talk.objects.count(), Conversation.objects.count()) == (0, 0)
