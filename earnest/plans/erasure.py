"""What plans keep of a person, gone: inputs, threads, chains, words parts are built on (privacy.md 13).

A file of its own beside ``actions``: these writes override every append-only rule and are called
only by ``pages.erasure``, inside its transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.plans.actions import Reworded, recount
from earnest.plans.actions.mending import let_others_stand
from earnest.plans.actions.repeating import change_everywhere
from earnest.plans.models import (
    Chain,
    Change,
    Input,
    NewsStop,
    Part,
    PartWords,
    Post,
    Reply,
    StoryVoice,
)

ERASED = "erased"
NOWHERE: dict[str, None] = dict.fromkeys(
    ("quote", "idea", "answer", "question", "conversation", "need", "round", "same_as")
)

type Rows = dict[str, list[int]]  # keys by model name


def erase_plans(participation: Participation, taken: Rows, *, at: datetime) -> Rows:
    """Erase what they gave and wrote; ``taken`` are the rows erased below, by model name.

    An answer stays, for it is ours, without their words in it; their name is taken out where it
    stands (``pages.traces``). Returns the keys of the rows that held something of them.
    """
    inputs = _theirs(participation, taken)
    said = [one.words for one in inputs]
    keys = [one.pk for one in inputs]
    rows = {
        "input": keys,
        "reply": list(Reply.objects.filter(input__in=keys).values_list("pk", flat=True)),
        "post": _erase_posts(participation),
        "chain": _delete(Chain.objects.filter(participation=participation)),
        "newsstop": _delete(NewsStop.objects.filter(participation=participation)),
    }
    for one in inputs:
        let_others_stand(one, at=at)
    _erase_inputs(keys, at=at)
    PartWords.objects.filter(quote__in=taken.get("quote", ())).delete()
    rows["storyvoice"] = _voices_gone(participation, taken)
    Part.objects.filter(owner_person=participation).update(owner_person=None)
    _reword(participation, said, at=at)
    recount(participation.initiative, at=at)
    return rows


def erase_nobodys(inputs: list[int], *, at: datetime) -> None:
    """Words nobody knows whose they are, once their time is over (privacy.md 10)."""
    _erase_inputs(inputs, at=at)


def _voices_gone(participation: Participation, taken: Rows) -> list[int]:
    """Their words stand in no story any more; that they were asked goes with them."""
    whose = Q(quote__participation=participation) | Q(quote__in=taken.get("quote", ()))
    keys = list(StoryVoice.objects.filter(whose).values_list("pk", flat=True))
    StoryVoice.objects.filter(pk__in=keys).delete()
    return keys


def _theirs(participation: Participation, taken: Rows) -> list[Input]:
    """Theirs by name, or made of words erased with them, as from a talk with them alone."""
    whose = Q(participation=participation)
    whose |= Q(quote__in=taken.get("quote", ())) | Q(idea__in=taken.get("idea", ()))
    return list(Input.objects.filter(whose).order_by("pk"))


def _erase_inputs(keys: list[int], *, at: datetime) -> None:
    """Their words become "erased", their pointers are cut; that there was an input stays."""
    Change.inputs.through._default_manager.filter(input__in=keys).delete()
    rows = Input.objects.filter(pk__in=keys)
    rows.filter(erased_at=None).update(erased_at=at)
    rows.exclude(words="").update(words=ERASED)
    rows.update(passed_on=Quote.PassedOn.LEADS_ONLY, **NOWHERE)


def _erase_posts(participation: Participation) -> list[int]:
    """The whole thread with them: what was said to them is about them, too."""
    posts = Post.objects.filter(participation=participation)
    keys = list(posts.values_list("pk", flat=True))
    posts.update(words=ERASED)
    return keys


def _delete(rows: QuerySet[Chain] | QuerySet[NewsStop]) -> list[int]:
    keys = list(rows.values_list("pk", flat=True))
    rows.delete()
    return keys


def _reword(participation: Participation, said: Iterable[str], *, at: datetime) -> None:
    """Where answers and parts repeat what they said."""
    for words in said:
        change_everywhere(Reworded(participation, words, ERASED), at=at)
