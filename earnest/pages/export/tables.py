"""Figures and what was answered, as CSV: of people no more than whoever does not lead may read."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from earnest.checkins import queries as checkins
from earnest.initiatives.models import Initiative, Reading
from earnest.listening import queries as listening
from earnest.listening.models import Quote
from earnest.listening.queries.quotes import PassedOn
from earnest.pages.export.people import quotes_of_stopped
from earnest.pages.export.writing import File, Rows, table
from earnest.pages.queries.sponsor import SETTLED_FROM
from earnest.pilots.models import Pilot, PilotMeasure, PilotReading
from earnest.pilots.queries import COUNTS_ENOUGH, began_on, large_comparisons, last_day
from earnest.plans.models import Reply
from earnest.plans.queries.kept import cut_kept
from earnest.plans.queries.measures import courses_of, standing_readings
from earnest.promises.models import Promise

AT_ONCE = 500
MOST = 10_000_000


def files_of(initiative: Initiative, with_people: bool) -> Iterator[File]:
    yield File(
        "measures.csv",
        _("by what one sees whether it works"),
        table(
            ("measure", "unit", "direction", "began", "target", "now", "on"), _measures(initiative)
        ),
    )
    yield File(
        "readings.csv",
        _("each measure as it was read"),
        table(("measure", "on", "value", "source"), _readings(initiative)),
    )
    yield File(
        "pilots.csv",
        _("pilots: which part, from when to when, and what would make us stop"),
        table(
            ("part", "what", "first_day", "last_day", "state", "stop_if", "why"),
            _pilots(initiative, with_people=with_people),
        ),
    )
    yield File(
        "pilot_readings.csv",
        _("what was read of each pilot and beside it, and what it says"),
        table(
            ("part", "measure", "group", "on", "value", "of", "source"),
            _pilot_readings(initiative, with_people=with_people),
        ),
    )
    yield File(
        "check_ins.csv",
        _("check-ins, as far as they were published"),
        table(("closed", "by_name", "condition", "answer", "people"), _check_ins(initiative)),
    )
    yield File(
        "promises.csv",
        _("how our promises went, in numbers"),
        table(("side", "kept", "late", "not_done"), _tallies(initiative, with_people=with_people)),
    )
    if not with_people:
        yield from _for_others(initiative)


def _for_others(initiative: Initiative) -> Iterator[File]:
    yield File(
        "needs.csv",
        _("what five people or more need"),
        table(("need",), _needs(initiative)),
    )
    yield File(
        "quotes.csv",
        _("what people said, as they passed it on"),
        table(("words", "name", "day"), _quotes(initiative)),
    )
    yield File(
        "inputs_and_replies.csv",
        _("what became of what was asked for, where it was passed on or five people need it"),
        table(("asked_for", "outcome", "reply"), _replies(initiative)),
    )


def _measures(initiative: Initiative) -> Rows:
    for one in courses_of(initiative):
        it = one.measure
        yield (it.name, it.unit, it.direction, it.baseline, it.target, one.now, one.on)


def _readings(initiative: Initiative) -> Rows:
    rows = standing_readings(Reading.objects.filter(measure__initiative=initiative))
    rows = rows.order_by("measure", "on", "pk")
    yield from rows.values_list("measure__name", "on", "value", "source").iterator(AT_ONCE)


def _pilots(initiative: Initiative, *, with_people: bool) -> Rows:
    """Our own words, cut where they hold somebody's for the leads alone."""
    rows = list(initiative.pilots.order_by("starts_on", "pk"))
    texts = [text for one in rows for text in (one.part, one.what, one.stop_if, one.why)]
    cut = str if with_people else cut_kept(initiative, texts)
    for one in rows:
        days = (began_on(one), last_day(one))
        yield (cut(one.part), cut(one.what), *days, one.state, cut(one.stop_if), cut(one.why))


