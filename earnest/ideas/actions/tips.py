"""One favourite tip each, replies, and "this helped me": always with names (1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas import emails
from earnest.ideas.actions.topics import locked, speaker_of
from earnest.ideas.models import Helped, Passing, Speaker, Tip, Topic, TopicReply, Voice
from earnest.ideas.models.topics import new_key
from earnest.messaging import actions as messaging
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

type Who = Voice | User


@dataclass(frozen=True, slots=True)
class TipDraft:
    """The tip, whether their name stands beside it, whether it may stand in the playbook."""

    words: str
    named: bool = False
    in_playbook: bool = False

    @property
    def passing(self) -> str:
        return Passing.NAMED if self.named else Passing.UNNAMED


@transaction.atomic
def name_tip(topic: Topic, who: Who, draft: TipDraft, *, at: datetime) -> Tip:
    """Their one tip; a second takes the place of the first. Raises TopicClosed or AskedToStop."""
    _refuse_if_stopped(who)
    there = locked(topic)
    speaker = speaker_of(there, who, at=at)
    fields: dict[str, Any] = {
        "words": draft.words,
        "passing": draft.passing,
        "in_playbook": draft.in_playbook,
        "on": there.workspace.day(at),
    }
    before = speaker.tips.first()
    if before:
        _reworded(before, fields, at=at)
        events.record("tip_changed", at=at, about=there)
        return before
    tip = Tip.objects.create(pk=new_key(at), topic=there, speaker=speaker, **fields)
    Topic.objects.filter(pk=there.pk).update(tips_count=F("tips_count") + 1)
    _note(there, who, "tip_named", at=at)
    return tip


def _reworded(tip: Tip, fields: dict[str, Any], *, at: datetime) -> None:
    """Voices were given to what it said before: with other words they begin anew."""
    if tip.words != fields["words"]:
        tip.voices.all().delete()
        _mend_mails(tip.topic, tip.words, fields["words"], at=at)
        fields = {**fields, "helped": 0}
    Tip.objects.filter(pk=tip.pk).update(**fields)
    tip.refresh_from_db()


def _note(topic: Topic, who: Who, action: str, *, at: datetime) -> None:
    by = who if isinstance(who, User) else None
    events.record(action, by=by, at=at, about=topic)
    if isinstance(who, Voice) and who.participation:
        fact = Fact("did", 1, f"topic {topic.pk}", item="contributed")
        standing.record_evidence(who.participation, fact, at=at)


def _refuse_if_stopped(who: Who) -> None:
    if isinstance(who, Voice) and who.participation:
        who.participation.refuse_if_stopped()


@transaction.atomic
def take_tip_back(tip: Tip, *, at: datetime) -> bool:
    """It goes, with its words; replies to it stay under the question. True if now."""
    whose = tip.speaker.voice.participation if tip.speaker and tip.speaker.voice else None
    if not Tip.objects.filter(pk=tip.pk).delete()[0]:
        return False
    Topic.objects.filter(pk=tip.topic_id, tips_count__gt=0).update(tips_count=F("tips_count") - 1)
    _mend_mails(tip.topic, tip.words, "", at=at)
    events.record("tip_taken_back", at=at, about=tip.topic)
    if whose:
        standing.withdraw_evidence(whose, f"topic {tip.topic_id}", kind="did", at=at)
    return True


def _mend_mails(topic: Topic, old: str, new: str, *, at: datetime) -> None:
    """Who follows the question was written these words."""
    if topic.initiative_id:
        thread = f"topic {topic.pk}"
        messaging.replace_in_threads(
            topic.initiative_id, [thread], emails.as_repeated(old), new, at=at
        )


@transaction.atomic
def say_helped(tip: Tip, who: Who, *, helped: bool, at: datetime) -> bool:
    """ "This helped me", or no longer; one voice each, and none for one's own. True if changed."""
    _refuse_if_stopped(who)
    there = locked(tip.topic)
    speaker = speaker_of(there, who, at=at)
    if tip.speaker_id == speaker.pk:
        return False
    if helped:
        changed = Helped.objects.get_or_create(tip=tip, speaker=speaker)[1]
    else:
        changed = bool(Helped.objects.filter(tip=tip, speaker=speaker).delete()[0])
    if changed:
        Tip.objects.filter(pk=tip.pk).update(helped=F("helped") + (1 if helped else -1))
        events.record("tip_helped" if helped else "tip_helped_undone", at=at, about=there)
    return changed


@transaction.atomic
def reply(
    topic: Topic, who: Who, words: str, *, tip: Tip | None = None, at: datetime
) -> TopicReply:
    """A reply under the question, or under a tip; the same words twice are one.

    Raises TopicClosed or AskedToStop.
    """
    _refuse_if_stopped(who)
    there = locked(topic)
    speaker = speaker_of(there, who, at=at)
    same = there.replies.filter(speaker=speaker, tip=tip, words=words)
    if twin := same.first():
        return twin
    made = TopicReply.objects.create(
        pk=new_key(at), topic=there, tip=tip, speaker=speaker, words=words, at=at
    )
    Topic.objects.filter(pk=there.pk).update(replies_count=F("replies_count") + 1)
    if tip:
        Tip.objects.filter(pk=tip.pk).update(replies_count=F("replies_count") + 1)
    events.record("topic_reply", by=who if isinstance(who, User) else None, at=at, about=there)
    return made


@transaction.atomic
def take_reply_back(said: TopicReply, *, at: datetime) -> bool:
    """It goes, with its words. True if now."""
    if not TopicReply.objects.filter(pk=said.pk).delete()[0]:
        return False
    Topic.objects.filter(pk=said.topic_id, replies_count__gt=0).update(
        replies_count=F("replies_count") - 1
    )
    if said.tip_id:
        Tip.objects.filter(pk=said.tip_id, replies_count__gt=0).update(
            replies_count=F("replies_count") - 1
        )
    _mend_mails(said.topic, said.words, "", at=at)
    events.record("topic_reply_taken_back", at=at, about=said.topic)
    return True


@transaction.atomic
def follow(topic: Topic, who: Who, *, wanted: bool, at: datetime) -> bool:
    """New replies by mail from now on, one mail a day at most; or no longer. True if changed."""
    if wanted:
        _refuse_if_stopped(who)
    speaker = speaker_of(topic, who, at=at)
    rows = Speaker.objects.filter(pk=speaker.pk, follows=not wanted)
    if not rows.update(follows=wanted, told_to=at):
        return False
    events.record("topic_followed" if wanted else "topic_not_followed", at=at, about=topic)
    return True
