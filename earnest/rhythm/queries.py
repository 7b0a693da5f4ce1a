"""Gathers the cases of a leader's initiatives, and proposes the next steps by the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Model, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.engine.steps import RULES, Case, Step, propose
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet, RunUpStep
from earnest.listening.models import Conversation, Finding, Question, Referral
from earnest.people.models import Away
from earnest.promises import queries as promises
from earnest.promises.models import Promise
from earnest.rhythm.models import Chosen

MOST_CASES = 40  # of each sort: Today shows five, later a page more
SOON = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A step in words, as Today shows it."""

    key: str
    about: str
    number: int
    practice: str
    section: int
    title: str
    reason: str
    tag: str
    minutes: int
    initiative_id: int
    participation_id: int | None
    rule: str
    initials: str


def steps_for(user: User, *, at: datetime) -> list[Proposed]:
    """Every step proposed to this leader now, promises first. A fixed number of queries."""
    led = list(
        initiatives.initiatives_led_by(user)
        .filter(closed_at=None)
        .select_related("workspace", "commission__person")
    )
    days = {one.pk: one.workspace.day(at) for one in led}
    cases = list(_cases(user, led, days))
    hidden = _hidden(user, days, [step.key for step in propose(cases)])
    return [_in_words(step) for step in propose(cases) if step.key not in hidden]


def _hidden(user: User, days: dict[int, date], keys: list[str]) -> set[str]:
    """Steps put off until later, or dismissed: the last choice counts."""
    today = max(days.values(), default=date.min)
    last: dict[str, Chosen] = {}
    for chosen in Chosen.objects.filter(user=user, step__in=keys).order_by("at", "pk"):
        last[chosen.step] = chosen
    return {key for key, one in last.items() if one.until is None or one.until > today}


def _cases(user: User, led: list[Initiative], days: dict[int, date]) -> Iterator[Case]:
    if not led:
        return
    yield from _promises(user, days)
    yield from _questions(user, days)
    yield from _referrals(days)
    yield from _people(user, days)
    yield from _commissions(led, days)
    yield from _run_up(days)
    yield from _notes(user, days)


def _promises(user: User, days: dict[int, date]) -> Iterator[Case]:
    """Mine that are due, moved untold or new; theirs without word, with those I hold."""
    soon = max(days.values()) + SOON
    newest = min(days.values()) - timedelta(days=1)
    mine = Q(direction=Promise.Direction.OURS, by=user)
    quiet = Q(participation__stopped_at=None, participation__person__stopped_at=None)
    quiet &= Q(participation__wants_less_at=None, participation__person__wants_less_at=None)
    held = Q(direction=Promise.Direction.THEIRS, participation__held_by=user) & quiet
    open_ones = promises.with_untold(Promise.objects.open()).filter(
        mine & (Q(due__lte=soon) | Q(last_kind="moved") | Q(made_at__date__gte=newest))
        | held & Q(asked_at__isnull=False),
        participation__initiative__in=days,
        participation__person__erased_at=None,
    )
    rows = open_ones.select_related("participation__person", "participation__initiative__workspace")
    for row in rows.order_by("due", "pk")[: 2 * MOST_CASES]:
        yield _promise_case(row, days[row.participation.initiative_id])


def _promise_case(row: Promise, today: date) -> Case:
    marks = {row.direction}
    if row.asked_at:
        marks.add("asked")
    if getattr(row, "last_kind", None) == "moved":
        marks.add("untold")
    made = row.participation.initiative.workspace.day(row.made_at)
    return Case(
        about="promise",
        key=row.pk,
        today=today,
        due=row.due,
        since=made,
        marks=frozenset(marks),
        words={
            **_person_words(row.participation),
            "words": row.words,
            "made": _day(made),
            "due": _day(row.due) if row.due else row.condition or _("when it comes"),
        },
    )


