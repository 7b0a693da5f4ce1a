"""“That is not what I meant”: the new words stand in the quote's place, everywhere (privacy.md 4)."""

from __future__ import annotations

import pytest
from django.db import connection

from earnest.core.models import Event
from earnest.listening import actions, queries
from earnest.listening.actions import Notes, Taken
from earnest.listening.models import (
    Brief,
    BriefAnswer,
    Conversation,
    Finding,
    Need,
    Question,
    Quote,
    QuoteObjection,
)
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact, Message
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

SAID = "Fridays are a zebra, who owns them?"
MEANT = "Mondays are the heavy day"
NOTES = f"We met.\n“Joan: {SAID}\n“Sam: Fridays are fine.\nShe said it again: {SAID} And left."


@pytest.fixture
def talk(world: World) -> Conversation:
    people = [world.joan, world.sam]
    notes = Notes(NOTES, NOW.date(), people)
    return actions.note_conversation(world.initiative, notes, by=world.lead, at=NOW)


def placed(talk: Conversation, kind: str, words: str) -> Finding:
    start = talk.notes.index(words)
    return Finding.objects.create(
        conversation=talk, kind=kind, start=start, end=start + len(words), words=words
    )


@pytest.fixture
def quote(world: World, talk: Conversation) -> Quote:
    mine = Taken(SAID, world.joan)
    actions.take_need(placed(talk, "need", SAID), Taken("Friday help", world.joan), at=NOW)
    actions.take_question(placed(talk, "question", "who owns them?"), mine)
    return actions.take_quote(placed(talk, "quote", SAID), mine)


def everywhere(word: str) -> list[tuple[str, str]]:
    """Every table and column that holds this word."""
    quoted, found = connection.ops.quote_name, []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quoted(table)}")  # noqa: S608
            rows = cursor.fetchall()
            for place, column in enumerate(cursor.description):
                if any(word in str(row[place]).lower() for row in rows):
                    found.append((table, column[0]))
    return found


def in_rows(word: str) -> list[tuple[str, str]]:
    """The same but for the index of the search, which lies above and is purged there."""
    return [one for one in everywhere(word) if not one[0].startswith("search_")]


def test_the_old_words_stand_nowhere_any_more(world: World, quote: Quote) -> None:
    draft = messaging.Draft("reply", "What I heard", f"You said “{SAID}”", f"<p>“{SAID}”</p>")
    mail = messaging.put_in_outbox(world.joan, draft, by=world.lead, at=NOW)
    brief = Brief.objects.create(initiative=world.initiative, participation=world.joan, made_at=NOW)
    known = {"topic": "pressure", "source": "said", "by": world.lead, "at": NOW}
    BriefAnswer.objects.create(brief=brief, words=f"She said: {SAID}", **known)
    assert in_rows("zebra")
    assert actions.mend_quote(quote, MEANT, at=NOW)
    assert in_rows("zebra") == []
    assert Quote.objects.get(pk=quote.pk).words == MEANT
    assert Question.objects.get().words == MEANT
    assert Need.objects.get().words == MEANT
    assert BriefAnswer.objects.get().words == f"She said: {MEANT}"
    mail = Message.objects.get(pk=mail.pk)
    assert f"You said “{MEANT}”" in mail.text
    assert f"<p>“{MEANT}”</p>" in mail.html


def test_a_word_or_two_are_replaced_in_mails_only_where_they_stand_as_theirs(
    world: World, talk: Conversation
) -> None:
    one = actions.take_quote(placed(talk, "quote", "fine"), Taken("fine", world.joan))
    draft = messaging.Draft("reply", "Heard", "A fine day\n- fine\n“fine”", "")
    mail = messaging.put_in_outbox(world.joan, draft, by=world.lead, at=NOW)
    actions.mend_quote(one, "late", at=NOW)
    mail.refresh_from_db()
    assert mail.text.startswith("A fine day\n- late\n“late”")


