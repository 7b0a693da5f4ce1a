"""A person's ideas, their words gone; that there was an idea stays as a count.

A file of its own beside ``actions.py``: it overrides the append-only rule (privacy.md 13) and is
called only by ``pages.erasure`` and the clock, inside their transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from earnest.ideas.actions.building import let_go
from earnest.ideas.actions.support import take_support_from
from earnest.ideas.emails import ABOUT_IDEAS, as_repeated
from earnest.ideas.models import (
    Answer,
    AnswerGroup,
    Helped,
    Idea,
    Invited,
    Jotting,
    Merge,
    Seat,
    Session,
    Speaker,
    Statement,
    Tip,
    Topic,
    TopicReply,
    Try,
    Vote,
    Voter,
)
from earnest.ideas.models.ideas import ERASED
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging


def places_of(participation: Participation) -> dict[int, list[tuple[int, int]]]:
    """Where in which notes their ideas stand."""
    spans: dict[int, list[tuple[int, int]]] = {}
    placed = participation.ideas.exclude(conversation_id=None).exclude(start=None)
    for pk, start, end in placed.values_list("conversation_id", "start", "end"):
        spans.setdefault(pk or 0, []).append((start or 0, end or 0))
    return spans


def erase_ideas(participation: Participation, alone: list[int]) -> list[int]:
    """Erase their ideas, and those of nobody's from talks alone with them. Returns their keys."""
    theirs = Q(participation=participation)
    nobodys = Q(participation=None, conversation_id__in=alone)
    ideas = Idea.objects.filter(theirs | nobodys)
    keys = list(ideas.values_list("pk", flat=True))
    for pk in list(ideas.exclude(space=None).filter(gone="").values_list("pk", flat=True)):
        let_go(pk, Idea.Gone.ERASED, ERASED)
    take_support_from(participation)
    Idea.objects.filter(pk__in=keys).update(
        words=ERASED, conversation_id=None, start=None, end=None
    )
    return keys


def forget_places(conversations: list[int]) -> None:
    """The notes are gone: ideas taken from them point nowhere."""
    Idea.objects.filter(conversation_id__in=conversations).update(start=None, end=None)


def erase_sessions(participation: Participation) -> None:
    """That they were in a session, what nobody read yet, and what they tried: gone.

    What became an idea is erased as an idea; a promise, as a promise.
    """
    Jotting.objects.filter(voice__participation=participation).delete()
    Try.objects.filter(voice__participation=participation).delete()
    Seat.objects.filter(voice__participation=participation).delete()


def erase_in_mails(participation: Participation, *, at: datetime) -> None:
    """Mails to others that repeat ideas, tips and replies of theirs; before these lose their words."""
    by_voice = {"speaker__voice__participation": participation}
    words = [
        *participation.ideas.exclude(space=None).values_list("words", flat=True),
        *Tip.objects.filter(**by_voice).values_list("words", flat=True),
        *TopicReply.objects.filter(**by_voice).values_list("words", flat=True),
    ]
    old = [one for said in words for one in as_repeated(said)]
    threads = (*ABOUT_IDEAS, "topic ")
    messaging.replace_in_threads(participation.initiative_id, threads, old, ERASED, at=at)


def erase_asked(participation: Participation) -> None:
    """That they were asked into spaces."""
    Invited.objects.filter(participation=participation).delete()


def merges_of(ideas: list[int]) -> list[int]:
    """Merges these ideas were in: that they happened stays, not whose they were."""
    rows = Merge.objects.filter(Q(kept__in=ideas) | Q(joined__in=ideas))
    return list(rows.values_list("pk", flat=True))


def old_nobodys(workspace_id: int, *, before: datetime, most: int) -> list[int]:
    """Ideas nobody knows whose they are, of initiatives closed too long ago (privacy.md 10)."""
    over = Idea.objects.filter(
        initiative__workspace=workspace_id, initiative__closed_at__lt=before, participation=None
    )
    there = over.filter(gone="").exclude(words=ERASED)
    return list(there.order_by("pk").values_list("pk", flat=True)[:most])


def erase_nobodys(keys: list[int]) -> None:
    """Their time is over: the lineage stays, as counts do."""
    for pk in keys:
        let_go(pk, Idea.Gone.ERASED, ERASED)