def _questions(user: User, days: dict[int, date]) -> Iterator[Case]:
    rows = Question.objects.filter(
        initiative__in=days, answered_at=None, participation__person__erased_at=None
    ).filter(Q(participation__held_by=user) | Q(participation=None, conversation__by=user))
    for row in rows.select_related("participation__person", "initiative")[:MOST_CASES]:
        words = _person_words(row.participation) if row.participation else _nobody(row.initiative)
        yield Case(
            about="question",
            key=row.pk,
            today=days[row.initiative_id],
            since=row.asked_on,
            words={**words, "words": row.words, "since": _day(row.asked_on)},
        )


def _referrals(days: dict[int, date]) -> Iterator[Case]:
    rows = Referral.objects.filter(initiative__in=days, spoken_at=None, left_at=None)
    called = Q(person__name__iexact=OuterRef("name"))
    called |= Q(person__name__istartswith=Concat(OuterRef("name"), Value(" ")))
    objecting = Q(initiative=OuterRef("initiative")) & called
    rows = rows.exclude(Exists(_who_objects().filter(objecting))).exclude(
        participation__in=_who_objects()
    )
    for row in rows.select_related("named_by__person", "initiative__workspace")[:MOST_CASES]:
        named = row.initiative.workspace.day(row.at)
        yield Case(
            about="referral",
            key=row.pk,
            today=days[row.initiative_id],
            since=named,
            words={
                **_nobody(row.initiative),
                "name": row.name,
                "named_by": str(row.named_by.person) if row.named_by else _("somebody"),
                "why": row.why,
                "since": _day(named),
            },
        )


def _people(user: User, days: dict[int, date]) -> Iterator[Case]:
    """People I hold whose place calls for something; those who asked for quiet are left alone."""
    unheard = Q(rung=None) | Q(rung__heard_at=None, rung__step="unheard")
    marked = Q(rung__step__in=("fading", "nodded")) | Q(rung__no_chance_since__isnull=False)
    mine = Participation.objects.may_be_asked().filter(
        held_by=user, initiative__in=days, wants_less_at=None, person__wants_less_at=None
    )
    today = max(days.values())
    away = Away.objects.filter(person=OuterRef("person"), first_day__lte=today, last_day__gte=today)
    here = mine.filter(~Exists(away)).select_related("person", "initiative__workspace", "rung")
    for wanted in (marked, unheard):
        for row in here.filter(wanted).order_by("-is_affected", "pk")[:MOST_CASES]:
            yield _person_case(row, days[row.initiative_id])


def _who_objects() -> ParticipationQuerySet:
    """Those who asked for less, or to be left alone: nothing is proposed to ask of them."""
    here = Q(stopped_at__isnull=False) | Q(wants_less_at__isnull=False)
    anywhere = Q(person__stopped_at__isnull=False) | Q(person__wants_less_at__isnull=False)
    return Participation.objects.present().filter(here | anywhere)


def _person_case(row: Participation, today: date) -> Case:
    rung = getattr(row, "rung", None)
    marks = {rung.step if rung else "unheard"}
    if rung and rung.heard_at and rung.step == "unheard":
        marks = {"heard"}
    if rung and rung.no_chance_since:
        marks.add("no_chance")
    began = row.initiative.workspace.day((rung and rung.since) or row.since)
    return Case(
        about="person",
        key=row.pk,
        today=today,
        since=began,
        marks=frozenset(marks),
        words={**_person_words(row), "since": _day(began)},
    )


def _commissions(led: list[Initiative], days: dict[int, date]) -> Iterator[Case]:
    """Who asked for it: written down first, then the first talk is with them."""
    asked = {one.pk: one.commission for one in led if hasattr(one, "commission")}
    people = [one.person_id for one in asked.values() if one.person_id]
    left_alone = set(
        _who_objects()
        .filter(initiative__in=asked, person__in=people)
        .values_list("initiative_id", "person_id")
    )
    heard = set(
        Conversation.objects.filter(initiative__in=asked, people__person__in=people).values_list(
            "initiative_id", "people__person_id"
        )
    )
    silent = heard | left_alone
    for one in led:
        commission = asked.get(one.pk)
        if commission and (not commission.person_id or (one.pk, commission.person_id) in silent):
            continue
        yield Case(
            about="commission",
            key=one.pk,
            today=days[one.pk],
            since=one.workspace.day(one.made_at),
            marks=frozenset() if commission else frozenset({"missing"}),
            words={**_nobody(one), "name": commission.asked_by if commission else ""},
        )


