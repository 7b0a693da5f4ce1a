"""What became of what they said, a word in a thread, and the answer to a check-in.

All of them are replies: they count towards no limit, leave at once, and rather twice than never.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.plans.models import Post, Reply, RoundReply


def reply(reply: Reply, participation: Participation, words: Iterable[str], *, by: User) -> Draft:
    """Their own words, and beside them what became of them (3.11)."""
    values = {"reply": reply, "words": list(words), "by": by}
    place = f"[[page]]replies/{reply.pk or 0}/"
    return _draft("reply", participation, values, place=place, thread=thread_of(reply))


def post(post: Post, *, by: User) -> Draft:
    """A lead's word in the thread: both fine-tune it (3.12)."""
    values = {"post": post, "reply": post.reply, "by": by}
    place = f"[[page]]replies/{post.reply_id}/"
    return _draft("post", post.participation, values, place=place, thread=thread_of(post.reply))


def round_reply(answer: RoundReply, participation: Participation, *, by: User) -> Draft:
    """What was heard in a check-in and what changes by it: to everyone asked alike."""
    values = {"answer": answer, "round": answer.round, "by": by}
    thread = f"check-in {answer.round_id} answered"  # no mail of the check-in itself
    return _draft("round_reply", participation, values, place="[[page]]", thread=thread)


def thread_of(reply: Reply) -> str:
    """Mails about one thing stand together."""
    return f"need {reply.need_id}" if reply.need_id else f"input {reply.input_id}"


def _draft(
    name: str, participation: Participation, more: dict[str, Any], *, place: str, thread: str
) -> Draft:
    person = participation.person
    values = {
        "person": person,
        "participation": participation,
        "initiative": participation.initiative,
        "place": place,
        **more,
    }
    with as_they_read(participation):
        subject, text, html = rendered(f"plans/emails/{name}", values)
    return Draft(Message.Kind.REPLY, subject, text, html, thread=thread)
