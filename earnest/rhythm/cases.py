"""Makes cases of the few rows that may call for a step: see candidates.py for which they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.engine.steps import TWICE, Case
from earnest.initiatives.models import Initiative, Participation, RunUpStep
from earnest.listening.models import Conversation, Question, Referral
from earnest.promises.models import Promise
from earnest.promises.queries import maker_leads
from earnest.rhythm.candidates import MOST, Candidates, Row, candidates
from earnest.rhythm.models import Chosen
from earnest.rhythm.scope import Scope
from earnest.standing import queries as standing

# Only what a case is made of is fetched: most of the time of a page goes into rows.
PROMISE_COLUMNS = (
    *("initiative_id", "participation__person__name", "direction", "words", "condition"),
    *("when", "due", "made_at", "asked_at", "untold_at"),
)
PERSON_COLUMNS = (
    *("initiative_id", "since", "last_contact_at", "person__name", "person__team_id"),
    *("is_affected", "has_data", "can_help"),
    *("rung__step", "rung__since", "rung__heard_at", "rung__no_chance_since"),
)


def cases_of(scope: Scope) -> Iterator[Case]:
    """Every sort of case on the initiatives of the scope."""
    if not scope.led:
        return
    found = candidates(scope.user.pk, scope.led, scope.plans, today=scope.today, at=scope.at)
    for sort, gather in SORTS.items():
        if keys := found.keys(sort):
            yield from gather(scope, keys)
    yield from _people(scope, found)
    for sort, about in TOLD.items():
        yield from (_told_case(row, about, scope) for row in found.rows.get(sort, ()))
    yield from _commissions(scope, found.keys("heard"))
    yield from _run_up(scope)


@dataclass(frozen=True, slots=True)
class Read:
    """What a person's page has read already, and a case can be made of."""

    promises: Iterable[Promise]
    questions: Iterable[Question]
    talks: Iterable[Conversation] = ()
    is_briefed: bool = False
    is_asked: bool = False  # an ask is open: it is their turn
    is_offered: bool = False  # something to try
    weakest: str = ""  # the condition still open, where it is estimated and known


def cases_with(participation: Participation, read: Read, scope: Scope) -> Iterator[Case]:
    """The cases about one person, out of rows their page has read already."""
    both, asked = read.promises, read.questions
    quiet = _is_quiet(participation)
    for one in both:
        ours = one.direction == Promise.Direction.OURS
        # Whoever leads there keeps their own; of others it comes to who holds the person.
        mine = ours and (one.by_id == scope.user.pk or not maker_leads(one))
        theirs = not ours and bool(one.asked_at or one.confirmed_at) and not quiet
        if one.state == Promise.State.OPEN and (mine or theirs):
            yield _promise_case(one, participation, scope)
    if participation.initiative_id not in scope.going:
        return
    for question in asked:
        if question.answered_at is None:
            yield _question_case(question, participation, scope)
    today = scope.day(participation.initiative_id)
    away = any(a.first_day <= today <= a.last_day for a in participation.person.away.all())
    if not quiet and not away and not _asked_enough(participation, scope.at):
        marks = _marks_of(participation, read)
        yield replace(_person_case(participation, scope, marks), weakest=read.weakest)


def _asked_enough(one: Participation, at: datetime) -> bool:
    """For now, over all initiatives; or three asks went without an answer."""
    until = (one.person.asked_enough_until, one.person.left_alone_until)
    return any(moment is not None and moment > at for moment in until)


def _marks_of(one: Participation, read: Read) -> frozenset[str]:
    """What the query for Today finds in rows, found in what the page has read."""
    rung, talks = getattr(one, "rung", None), list(read.talks)
    since, no_at = rung and rung.since, rung and rung.no_at
    explained = [t for t in talks if t.balance == Conversation.Balance.EXPLAINED]
    marks = {
        "looked_at": True,
        "listened": any(since and t.noted_at > since for t in talks),
        "briefed": read.is_briefed,
        "invited": read.is_asked,
        "try_offered": read.is_offered,
        "explained_twice": len([t for t in explained if not since or t.noted_at > since]) >= TWICE,
        "no_twice": bool(no_at and rung and rung.nos >= TWICE)
        and not any(no_at and t.noted_at > no_at for t in talks),
    }
    return frozenset(mark for mark, applies in marks.items() if applies)


def _is_quiet(one: Participation) -> bool:
    """They asked for less anywhere, or to be left alone, here or altogether."""
    return one.asked_to_stop or bool(one.person.wants_less_at)


