"""An open question is put, closed and opened again, and who speaks under it (1.10, 1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.ideas.models import Space, Speaker, Topic, Voice
from earnest.ideas.models.topics import new_key
from earnest.initiatives.models import Initiative

Kind = Topic.Kind


class TopicClosed(Exception):
    """It was closed meanwhile."""

    @property
    def sentence(self) -> str:
        return gettext("This question was closed meanwhile. What stands here can still be read.")


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """What is asked, of what sort, and whether it is known who says what. Tips have names."""

    question: str
    kind: str = Kind.ANSWERS
    names: bool = True


@transaction.atomic
def start_topic(initiative: Initiative, draft: TopicDraft, *, by: User, at: datetime) -> Topic:
    """Ask everyone on an initiative, before expensive advice (1.10). Pressed twice is once."""
    Initiative.objects.select_for_update().only("pk").get(pk=initiative.pk)
    names = draft.names or draft.kind == Kind.TIPS
    same = Topic.objects.filter(
        space__initiative=initiative,
        space__names=names,
        kind=draft.kind,
        question=draft.question,
        closed_at=None,
    )
    if twin := same.select_related("space__initiative").first():
        return twin
    space = _space_for(initiative, draft.question, names=names, by=by, at=at)
    return _started(initiative.workspace, space, draft, by=by, at=at)


def _space_for(
    initiative: Initiative, question: str, *, names: bool, by: User, at: datetime
) -> Space:
    """The space that is open there, so that people come by the address they know; else a new one."""
    there = initiative.spaces.filter(names=names, closed_at=None).first()
    return there or Space.objects.create(
        initiative=initiative, question=question, names=names, by=by, made_at=at
    )


@transaction.atomic
def start_peer_topic(workspace: Workspace, question: str, *, by: User, at: datetime) -> Topic:
    """Ask the members of a workspace for one favourite tip each (1.1). Pressed twice is once."""
    Workspace.objects.select_for_update().only("pk").get(pk=workspace.pk)
    same = workspace.topics.filter(space=None, question=question, closed_at=None)
    if twin := same.first():
        return twin
    return _started(workspace, None, TopicDraft(question, Kind.TIPS), by=by, at=at)


def _started(
    workspace: Workspace, space: Space | None, draft: TopicDraft, *, by: User, at: datetime
) -> Topic:
    topic = Topic.objects.create(
        workspace=workspace,
        space=space,
        kind=draft.kind,
        question=draft.question,
        by=by,
        started_at=at,
    )
    detail: events.Detail = {"kind": draft.kind, "names": topic.names}
    events.record("topic_started", by=by, at=at, about=topic, detail=detail)
    return topic


@transaction.atomic
def close_topic(topic: Topic, *, by: User, at: datetime) -> bool:
    """Nothing more is written under it; it stays to be read. True if now.

    Without names what still waits for five to be there is not shown by the closing: whoever saw
    one person write just before would know which words are theirs.
    """
    if not Topic.objects.filter(pk=topic.pk, closed_at=None).update(closed_at=at):
        return False
    events.record("topic_closed", by=by, at=at, about=topic)
    return True


@transaction.atomic
def open_topic(topic: Topic, *, by: User, at: datetime) -> bool:
    """Closed too early: it goes on. True if now."""
    if not Topic.objects.filter(pk=topic.pk).exclude(closed_at=None).update(closed_at=None):
        return False
    events.record("topic_opened", by=by, at=at, about=topic)
    return True


def locked(topic: Topic) -> Topic:
    """As it is now, held until the transaction ends. Raises TopicClosed."""
    rows = Topic.objects.select_related("space__initiative__workspace", "workspace")
    there = rows.select_for_update(of=("self",)).get(pk=topic.pk)
    if not there.is_open:
        raise TopicClosed
    return there


def speaker_of(topic: Topic, who: Voice | User, *, at: datetime) -> Speaker:
    """Who they are under it, made where there is none yet. Without names the key is a lot."""
    found = {"voice": who} if isinstance(who, Voice) else {"user": who}
    key = new_key(at if topic.names else None)
    return Speaker.objects.get_or_create(topic=topic, **found, defaults={"pk": key})[0]