def test_the_notes_keep_their_length_and_show_the_new_words(
    quote: Quote, talk: Conversation
) -> None:
    actions.mend_quote(quote, MEANT, at=NOW)
    talk.refresh_from_db()
    assert len(talk.notes) == len(NOTES)
    assert "“Sam: Fridays are fine." in talk.notes
    mended = queries.mended_in(talk)
    pieces = queries.pieces(talk, list(talk.findings.all()), mended)
    assert [piece.mended.words for piece in pieces if piece.mended] == [MEANT]
    read = queries.in_new_words(talk.notes, mended, 0, len(talk.notes))
    assert f"“Joan: {MEANT}\n" in read


def test_a_need_others_named_too_stays_theirs(world: World, quote: Quote) -> None:
    need = Need.objects.get()
    need.named.create(participation=world.sam, at=NOW)
    actions.mend_quote(quote, MEANT, at=NOW)
    assert [one.need.words for one in world.sam.needs_named.all()] == ["Friday help"]
    assert [one.need.words for one in world.joan.needs_named.all()] == ["Friday help"]
    assert [one.in_their_words for one in world.joan.needs_named.all()] == [MEANT]


def test_what_was_said_elsewhere_and_means_the_same_is_left_alone(
    world: World, quote: Quote, talk: Conversation
) -> None:
    sams = actions.take_quote(placed(talk, "quote", "Fridays are fine."), Taken("Fine", world.sam))
    actions.mend_quote(quote, MEANT, at=NOW)
    sams.refresh_from_db()
    assert sams.words == "Fine"


def test_a_word_or_two_are_not_searched_for_in_the_notes(world: World, talk: Conversation) -> None:
    one = actions.take_quote(placed(talk, "quote", "it"), Taken("it", world.joan))
    actions.mend_quote(one, "not it", at=NOW)
    talk.refresh_from_db()
    assert talk.notes.endswith("And left.")
    assert "again" in talk.notes


def test_in_a_script_without_spaces_they_are_found_within_a_line(world: World) -> None:
    said = "星期五的时间不够用"
    notes = Notes(f"“Joan: {said}”\n她又说{said}，就走了。", NOW.date(), [world.joan])
    talk = actions.note_conversation(world.initiative, notes, by=world.lead, at=NOW)
    quote = actions.take_quote(placed(talk, "quote", said), Taken(said, world.joan))
    actions.strike_quote(quote, at=NOW)
    assert in_rows(said) == []


def test_mending_is_a_deed_once_for_a_talk_and_a_word_from_them(world: World, quote: Quote) -> None:
    actions.mend_quote(quote, MEANT, at=NOW)
    assert not actions.mend_quote(quote, MEANT, at=NOW)  # pressed twice
    actions.mend_quote(quote, "Tuesdays, I think", at=NOW)
    row = Evidence.objects.get()
    assert (row.kind, row.value, row.item) == ("did", 1, "contributed")
    assert QuoteObjection.objects.filter(quote=quote, withdrawn=False).count() == 2
    assert {(one.direction, one.channel) for one in Contact.objects.all()} == {
        ("they", "talk"),
        ("they", "page"),
    }
    assert "Mondays" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_struck_it_is_gone_with_what_came_of_it_and_no_deed(world: World, quote: Quote) -> None:
    assert actions.strike_quote(quote, at=NOW)
    assert not actions.strike_quote(quote, at=NOW)
    assert in_rows("zebra") == []
    assert in_rows("friday help") == []
    assert not Question.objects.exists()
    assert QuoteObjection.objects.get().withdrawn
    assert not Evidence.objects.exists()


def test_it_works_after_a_stop_too(world: World, quote: Quote) -> None:
    world.joan.stopped_at = NOW
    world.joan.save()
    assert actions.mend_quote(quote, MEANT, at=NOW)
    assert actions.strike_quote(quote, at=NOW)


def test_after_the_notes_are_gone_the_words_alone_lead_to_what_came_of_them(
    world: World, quote: Quote
) -> None:
    Conversation.objects.update(notes="")
    Quote.objects.update(start=None, end=None)
    world.joan.needs_named.update(start=None, end=None, words=SAID)
    Need.objects.update(words=SAID)
    actions.mend_quote(quote, MEANT, at=NOW)
    assert Need.objects.get().words == MEANT
