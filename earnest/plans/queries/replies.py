"""Whom an answer reaches, and beside which words of theirs it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from earnest.ideas.models import Answer
from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, Need, NeedNamed, Quote
from earnest.messaging.models import Message
from earnest.plans.models import Input, Post, Reply

ON_A_PAGE, FEW, MOST_OF_A_TALK = 50, 5, 200


def reached_by(to: Input | Need) -> QuerySet[Participation]:
    """Everyone who gave it: named under the need, quoted under it, or with an input under it.

    Those who asked to be left alone are among them: their page shows it, no mail goes to them.
    """
    if isinstance(to, Need):
        whose = (
            Q(pk__in=_people(NeedNamed.objects.filter(need=to)))
            | Q(pk__in=_people(Quote.objects.filter(needs=to, erased_at=None)))
            | Q(pk__in=_people(Input.objects.filter(need=to, erased_at=None)))
        )
    else:
        alike = Q(pk=to.pk) | Q(same_as=to.pk)
        whose = Q(pk__in=_people(Input.objects.filter(alike, erased_at=None)))
    here = Participation.objects.present().filter(whose, initiative=to.initiative_id)
    return here.select_related("person__workspace", "held_by", "initiative__workspace").order_by(
        "person__name", "pk"
    )


def _people(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    return rows.exclude(participation=None).values("participation")


def words_of(to: Input | Need, people: Iterable[Participation]) -> dict[int, list[str]]:
    """The words of each of them it answers, in their own words; three queries, however many."""
    keys = [one.pk for one in people]
    said: dict[int, list[str]] = defaultdict(list)
    if isinstance(to, Need):
        quotes = Quote.objects.filter(needs=to, participation__in=keys, erased_at=None)
        _hand_out(said, quotes.order_by("pk").values_list("participation", "words"))
        rows = Input.objects.filter(need=to, participation__in=keys, erased_at=None)
        _hand_out(said, rows.order_by("pk").values_list("participation", "words"))
        named = NeedNamed.objects.filter(need=to, participation__in=keys).order_by("pk")
        _hand_out(said, (row for row in named.values_list("participation", "words") if row[1]))
        for pk in keys:
            said.setdefault(pk, [to.words])
    else:
        alike = Input.objects.filter(Q(pk=to.pk) | Q(same_as=to.pk), erased_at=None)
        rows = alike.filter(participation__in=keys)
        _hand_out(said, rows.order_by("pk").values_list("participation", "words"))
    return dict(said)


def _hand_out(said: dict[int, list[str]], rows: Iterable[tuple[int | None, str]]) -> None:
    for pk, words in rows:
        if pk and words not in said[pk]:
            said[pk].append(words)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many an answer is for, and how it gets to them."""

    people: list[Participation]

    @property
    def to_write(self) -> list[Participation]:
        return [one for one in self.people if not one.asked_to_stop]

    @property
    def stopped(self) -> int:
        return sum(one.asked_to_stop for one in self.people)

    @property
    def without_address(self) -> int:
        return sum(not one.person.email for one in self.to_write)

    @property
    def by_mail(self) -> int:
        return len(self.to_write) - self.without_address


def heard_of(participation: Participation) -> QuerySet[Reply]:
    """Every answer that is for them alone or with others: to inputs, alike ones, and needs."""
    here = participation.pk
    theirs = Input.objects.filter(participation=here, erased_at=None)
    quoted = Quote.needs.through._default_manager.filter(
        quote__participation=here, quote__erased_at=None
    )
    named = NeedNamed.objects.filter(participation=here)
    return Reply.objects.filter(
        Q(input__in=theirs.values("pk"))
        | Q(input__in=theirs.exclude(same_as=None).values("same_as"))
        | Q(need__in=theirs.exclude(need=None).values("need"))
        | Q(need__in=quoted.values("need"))
        | Q(need__in=named.values("need"))
    )


def became_of_ideas(keys: Iterable[int]) -> dict[int, Reply]:
    """What became of each of these ideas: the last answer to it, by itself or with others."""
    taken = Input.objects.filter(idea__in=list(keys), erased_at=None)
    return _became(list(taken.values_list("idea_id", "pk", "same_as_id", "need_id")))


def _became(rows: list[tuple[int | None, int, int | None, int | None]]) -> dict[int, Reply]:
    """The last answer to each, of rows (what it was made of, input, the same as, need)."""
    found: dict[int, Reply] = {}
    to = {pk for row in rows for pk in row[1:3] if pk}
    needs = {row[3] for row in rows if row[3]}
    replies = Reply.objects.filter(Q(input__in=to) | Q(need__in=needs))
    for reply in replies.select_related("part", "by").order_by("pk"):
        for of, pk, alike, need in rows:
            if reply.input_id in (pk, alike or pk) or (need and reply.need_id == need):
                found[of or 0] = reply
    return found