def _promises(scope: Scope, keys: list[int]) -> Iterator[Case]:
    """Mine that are due, without word, moved untold or new; theirs without word, with those I hold."""
    rows = Promise.objects.filter(pk__in=keys, participation__person__erased_at=None)
    for row in rows.select_related("participation__person").only(*PROMISE_COLUMNS):
        yield _promise_case(row, row.participation, scope)


def _promise_case(row: Promise, with_whom: Participation, scope: Scope) -> Case:
    marks = {row.direction}
    if row.asked_at:
        marks.add("asked")
    if row.untold_at:
        marks.add("untold")
    initiative = scope.led[row.initiative_id]
    today = scope.day(row.initiative_id)
    if row.when == Promise.When.CONDITIONAL:
        marks.add("conditional")
    if initiative.decides_on and initiative.decides_on < today:
        marks.add("decided")
    made = initiative.workspace.day(row.made_at)
    return Case(
        about="promise",
        key=row.pk,
        today=today,
        due=row.due,
        since=made,
        marks=frozenset(marks),
        words={
            **_person_words(with_whom, initiative),
            "words": row.words,
            "condition": row.condition,
            "made": _day(made),
            "due": _day(row.due) if row.due else row.condition or _("when it comes"),
        },
    )


def _questions(scope: Scope, keys: list[int]) -> Iterator[Case]:
    """Theirs, and an answer is owed."""
    rows = Question.objects.filter(pk__in=keys).select_related("participation__person")
    for row in rows.only("initiative_id", "words", "asked_on", "participation__person__name"):
        yield _question_case(row, row.participation, scope)


def _question_case(row: Question, asked_by: Participation | None, scope: Scope) -> Case:
    initiative = scope.led[row.initiative_id]
    words = _person_words(asked_by, initiative) if asked_by else _nobody(initiative)
    return Case(
        about="question",
        key=row.pk,
        today=scope.day(row.initiative_id),
        since=row.asked_on,
        words={**words, "words": row.words, "since": _day(row.asked_on)},
    )


def _referrals(scope: Scope, keys: list[int]) -> Iterator[Case]:
    """Whom colleagues named, but for those who objected."""
    rows = Referral.objects.filter(pk__in=keys).select_related("named_by__person")
    for row in rows.only("initiative_id", "name", "why", "at", "named_by__person__name"):
        initiative = scope.led[row.initiative_id]
        named = initiative.workspace.day(row.at)
        yield Case(
            about="referral",
            key=row.pk,
            today=scope.day(row.initiative_id),
            since=named,
            words={
                **_nobody(initiative),
                "name": row.name,
                "named_by": str(row.named_by.person) if row.named_by else _("somebody"),
                "why": row.why,
                "since": _day(named),
            },
        )


def _people(scope: Scope, found: Candidates) -> Iterator[Case]:
    """People I hold whose place calls for something; those who asked for quiet are left alone."""
    if not (keys := found.keys("person")):
        return
    rows = Participation.objects.filter(pk__in=keys).select_related("person", "rung")
    for row in standing.with_weakest(rows.only(*PERSON_COLUMNS)):
        one = _person_case(row, scope, found.marks(row.pk))
        yield replace(one, weakest=getattr(row, "weakest", None) or "")


def _person_case(row: Participation, scope: Scope, more: frozenset[str]) -> Case:
    rung = getattr(row, "rung", None)
    marks = {rung.step if rung else "unheard"}
    if rung and rung.heard_at and rung.step == "unheard":
        marks = {"heard"}
    if rung and rung.no_chance_since:
        marks.add("no_chance")
    plan = scope.plans.get(row.initiative_id)
    word_after = plan.days_for(row, next(iter(marks - {"no_chance"}))) if plan else None
    initiative, today = scope.led[row.initiative_id], scope.day(row.initiative_id)
    began = initiative.workspace.day((rung and rung.since) or row.since)
    contact = row.last_contact_at and initiative.workspace.day(row.last_contact_at)
    last = {"contact": _day(contact), "days": str((today - contact).days)} if contact else {}
    return Case(
        about="person",
        key=row.pk,
        today=today,
        since=began,
        contact=contact,
        word_after=word_after,
        marks=more | marks,
        words={**_person_words(row, initiative), "since": _day(began), **last},
    )


