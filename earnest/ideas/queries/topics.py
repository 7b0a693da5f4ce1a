"""Reads of open questions: what is due, what its leads see, and what everyone who answered sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from earnest.accounts.models import User
from earnest.core.paging import read_key, write_key
from earnest.ideas.models import (
    Answer,
    AnswerGroup,
    Helped,
    Passing,
    Space,
    Speaker,
    Tip,
    Topic,
    TopicReply,
    Voice,
)
from earnest.ideas.models.ideas import ERASED
from earnest.initiatives.models import Initiative, Participation
from earnest.messaging import queries as messaging
from earnest.messaging.models import Message, Suppression

ROWS = 50
FIVE = 5  # people: fewer are counted for nobody but the leads (privacy.md 7)
WORDS_OF_GROUP = 5  # shown with it; the others stand on its own page
GROUPS = 100
A_DAY = timedelta(days=1)
SEEN = Q(shown=True) & ~Q(words=ERASED)  # answers there are words of
AUTHOR = ("speaker__user", "speaker__voice__participation__person")


def topics_due(*, at: datetime, most: int) -> list[Topic]:
    """What something came to since it was grouped, the longest waiting first."""
    due = Topic.objects.filter(due_at__lte=at).order_by("due_at", "pk")
    return list(due.select_related("space")[:most])


def followers_due(*, at: datetime, most: int) -> list[Speaker]:
    """Who follows, was told nothing for a day, and has replies of others waiting."""
    others = TopicReply.objects.filter(topic=OuterRef("topic"), at__gt=OuterRef("told_to"))
    others = others.exclude(speaker=OuterRef("pk"))
    rows = Speaker.objects.filter(
        Exists(others), follows=True, told_to__lte=at - A_DAY, topic__closed_at=None
    )
    joined = (
        "topic__space__initiative__workspace",
        "topic__workspace",
        "voice__participation__person",
        "voice__participation__initiative__workspace",
        "user",
    )
    return list(rows.select_related(*joined).order_by("told_to", "pk")[:most])


def replies_since(speaker: Speaker) -> list[TopicReply]:
    """Of others, since they were told last; the first twenty."""
    since = speaker.told_to or speaker.topic.started_at
    rows = speaker.topic.replies.filter(at__gt=since).exclude(speaker=speaker)
    return list(rows.select_related("tip", *AUTHOR).order_by("pk")[:20])


def topics_of(initiative: Initiative) -> QuerySet[Topic]:
    return Topic.objects.filter(space__initiative=initiative).select_related("space__initiative")


def topics_in(space: Space) -> list[Topic]:
    return list(space.topics.all()[:ROWS])


def next_topic(space: Space, voice: Voice | None) -> tuple[Topic, bool] | None:
    """The latest open question under which they said nothing yet, else the latest; and which."""
    spoke = Speaker.objects.filter(topic=OuterRef("pk"), voice=voice.pk if voice else 0)
    rows = space.topics.filter(closed_at=None).annotate(spoke=Exists(spoke))
    found = rows.order_by("spoke", "-pk").first()
    return (found, found.spoke) if found else None


def speaker_in(topic: Topic, who: Voice | User | None) -> Speaker | None:
    """Who they are under it, if they said anything."""
    if who is None:
        return None
    if isinstance(who, User):
        return topic.speakers.filter(user=who).first()
    return topic.speakers.filter(voice=who).first()


def name_of(speaker: Speaker | None) -> str:
    """The name of who said it, where anything is known of them."""
    if speaker is None:
        return ""
    if speaker.user:
        return str(speaker.user)
    if speaker.voice and speaker.voice.participation:
        return speaker.voice.participation.person.name
    return ""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer as this reader may read it."""

    pk: int
    words: str
    who: str
    on: date
    group_id: int | None = None
    participation_id: int | None = None
    passing: str = ""


@dataclass(slots=True)
class GroupShown:
    """A group with the words behind it, as this reader may read them."""

    group: AnswerGroup
    name: str
    people: int | None  # None: not told
    answers: list[AnswerShown] = field(default_factory=list)
    more: bool = False


@dataclass(slots=True)
class Grouped:
    """All of a question that this reader may read."""

    groups: list[GroupShown]
    alone: list[AnswerShown] = field(default_factory=list)
    alone_more: bool = False


def for_leads(topic: Topic) -> Grouped:
    """Every group with its first words, and what stands on its own: three queries."""
    groups = list(topic.groups.annotate(**_latest(Q()))[:GROUPS])
    met = _first_answers(groups, _for_leads)
    shown = [
        GroupShown(one, str(one), one.people, met[one.pk], more=one.size > WORDS_OF_GROUP)
        for one in groups
    ]
    alone = _rows_for_leads(topic.answers.filter(SEEN, group=None))
    return Grouped(shown, alone[:ROWS], alone_more=len(alone) > ROWS)


