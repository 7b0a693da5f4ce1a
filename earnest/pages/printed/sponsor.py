"""The sponsor's page on paper: the same figures, in words."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.pages.printed.setting import set_by
from earnest.pages.queries.sponsor import MeasureShown, NeedShown, Owed, SponsorPage, Step
from earnest.plans.charts import in_words
from earnest.standing.queries import GroupShown, Shown


def sponsor_pdf(page: SponsorPage) -> bytes:
    """The same figures as on the page; nothing in it is read as markup."""
    return set_by("sponsor", _told(page))


def _told(page: SponsorPage) -> dict[str, Any]:
    plan = page.plan
    return {
        "title": page.initiative.title,
        "target": page.initiative.target,
        "said": _(
            "What a sponsor sees, and leads see the same here: groups, never one person. "
            "What people say stays with those who asked them."
        ),
        "headings": {
            "groups": _("Said and done, in groups"),
            "owed": _("What we owe"),
            "measures": _("Measures"),
            "needs": _("What people need"),
            "path": _("The path"),
            "backing": _("Backing from above"),
            "plan": _("What changed in the plan"),
        },
        "columns": [_("Group"), _("Said yes at least once"), _("Did it at least once")],
        "groups": [_group(one) for one in page.groups.groups],
        "nothing": _("Nothing to show yet."),
        "owed": _owed(page.owed),
        "measures": [_measure(one) for one in page.measures],
        "needs": [_need(one) for one in page.needs],
        "path": [_step(one) for one in page.stages],
        "backing": [f"{one.name}: {one.words}" for one in page.backings],
        "plan": [plan.version.summary, *(f"{one.title}. {one.words}" for one in plan.changes)]
        if plan
        else [],
    }


def _group(one: GroupShown) -> list[str]:
    return [one.name, _figure(one.said), _figure(one.did)]


def _figure(shown: Shown | None) -> str:
    if shown is None:
        return _("not shown yet")
    day = date_format(localtime(shown.at), "j M Y")
    return _("%(n)d of %(all)d, on %(day)s") % {"n": shown.count, "all": shown.people, "day": day}


def _owed(owed: Owed) -> list[str]:
    told = []
    if owed.promises_shown:
        told.append(_("Promises kept: %(n)d of %(all)d") % {"n": owed.kept, "all": owed.settled})
    if owed.inputs_shown:
        told.append(
            _("Inputs answered: %(n)d of %(all)d") % {"n": owed.answered, "all": owed.inputs}
        )
        if owed.days is not None:
            told.append(_("Days to an answer, of half of them at most: %d") % owed.days)
    return told


def _measure(one: MeasureShown) -> str:
    course = one.course
    if course.on is None or course.value is None:
        return f"{course.measure.name}: {_('not read yet')}"
    return in_words(course.measure, [(course.on, course.value)])


def _need(one: NeedShown) -> str:
    answered = _("a part of the plan answers it")
    return f"{one.words}: {answered if one.answered else _('no part of the plan answers it')}"


def _step(one: Step) -> str:
    if one.on is None:
        return one.name
    return _("%(stage)s, reached %(day)s") % {
        "stage": one.name,
        "day": date_format(one.on, "j M Y"),
    }
