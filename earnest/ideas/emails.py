"""What is mailed about ideas: asked into a space, two ideas stand as one, an idea they support
changed. One message per function."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.text import Truncator

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.ideas import access
from earnest.ideas.models import Idea, Merge, Outcome, Space, Speaker, Tip, Topic, TopicReply
from earnest.ideas.queries.topics import name_of
from earnest.initiatives.models import Participation
from earnest.messaging import queries as messaging
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_member_reads, as_they_read, to_member
from earnest.messaging.models import Message

ABOUT_IDEAS = ("idea ", "ideas supported ")  # how threads begin whose mails repeat ideas
TIP_SHOWN = 120  # letters of a tip in a mail about replies to it


def invited(space: Space, to: Participation, words: str, *, by: User) -> Draft:
    """How would you make it work? (1.13) An ask: it counts, and never presses."""
    values = {"space": space, "words": words.strip(), "by": by, "place": place_of(space)}
    return _draft("invited", Message.Kind.ASK, to, values, thread=f"space {space.pk}")


def merged(merge: Merge, mine: Idea, other: Idea, *, by: User) -> Draft:
    """Theirs stands with another's as one; a reply: it tells what became of what they gave."""
    if mine.participation is None or mine.space is None:
        raise ValueError(f"idea {mine.pk} leads to nobody")
    values = {"mine": mine, "other": other, "by": by, "place": place_of(mine.space, mine)}
    thread = f"idea {mine.pk}"
    return _draft("merged", Message.Kind.REPLY, mine.participation, values, thread=thread)


def changed(ideas: Iterable[Idea], to: Participation) -> Draft:
    """Ideas they support read differently now: one mail for all of them."""
    told = [(one, place_of(one.space, one)) for one in ideas if one.space]
    thread = f"ideas supported {to.pk}"
    return _draft("changed", Message.Kind.REPLY, to, {"ideas": told}, thread=thread)


def outcome(said: Outcome, to: Participation) -> Draft:
    """What becomes of what they voted on: a reply, for they wished to hear it (0.10)."""
    place = place_of(said.space) + "map/"
    values = {"space": said.space, "said": said, "by": said.by, "place": place}
    return _draft("outcome", Message.Kind.REPLY, to, values, thread=f"space {said.space_id}")


def place_of(space: Space, idea: Idea | None = None) -> str:
    """Their own link to it."""
    return f"[[page]]spaces/{space.pk}/" + (f"ideas/{idea.pk}/" if idea else "")


def _draft(
    name: str, kind: Message.Kind, to: Participation, more: dict[str, Any], *, thread: str
) -> Draft:
    values = {"person": to.person, "participation": to, "initiative": to.initiative, **more}
    with as_they_read(to):
        subject, text, html = rendered(f"ideas/emails/{name}", values)
    return Draft(kind=kind, subject=subject, text=text, html=html, thread=thread)


def question(topic: Topic, to: Participation, words: str, *, by: User) -> Draft:
    """An open question to everyone (1.10). Without names it holds the one address of its space,
    the same for all; nobody is counted as silent for it, so it goes as a check-in does."""
    values = {"topic": topic, "words": words.strip(), "by": by, "place": place_of_topic(topic)}
    return _draft("question", Message.Kind.CHECK_IN, to, values, thread=f"topic {topic.pk}")


def replies_to(speaker: Speaker, to: Participation, replies: list[TopicReply]) -> Draft:
    """What others replied since they were told last (1.1)."""
    topic = speaker.topic
    name, said = to.person.first_name, _said(replies)
    values = {"topic": topic, "replies": said, "place": place_of_topic(topic), "name": name}
    return _draft("replies", Message.Kind.PROGRESS, to, values, thread=f"topic {topic.pk}")


def replies_to_member(
    speaker: Speaker, replies: list[TopicReply], *, at: datetime
) -> tuple[EmailMultiAlternatives, str]:
    """The same to a member of the workspace, who signs in; and the Message-ID it leaves with."""
    user, topic = speaker.user, speaker.topic
    if user is None:
        raise ValueError(f"speaker {speaker.pk} is no member")
    place = settings.BASE_URL + reverse("ideas:member_topic", args=[topic.pk])
    name, said = user.get_short_name(), _said(replies)
    values = {"topic": topic, "replies": said, "place": place, "name": name}
    with as_member_reads(user):
        written = rendered("ideas/emails/replies", values)
    mail = to_member(user, written, token=f"topic.{speaker.pk}.{int(at.timestamp())}")
    if inbox := messaging.inbox_for(f"topic-{speaker.pk}"):
        mail.reply_to = [inbox]
    return mail, mail.extra_headers["Message-ID"]


def as_repeated(words: str) -> list[str]:
    """Words of a tip or a reply as these mails hold them."""
    return list(dict.fromkeys((words, Truncator(words).chars(TIP_SHOWN))))


def _said(replies: list[TopicReply]) -> list[tuple[str, str, Tip | None]]:
    return [(one.words, name_of(one.speaker), one.tip) for one in replies]


def place_of_topic(topic: Topic) -> str:
    """Their own link to it, or the one address that is the same for all."""
    if topic.space is None:
        raise ValueError("among members there are no links")
    if topic.space.names:
        return f"{place_of(topic.space)}topics/{topic.pk}/"
    token = access.token_of(topic.space)
    return settings.BASE_URL + reverse("pages:topic", args=[token, topic.pk])