def _latest(which: Q) -> dict[str, Subquery]:
    """The keys of the latest few answers of a group: each a look into its index, at any size."""
    rows = Answer.objects.filter(which, SEEN, group=OuterRef("pk"))
    keys = rows.order_by("-on", "-pk").values("pk")
    return {f"latest_{n}": Subquery(keys[n : n + 1]) for n in range(WORDS_OF_GROUP)}


def _first_answers(
    groups: Iterable[AnswerGroup], show: Callable[[Answer], AnswerShown]
) -> dict[int, list[AnswerShown]]:
    """The latest of each group that was read with these, in one query however many there are."""
    found = (getattr(one, f"latest_{n}") for one in groups for n in range(WORDS_OF_GROUP))
    rows = Answer.objects.filter(pk__in=[pk for pk in found if pk])
    met: dict[int, list[AnswerShown]] = defaultdict(list)
    for row in rows.select_related("group", *AUTHOR).order_by("-on", "-pk"):
        met[row.group_id or 0].append(show(row))
    return met


def _rows_for_leads(rows: QuerySet[Answer], most: int = ROWS) -> list[AnswerShown]:
    ordered = rows.select_related(*AUTHOR).order_by("-on", "-pk")
    return [_for_leads(row) for row in ordered[: most + 1]]


def _for_leads(row: Answer) -> AnswerShown:
    said = row.speaker
    whose = said.voice.participation_id if said and said.voice else None
    return AnswerShown(
        row.pk, row.words, name_of(said), row.on, row.group_id, whose, row.get_passing_display()
    )


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Fifty answers, and the key of what follows."""

    rows: list[AnswerShown]
    next_key: str


def answers_page(topic: Topic, group: AnswerGroup | None, before: str = "") -> AnswerPage:
    """The answers of a group, or what stands on its own, for the leads, the latest first."""
    rows = topic.answers.filter(SEEN, group=group)
    if key := read_key(before):
        rows = rows.filter(Q(on__lt=key[0]) | Q(on=key[0], pk__lt=key[1]))
    found = _rows_for_leads(rows)
    last = found[ROWS - 1] if len(found) > ROWS else None
    return AnswerPage(found[:ROWS], write_key(last.on, last.pk) if last else "")


def for_everyone(topic: Topic) -> Grouped:
    """What everyone who answered sees (privacy.md 7): two queries.

    With names: the words each let be passed on, as they let them, and numbers from five people
    on. Without: groups with the words of five people behind them alone, and none where all say
    the same; what stands on its own is nobody's to see.
    """
    groups = list(topic.groups.annotate(**_latest(~Q(passing=Passing.LEADS)))[:GROUPS])
    large = [one for one in groups if one.people >= FIVE]
    if not topic.names:
        groups = large if len(large) > 1 else []
    met = _first_answers(groups, _for_everyone)
    shown = [
        GroupShown(one, one.name, one.people if one.people >= FIVE else None, met[one.pk])
        for one in groups
        if met[one.pk] or (one.people >= FIVE and one.name)
    ]
    return Grouped(shown, _alone_for_everyone(topic))


def _alone_for_everyone(topic: Topic) -> list[AnswerShown]:
    if not topic.names:
        return []
    rows = topic.answers.filter(SEEN, group=None).exclude(passing=Passing.LEADS)
    return [
        _for_everyone(row) for row in rows.select_related(*AUTHOR).order_by("-on", "-pk")[:ROWS]
    ]


def _for_everyone(row: Answer) -> AnswerShown:
    who = name_of(row.speaker) if row.passing == Passing.NAMED and row.speaker else ""
    return AnswerShown(row.pk, row.words, who, row.on, row.group_id)


@dataclass(frozen=True, slots=True)
class TipShown:
    """A tip as its readers see it."""

    tip: Tip
    who: str
    own: bool = False
    helped_me: bool = False
    replies: tuple[ReplyShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyShown:
    """A reply with its author, who always has a name here."""

    pk: int
    words: str
    who: str
    at: datetime
    own: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its tips and replies, as one reader sees it."""

    tips: list[TipShown]
    replies: list[ReplyShown]
    mine: Tip | None
    follows: bool
    next_key: str = ""


def thread(topic: Topic, speaker: Speaker | None, *, before: str = "") -> Thread:
    """Fifty tips, those that helped most first, each with its first replies: four queries."""
    there = topic.tips.exclude(words=ERASED, replies_count=0)  # what was replied to keeps its place
    rows = there.select_related(*AUTHOR).order_by("-helped", "-pk")
    helped, _sep, pk = before.partition("~")
    if helped.isdecimal() and pk.isdecimal() and len(before) < 32:
        rows = rows.filter(Q(helped__lt=int(helped)) | Q(helped=int(helped), pk__lt=int(pk)))
    tips = list(rows[: ROWS + 1])
    mine = topic.tips.filter(speaker=speaker).first() if speaker else None
    me = speaker.pk if speaker else None
    voted = (
        set(Helped.objects.filter(speaker=me, tip__in=tips).values_list("tip_id", flat=True))
        if me
        else set()
    )
    under = _replies(topic, tips[:ROWS], me)
    shown = [
        TipShown(
            one,
            tip_author(one),
            one.speaker_id == me and me is not None,
            one.pk in voted,
            tuple(under[one.pk]),
        )
        for one in tips[:ROWS]
    ]
    last = tips[ROWS - 1] if len(tips) > ROWS else None
    key = f"{last.helped}~{last.pk}" if last else ""
    return Thread(shown, under[None], mine, bool(speaker and speaker.follows), key)