def _pilot_readings(initiative: Initiative, *, with_people: bool) -> Rows:
    """Without people, of parts and comparisons with five people and more, as on their pages."""
    rows = PilotReading.objects.standing().filter(measure__pilot__initiative=initiative)
    if not with_people:
        rows = rows.filter(COUNTS_ENOUGH, measure__pilot__in=Pilot.objects.for_all())
        compared = PilotMeasure.objects.filter(pilot__initiative=initiative)
        large = large_comparisons(list(compared.select_related("pilot__initiative__workspace")))
        rows = rows.filter(Q(group=PilotReading.Group.PILOT) | Q(measure__in=large))
    columns = ("measure__pilot__part", "measure__name", "group", "on", "value", "of", "note")
    rows = rows.order_by("measure", "on", "pk")
    typed = rows.values_list("measure__pilot__part", "measure__name", "note").order_by().distinct()
    texts = () if with_people else (text for row in typed.iterator(AT_ONCE) for text in row)
    cut = str if with_people else cut_kept(initiative, texts)
    for part, name, *figures, note in rows.values_list(*columns).iterator(AT_ONCE):
        yield (cut(part), cut(name), *figures, cut(note))


def _check_ins(initiative: Initiative) -> Rows:
    """One line for each answer of each condition: what was published, once, at the close."""
    rounds = initiative.checkins.filter(closed_at__isnull=False).order_by("closed_at")
    for one in rounds:
        day = initiative.workspace.day(one.closed_at) if one.closed_at else None
        for condition, figures in checkins.figures_of(one.results).items():
            for answer, people in enumerate(figures.counts, start=1):
                yield (day, not one.is_anonymous, condition, answer, people)


def _tallies(initiative: Initiative, *, with_people: bool) -> Rows:
    """Ours; without people as the sponsor's page has it: of few, one could tell to whom they were."""
    for one in initiative.tallies.filter(direction=Promise.Direction.OURS):
        if with_people or one.kept + one.missed >= SETTLED_FROM:
            yield (one.direction, one.kept, one.late, one.missed)


def _needs(initiative: Initiative) -> Rows:
    """In the order of the words, without numbers: from one day to another these tell of people."""
    for need in initiative.needs.order_by("words", "pk").iterator(AT_ONCE):
        if need.is_for_others:
            yield (need.words,)


def _passed_on(initiative: Initiative) -> dict[int, PassedOn]:
    """Through the one read for anyone but the leads; who stopped since is left out."""
    gone = quotes_of_stopped(initiative)
    found = listening.quotes_passed_on(initiative, most=MOST)
    return {one.pk: one for one in found if one.pk not in gone}


def _quotes(initiative: Initiative) -> Rows:
    for one in _passed_on(initiative).values():
        yield (one.words, one.name, one.said_on)


def _replies(initiative: Initiative) -> Rows:
    """Where words were passed on, or five people need it; an answer to other words would tell them.

    In the order of the words, without days: no order of days tells who spoke when.
    """
    passed = _passed_on(initiative)
    rows = Reply.objects.filter(initiative=initiative).select_related(
        "need", "input__participation__person"
    )
    rows = rows.exclude(input__erased_at__isnull=False)
    cut = cut_kept(initiative, rows.values_list("words", flat=True))
    for reply in rows.order_by("words", "pk").iterator(AT_ONCE):
        words = _answered(reply, passed)
        if words:
            yield (words, reply.get_outcome_display(), cut(reply.words))


def _answered(reply: Reply, passed: dict[int, PassedOn]) -> str:
    """What was answered, as far as it may be read; empty where it may not."""
    if reply.need:
        return reply.need.words if reply.need.is_for_others else ""
    found = reply.input
    if found is None or (found.participation and found.participation.asked_to_stop):
        return ""
    if found.quote_id:
        return passed[found.quote_id].words if found.quote_id in passed else ""
    return found.words if found.passed_on != Quote.PassedOn.LEADS_ONLY else ""
