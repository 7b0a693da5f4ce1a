"""The draft of a story, made of the record: what was reached, changed, kept, and what was not (3.18).

Our own record alone: people's words are asked for one by one and stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.initiatives.models import Initiative, Stage
from earnest.listening.models import Need
from earnest.plans.models import Answers, Change, Reply
from earnest.plans.models.inputs import Outcome
from earnest.plans.queries.connecting import ANSWERED
from earnest.plans.queries.kept import without_kept_words
from earnest.plans.queries.measures import Course, courses, followed, number
from earnest.plans.queries.stories import copied_words
from earnest.promises.models import Promise, Tally

MOST = 6  # lines of a sort: a draft is to be read and shortened, not a protocol


@dataclass(frozen=True, slots=True)
class Drafted:
    """A title, and both sides as lines."""

    title: str
    worked: str
    did_not: str


def draft_of(initiative: Initiative, stage: Stage | None) -> Drafted:
    """Ten queries, whatever there is. ``stage`` None: told at the end."""
    found = followed(courses(initiative.measures.all()))
    needs = _needs(initiative)
    tally = Tally.objects.filter(initiative=initiative, direction=Promise.Direction.OURS).first()
    good = [
        *_reached(initiative),
        *(line for one in found if _moved(one) for line in [_measured(one)]),
        *_kept(tally),
        *_answered(initiative),
        *_changed(initiative),
        *(_("A need that the plan answers: %s.") % one.words for one in needs if one.met),
    ]
    bad = [
        *(line for one in found if not _moved(one) and one.on for line in [_measured(one)]),
        *_more_time(initiative),
        *_missed(tally),
        *_waiting(initiative),
        *(
            _("A need that no part of the plan answers: %s.") % one.words
            for one in needs
            if not one.met
        ),
    ]
    name = stage.name if stage else _("At the end")
    own = _without_others(initiative, [*good, *bad])
    told = ["\n".join(line for line in lines if line in own) for lines in (good, bad)]
    return Drafted(f"{initiative.title}: {name}"[:160], *told)


def _without_others(initiative: Initiative, lines: list[str]) -> set[str]:
    """Lines that hold nobody's words: whose they are is asked for them."""
    copied = copied_words(initiative, lines)
    return {line for line in lines if without_kept_words(line, copied) == line}


def _reached(initiative: Initiative) -> Iterator[str]:
    for stage in initiative.stages.exclude(reached_on=None)[: MOST * 2]:
        day = date_format(stage.reached_on or "", "j M Y")
        yield _("%(stage)s: reached on %(day)s.") % {"stage": stage.name, "day": day}


def _moved(course: Course) -> bool:
    began, now = course.measure.baseline, course.value
    if began is None or now is None:
        return False
    return now > began if course.measure.direction == "up" else now < began


def _measured(course: Course) -> str:
    """From where to where, and where it should be."""
    one, unit = course.measure, f" {course.measure.unit}" if course.measure.unit else ""
    now = number(course.value) + unit if course.value is not None else ""
    said = _("%(name)s: now %(now)s") % {"name": one.name, "now": now}
    if one.baseline is not None:
        said = _("%(name)s: from %(began)s to %(now)s") % {
            "name": one.name,
            "began": number(one.baseline) + unit,
            "now": now,
        }
    return f"{said}{_to_be(one.target, unit)}."


def _to_be(target: Decimal | None, unit: str) -> str:
    return _(" (to be %s)") % (number(target) + unit) if target is not None else ""


def _kept(tally: Tally | None) -> Iterator[str]:
    if tally and tally.kept:
        told = {"kept": tally.kept, "all": tally.kept + tally.missed, "late": tally.late}
        yield _("Promises of ours: %(kept)s of %(all)s kept, %(late)s of them late.") % told


def _missed(tally: Tally | None) -> Iterator[str]:
    if tally and tally.missed:
        yield (
            ngettext(
                "%d promise of ours was not kept.",
                "%d promises of ours were not kept.",
                tally.missed,
            )
            % tally.missed
        )


def _answered(initiative: Initiative) -> Iterator[str]:
    """What became of what people asked for or proposed, counted by outcome."""
    rows = Reply.objects.filter(initiative=initiative).order_by("outcome").values_list("outcome")
    counts = list(rows.annotate(n=Count("pk")))
    if counts:
        kinds = dict(Outcome.choices)
        told = ", ".join(f"{kinds[outcome]} {n}" for outcome, n in counts)
        yield _("Answers to what was asked for or proposed: %s.") % told


def _waiting(initiative: Initiative) -> Iterator[str]:
    if initiative.inputs_open:
        yield (
            ngettext(
                "%d input still waits for an answer.",
                "%d inputs still wait for an answer.",
                initiative.inputs_open,
            )
            % initiative.inputs_open
        )


def _changed(initiative: Initiative) -> Iterator[str]:
    """What changed in the plan; through whom is theirs to say, for this very story."""
    rows = Change.objects.filter(version__initiative=initiative).select_related("version")
    for one in rows.order_by("-version__number", "pk")[:MOST]:
        told = {"number": one.version.number, "what": one.title, "kind": one.get_kind_display()}
        yield _("Version %(number)s of the plan, %(kind)s: %(what)s.") % told


def _more_time(initiative: Initiative) -> Iterator[str]:
    for one in initiative.schedule_changes.all()[:MOST]:
        day = date_format(localtime(one.at), "j M Y")
        yield _("On %(day)s we took more time: %(cause)s") % {"day": day, "cause": one.cause}


@dataclass(frozen=True, slots=True)
class _Need:
    words: str
    met: bool


def _needs(initiative: Initiative) -> list[_Need]:
    """Needs that others may read: of five people, by the name leads gave them."""
    parts = Answers.objects.filter(need=OuterRef("pk"), how__in=ANSWERED, part__dropped_at=None)
    rows = Need.objects.filter(initiative=initiative).exclude(called_at=None)
    there = rows.annotate(met=Exists(parts)).order_by("-people_count", "pk")[: MOST * 3]
    return [_Need(one.words, one.met) for one in there if one.is_for_others][:MOST]
