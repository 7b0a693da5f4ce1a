"""Gathers what may call for a step: a few of each sort, the longest waiting first.

Whatever the size of the organisation, each sort is one query that walks an index and stops after
``MOST``; nothing here reads a table whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.engine.steps import Case
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet, RunUpStep
from earnest.listening.models import Conversation, Finding, Question, Referral
from earnest.people.models import Away
from earnest.promises.models import Promise, PromiseQuerySet
from earnest.rhythm.models import Chosen

MOST = 12  # of each sort: Today shows five, and the others for later
SOON = timedelta(days=2)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose steps, when, and on which initiatives; nothing more is asked about these."""

    user: User
    at: datetime
    led: dict[int, Initiative]

    @property
    def today(self) -> date:
        """The furthest day it is anywhere they lead; each case is judged by its own."""
        return max((one.workspace.day(self.at) for one in self.led.values()), default=date.min)

    def day(self, initiative_id: int) -> date:
        return self.led[initiative_id].workspace.day(self.at)


def scope_of(user: User, *, at: datetime) -> Scope:
    """The open initiatives this user leads, with who asked for each and whether they were heard."""
    asked_it = OuterRef("commission__person")
    heard = Conversation.objects.filter(initiative=OuterRef("pk"), people__person=asked_it)
    quiet = _who_objects().filter(initiative=OuterRef("pk"), person=asked_it)
    led = initiatives.initiatives_led_by(user).filter(closed_at=None)
    rows = led.select_related("workspace", "commission").annotate(
        hears_no_more=Exists(heard) | Exists(quiet)
    )
    return Scope(user, at, {one.pk: one for one in rows})


def cases_of(scope: Scope) -> Iterator[Case]:
    """Every sort of case on the initiatives of the scope."""
    if not scope.led:
        return
    yield from _promises(scope)
    yield from _questions(scope)
    yield from _referrals(scope)
    yield from _people(scope)
    yield from _commissions(scope)
    yield from _run_up(scope)
    yield from _notes(scope)


def cases_with(
    participation: Participation, both: Iterable[Promise], asked: Iterable[Question], scope: Scope
) -> Iterator[Case]:
    """The cases about one person, out of rows their page has read already."""
    if participation.initiative_id not in scope.led:
        return
    quiet = _is_quiet(participation)
    for one in both:
        mine = one.direction == Promise.Direction.OURS and one.by_id == scope.user.pk
        theirs = one.direction == Promise.Direction.THEIRS and bool(one.asked_at) and not quiet
        if one.state == Promise.State.OPEN and (mine or theirs):
            yield _promise_case(one, participation, scope)
    for question in asked:
        if question.answered_at is None:
            yield _question_case(question, participation, scope)
    today = scope.day(participation.initiative_id)
    away = any(a.first_day <= today <= a.last_day for a in participation.person.away.all())
    if not quiet and not away:
        yield _person_case(participation, scope)


def _is_quiet(one: Participation) -> bool:
    """They asked for less, or to be left alone, here or altogether."""
    here = one.stopped_at or one.wants_less_at
    return bool(here or one.person.stopped_at or one.person.wants_less_at)


def _who_objects() -> ParticipationQuerySet:
    """Those who asked for less, or to be left alone: nothing is proposed to ask of them."""
    here = Q(stopped_at__isnull=False) | Q(wants_less_at__isnull=False)
    anywhere = Q(person__stopped_at__isnull=False) | Q(person__wants_less_at__isnull=False)
    return Participation.objects.present().filter(here | anywhere)


def _not_put_aside[M: Model](rows: QuerySet[M], step: str, scope: Scope) -> QuerySet[M]:
    """Without those whose ``step`` was put off or dismissed: they must not crowd out the rest."""
    later = Chosen.objects.filter(user=scope.user, step=OuterRef("step"), pk__gt=OuterRef("pk"))
    aside = Chosen.objects.filter(Q(until=None) | Q(until__gt=scope.today), user=scope.user)
    key = Concat(Value(f"{step}:"), Cast("pk", CharField()))
    named = aside.filter(~Exists(later), step=OuterRef("step_key"))
    return rows.alias(step_key=key).filter(~Exists(named))


def _any_of[M: Model](model: type[M], parts: Iterable[QuerySet[M]]) -> QuerySet[M]:
    """The first of each part, in one query; every part walks its own index."""
    rows = model._default_manager
    first, *others = [rows.filter(pk__in=one.values("pk")[:MOST]).values("pk") for one in parts]
    return rows.filter(pk__in=first.union(*others))


def _promises(scope: Scope) -> Iterator[Case]:
    """Mine that are due, without word, moved untold or new; theirs without word, with those I hold."""
    rows = _any_of(Promise, [*_mine(scope), _theirs(scope)])
    rows = rows.filter(participation__person__erased_at=None).select_related(
        "participation__person"
    )
    for row in rows:
        yield _promise_case(row, row.participation, scope)


def _mine(scope: Scope) -> list[PromiseQuerySet]:
    mine = Promise.objects.open().ours().filter(by=scope.user, initiative__in=list(scope.led))
    by_day = mine.order_by("due", "pk")
    return [
        by_day.filter(due__lte=scope.today + SOON, asked_at=None),
        by_day.filter(due__lte=scope.today, asked_at__isnull=False),
        mine.filter(untold_at__isnull=False).order_by("untold_at"),
        mine.filter(made_at__gt=scope.at - A_DAY).order_by("-made_at"),
    ]