def _replies(topic: Topic, tips: list[Tip], me: int | None) -> dict[int | None, list[ReplyShown]]:
    """Under these tips, and under the question itself: the first two hundred."""
    rows = topic.replies.filter(Q(tip=None) | Q(tip__in=tips)).exclude(words=ERASED)
    rows = rows.select_related(*AUTHOR)
    met: dict[int | None, list[ReplyShown]] = defaultdict(list)
    for row in rows.order_by("pk")[:200]:
        own = me is not None and row.speaker_id == me
        met[row.tip_id].append(ReplyShown(row.pk, row.words, name_of(row.speaker), row.at, own))
    return met


def tip_author(tip: Tip) -> str:
    """The name, where the author lets it stand there."""
    return name_of(tip.speaker) if tip.passing == Passing.NAMED else ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """Fifty tips over initiatives, and the key of what follows."""

    tips: list[TipShown]
    topics: list[Topic]
    next_key: str


def playbook(rows: QuerySet[Tip], words: str, topic: int | None, *, before: str = "") -> Playbook:
    """Tips that hold all of these words, by question where one is chosen: two queries."""
    topics = Topic.objects.filter(tips__in=rows).distinct().order_by("-pk")[:ROWS]
    for one in words.split()[:8]:
        rows = rows.filter(words__icontains=one)
    if topic is not None:
        rows = rows.filter(topic=topic)
    helped, _sep, pk = before.partition("~")
    if helped.isdecimal() and pk.isdecimal() and len(before) < 32:
        rows = rows.filter(Q(helped__lt=int(helped)) | Q(helped=int(helped), pk__lt=int(pk)))
    found = list(rows.select_related("topic", *AUTHOR).order_by("-helped", "-pk")[: ROWS + 1])
    last = found[ROWS - 1] if len(found) > ROWS else None
    shown = [TipShown(one, tip_author(one)) for one in found[:ROWS]]
    return Playbook(shown, list(topics), f"{last.helped}~{last.pk}" if last else "")


def to_ask(topic: Topic, *, at: datetime) -> list[Participation]:
    """Who was not asked yet and may be now; a fixed number of queries, however many people."""
    people = list(_not_asked(topic).select_related("person__workspace", "initiative__workspace"))
    rooms = messaging.rooms_for((one.person for one in people), at)
    never = messaging.suppressed_among(one.person for one in people)
    return [
        one
        for one in people
        if rooms[one.person_id].free and never.get(one.person_id) != Suppression.Reason.ASKED
    ]


def not_asked(topic: Topic) -> int:
    """How many were not asked yet, and said nothing by themselves. Some of them may rest for now."""
    return _not_asked(topic).count()


def _not_asked(topic: Topic) -> QuerySet[Participation]:
    asked = Message.objects.filter(
        participation=OuterRef("pk"), thread=f"topic {topic.pk}", kind=Message.Kind.CHECK_IN
    ).exclude(state=Message.State.WITHDRAWN)
    spoke = Speaker.objects.filter(topic=topic, voice__participation=OuterRef("pk"))
    there = Participation.objects.may_be_asked().filter(initiative=topic.initiative_id)
    return there.exclude(Exists(asked)).exclude(Exists(spoke)).order_by("pk")


def answered_by(topic: Topic, voice: Voice | None) -> list[Answer]:
    """Their own answers, in their order."""
    if voice is None:
        return []
    return list(topic.answers.filter(speaker__voice=voice).order_by("on", "pk"))


def topic_behind(message: Message) -> Topic | None:
    """The question a mail of ours was about; where it is open, with names."""
    word, _space, number = message.thread.partition(" ")
    if word != "topic" or not number.isdecimal():
        return None
    rows = Topic.objects.filter(space__initiative=message.initiative_id, space__names=True)
    found = rows.filter(pk=int(number)).select_related("space__initiative", "workspace").first()
    return found if found and found.is_open else None


def member_told_as(message_ids: Iterable[str], address: str) -> Speaker | None:
    """The member to whom one of these mails went, if the answer comes from their own address."""
    rows = Speaker.objects.filter(told_as__in=[one for one in message_ids if one])
    return rows.filter(user__email__iexact=address).select_related("topic", "user").first()