def became_of_answers(keys: Iterable[int]) -> dict[int, Reply]:
    """What became of each of these answers to an open question, by itself or with others."""
    rows = Input.objects.filter(answer__in=list(keys), erased_at=None)
    return _became(list(rows.values_list("answer_id", "pk", "same_as_id", "need_id")))


def answer_taken_up(answer: Answer) -> Input | None:
    return Input.objects.filter(answer=answer, erased_at=None).first()


def ideas_taken_up(keys: Iterable[int]) -> dict[int, Input]:
    """Which of these ideas a lead took up, and the input each became."""
    taken = Input.objects.filter(idea__in=list(keys), erased_at=None)
    return {one.idea_id or 0: one for one in taken}


def lines_told(participation: Participation) -> QuerySet[Reply]:
    """What became of lines of check-ins they were asked in, and whose they are nobody knows."""
    lines = Input.objects.filter(round__asked=participation.pk, participation=None, erased_at=None)
    return Reply.objects.filter(input__in=lines.values("pk"))


@dataclass(frozen=True, slots=True)
class Said:
    """Words of somebody that an answer is for; nobody's where nobody knows whose they are."""

    words: str
    whose: Participation | None
    at: datetime | date | None
    nobodys: str = ""


def _said(one: Input) -> Said:
    return Said(one.words, one.participation, one.at, one.nobodys)


def said_under(to: Input | Need) -> list[Said]:
    """Whose words these are, in their words, for whoever leads; as many as a page holds."""
    if isinstance(to, Input):
        rows = Input.objects.filter(Q(pk=to.pk) | Q(same_as=to.pk), erased_at=None)
        whole = rows.select_related("participation__person", "idea__by").order_by("at", "pk")
        return [_said(one) for one in whole[:ON_A_PAGE]]
    quotes = Quote.objects.filter(needs=to, erased_at=None).select_related("participation__person")
    said = [
        Said(one.words, one.participation, one.said_on)
        for one in quotes.order_by("said_on", "pk")[:ON_A_PAGE]
    ]
    rows = Input.objects.filter(need=to, erased_at=None)
    whole = rows.select_related("participation__person", "idea__by")
    said += [_said(one) for one in whole[:ON_A_PAGE]]
    known = {one.whose.pk for one in said if one.whose}
    named = to.named.exclude(participation=None).select_related("participation__person")
    said += [
        Said(one.words or to.words, one.participation, one.at)
        for one in named.order_by("at", "pk")[:ON_A_PAGE]
        if one.participation_id not in known
    ]
    return said


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said to and fro with one person about an answer."""

    whose: Participation
    posts: list[Post]

    @property
    def unread(self) -> int:
        return sum(one.from_person and one.read_at is None for one in self.posts)


def threads_of(reply: Reply, *, wrong: int = 0) -> list[Thread]:
    """With each who said something, whoever waits first; ``wrong``: one whose form is to be mended.

    An answer to one or two people shows them before anybody wrote, so that a lead can begin.
    """
    posts = reply.posts.select_related("participation__person", "by").order_by("at", "pk")
    found: dict[int, Thread] = {}
    for one in posts.filter(participation__person__erased_at=None):
        found.setdefault(one.participation_id, Thread(one.participation, [])).posts.append(one)
    to = reply.input or reply.need
    if to and (wrong or reply.reached <= FEW):
        for whose in reached_by(to)[:ON_A_PAGE]:
            if reply.reached <= FEW or whose.pk == wrong:
                found.setdefault(whose.pk, Thread(whose, []))
    return sorted(found.values(), key=lambda one: -one.unread)


def quotes_of(talk: Conversation) -> list[tuple[Quote, Input | None]]:
    """What was said in a talk, each with the input made of it."""
    rows = Quote.objects.filter(conversation=talk, erased_at=None)
    inputs = Input.objects.filter(quote__conversation=talk)
    taken = {one.quote_id: one for one in inputs}
    whole = rows.select_related("participation__person").order_by("start", "pk")
    return [(one, taken.get(one.pk)) for one in whole[:MOST_OF_A_TALK]]


def reply_behind(message: Message) -> Reply | None:
    """The answer that a mail of ours told them: what they write back goes on in its thread."""
    sort, _space, number = message.thread.partition(" ")
    if message.kind != Message.Kind.REPLY or sort not in {"need", "input"}:
        return None
    if not (number.isascii() and number.isdigit()):
        return None
    told = heard_of(message.participation).filter(**{sort: int(number)})
    return told.filter(at__lte=message.made_at).order_by("pk").last()