def _theirs(scope: Scope) -> PromiseQuerySet:
    held = Promise.objects.open().theirs().filter(initiative__in=list(scope.led))
    held = held.filter(asked_at__isnull=False, participation__held_by=scope.user)
    quiet = Q(participation__stopped_at=None, participation__person__stopped_at=None)
    quiet &= Q(participation__wants_less_at=None, participation__person__wants_less_at=None)
    return held.filter(quiet).order_by("asked_at")


def _promise_case(row: Promise, with_whom: Participation, scope: Scope) -> Case:
    marks = {row.direction}
    if row.asked_at:
        marks.add("asked")
    if row.untold_at:
        marks.add("untold")
    initiative = scope.led[row.initiative_id]
    made = initiative.workspace.day(row.made_at)
    return Case(
        about="promise",
        key=row.pk,
        today=scope.day(row.initiative_id),
        due=row.due,
        since=made,
        marks=frozenset(marks),
        words={
            **_person_words(with_whom, initiative),
            "words": row.words,
            "made": _day(made),
            "due": _day(row.due) if row.due else row.condition or _("when it comes"),
        },
    )


def _questions(scope: Scope) -> Iterator[Case]:
    rows = Question.objects.filter(
        initiative__in=list(scope.led), answered_at=None, participation__person__erased_at=None
    ).filter(
        Q(participation__held_by=scope.user) | Q(participation=None, conversation__by=scope.user)
    )
    rows = _not_put_aside(rows, "question-owed:question", scope)
    for row in rows.select_related("participation__person")[:MOST]:
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


def _referrals(scope: Scope) -> Iterator[Case]:
    """Whom colleagues named, but for those who objected."""
    rows = Referral.objects.filter(initiative__in=list(scope.led), spoken_at=None, left_at=None)
    objects = _who_objects().filter(initiative=OuterRef("initiative"))
    by_name = objects.filter(person__name__iexact=OuterRef("name"))
    rows = rows.filter(~Exists(by_name), ~Exists(objects.filter(pk=OuterRef("participation"))))
    rows = _not_put_aside(rows, "referral:referral", scope)
    for row in rows.select_related("named_by__person")[:MOST]:
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


def _people(scope: Scope) -> Iterator[Case]:
    """People I hold whose place calls for something; those who asked for quiet are left alone."""
    mine = Participation.objects.may_be_asked().filter(
        held_by=scope.user,
        initiative__in=list(scope.led),
        wants_less_at=None,
        person__wants_less_at=None,
    )
    here = {"first_day__lte": scope.today, "last_day__gte": scope.today}
    mine = mine.filter(~Exists(Away.objects.filter(person=OuterRef("person"), **here)))
    standing = mine.filter(rung__initiative_id__in=list(scope.led)).order_by("rung__since")
    parts = {
        "fading": standing.filter(rung__step="fading"),
        "one-small-step": standing.filter(
            rung__step="nodded", rung__since__lte=scope.at - A_WEEK + A_DAY
        ),
        "no-chance": standing.filter(rung__no_chance_since__isnull=False),
        "unheard": mine.filter(
            Q(rung=None) | Q(rung__heard_at=None, rung__step="unheard")
        ).order_by("pk"),
    }
    wanted = [_not_put_aside(part, f"{rule}:person", scope) for rule, part in parts.items()]
    for row in _any_of(Participation, wanted).select_related("person", "rung"):
        yield _person_case(row, scope)


def _person_case(row: Participation, scope: Scope) -> Case:
    rung = getattr(row, "rung", None)
    marks = {rung.step if rung else "unheard"}
    if rung and rung.heard_at and rung.step == "unheard":
        marks = {"heard"}
    if rung and rung.no_chance_since:
        marks.add("no_chance")
    initiative = scope.led[row.initiative_id]
    began = initiative.workspace.day((rung and rung.since) or row.since)
    return Case(
        about="person",
        key=row.pk,
        today=scope.day(row.initiative_id),
        since=began,
        marks=frozenset(marks),
        words={**_person_words(row, initiative), "since": _day(began)},
    )


def _commissions(scope: Scope) -> Iterator[Case]:
    """Who asked for it: written down first, then the first talk is with them."""
    for one in scope.led.values():
        commission = getattr(one, "commission", None)
        if commission and (not commission.person_id or getattr(one, "hears_no_more", False)):
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
    rows = RunUpStep.objects.filter(
        initiative__in=list(scope.led), done_at=None, on__lte=scope.today
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


def _notes(scope: Scope) -> Iterator[Case]:
    """Notes of mine in which something found still waits for a yes or a no."""
    offered = Finding.objects.filter(state=Finding.State.OFFERED, conversation__by=scope.user)
    rows = Conversation.objects.filter(
        pk__in=offered.values("conversation"), initiative__in=list(scope.led)
    ).defer("notes")
    for row in _not_put_aside(rows, "notes-found:notes", scope).order_by("held_on", "pk")[:MOST]:
        yield Case(
            about="notes",
            key=row.pk,
            today=scope.day(row.initiative_id),
            since=row.held_on,
            words={**_nobody(scope.led[row.initiative_id]), "since": _day(row.held_on)},
        )


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