def old_answers(workspace_id: int, *, before: datetime, most: int) -> list[int]:
    """Answers without names to questions of initiatives closed too long ago (privacy.md 10)."""
    over = Answer.objects.filter(
        topic__workspace=workspace_id,
        topic__space__names=False,
        topic__space__initiative__closed_at__lt=before,
    )
    return list(over.exclude(words=ERASED).order_by("pk").values_list("pk", flat=True)[:most])


def erase_old_answers(keys: list[int]) -> None:
    """Their time is over: how many there were stays."""
    _unsay_groups(Answer.objects.filter(pk__in=keys))
    Answer.objects.filter(pk__in=keys).update(words=ERASED, speaker=None)


def old_sentences(workspace_id: int, *, before: datetime, most: int) -> list[int]:
    """Sentences somebody put to the vote without a name, of initiatives closed too long ago."""
    over = Statement.objects.filter(
        space__initiative__workspace=workspace_id,
        space__names=False,
        space__initiative__closed_at__lt=before,
    )
    there = over.exclude(voice=None).exclude(words=ERASED)
    return list(there.order_by("pk").values_list("pk", flat=True)[:most])


def erase_sentences(keys: list[int]) -> None:
    """Without their words, and off the vote: counts stay, and so do maps, which hold figures alone."""
    Statement.objects.filter(pk__in=keys).update(
        words=ERASED, state=Statement.State.HIDDEN, reason=ERASED, voice=None
    )


def old_tries(workspace_id: int, *, before: datetime, most: int) -> list[int]:
    """What somebody took on without a name in sessions of initiatives closed too long ago."""
    over = Try.objects.filter(
        session__space__initiative__workspace=workspace_id,
        session__space__names=False,
        session__space__initiative__closed_at__lt=before,
    )
    return list(over.exclude(words=ERASED).order_by("pk").values_list("pk", flat=True)[:most])


def erase_old_tries(keys: list[int]) -> None:
    """Their time is over, and so is that of what was written beside them and never read."""
    sessions = Session.objects.filter(tries__in=keys)
    Jotting.objects.filter(session__in=list(sessions)).delete()
    Try.objects.filter(pk__in=keys).update(words=ERASED, due=None)


def erase_votes(participation: Participation) -> list[int]:
    """Their votes are gone, with what a map made of them; their sentences lose their words and are no
    longer put to the vote. Counts stay, and so does what was published. Returns the sentences' keys."""
    voices = list(participation.voices.values_list("pk", flat=True))
    Vote.objects.filter(voter_id__in=voices).delete()
    Voter.objects.filter(voice__in=voices).delete()
    theirs = Statement.objects.filter(Q(voice__in=voices) | Q(idea__participation=participation))
    keys = list(theirs.values_list("pk", flat=True))
    erase_sentences(keys)
    return keys


def erase_under_topics(participation: Participation) -> dict[str, list[int]]:
    """What they said under open questions: words and who said them gone, counts stay.

    Nobody's words without names can be found: they stay, as the page of erasure says.
    """
    theirs = {"speaker__voice__participation": participation}
    _unsay_groups(Answer.objects.filter(**theirs))
    erased = {
        "answer": _erase_words(Answer.objects.filter(**theirs)),
        "tip": _erase_words(Tip.objects.filter(**theirs), in_playbook=False),
        "topicreply": _erase_words(TopicReply.objects.filter(**theirs)),
    }
    speakers = Speaker.objects.filter(voice__participation=participation)
    Helped.objects.filter(speaker__in=speakers).update(speaker=None)
    speakers.update(voice=None, follows=False, told_to=None)
    return erased


def _unsay_groups(answers: QuerySet[Answer]) -> None:
    """A name that the machine made of words is made anew without them."""
    AnswerGroup.objects.filter(answers__in=answers).update(suggestion="")
    topics = Topic.objects.filter(answers__in=answers, due_at=None)
    Topic.objects.filter(pk__in=list(topics.values_list("pk", flat=True))).update(
        due_at=F("started_at")
    )


def _erase_words[M: (Answer, Tip, TopicReply)](rows: QuerySet[M], **more: object) -> list[int]:
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).update(words=ERASED, speaker=None, **more)
    return keys
