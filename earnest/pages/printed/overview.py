"""What is printed of the overview, in words and numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative
from earnest.pages.charts import said_and_done as charts
from earnest.pages.printed.setting import set_by
from earnest.pages.queries.overview import (
    MeasureShown,
    Milestone,
    NeedShown,
    Overview,
    Owed,
    Share,
    TeamRow,
)
from earnest.pages.queries.overview.marks import ONE_BY_ONE, Counted
from earnest.plans.queries.kept import Cut, cut_kept
from earnest.plans.queries.measures import number

type Data = dict[str, Any]


def as_pdf(initiative: Initiative, page: Overview, *, today: date) -> bytes:
    """One sheet, or two where there is much."""
    return set_by("overview", data_of(initiative, page, today=today))


def as_picture(initiative: Initiative, page: Overview, *, today: date) -> bytes:
    """The same on one sheet as long as it needs to be."""
    return set_by("overview", data_of(initiative, page, today=today), shape="picture")


def data_of(initiative: Initiative, page: Overview, *, today: date) -> Data:
    """Everything typst is told. What is for the leads alone is left out: paper is handed on."""
    cut = _cut(initiative, page)
    over, now = page.over_time, page.over_time.now
    said, did = charts.now_in_words(now)
    return {
        "title": initiative.title,
        "target": _("Target: %s") % initiative.target,
        "lang": (get_language() or "en").split("-")[0],
        "as_of": _("As of %(day)s · %(n)s people")
        % {"day": _day(today), "n": charts.counted(now.people)},
        "words": _words(),
        "steps": charts.steps_of(over),
        "first_week": _day(over.weeks[0].begins),
        "last_week": _("week of %s") % _day(now.begins),
        "chart_words": charts.in_words(over),
        "said": said,
        "did": did,
        "owed": _owed(page.owed),
        "totals": [_counted(one) for one in over.totals],
        "teams": [_team(one) for one in page.teams.rows],
        "more_teams": _more_teams(page),
        "needs": [_need(one, cut) for one in page.needs],
        "no_needs": _("No need was given a name that others may read yet."),
        "measures": [_measure(one) for one in page.measures],
        "no_measures": _("Nothing was read yet."),
        **_around(page, cut),
        "story": [_told(one, cut) for one in page.story.told],
        "means": _means(),
    }


def _words() -> dict[str, str]:
    return {
        "said_and_done": _("Said and done"),
        "owed": _("What we owe"),
        "where": _("Where everyone stands"),
        "team": _("Team"),
        "marks": _("Person by person; counted where a team is large"),
        "size": _("Size"),
        "needs": _("What they need"),
        "measures": _("How we see that it works"),
        "early": _("The early test"),
        "backing": _("Backing from above"),
        "story": _("The story so far"),
    }


def _cut(initiative: Initiative, page: Overview) -> Cut:
    """Takes out words that somebody said and did not pass on, wherever they were copied."""
    texts = [one.words for one in page.story.told]
    texts += [title for need in page.needs for _pk, title in need.parts]
    large = page.numbers.early.large
    return cut_kept(initiative, [*texts, large.words if large else ""])


def _day(day: date) -> str:
    return date_format(day, "j M Y")


def _counted(one: Counted) -> Data:
    return {"kind": one.kind, "n": charts.counted(one.n), "words": one.words}


def _team(row: TeamRow) -> Data:
    return {
        "name": row.name,
        "kinds": [{"kind": one.kind, "n": one.n} for one in row.counted],
        "one_by_one": row.size <= ONE_BY_ONE,
        "size": charts.counted(row.size),
    }


def _more_teams(page: Overview) -> str:
    """Those on no row of the sheet, together."""
    left = page.over_time.now.people - sum(one.size for one in page.teams.rows)
    if page.teams.next_after is None or left <= 0:
        return ""
    return _("and %s people in further teams") % charts.counted(left)


def _owed(owed: Owed) -> list[Data]:
    """The four meters, each with what it counts; without a bar where there is nothing yet."""
    late = ngettext("%d is late and open.", "%d are late and open.", owed.promises_late)
    waits = owed.oldest_days or 0
    oldest = ngettext(
        "The oldest open one waits %d day.", "The oldest open one waits %d days.", waits
    )
    return [
        _meter(
            _("Promises kept"),
            _of(owed.promises.n, owed.promises.all),
            owed.promises.per_cent if owed.promises.all else None,
            _("Of ours that were due.")
            + (f" {late % owed.promises_late}" if owed.promises_late else ""),
        ),
        _meter(
            _("Inputs answered"),
            _of(owed.inputs.n, owed.inputs.all),
            owed.inputs.per_cent if owed.inputs.all else None,
            oldest % waits if owed.oldest_days is not None else "",
        ),
        _meter(
            _("Days to an answer"),
            "–" if owed.median_days is None else charts.counted(owed.median_days),
            None if owed.median_days is None else owed.days_share,
            _("Half of the answers came within so many days; the bar is full at 14."),
            calls=True,
        ),
        _heard_first(owed.heard_first),
    ]


def _heard_first(heard: Share) -> Data:
    label = _("Heard before asked")
    if not heard.all:
        return _meter(label, "–", None, _("Nobody was asked for a green light, backing or an act."))
    note = _("Of %(all)s asked for a green light, backing or an act, %(n)s had been heard before.")
    said = {"all": charts.counted(heard.all), "n": charts.counted(heard.n)}
    return _meter(label, f"{heard.per_cent} %", heard.per_cent, note % said)


def _meter(label: str, value: str, share: int | None, note: str, *, calls: bool = False) -> Data:
    return {"label": label, "number": value, "share": share, "note": note, "calls": calls}


def _of(n: int, whole: int) -> str:
    return f"{charts.counted(n)} / {charts.counted(whole)}" if whole else "–"


def _need(need: NeedShown, cut: Cut) -> Data:
    people = ngettext("%d person", "%d people", need.people) % need.people
    parts = ", ".join(cut(title) for _pk, title in need.parts)
    answer = _("answered by %s") % parts if parts else _("no part of the plan answers it")
    return {"words": need.words, "note": f"{people} · {answer}"}


def _measure(one: MeasureShown) -> Data:
    course, unit = one.course, f" {one.measure.unit}" if one.measure.unit else ""
    aim = one.measure.target
    said = _day(course.on) if course.on else ""
    if aim is not None:
        said += " · " + _("to be %s") % f"{number(aim)}{unit}"
    return {
        "name": one.measure.name,
        "value": f"{number(course.value)}{unit}" if course.value is not None else "–",
        "note": said,
        "share": course.share,
    }


def _around(page: Overview, cut: Cut) -> Data:
    """The small asks beside the large one, and backing, apart."""
    early = page.numbers.early
    met = _("%(n)s of %(all)s small asks met.") % {
        "n": charts.counted(early.met),
        "all": charts.counted(early.due),
    }
    large = _("The large ask behind them: %s") % cut(early.large.words) if early.large else ""
    backing = page.story.backing[:3]
    return {
        "early": met if early.due else _("No small ask is due for its answer yet."),
        "large": large,
        "backing": [{"words": cut(one.words), "on": _day(one.on)} for one in backing],
        "backing_note": _("Noted apart: it is not counted as everyone's.")
        if backing
        else _("None is noted."),
    }


def _told(one: Milestone, cut: Cut) -> Data:
    return {"on": _day(one.on), "words": milestone_in_words(one, cut)}


def milestone_in_words(one: Milestone, cut: Cut) -> str:
    """One milestone as a sentence."""
    words = cut(one.words)
    if one.sort == "deed" and one.number == 1:
        return _("The first of them did it")
    sentences = {
        "begun": _("It began, with a target"),
        "talk": _("The first talk"),
        "stage": _("Reached: %(words)s"),
        "version": _("Version %(n)s of the plan: %(words)s"),
        "check_in": _("A check-in closed, and was answered: %(words)s"),
        "more_time": _("More time taken: %(words)s"),
        "backing": _("Backing from above: %(words)s"),
        "deed": _("%(n)s of them did it"),
        "launch": _("Launch"),
    }
    return sentences[one.sort] % {"words": words, "n": charts.counted(one.number)}


def _means() -> list[str]:
    """What the figures mean, on the sheet itself."""
    return [
        _("Said and done: at least once, whatever came after, of everyone on it by then; who was "
          "erased stays as a count. A yes explains little of what is done later (28 % over 422 "
          "studies, Sheeran 2002; correlational), so the two are never one number."),
        _("Marks are hollow for a word and solid for a deed. No chance yet means that their work "
          "gave no occasion; it says nothing about their will."),
        _("For those who lead it. Marks of a small team can be told apart, so whoever else looks on "
          "has a page of its own, in groups. Never used for appraisal."),
    ]  # fmt: skip


def in_words(initiative: Initiative, page: Overview) -> str:
    """The picture, told: what stands in place of it for who does not see it."""
    marks = ", ".join(f"{one.words} {charts.counted(one.n)}" for one in page.over_time.totals)
    owed = ", ".join(f"{one['label']} {one['number']}" for one in _owed(page.owed))
    return " ".join(
        [
            f"{initiative.title}.",
            charts.in_words(page.over_time),
            _("Where everyone stands: %s.") % marks,
            _("What we owe: %s.") % owed,
        ]
    )
