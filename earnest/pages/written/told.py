"""What became of what they said: inputs, answers to them and to needs, threads, check-ins answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.ideas.models import Idea
from earnest.initiatives.models import Participation
from earnest.listening.models import NeedNamed, Quote
from earnest.listening.naming import Names
from earnest.pages.written.rows import APART, Happening, Row, by_key, by_moment, in_one, rows_as
from earnest.plans import queries as plans
from earnest.plans.models import Input, Part, Post, Reply, RoundReply


@dataclass(frozen=True, slots=True)
class Became:
    """One answer, with what was said to and fro about it."""

    reply: Reply
    posts: list[Post]

    @property
    def unread(self) -> int:
        return sum(one.from_person and one.read_at is None for one in self.posts)


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of a check-in, nobody's, with what became of it."""

    words: str
    at: datetime
    became: list[Became]


@dataclass(slots=True)
class Told:
    """All of it, each beside the words it is about."""

    inputs: list[Input] = field(default_factory=list)
    lines: list[LineTold] = field(default_factory=list)
    rounds: list[RoundReply] = field(default_factory=list)
    replies: list[Became] = field(default_factory=list)
    quoted: dict[int, set[int]] = field(default_factory=dict)  # needs of each quote
    named: dict[str, set[int]] = field(default_factory=dict)  # keys of the needs called so

    def of(self, row: Any) -> list[Became]:
        """What became of a quote, an idea, an input, or a need they named."""
        if isinstance(row, Input):
            return self._of_inputs([row], {row.need_id})
        if isinstance(row, Quote):
            return self._of_inputs(self._from("quote_id", row.pk), self.quoted.get(row.pk, set()))
        if isinstance(row, Idea):
            return self._of_inputs(self._from("idea_id", row.pk), set())
        beside = {key for needs in self.quoted.values() for key in needs}
        return self._of_inputs([], self.named.get(row.words, set()) - beside)

    def input_of(self, row: Any) -> Input | None:
        """The input made of these words, where there is one."""
        column = "quote_id" if isinstance(row, Quote) else "idea_id"
        return next(iter(self._from(column, row.pk)), None)

    @property
    def by_themselves(self) -> list[Input]:
        """Made neither of a quote nor of an idea: noted, a line of theirs, a written answer."""
        return [one for one in self.inputs if not one.quote_id and not one.idea_id]

    def happened(self, name: str) -> list[Happening]:
        """What they gave beside their talks, what was answered, and who wrote about it."""
        given = [
            Happening(one.at, "did", _("Asked for or proposed: %s") % one.words, name)
            for one in self.by_themselves
            if one.source != Input.Source.ANSWER  # told as the answer it is
        ]
        answered = [
            Happening(
                one.reply.at,
                "",
                _("Was answered, %(outcome)s: %(words)s")
                % {"outcome": one.reply.get_outcome_display(), "words": one.reply.words},
                str(one.reply.by or ""),
            )
            for one in self.replies
        ]
        posts = [
            Happening(
                post.at,
                "did" if post.from_person else "",
                _("Wrote about an answer: %s") % post.words,
                name if post.from_person else str(post.by or ""),
            )
            for one in self.replies
            for post in one.posts
        ]
        return [*given, *answered, *posts]

    def _from(self, column: str, pk: int) -> list[Input]:
        return [one for one in self.inputs if getattr(one, column) == pk]

    def _of_inputs(self, inputs: list[Input], needs: Iterable[int | None]) -> list[Became]:
        keys = {one.same_as_id or one.pk for one in inputs}
        under = {key for key in (*needs, *(one.need_id for one in inputs)) if key}
        return [
            one for one in self.replies if one.reply.input_id in keys or one.reply.need_id in under
        ]


def parts(participation: Participation, _names: Names) -> list[QuerySet[Any, Any]]:
    """Inputs, lines of check-ins, answers, threads, and which needs are theirs by whose words."""
    here = participation.pk
    inputs = Input.objects.filter(participation=here, erased_at=None)
    lines = Input.objects.filter(round__asked=here, participation=None, erased_at=None)
    rounds = RoundReply.objects.filter(round__asked=here)
    quoted = Quote.needs.through.objects.filter(quote__participation=here)
    return [
        rows_as("input", _inputs(inputs), **INPUT),
        rows_as("line", lines.exclude(answered_at=None), has_place=False, at="at"),
        rows_as("reply", _replies(plans.heard_of(participation)), **REPLY),
        rows_as("line's", _replies(plans.lines_told(participation)), **REPLY),
        rows_as("post", Post.objects.filter(participation=here), **POST),
        rows_as("round", rounds, has_place=False, more="changes", who="by__name", at="at"),
        rows_as("need's", NeedNamed.objects.filter(participation=here), **NAMED),
        rows_as("quoted", quoted, **QUOTED),
    ]


