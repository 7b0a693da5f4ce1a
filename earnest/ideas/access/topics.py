"""The doors to open questions: those who lead the initiative, those who are in its space, and, where
it belongs to no initiative, the members of the workspace."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts import access as accounts
from earnest.accounts.models import User
from earnest.ideas.models import Answer, AnswerGroup, Space, Tip, Topic, TopicReply, Voice
from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone

JOINED = ("space__initiative__workspace", "workspace")


def topics_led_by(user: Anyone) -> QuerySet[Topic]:
    led = initiatives.initiatives_led_by(user)
    return Topic.objects.filter(space__initiative__in=led).select_related(*JOINED)


def get_topic(user: Anyone, pk: int) -> Topic:
    """For who leads the initiative it is asked on."""
    return get_object_or_404(topics_led_by(user), pk=pk)


def get_topic_in(space: Space, pk: int) -> Topic:
    """For who is in its space, by either door."""
    return get_object_or_404(space.topics.select_related(*JOINED), pk=pk)


def get_question_in(space: Space, pk: int) -> Topic:
    """The same, where answers are asked for."""
    return get_object_or_404(_in(space, Topic.Kind.ANSWERS), pk=pk)


def get_tips_in(space: Space, pk: int) -> Topic:
    """The same, where one favourite tip is asked for."""
    return get_object_or_404(_in(space, Topic.Kind.TIPS), pk=pk)


def _in(space: Space, kind: str) -> QuerySet[Topic]:
    return space.topics.filter(kind=kind).select_related(*JOINED)


def get_group(user: Anyone, pk: int) -> AnswerGroup:
    groups = AnswerGroup.objects.filter(topic__in=topics_led_by(user))
    return get_object_or_404(groups.select_related("topic__space", "topic__workspace"), pk=pk)


def get_answer(user: Anyone, pk: int) -> Answer:
    """What can be seen of a question this user leads."""
    answers = Answer.objects.filter(topic__in=topics_led_by(user), shown=True)
    return get_object_or_404(answers.select_related(*Answer.WHOLE), pk=pk)


def get_own_answer(topic: Topic, voice: Voice | None, pk: int) -> Answer:
    """For its author, also while nobody else sees it."""
    own = topic.answers.filter(speaker__voice=voice) if voice else Answer.objects.none()
    return get_object_or_404(own.select_related(*Answer.WHOLE), pk=pk)


def get_tip(topic: Topic, pk: int) -> Tip:
    return get_object_or_404(topic.tips.select_related("topic"), pk=pk)


def get_own_reply(topic: Topic, who: Voice | User | None, pk: int) -> TopicReply:
    return get_object_or_404(_of(topic.replies.all(), who).select_related("topic"), pk=pk)


def get_own_tip(topic: Topic, who: Voice | User | None) -> Tip:
    return get_object_or_404(_of(topic.tips.all(), who).select_related("topic"))


def _of[M: (Tip, TopicReply)](rows: QuerySet[M], who: Voice | User | None) -> QuerySet[M]:
    if who is None:
        return rows.none()
    if isinstance(who, User):
        return rows.filter(speaker__user=who)
    return rows.filter(speaker__voice=who)


def member_topics(user: Anyone) -> QuerySet[Topic]:
    """Questions among the members of the user's workspaces."""
    mine = accounts.workspaces_of(user)
    return Topic.objects.filter(workspace__in=mine, space=None).select_related("workspace")


def get_member_topic(user: Anyone, pk: int) -> Topic:
    return get_object_or_404(member_topics(user), pk=pk)


def get_member_topic_to_close(user: Anyone, pk: int) -> Topic:
    """For whoever asked it, and for whoever leads an initiative of that workspace."""
    led = initiatives.initiatives_led_by(user).values("workspace")
    rows = member_topics(user).filter(Q(by=user.pk or 0) | Q(workspace__in=led))
    return get_object_or_404(rows, pk=pk)


def may_close(user: Anyone, topic: Topic) -> bool:
    """The same of one that is read already, for the button."""
    if topic.by_id == user.pk:
        return True
    return initiatives.initiatives_led_by(user).filter(workspace=topic.workspace_id).exists()


def playbook_of(user: Anyone) -> QuerySet[Tip]:
    """Tips their authors let stand there, over all initiatives of the user's workspaces (1.1)."""
    mine = accounts.workspaces_of(user)
    present = Q(speaker__user__isnull=False) | Q(speaker__voice__isnull=False)
    led = initiatives.initiatives_led_by(user)
    # An example's tips are nobody's: only who leads the example sees them.
    real = Q(topic__space=None) | Q(topic__space__initiative__is_example=False)
    there = real | Q(topic__space__initiative__in=led)
    return Tip.objects.filter(present, there, in_playbook=True, topic__workspace__in=mine)
