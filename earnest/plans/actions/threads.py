"""The thread under an answer: the person and the leads fine-tune it together (3.12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.plans import emails
from earnest.plans.actions.deeds import gave
from earnest.plans.models import Input, Post, Reply
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

A_MINUTE = timedelta(minutes=1)


@transaction.atomic
def talk_back(
    reply: Reply, whose: Participation, words: str, *, at: datetime, channel: str = "page"
) -> Post:
    """Their own word on it: it waits for a lead's. After a stop too: it is their will that speaks.

    Sent twice in a minute is once.
    """
    Participation.objects.select_for_update(of=("self",)).get(pk=whose.pk)
    if twin := _twin(reply, whose, words, from_person=True, at=at):
        return twin
    post = Post.objects.create(
        reply=reply, participation=whose, from_person=True, words=words, at=at
    )
    events.record("posted_by_person", at=at, about=post)
    _contributed(reply, whose, at=at)
    messaging.note_contact(whose, direction="they", channel=channel, kind="answer", at=at)
    return post


def _contributed(reply: Reply, whose: Participation, *, at: datetime) -> None:
    """A deed once for each input, however much they talk about it; under a need once for each."""
    of = Input.objects.filter(pk=reply.input_id or 0, participation=whose).first()
    of = of or Input.objects.filter(same_as=reply.input_id or 0, participation=whose).first()
    of = of or Input.objects.filter(need=reply.need_id or 0, participation=whose).first()
    if of:
        gave(of, at=at)
        return
    source = f"need {reply.need_id}" if reply.need_id else f"input {reply.input_id}"
    if not standing.is_on_record(whose, source, kind="did"):
        fact = Fact("did", 1, source, item="contributed")
        standing.record_evidence(whose, fact, at=at)


@transaction.atomic
def answer_in_thread(
    reply: Reply, whose: Participation, words: str, *, by: User, at: datetime
) -> Post:
    """A lead's word, mailed to them; what they wrote before is read by it. Twice is once.

    Raises AskedToStop, MayNotWrite.
    """
    Participation.objects.select_for_update(of=("self",)).get(pk=whose.pk)
    whose.refuse_if_stopped()
    if twin := _twin(reply, whose, words, from_person=False, at=at):
        return twin
    post = Post.objects.create(reply=reply, participation=whose, by=by, words=words, at=at)
    events.record("posted_by_lead", by=by, at=at, about=post)
    messaging.put_in_outbox(whose, emails.post(post, by=by), by=by, at=at)
    read(reply, whose, by=by, at=at)
    return post


@transaction.atomic
def read(reply: Reply, whose: Participation, *, by: User, at: datetime) -> int:
    """A lead has read what they wrote. Returns how many were new."""
    unread = Post.objects.filter(reply=reply, participation=whose, from_person=True, read_at=None)
    found = unread.update(read_at=at)
    if found:
        events.record("posts_read", by=by, at=at, about=reply, detail={"count": found})
    return found


def _twin(
    reply: Reply, whose: Participation, words: str, *, from_person: bool, at: datetime
) -> Post | None:
    same = reply.posts.filter(participation=whose, words=words, from_person=from_person)
    return same.filter(at__gt=at - A_MINUTE, at__lte=at).first()