TOLD = {  # sorts whose rows say everything, and what they are about
    "agreed": "invitation",
    "proposed": "invitation",
    "called_off": "invitation",
    "talk": "talk",
    "written": "written",
    "recap": "recap",
    "unclear": "message",
    "failed": "message",
    "waiting": "message",
    "large": "large",
    "input": "input",
    "need": "need",
    "gap": "gap",
    "thread": "thread",
    "checkin": "checkin",
    "checkin_due": "checkin_due",
    "statements": "statements",
    "outcome": "outcome",
    "plan": "plan",
    "chain": "chain",
    "chain_answered": "chain_answered",
    "stepped": "step_back",
    "stepped_untold": "step_back",
    "news": "news",
    "story": "story",
    "session": "session",
    "space_unasked": "space_unasked",
    "ideas_wait": "ideas_wait",
    "topic_unasked": "topic_unasked",
    "topic_groups": "topic_groups",
    "lesson": "lesson",
    "show_again": "followup",
}


def _told_case(row: Row, about: str, scope: Scope) -> Case:
    """A time agreed or proposed, a talk to tell back, what somebody wrote, a mail that is stuck."""
    initiative = scope.led[row.place]
    day = row.moment and initiative.workspace.day(row.moment)
    marks = {row.sort} | ({"over"} if row.moment and row.moment < scope.at else set())
    here = row.moment and localtime(row.moment)
    return Case(
        about=about,
        key=row.pk,
        today=scope.day(row.place),
        since=day,
        marks=frozenset(marks),
        words={
            **_nobody(initiative),
            "name": row.name.partition(" ")[0] or _("somebody"),
            "whole_name": row.name,
            "participation": str(row.who or ""),
            "about": row.words,
            "words": row.words,
            "met": row.more,
            "due": str(row.number),
            "count": str(row.number),
            "days": str((scope.day(row.place) - day).days) if day else "",
            "wanted": row.more or (date_format(here, "l j F, H:i") if here else ""),
            "minutes": str(row.number),
            "day": _day(day) if day else "",
            "time": date_format(here, "H:i") if here else "",
        },
    )


def _commissions(scope: Scope, heard: list[int]) -> Iterator[Case]:
    """Who asked for it: written down first, then the first talk is with them."""
    for one in scope.going.values():
        commission = getattr(one, "commission", None)
        if commission and (not commission.person_id or one.pk in heard):
            continue
        yield Case(
            about="commission",
            key=one.pk,
            today=scope.day(one.pk),
            since=one.workspace.day(one.made_at),
            marks=frozenset() if commission else frozenset({"missing"}),
            words={**_nobody(one), "name": commission.asked_by if commission else ""},
        )


def _run_up(scope: Scope) -> Iterator[Case]:
    chosen = Chosen.objects.filter(
        Q(until=None) | Q(until__gt=scope.today),
        user=scope.user,
        step=Concat(Value("run-up:run_up:"), Cast(OuterRef("pk"), CharField())),
        due=OuterRef("on"),
    )
    rows = RunUpStep.objects.filter(
        ~Exists(chosen), initiative__in=list(scope.going), done_at=None, on__lte=scope.today
    )
    for row in rows[:MOST]:
        yield Case(
            about="run_up",
            key=row.pk,
            today=scope.day(row.initiative_id),
            due=row.on,
            words={
                **_nobody(scope.led[row.initiative_id]),
                "name": row.who,
                "words": row.what,
                "due": _day(row.on),
            },
        )


def _notes(scope: Scope, keys: list[int]) -> Iterator[Case]:
    """Notes of mine in which something found still waits for a yes or a no."""
    for row in Conversation.objects.filter(pk__in=keys).only("initiative_id", "held_on"):
        yield Case(
            about="notes",
            key=row.pk,
            today=scope.day(row.initiative_id),
            since=row.held_on,
            words={**_nobody(scope.led[row.initiative_id]), "since": _day(row.held_on)},
        )


SORTS = {
    "promise": _promises,
    "question": _questions,
    "referral": _referrals,
    "notes": _notes,
}


def _day(day: date) -> str:
    return date_format(day, "j M")


def _person_words(row: Participation, initiative: Initiative) -> dict[str, str]:
    return {
        "name": row.person.first_name,
        "whole_name": row.person.name,
        "title": initiative.title,
        "initiative": str(initiative.pk),
        "participation": str(row.pk),
    }


def _nobody(initiative: Initiative) -> dict[str, str]:
    return {
        "name": _("somebody"),
        "title": initiative.title,
        "initiative": str(initiative.pk),
        "participation": "",
    }
