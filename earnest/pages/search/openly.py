"""Open questions, what was answered to them, and tips: what of it is found, and by whom (1.10, 1.1)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from earnest.ideas.access import topics
from earnest.ideas.models import Answer, Passing, Tip
from earnest.initiatives.access import Anyone
from earnest.pages.search.sort import LED, OPEN, Row, Scope, Sort, own_page


def _answers(user: Anyone) -> QuerySet[Answer]:
    """Of questions this user leads; nobody sees one that waits for five people."""
    return Answer.objects.filter(topic__in=topics.topics_led_by(user), shown=True)


def _topics(user: Anyone) -> QuerySet[Any]:
    """Asked where this user leads, or among members of their workspaces."""
    return topics.topics_led_by(user).select_related(None) | topics.member_topics(
        user
    ).select_related(None)


def _tips(user: Anyone) -> QuerySet[Tip]:
    """Under questions this user leads or is asked as a member, and those in the playbook."""
    here = Q(topic__in=topics.topics_led_by(user)) | Q(topic__in=topics.member_topics(user))
    return Tip.objects.filter(here | Q(pk__in=topics.playbook_of(user).values("pk")))


def _place_of_topic(row: Row, leads: bool) -> str:
    """``person_pk`` of it and of a tip is the key of the question."""
    if not row.initiative_pk:
        return reverse("ideas:member_topic", args=[row.person_pk])
    if leads:
        return reverse("ideas:topic", args=[row.person_pk])
    return f"{reverse('ideas:playbook')}?topic={row.person_pk}"


OF_MEMBERS = (  # a tip
    "p.space_id IS NULL OR (t.in_playbook AND t.speaker_id IS NOT NULL AND NOT a.is_example)"
)
AUTHOR = Coalesce(F("speaker__voice__participation__person__name"), F("speaker__user__name"))
SORTS = (
    Sort(
        name="topic",
        label=_("Open questions"),
        table="ideas_topic",
        columns=("question", "space_id", "workspace_id"),
        joins="LEFT JOIN ideas_space n ON n.id = t.space_id",
        indexed="t.question",
        scopes=(
            Scope(LED, "n.initiative_id", "t.space_id IS NOT NULL"),
            Scope(OPEN, "t.workspace_id", "t.space_id IS NULL"),
        ),
        rows=_topics,
        url=_place_of_topic,
        initiative="space__initiative",
        words="question",
        day="started_at",
        person="pk",
    ),
    Sort(
        # Without names only what five people's words stand with, and no day: as its page has it.
        name="answer",
        label=_("Answers to open questions"),
        table="ideas_answer",
        columns=("words", "topic_id", "shown"),
        joins="JOIN ideas_topic p ON p.id = t.topic_id JOIN ideas_space n ON n.id = p.space_id",
        indexed="t.words",
        where="t.shown AND t.words <> 'erased'",
        scopes=(Scope(LED, "n.initiative_id"),),
        rows=_answers,
        url=own_page("plans:answer_became"),
        initiative="topic__space__initiative",
        who="speaker__voice__participation__person__name",
        day=Case(When(topic__space__names=True, then=F("on"))),
        person="speaker__voice__participation_id",
    ),
    Sort(
        name="tip",
        label=_("Tips"),
        table="ideas_tip",
        columns=("words", "topic_id", "in_playbook", "passing", "speaker_id"),
        joins="JOIN ideas_topic p ON p.id = t.topic_id"
        " LEFT JOIN ideas_space n ON n.id = p.space_id"
        " LEFT JOIN initiatives_initiative a ON a.id = n.initiative_id",
        indexed="t.words",
        where="t.words <> 'erased'",
        scopes=(
            Scope(LED, "n.initiative_id", "p.space_id IS NOT NULL"),
            Scope(OPEN, "p.workspace_id", OF_MEMBERS),
        ),
        rows=_tips,
        url=_place_of_topic,
        initiative="topic__space__initiative",
        who=Case(When(passing=Passing.NAMED, then=AUTHOR)),
        day="on",
        person="topic_id",
    ),
)
