"""Stories: written, published, taken back; and whose words stand in them, asked one by one (3.18)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation, Stage
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.messaging.models import Message
from earnest.plans import emails
from earnest.plans.models import Story, StoryVoice

ASKED_OF = (StoryVoice.State.CHOSEN,)
ANSWERS = (StoryVoice.State.NAMED, StoryVoice.State.UNNAMED, StoryVoice.State.REFUSED)


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """A story as typed: of a stage, of the end, or of neither."""

    title: str
    worked: str = ""
    did_not: str = ""
    differently: str = ""
    stage: Stage | None = None
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class VoiceAsked:
    """Asked now: by mail, or on their page alone, with the reason why no mail goes."""

    mailed: bool
    sentence: str = ""


@transaction.atomic
def begin_story(initiative: Initiative, draft: StoryDraft, *, by: User, at: datetime) -> Story:
    story = Story(initiative=initiative, by=by, made_at=at, changed_at=at)
    _write(story, draft)
    story.save(force_insert=True)
    events.record("story_begun", by=by, at=at, about=story)
    return story


@transaction.atomic
def change_story(story: Story, draft: StoryDraft, *, by: User, at: datetime) -> bool:
    """What was changed stands at once, also where it is published. False where nothing was."""
    there = Story.objects.select_for_update().get(pk=story.pk)
    before = {name: getattr(there, name) for name in WRITTEN}
    _write(there, draft)
    if before == {name: getattr(there, name) for name in WRITTEN}:
        return False
    there.changed_at = at
    there.save(update_fields=[*WRITTEN, "changed_at"])
    events.record("story_changed", by=by, at=at, about=story)
    return True


WRITTEN = ("title", "worked", "did_not", "differently", "stage_id", "at_end")


def _write(story: Story, draft: StoryDraft) -> None:
    story.title, story.worked = draft.title, draft.worked
    story.did_not, story.differently = draft.did_not, draft.differently
    story.stage_id = draft.stage.pk if draft.stage else None
    story.at_end = draft.at_end


@transaction.atomic
def publish_story(story: Story, readers: str, *, by: User, at: datetime) -> bool:
    """For these readers from now on. False where it was so before.

    Whoever said yes when it was for fewer is asked anew, on their page, before more read them.
    """
    rows = Story.objects.filter(pk=story.pk)
    if readers == Story.Readers.WORKSPACE:
        narrow = story.voices.filter(for_readers=Story.Readers.LEADING, state__in=ANSWERS[:2])
        narrow.update(state=StoryVoice.State.ASKED, asked_at=at, answered_at=None)
    if rows.filter(published_at=None).update(published_at=at, readers=readers):
        events.record("story_published", by=by, at=at, about=story)
        return True
    if rows.exclude(published_at=None).exclude(readers=readers).update(readers=readers):
        events.record("story_readers_changed", by=by, at=at, about=story)
        return True
    return False


@transaction.atomic
def take_story_back(story: Story, *, by: User, at: datetime) -> bool:
    """A draft again, for the leads alone. False where it is one."""
    rows = Story.objects.filter(pk=story.pk).exclude(published_at=None)
    if not rows.update(published_at=None):
        return False
    events.record("story_taken_back", by=by, at=at, about=story)
    return True


@transaction.atomic
def remove_story(story: Story, *, by: User, at: datetime) -> bool:
    """Gone, with what was asked for it. False if done before."""
    voices = list(story.voices.select_related("story"))
    events.cut_pointers({"story": [story.pk], "storyvoice": [one.pk for one in voices]})
    _take_mail_back(voices, by=by, at=at)
    removed = Story.objects.filter(pk=story.pk).delete()[1].get(Story._meta.label)
    if removed:
        events.record("story_removed", by=by, at=at, about=story.initiative)
    return bool(removed)


@transaction.atomic
def choose_voices(story: Story, quotes: Iterable[Quote], *, by: User, at: datetime) -> int:
    """Words that may be passed on, laid beside the story; nobody is asked yet. Returns how many."""
    made = 0
    for quote in quotes:
        _row, new = StoryVoice.objects.get_or_create(
            story=story, quote=quote, defaults={"chosen_at": at}
        )
        made += new
    if made:
        events.record("voices_chosen", by=by, at=at, about=story, detail={"count": made})
    return made


@transaction.atomic
def drop_voice(voice: StoryVoice, *, by: User, at: datetime) -> bool:
    """Not in this story after all; a mail that did not leave yet asks nothing any more.

    Who said no is not forgotten to have done so: chosen anew, they would be asked again. False there.
    """
    rows = StoryVoice.objects.filter(pk=voice.pk).exclude(state=StoryVoice.State.REFUSED)
    if not rows.delete()[0]:
        return False
    _take_mail_back([voice], by=by, at=at)
    events.cut_pointers({"storyvoice": [voice.pk]})
    events.record("voice_dropped", by=by, at=at, about=voice.story)
    return True


@transaction.atomic
def ask_voice(voice: StoryVoice, *, by: User, at: datetime) -> VoiceAsked | None:
    """Ask them for this very story, on their page, and by mail where the limits leave room.

    An ask: it wants something of them, so it counts. Who was asked enough is asked on their page
    alone. None where they were asked before, took the words back, or said meanwhile that they are
    for the leads alone: who said that is not asked for more. Raises AskedToStop.
    """
    whose = voice.quote.participation
    if whose is None:
        return None
    whose.refuse_if_stopped()
    there = StoryVoice.objects.filter(pk=voice.pk, state__in=ASKED_OF, quote__erased_at=None)
    rows = there.exclude(quote__passed_on=Quote.PassedOn.LEADS_ONLY)
    if not rows.update(state=StoryVoice.State.ASKED, asked_at=at):
        return None
    events.record("voice_asked", by=by, at=at, about=voice)
    if not whose.person.email:
        return VoiceAsked(mailed=False)
    try:
        with transaction.atomic():
            messaging.put_in_outbox(whose, emails.voice_asked(voice, whose, by=by), by=by, at=at)
    except MayNotWrite as refused:
        return VoiceAsked(mailed=False, sentence=refused.sentence)
    return VoiceAsked(mailed=True)


def _take_mail_back(voices: Iterable[StoryVoice], *, by: User | None, at: datetime) -> None:
    """What asks for a voice and has not left yet leaves no more."""
    for voice in voices:
        place = emails.place_of_voice(voice)
        waiting = Message.objects.filter(
            thread=emails.thread_of_story(voice.story_id),
            state=Message.State.WAITING,
            text__contains=place,
        )
        for message in waiting.select_related("participation__person"):
            with suppress(messaging.CannotBeWithdrawn):  # it left this moment
                messaging.withdraw(message, by=by, at=at)


@transaction.atomic
def answer_voice(voice: StoryVoice, whose: Participation, state: str, *, at: datetime) -> bool:
    """Their yes, with or without their name, or their no; taken back any time, and obeyed at once.

    It works after a stop too: it is their will that speaks. False where they had said so.
    """
    asked = StoryVoice.objects.filter(pk=voice.pk, quote__participation=whose).exclude(
        state__in=(StoryVoice.State.CHOSEN, state)
    )
    told = Story.objects.get(pk=voice.story_id)
    few = told.is_published and told.readers == Story.Readers.LEADING
    readers = Story.Readers.LEADING if few else Story.Readers.WORKSPACE
    if not asked.update(state=state, answered_at=at, for_readers=readers):
        return False
    events.record("voice_answered", at=at, about=voice)
    _take_mail_back([voice], by=None, at=at)
    messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)
    return True
