"""Writing a talk down while it is held, and ending it: every word arrives once, however it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.listening import naming, queries
from earnest.listening.actions.talks import Notes, note_conversation, offer_found
from earnest.listening.joining import Leaf, Place, added, joined
from earnest.listening.models import Conversation, Sheet, Talk

OLDEST_BEGINNING = timedelta(days=14)  # a device's clock may be wrong; a talk is no older than this
LISTENED = "listened"


class NothingWritten(Exception):
    """There is no word in any sheet: a talk without words is not kept."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one window of a talk holds now, as the device sends it."""

    talk: UUID
    tab: UUID
    revision: int
    text: str
    begun_at: datetime
    carries: Place | None = None


@transaction.atomic
def write_sheet(
    initiative: Initiative,
    people: Sequence[Participation],
    written: Written,
    *,
    by: User,
    at: datetime,
) -> Talk:
    """Keep what a window holds; an older revision changes nothing. After the end it is added.

    Raises AskedToStop where one of the people wants nothing more of it.
    """
    for one in people:
        one.refuse_if_stopped()
    talk = _talk(initiative, people, written, by=by, at=at)
    if _keep(talk, written, at=at):
        if talk.ended_at:
            _add_later_words(talk, people, written, by=by, at=at)
        else:
            Talk.objects.filter(pk=talk.pk).update(written_at=at)
    return talk


def _talk(
    initiative: Initiative,
    people: Sequence[Participation],
    written: Written,
    *,
    by: User,
    at: datetime,
) -> Talk:
    """The talk of this key, locked, so that ending it and writing in it take turns."""
    begun_at = min(at, max(written.begun_at, at - OLDEST_BEGINNING))
    together = len(people) > 1
    form = Conversation.Form.SMALL_GROUP if together else Conversation.Form.ONE_TO_ONE
    talk, new = Talk.objects.get_or_create(
        by=by,
        key=written.talk,
        initiative=initiative,
        defaults={"begun_at": begun_at, "written_at": at, "form": form},
    )
    if new:
        talk.people.set(people)
        events.record("talk_begun", by=by, at=at, about=talk)
    locked = Talk.objects.select_for_update(of=("self",)).select_related("conversation")
    there = locked.filter(pk=talk.pk).first()  # dropped by another window just now: begun anew
    return there or _talk(initiative, people, written, by=by, at=at)


def _keep(talk: Talk, written: Written, *, at: datetime) -> bool:
    """Compare and set: True where this is later than what was there. Ended, no words stay here."""
    carries = written.carries
    values = {
        "text": "" if talk.ended_at else written.text,
        "revision": written.revision,
        "written_at": at,
        "carries_tab": carries.tab if carries else None,
        "carries_revision": carries.revision if carries else None,
    }
    sheet, new = Sheet.objects.get_or_create(talk=talk, tab=written.tab, defaults=values)
    older = Sheet.objects.filter(pk=sheet.pk, revision__lt=written.revision)
    return new or older.update(**values) == 1


@transaction.atomic
def end_talk(talk: Talk, *, by: User, at: datetime) -> Conversation:
    """Make one conversation of all its sheets; ended before, it is that conversation.

    Raises NothingWritten, and AskedToStop where one of the people wants nothing more of it.
    """
    there = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    if there.conversation:
        return there.conversation
    people = list(there.people.present().select_related("person"))
    return _end(there, people, _whole(there), by=by, at=at)


@transaction.atomic
def end_or_drop(talk: Talk, *, by: User, at: datetime) -> Conversation | None:
    """End it; where no window holds a word, let go of it: None. Looked at and done under its lock.

    What another window was told is kept can so never go. Raises AskedToStop.
    """
    there = Talk.objects.select_for_update(of=("self",)).filter(pk=talk.pk).first()
    if there is None:
        return None
    try:
        return end_talk(there, by=by, at=at)
    except NothingWritten:
        _drop(there, by=by, at=at)
    return None


@transaction.atomic
def write_and_end(
    initiative: Initiative,
    people: Sequence[Participation],
    written: Written,
    *,
    by: User,
    at: datetime,
) -> Conversation:
    """The last words and the end in one: for a form without script."""
    return end_talk(write_sheet(initiative, people, written, by=by, at=at), by=by, at=at)


def _whole(talk: Talk) -> str:
    return joined([_leaf(sheet) for sheet in talk.sheets.all()])


def _leaf(sheet: Sheet) -> Leaf:
    carries = None
    if sheet.carries_tab is not None and sheet.carries_revision is not None:
        carries = Place(sheet.carries_tab, sheet.carries_revision)
    return Leaf(sheet.tab, sheet.revision, sheet.text, carries)


def _end(
    talk: Talk, people: Sequence[Participation], text: str, *, by: User, at: datetime
) -> Conversation:
    if not text.strip():
        raise NothingWritten
    held_on = talk.initiative.workspace.day(talk.begun_at)
    notes = Notes(text, held_on, people, source=LISTENED)
    conversation = note_conversation(talk.initiative, notes, by=by, at=at)
    Talk.objects.filter(pk=talk.pk).update(ended_at=at, conversation=conversation)
    talk.sheets.update(text="")  # the words are in the notes now, and nowhere else
    talk.people.clear()
    events.record("talk_ended", by=by, at=at, about=talk)
    return conversation


def _add_later_words(
    talk: Talk, people: Sequence[Participation], written: Written, *, by: User, at: datetime
) -> None:
    """Words that came after the end are a further part of the notes, and read for findings."""
    conversation = talk.conversation
    if conversation is None or conversation.notes_erased_at:
        day = talk.initiative.workspace.day(written.begun_at)
        notes = Notes(written.text, day, people, source=LISTENED)
        later = note_conversation(talk.initiative, notes, by=by, at=at)
        Talk.objects.filter(pk=talk.pk).update(conversation=later)
        return
    more = added(conversation.notes, written.text)
    if not more.strip():
        return
    before = f"{conversation.notes}\n\n"
    kept = Conversation.objects.filter(pk=conversation.pk)
    kept.update(notes=before + more, looked_back_at=None)
    notes = Notes(more, conversation.held_on, people)
    offer_found(conversation, notes, me=by.name, begins=len(before))
    events.record("words_came_later", by=by, at=at, about=conversation)


def _drop(talk: Talk, *, by: User | None, at: datetime) -> None:
    """A talk nobody wrote a word in, or of somebody who wants nothing more of it; it is locked."""
    events.cut_pointers({"talk": [talk.pk]})
    events.record("talk_dropped", by=by, at=at, about=talk.initiative)
    talk.delete()


@transaction.atomic
def end_forgotten(talk: Talk, *, at: datetime) -> Conversation | None:
    """What its leader forgot to end: nothing about a person lies hidden (privacy.md 3).

    Who asked to be left alone meanwhile is left out, with the sentences that name them.
    """
    there = Talk.objects.select_for_update(of=("self",)).filter(pk=talk.pk, ended_at=None).first()
    if there is None:
        return None
    everyone = list(there.people.present().select_related("person"))
    people = [one for one in everyone if not one.asked_to_stop]
    text = _without(_whole(there), [one for one in everyone if one.asked_to_stop])
    if not people or not text.strip():
        _drop(there, by=None, at=at)
        return None
    return _end(there, people, text, by=there.by, at=at)


def _without(text: str, gone: Iterable[Participation]) -> str:
    for one in gone:
        text = naming.blanked(text, naming.spans_naming(text, queries.names_of(one)))
    return text