def _run_up(days: dict[int, date]) -> Iterator[Case]:
    rows = RunUpStep.objects.filter(
        initiative__in=days, done_at=None, on__lte=max(days.values())
    ).select_related("initiative")
    for row in rows[:MOST_CASES]:
        yield Case(
            about="run_up",
            key=row.pk,
            today=days[row.initiative_id],
            due=row.on,
            words={
                **_nobody(row.initiative),
                "name": row.who,
                "words": row.what,
                "due": _day(row.on),
            },
        )


def _notes(user: User, days: dict[int, date]) -> Iterator[Case]:
    """Notes of mine in which something found still waits for a yes or a no."""
    waiting = Finding.objects.filter(conversation=OuterRef("pk"), state=Finding.State.OFFERED)
    rows = Conversation.objects.filter(Exists(waiting), by=user, initiative__in=days)
    for row in rows.select_related("initiative")[:MOST_CASES]:
        yield Case(
            about="notes",
            key=row.pk,
            today=days[row.initiative_id],
            since=row.held_on,
            words={**_nobody(row.initiative), "since": _day(row.held_on)},
        )


def _day(day: date) -> str:
    return date_format(day, "j M")


def _initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def _person_words(row: Participation) -> dict[str, str]:
    return {
        "name": row.person.first_name,
        "whole_name": row.person.name,
        "title": row.initiative.title,
        "initiative": str(row.initiative_id),
        "participation": str(row.pk),
    }


def _nobody(initiative: Initiative) -> dict[str, str]:
    return {
        "name": _("somebody"),
        "title": initiative.title,
        "initiative": str(initiative.pk),
        "participation": "",
    }


def _in_words(step: Step) -> Proposed:
    words = step.case.words
    participation = words["participation"]
    return Proposed(
        key=step.key,
        about=step.case.about,
        number=step.case.key,
        rule=step.rule.name,
        practice=step.rule.practice,
        section=step.rule.section,
        title=_(step.rule.title).format(**words),
        reason=_(step.rule.reason).format(**words),
        tag=_(step.rule.tag).format(**words) if step.rule.tag else "",
        minutes=step.rule.minutes,
        initiative_id=int(words["initiative"]),
        participation_id=int(participation) if participation else None,
        initials=_initials(words.get("whole_name") or words["name"]),
    )


def step_with(participation: Participation, *, at: datetime) -> Proposed | None:
    """The next step with one person: of the steps of their lead, the first that is about them."""
    steps = steps_for(participation.held_by, at=at)
    return next((one for one in steps if one.participation_id == participation.pk), None)


def steps_about(rows: Mapping[str, Iterable[int]]) -> list[str]:
    """The key of every step there can be about these rows, named as the table of steps does."""
    return [f"{rule.name}:{rule.about}:{pk}" for rule in RULES for pk in rows.get(rule.about, ())]


def chosen_about(rows: Mapping[str, Iterable[int]]) -> list[Chosen]:
    """What leaders chose about these rows and why: it is written about somebody, so shown."""
    chosen = Chosen.objects.filter(step__in=steps_about(rows)).exclude(reason="")
    return list(chosen.select_related("user").order_by("at", "pk"))


CASES: dict[str, tuple[type[Model], str]] = {
    "promise": (Promise, "participation__initiative_id"),
    "question": (Question, "initiative_id"),
    "referral": (Referral, "initiative_id"),
    "person": (Participation, "initiative_id"),
    "commission": (Initiative, "pk"),
    "run_up": (RunUpStep, "initiative_id"),
    "notes": (Conversation, "initiative_id"),
}


def initiative_of(key: str) -> int | None:
    """The initiative a step is about, read from its key."""
    about, _colon, number = key.partition(":")[2].partition(":")
    if about not in CASES or not number.isdecimal():
        return None
    model, column = CASES[about]
    rows = model._default_manager.filter(pk=int(number))
    return rows.values_list(column, flat=True).first()
