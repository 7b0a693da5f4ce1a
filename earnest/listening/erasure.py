"""What a person said, out of the notes and out of everything taken from them (privacy.md 10, 13).

A file of its own beside ``actions.py``: these writes override every append-only rule and are called
only by ``pages.erasure`` and by the clock, inside their transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from earnest.initiatives.models import Participation
from earnest.listening import naming, queries
from earnest.listening.gathered import call_anew, count_again
from earnest.listening.models import (
    Brief,
    Conversation,
    Finding,
    Invitation,
    InvitationEvent,
    Need,
    NeedNamed,
    ProposedTime,
    Question,
    Quote,
    Recap,
    Referral,
    Seen,
    Sheet,
    StepBack,
)
from earnest.listening.naming import Names, Span

ERASED = "erased"
NOWHERE: dict[str, None] = {"conversation": None, "start": None, "end": None}

type Spans = dict[int, list[Span]]  # places in the notes, by conversation
type Rows = dict[str, list[int]]  # keys by model name


def erase_heard(
    participation: Participation, names: Names, elsewhere: Spans, *, at: datetime
) -> Rows:
    """Erase what they said on this initiative; ``elsewhere`` are places other contexts took from.

    Returns the keys of the rows that held it, for whoever points to them.
    """
    alone = list(_alone_with(participation).values_list("pk", flat=True))
    spans = _taken_as_theirs(participation, elsewhere)
    rows = _erase_words(participation, names, alone, at=at)
    rows["finding"] = _erase_whole(alone, at=at)
    rows["finding"] += _erase_from_shared(participation, names, spans)
    rows["talk"] = _erase_being_written(participation, names)
    rows |= _erase_brief(participation)
    rows["invitation"] = _erase_asked(participation)
    rows["recap"] = _erase_told_back(participation)
    rows["stepback"] = _erase_step_backs(participation, at=at)
    return rows


def _erase_step_backs(participation: Participation, *, at: datetime) -> list[int]:
    """Why they did not commit, and our line about it; that somebody stepped back is a count."""
    theirs = StepBack.objects.filter(participation=participation)
    keys = list(theirs.values_list("pk", flat=True))
    theirs.exclude(words="").update(words=ERASED)
    nothing = dict.fromkeys(("quote", "conversation", "invitation", "message_id"))
    theirs.filter(erased_at=None).update(erased_at=at)
    theirs.update(occasion=StepBack.Occasion.OTHER, is_no=False, reason_at=None, **nothing)
    return keys


def _erase_brief(participation: Participation) -> Rows:
    """What was known of them alone; of their team or role it stays, without their name."""
    own = Brief.objects.filter(participation=participation)
    keys = list(own.values_list("pk", flat=True))
    own.delete()
    return {"brief": keys}


def _erase_asked(participation: Participation) -> list[int]:
    """Why them, and whatever they answered; that they were asked, and how it stands, is a count.

    Who still waited for their turn in a round was not asked at all: nothing of it stays.
    """
    asked = Invitation.objects.filter(participation=participation)
    keys = list(asked.values_list("pk", flat=True))
    asked.filter(state=Invitation.State.WAITING).delete()
    ProposedTime.objects.filter(invitations__in=asked).update(taken_at=None)
    for column in ("wanted", "reason"):
        asked.exclude(**{column: ""}).update(**{column: ERASED})
    nothing = dict.fromkeys(("time", "starts_at", "wanted_at", "conversation", "message_id"))
    asked.update(why_you=ERASED, **nothing)
    happened = InvitationEvent.objects.filter(invitation__in=asked)
    happened.exclude(words="").update(words=ERASED)
    happened.update(time_before=None, time_after=None)
    return keys


def _erase_told_back(participation: Participation) -> list[int]:
    """What was told back goes, and what they said the problem is.

    In a group nobody can tell whose words that one line holds: it goes with each of them.
    """
    recaps = Recap.objects.filter(participation=participation)
    keys = list(recaps.values_list("pk", flat=True))
    recaps.delete()
    talks = participation.conversations.exclude(problem_words="")
    Conversation.objects.filter(pk__in=talks.values("pk")).update(problem_words=ERASED)
    return keys


def _erase_being_written(participation: Participation, names: Names) -> list[int]:
    """Talks not ended: those with them alone go, in others the sentences that name them."""
    talks = participation.talks_being_written
    alone = talks.filter(form=Conversation.Form.ONE_TO_ONE)
    keys = list(alone.values_list("pk", flat=True))
    alone.delete()
    _blank_sheets([participation.initiative_id], names)
    talks.clear()
    return keys


def _blank_sheets(initiatives: Iterable[int], names: Names) -> None:
    named = reduce(or_, (Q(text__icontains=word) for word in names.literals), Q(pk=None))
    for sheet in Sheet.objects.filter(named, talk__initiative__in=initiatives):
        text = naming.blanked(sheet.text, naming.spans_naming(sheet.text, names))
        Sheet.objects.filter(pk=sheet.pk).update(text=text)


def _alone_with(participation: Participation) -> QuerySet[Conversation]:
    return participation.conversations.exclude(form=Conversation.Form.SMALL_GROUP)


def _taken_as_theirs(participation: Participation, elsewhere: Spans) -> Spans:
    """Places in notes from which something of theirs was taken."""
    spans: Spans = defaultdict(list, {pk: list(found) for pk, found in elsewhere.items()})
    sets = (
        Quote.objects.filter(participation=participation),
        NeedNamed.objects.filter(participation=participation),
        Question.objects.filter(participation=participation),
        Referral.objects.filter(named_by=participation),
        Seen.objects.filter(participation=participation),
    )
    for rows in sets:
        placed = rows.exclude(conversation=None).exclude(start=None)
        for pk, start, end in placed.values_list("conversation_id", "start", "end"):
            spans[pk].append((start or 0, end or 0))
    return spans


def _erase_words(
    participation: Participation, names: Names, alone: list[int], *, at: datetime
) -> Rows:
    """Words become "erased", pointers are cut, facts seen go."""
    theirs = Q(participation=participation) | Q(participation=None, conversation__in=alone)
    quotes = Quote.objects.filter(theirs)
    questions = Question.objects.filter(theirs)
    here = Referral.objects.filter(initiative=participation.initiative_id)
    made = here.filter(Q(named_by=participation) | Q(named_by=None, conversation__in=alone))
    about = queries.referrals_to(participation, names)
    named = _keys(about)
    seen = Seen.objects.filter(participation=participation)
    rows = {
        "quote": _keys(quotes),
        "question": _keys(questions),
        "referral": [*_keys(made), *named],
        "seen": _keys(seen),
        "neednamed": _erase_needs(theirs),
    }
    Quote.objects.filter(pk__in=rows["quote"], erased_at=None).update(
        words=ERASED, erased_at=at, passed_on=Quote.PassedOn.LEADS_ONLY, **NOWHERE
    )
    Question.objects.filter(pk__in=rows["question"]).exclude(answer="").update(answer=ERASED)
    Question.objects.filter(pk__in=rows["question"]).update(words=ERASED, **NOWHERE)
    Referral.objects.filter(pk__in=named).update(name=ERASED, participation=None)
    Referral.objects.filter(pk__in=rows["referral"]).update(why=ERASED, **NOWHERE)
    Referral.objects.filter(named_by=participation).update(named_by=None)
    seen.delete()
    return rows


def _keys(
    rows: QuerySet[Quote] | QuerySet[Question] | QuerySet[Referral] | QuerySet[Seen],
) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _erase_needs(theirs: Q) -> list[int]:
    """Cut who named a need, and how they put it; its name goes too where it was theirs alone."""
    named = NeedNamed.objects.filter(theirs)
    keys = list(named.values_list("pk", flat=True))
    quotes = Quote.objects.filter(theirs)
    gone = [*named.values_list("words", flat=True), *quotes.values_list("words", flat=True)]
    links = Quote.needs.through._default_manager.filter(quote__in=quotes)
    under = {*named.values_list("need_id", flat=True), *links.values_list("need_id", flat=True)}
    links.delete()
    NeedNamed.objects.filter(carried_from__in=keys).update(carried_from=None)
    NeedNamed.objects.filter(pk__in=keys).update(
        participation=None, words=ERASED, may_carry_at=None, carried_from=None, **NOWHERE
    )
    for need in Need.objects.filter(pk__in=under):
        _erase_name(need, gone)
    count_again(under)
    return keys


def _erase_name(need: Need, gone: list[str]) -> None:
    quoted = need.quotes.exclude(participation=None)
    if quoted.exists() or need.named.exclude(participation=None).exists():
        call_anew(need, gone, ERASED, whose=None)
    else:
        Need.objects.filter(pk=need.pk).update(words=ERASED, called_at=None)


def _erase_whole(conversations: list[int], *, at: datetime) -> list[int]:
    """The notes of talks one to one go whole, with everything found in them."""
    findings = Finding.objects.filter(conversation__in=conversations)
    keys = list(findings.values_list("pk", flat=True))
    findings.delete()
    kept = Conversation.objects.filter(pk__in=conversations)
    kept.filter(notes_erased_at=None).update(notes_erased_at=at)
    kept.update(notes="", source=ERASED)
    return keys


def _erase_from_shared(participation: Participation, names: Names, spans: Spans) -> list[int]:
    """In notes shared with others, what was theirs and the sentences that name them."""
    gone: list[int] = []
    talks = Conversation.objects.filter(initiative=participation.initiative_id)
    named = reduce(or_, (Q(notes__icontains=word) for word in names.literals), Q(pk__in=spans))
    for talk in talks.filter(named | Q(pk__in=spans)).exclude(notes=""):
        gone += _blank(talk, [*spans.get(talk.pk, ()), *naming.spans_naming(talk.notes, names)])
    return gone + _drop_found_about(participation, names)


def _blank(talk: Conversation, spans: Iterable[Span]) -> list[int]:
    places = naming.merged(spans)
    touched = [
        finding.pk
        for finding in talk.findings.all()
        if naming.overlaps((finding.start, finding.end), places)
    ]
    Finding.objects.filter(pk__in=touched).delete()
    Conversation.objects.filter(pk=talk.pk).update(notes=naming.blanked(talk.notes, places))
    return touched


def _drop_found_about(participation: Participation, names: Names) -> list[int]:
    """Findings that name them as speaker, as the one promised to, or in their words."""
    about = [
        Q(**{f"{field}__icontains": word})
        for word in names.literals
        for field in ("speaker", "whom", "words", "condition")
    ]
    likely = Finding.objects.filter(
        reduce(or_, about, Q(pk=None)), conversation__initiative=participation.initiative_id
    )
    keys = [
        one.pk
        for one in likely
        if any(
            names.pattern.search(text) for text in (one.speaker, one.whom, one.words, one.condition)
        )
    ]
    Finding.objects.filter(pk__in=keys).delete()
    return keys


def erase_mentions(initiatives: Iterable[int], names: Names) -> None:
    """Sentences naming them in notes of other initiatives, by whole name or address alone."""
    keys = list(initiatives)
    named = reduce(or_, (Q(notes__icontains=word) for word in names.literals), Q(pk=None))
    for talk in Conversation.objects.filter(named, initiative__in=keys):
        _blank(talk, naming.spans_naming(talk.notes, names))
    _blank_sheets(keys, names)


def erase_old_notes(conversations: list[int], *, at: datetime) -> None:
    """Their time is over: the notes go, what was taken from them stays, pointing nowhere."""
    _erase_whole(conversations, at=at)
    for model in (Quote, NeedNamed, Question, Referral, Seen):
        model._default_manager.filter(conversation__in=conversations).update(start=None, end=None)


def delete_old_seen(keys: list[int]) -> None:
    """Facts seen are kept as long as notes are."""
    Seen.objects.filter(pk__in=keys).delete()