def _inputs(rows: QuerySet[Input]) -> QuerySet[Input]:
    alike = Coalesce(
        Cast("same_as_id", TextField()),
        Value("", output_field=TextField()),
        output_field=TextField(),
    )
    return rows.annotate(told=in_one("source", "outcome", "passed_on", alike))


def _replies(rows: QuerySet[Reply]) -> QuerySet[Reply]:
    return rows.annotate(
        told=in_one("outcome", Coalesce(F("part__title"), Value(""), output_field=TextField()))
    )


INPUT: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "quote_id",
    "start": "idea_id",
    "end": "need_id",
    "more": "told",
    "at": "at",
    "until": "answered_at",
    "own_hand": "before_decision",
}
REPLY: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "input_id",
    "start": "need_id",
    "more": "told",
    "who": "by__name",
    "at": "at",
}
POST: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "reply_id",
    "who": "by__name",
    "at": "at",
    "read_at": "read_at",
    "own_hand": "from_person",
}
NAMED: dict[str, Any] = {"has_place": False, "pk": "need_id", "words": "need__words"}
QUOTED: dict[str, Any] = {
    "has_place": False,
    "pk": "quote_id",
    "start": "need_id",
    "words": "need__words",
}


def read(met: dict[str, list[Row]], here: int) -> dict[str, Any]:
    """Rows as the things they are, each answer beside the words it is for."""
    posts: dict[int, list[Post]] = {}
    for row in sorted(met.get("post", ()), key=by_moment):
        posts.setdefault(row.conversation_id or 0, []).append(_post(row))
    told = Told(
        inputs=[_input(row, here) for row in sorted(met.get("input", ()), key=by_moment)],
        replies=[
            Became(_reply(row, here), posts.get(row.pk, []))
            for row in sorted(met.get("reply", ()), key=by_key)
        ],
        rounds=[_round(row) for row in sorted(met.get("round", ()), key=by_moment, reverse=True)],
    )
    told.lines = _lines(met, here)
    for row in met.get("quoted", ()):
        told.quoted.setdefault(row.pk, set()).add(row.start or 0)
    for row in met.get("need's", ()):
        told.named.setdefault(row.words, set()).add(row.pk)
    return {"told": told}


def _lines(met: dict[str, list[Row]], here: int) -> list[LineTold]:
    given: dict[int, list[Became]] = {}
    for row in sorted(met.get("line's", ()), key=by_key):
        given.setdefault(row.conversation_id or 0, []).append(Became(_reply(row, here), []))
    rows = sorted(met.get("line", ()), key=lambda row: (row.at, row.words))
    return [LineTold(row.words, row.at, given.get(row.pk, [])) for row in rows]


def _input(row: Row, here: int) -> Input:
    source, outcome, passed_on, alike = row.more.split(APART, 3)
    return Input(
        pk=row.pk,
        initiative_id=here,
        words=row.words,
        source=source,
        outcome=outcome,
        passed_on=passed_on,
        same_as_id=int(alike) if alike else None,
        quote_id=row.conversation_id,
        idea_id=row.start,
        need_id=row.end,
        at=row.at,
        answered_at=row.until,
        before_decision=bool(row.own_hand),
    )


def _reply(row: Row, here: int) -> Reply:
    outcome, title = row.more.split(APART, 1)
    return Reply(
        pk=row.pk,
        initiative_id=here,
        input_id=row.conversation_id,
        need_id=row.start,
        outcome=outcome,
        words=row.words,
        part=Part(title=title) if title else None,
        by=User(name=row.who) if row.who else None,
        at=row.at,
    )


def _post(row: Row) -> Post:
    return Post(
        pk=row.pk,
        reply_id=row.conversation_id or 0,
        words=row.words,
        from_person=bool(row.own_hand),
        by=User(name=row.who) if row.who else None,
        at=row.at,
        read_at=row.read_at,
    )


def _round(row: Row) -> RoundReply:
    by = User(name=row.who) if row.who else None
    return RoundReply(pk=row.pk, words=row.words, changes=row.more, by=by, at=row.at)
