"""Open questions with what was answered, and tips with what was replied, as CSV (1.10, 1.1).

A file of its own beside ``ideas.py``: with people or without, what leaves is what its leads see, or
what each let be passed on.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from earnest.ideas.models import Answer, Passing, Tip, Topic, TopicReply
from earnest.ideas.models.ideas import ERASED
from earnest.ideas.queries.topics import AUTHOR, FIVE, name_of, tip_author
from earnest.initiatives.models import Initiative
from earnest.pages.export.people import with_those_there
from earnest.pages.export.writing import File, Rows, table

AT_ONCE = 500
VOICE = "speaker__voice__participation"
OF_ANSWERS = ("question", "group", "answer", "name", "day", "passed_on")
OF_TIPS = ("question", "tip", "name", "day", "helped", "in_playbook")
OF_REPLIES = ("question", "tip", "reply", "name", "day")


def files_of(initiative: Initiative, with_people: bool) -> Iterator[File]:
    yield File(
        "open_questions.csv",
        _("what was answered to open questions, by the groups people named"),
        table(OF_ANSWERS, _answers(initiative, with_people=with_people)),
    )
    yield File(
        "tips.csv",
        _("one favourite tip each, as their authors allow"),
        table(OF_TIPS, _tips(initiative)),
    )
    if with_people:
        yield File(
            "replies_to_tips.csv",
            _("what was replied under tips and their questions"),
            table(OF_REPLIES, _replies(initiative)),
        )


def _there() -> Q:
    """Nobody's, or of somebody who neither stopped nor was erased; or of who leads."""
    nobody = Q(**{f"{VOICE}__isnull": True})
    return nobody | with_those_there(VOICE)


def _seen(initiative: Initiative, *, with_people: bool) -> QuerySet[Answer]:
    """For leads all they see; else by group, words that were passed on, none by itself (privacy.md 7)."""
    rows = Answer.objects.filter(_there(), topic__space__initiative=initiative, shown=True)
    rows = rows.exclude(words=ERASED)
    if with_people:
        return rows
    named = Q(topic__space__names=True)
    return rows.filter(named | Q(group__people__gte=FIVE)).exclude(passing=Passing.LEADS)


def _answers(initiative: Initiative, *, with_people: bool) -> Rows:
    """In the order of groups and keys; a key without names is a lot, and tells no order of coming."""
    rows = _seen(initiative, with_people=with_people)
    lonely = set() if with_people else _with_one_large_group(initiative)
    whole = rows.select_related("topic__space", "group", *AUTHOR)
    for one in whole.order_by("topic", "group", "pk").iterator(AT_ONCE):
        if one.topic_id in lonely:
            continue
        named = one.topic.names
        who = with_people or one.passing == Passing.NAMED
        yield (
            one.topic.question,
            one.group.name if one.group else "",
            one.words,
            name_of(one.speaker) if named and who else "",
            one.on if named else None,
            one.get_passing_display(),
        )


def _with_one_large_group(initiative: Initiative) -> set[int]:
    """Questions without names of which fewer than two groups are large: one says what all of it is."""
    large = Count("groups", filter=Q(groups__people__gte=FIVE))
    rows = Topic.objects.filter(space__initiative=initiative, space__names=False)
    return set(rows.annotate(large=large).filter(large__lt=2).values_list("pk", flat=True))


def _tips(initiative: Initiative) -> Rows:
    """As everyone under the question reads them: a name where its author lets it stand there."""
    rows = Tip.objects.filter(_there(), topic__space__initiative=initiative)
    whole = rows.exclude(words=ERASED).select_related("topic", *AUTHOR)
    for one in whole.order_by("topic", "pk").iterator(AT_ONCE):
        said = (one.topic.question, one.words, tip_author(one), one.on)
        yield (*said, one.helped, one.in_playbook)


def _replies(initiative: Initiative) -> Rows:
    rows = TopicReply.objects.filter(_there(), topic__space__initiative=initiative)
    whole = rows.exclude(words=ERASED).select_related("topic", "tip", *AUTHOR)
    day = initiative.workspace.day
    for one in whole.order_by("topic", "pk").iterator(AT_ONCE):
        under = one.tip.words if one.tip else ""
        yield (one.topic.question, under, one.words, name_of(one.speaker), day(one.at))
