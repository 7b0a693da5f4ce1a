"""What changed since the last progress mail, drafted from the record (3.10, 3.13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.checkins.models import Round
from earnest.initiatives.models import (
    Initiative,
    Measure,
    Reading,
)
from earnest.people.models import Team
from earnest.plans.models.inputs import Outcome
from earnest.plans.queries.measures import number, standing_readings
from earnest.promises.models import Promise, PromiseEvent
from earnest.rhythm.models import AudienceKind, ProgressMail

EARLIER, NEXT_STEPS = 10, 3


@dataclass(frozen=True, slots=True)
class Drafted:
    """What there is to say: since when, what changed and what comes, a line each."""

    number: int
    since: datetime
    changed: list[str]
    coming: list[str]
    earlier: list[ProgressMail]


def drafted(initiative: Initiative, *, at: datetime) -> Drafted:
    """Out of the record since everyone was told last, or since it began. Nine queries, one more
    where the last ten mails all went to some of them."""
    earlier = list(initiative.progress_mails.select_related("team")[:EARLIER])
    last = next((one for one in earlier if one.kind == AudienceKind.EVERYONE), None)
    if last is None and len(earlier) == EARLIER:
        last = told_before(initiative, AudienceKind.EVERYONE, None)
    since = last.made_at if last else initiative.made_at
    stages, day = list(initiative.stages.all()), initiative.workspace.day(since)
    reached = [one for one in stages if one.reached_on and one.reached_on >= day]
    changed = [
        *_versions(initiative, since),
        *_answers(initiative, since),
        *_counted(initiative, since),
        *(_("Reached: %(stage)s.") % {"stage": one.name} for one in reached),
        *_measures(initiative, since),
        *_more_time(initiative, since),
    ]
    ahead = next((one for one in stages if one.reached_on is None), None)
    coming = _coming(initiative, initiative.workspace.day(at))
    if ahead:
        coming.append(_stage_ahead(ahead.name, ahead.must_be_true))
    number = earlier[0].number + 1 if earlier else 1
    return Drafted(number, since, changed, coming, earlier)


def told_before(initiative: Initiative, kind: str, team: Team | None) -> ProgressMail | None:
    """The last mail that all of these got: what went to others has told them nothing."""
    theirs = Q(kind=AudienceKind.EVERYONE) | Q(kind=kind, team=team)
    return initiative.progress_mails.filter(theirs).first()


def _versions(initiative: Initiative, since: datetime) -> list[str]:
    rows = initiative.versions.filter(published_at__gt=since).order_by("number")
    return [
        _("Version %(number)d of the plan: %(new)s") % {"number": number, "new": summary}
        for number, summary in rows.values_list("number", "summary")
    ]


def _answers(initiative: Initiative, since: datetime) -> list[str]:
    """How many answers, and what became of it, in numbers alone."""
    rows = initiative.replies.filter(at__gt=since).order_by().values("outcome")
    counts = {one["outcome"]: one["n"] for one in rows.annotate(n=Count("pk"))}
    if not counts:
        return []
    outcomes = [f"{counts[value]} {label}" for value, label in Outcome.choices if value in counts]
    said = ngettext(
        "One answer to what you proposed or need: %(which)s.",
        "%(n)d answers to what you proposed or need: %(which)s.",
        sum(counts.values()),
    )
    return [said % {"n": sum(counts.values()), "which": ", ".join(outcomes)}]


def _counted(initiative: Initiative, since: datetime) -> list[str]:
    """Our promises and the check-in answered: counts, in one query."""
    ours = Promise.objects.ours().filter(initiative=OuterRef("pk"))
    settled = ours.filter(state_at__gt=since)
    # With nought added, so that what was moved since is walked, not every promise there ever was.
    moved = PromiseEvent.objects.alias(where=F("promise__initiative") + 0).filter(
        where=OuterRef("pk"),
        promise__direction=Promise.Direction.OURS,
        kind=PromiseEvent.Kind.MOVED,
        at__gt=since,
    )  # promise_moved_at
    answered = Round.objects.filter(initiative=OuterRef("pk"), answered_at__gt=since)
    n = (
        Initiative.objects.filter(pk=initiative.pk)
        .annotate(
            kept=_count(settled.filter(state=Promise.State.KEPT)),
            missed=_count(settled.filter(state=Promise.State.MISSED)),
            moved=_count(moved, of="promise"),
            answered=_count(answered),
        )
        .values("kept", "missed", "moved", "answered")
        .get()
    )
    return [*_promises(n["kept"], n["moved"], n["missed"]), *_check_in(n["answered"])]


def _count(rows: Any, *, of: str = "pk") -> Coalesce:
    one = rows.order_by().annotate(_all=Value(1)).values("_all")
    return Coalesce(Subquery(one.annotate(n=Count(of, distinct=True)).values("n")), 0)


def _promises(kept: int, moved: int, missed: int) -> list[str]:
    said = [
        ngettext("%d kept", "%d kept", kept) % kept if kept else "",
        ngettext("%d moved to a later day", "%d moved to later days", moved) % moved
        if moved
        else "",
        ngettext("%d not kept", "%d not kept", missed) % missed if missed else "",
    ]
    listed = ", ".join(one for one in said if one)
    return [_("What we promised: %(how)s.") % {"how": listed}] if listed else []


def _check_in(answered: int) -> list[str]:
    return [_("We answered what you said in the check-in.")] if answered else []


def _measures(initiative: Initiative, since: datetime) -> list[str]:
    """Measures that moved: as read now, and as read before."""
    readings = standing_readings(Reading.objects.filter(measure=OuterRef("pk")))
    last = readings.order_by("-on", "-pk")
    new = Reading.objects.filter(measure=OuterRef("pk"), at__gt=since)
    before = last.filter(at__lte=since)
    rows = (
        Measure.objects.filter(Exists(new), initiative=initiative, closed_at=None)
        .annotate(
            now=Subquery(last.values("value")[:1]),
            was=Coalesce(Subquery(before.values("value")[:1]), F("baseline")),
        )
        .exclude(now=F("was"))
    )
    return [_moved(one.name, one.unit, one.was, one.now) for one in rows if one.now is not None]


def _moved(name: str, unit: str, was: Decimal | None, now: Decimal) -> str:
    values = {
        "name": name,
        "was": number(was) if was is not None else "",
        "now": number(now),
        "unit": unit,
    }
    if was is None:
        return (_("%(name)s: %(now)s %(unit)s") % values).strip() + "."
    return (_("%(name)s: from %(was)s to %(now)s %(unit)s") % values).strip() + "."


def _more_time(initiative: Initiative, since: datetime) -> list[str]:
    rows = initiative.schedule_changes.filter(at__gt=since).order_by("at")
    return [
        _("We took more time: %(why)s") % {"why": cause}
        for cause in rows.values_list("cause", flat=True)
    ]


def _coming(initiative: Initiative, today: date) -> list[str]:
    steps = initiative.run_up.filter(done_at=None, on__gte=today)[:NEXT_STEPS]
    said = [f"{_day(one.on)}: {one.who}, {one.what}" for one in steps]
    days = (
        (initiative.decides_on, _("It is decided on %(day)s.")),
        (initiative.starts_on, _("The first day is %(day)s.")),
        (initiative.launches_on, _("The launch is on %(day)s.")),
    )
    return said + [words % {"day": _day(day)} for day, words in days if day and day >= today]


def _stage_ahead(name: str, must_be_true: str) -> str:
    if not must_be_true:
        return _("Next stage: %(stage)s.") % {"stage": name}
    return _("Next stage: %(stage)s. For that: %(true)s") % {"stage": name, "true": must_be_true}


def _day(day: date) -> str:
    return date_format(day, "l j F")
