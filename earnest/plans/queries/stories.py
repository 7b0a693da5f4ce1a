"""Stories as each may read them: our words, and beside them only voices that said yes (3.18)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F, Q, QuerySet

from earnest.initiatives.models import Initiative, Participation
from earnest.listening import queries as listening
from earnest.listening.models import Quote
from earnest.listening.queries import PassedOn
from earnest.plans.models import Story, StoryVoice
from earnest.plans.queries.kept import copied_in, without_kept_words

PAGE = 50
TEXTS = ("title", "worked", "did_not", "differently")
MOST_WORDS = 8  # of what is looked for
GRANTED = (StoryVoice.State.NAMED, StoryVoice.State.UNNAMED)


@dataclass(frozen=True, slots=True)
class StoryShown:
    """A story for its readers. What a lead copied of people's words is left out of the text."""

    story: Story
    title: str
    worked: str
    did_not: str
    differently: str
    voices: list[PassedOn]


def read_story(story: Story) -> StoryShown:
    """Three queries. A voice stands there with its yes for this story, as far as the words may be
    passed on at all: the narrower of the two holds, and both are read afresh."""
    voices = story.voices.filter(state__in=GRANTED)
    if story.is_published and story.readers == Story.Readers.WORKSPACE:
        voices = voices.exclude(for_readers=Story.Readers.LEADING)  # a yes for few
    granted = dict(voices.values_list("quote", "state"))
    allowed = listening.quotes_passed_on(story.initiative, among=granted) if granted else []
    texts = [story.title, story.worked, story.did_not, story.differently]
    title, worked, did_not, differently = _without_words(story.initiative, texts)
    named = {pk for pk, state in granted.items() if state == StoryVoice.State.NAMED}
    shown = [one if one.pk in named else replace(one, name="", said_on=None) for one in allowed]
    return StoryShown(story, title, worked, did_not, differently, shown)


def _without_words(initiative: Initiative, texts: list[str]) -> list[str]:
    """People's words stand in a story as voices alone, never copied into our text."""
    found = copied_words(initiative, texts)
    return [without_kept_words(text, found) for text in texts]


def copied_words(initiative: Initiative, texts: Iterable[str]) -> list[str]:
    """Words of people that stand in these texts, whoever may read them."""
    return copied_in({initiative.pk: list(texts)}, kept_alone=False).get(initiative.pk, [])


def stories_of(initiative: Initiative, readable: QuerySet[Story] | None = None) -> list[Story]:
    """Of one initiative, the latest first: those readable, or all for who leads it, drafts too."""
    rows = initiative.stories.select_related("stage", "by")
    if readable is None:
        return list(rows[: PAGE * 2])
    return _as_read(list(rows.filter(pk__in=readable.values("pk"))[: PAGE * 2]))


@dataclass(frozen=True, slots=True)
class StoriesPage:
    stories: list[Story]
    next_key: int | None


def found_stories(stories: QuerySet[Story], words: str, *, before: int | None) -> StoriesPage:
    """Those with all of these words, the latest first, fifty at a time."""
    rows = stories.select_related("initiative", "stage").order_by("-pk")
    wanted = re.findall(r"\w+", words)[:MOST_WORDS]
    for word in wanted:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(worked__icontains=word)
            | Q(did_not__icontains=word)
            | Q(differently__icontains=word)
        )
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    shown = [one for one in _as_read(found[:PAGE]) if _has_all(one, wanted)]
    return StoriesPage(shown, found[PAGE - 1].pk if more else None)


def _as_read(stories: list[Story]) -> list[Story]:
    """Without people's words that were copied into them, which nobody finds them by either."""
    texts: dict[int, list[str]] = defaultdict(list)
    for one in stories:
        texts[one.initiative_id] += [getattr(one, name) for name in TEXTS]
    copied = copied_in(texts, kept_alone=False) if texts else {}
    for one in stories:
        for name in TEXTS:
            here = copied.get(one.initiative_id, ())
            setattr(one, name, without_kept_words(getattr(one, name), here))
    return stories


def _has_all(story: Story, words: Iterable[str]) -> bool:
    whole = "\n".join(getattr(story, name) for name in TEXTS).casefold()
    return all(word.casefold() in whole for word in words)


def voices_to_choose(story: Story) -> list[Quote]:
    """Words their people let be passed on, that are not beside this story yet; named ones first."""
    rows = Quote.objects.filter(
        initiative=story.initiative_id,
        erased_at=None,
        passed_on__in=(Quote.PassedOn.NAMED, Quote.PassedOn.UNNAMED),
        participation__stopped_at=None,
        participation__person__stopped_at=None,
        participation__person__erased_at=None,
    ).exclude(voices__story=story)
    return list(rows.select_related("participation__person").order_by("words", "pk")[:100])


def voices_of_story(story: Story) -> list[StoryVoice]:
    """Whose words are beside it, for its leads: each with what they answered."""
    rows = story.voices.filter(quote__erased_at=None)
    return list(rows.select_related("quote__participation__person"))


def voices_asked_of(participation: Participation) -> list[StoryVoice]:
    """Everything they were asked about stories, for everything held about them."""
    rows = StoryVoice.objects.filter(quote__participation=participation, quote__erased_at=None)
    return list(rows.select_related("story", "quote").order_by(F("asked_at").desc(nulls_last=True)))
