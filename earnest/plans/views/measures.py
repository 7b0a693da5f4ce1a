"""Measures: a list, one with its chart, and readings by hand, from a sheet, and to take along (2.20)."""

from __future__ import annotations

import csv
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING, Initiative, Measure
from earnest.people.imports.problems import harmless
from earnest.plans import access, actions, charts, queries
from earnest.plans.forms.cells import written
from earnest.plans.forms.measures import MeasureForm, ReadingForm, ReadingsForm, shown

SHOWN = 100  # readings in the table; the file has them all


@require_safe
@login_required
def measures(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_initiative(request.user, initiative_pk)
    context = {
        "initiative": found,
        "courses": queries.courses_of(found),
        "leads": _leads(request, found),
        "here": "plan",
    }
    return render(request, "plans/measures.html", context)


@login_required
def new_measure(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    form = MeasureForm(request.POST or None)
    if form.is_valid():
        made = actions.add_measure(found, form.draft, by=request.user, at=timezone.now())
        return redirect("plans:measure", made.pk)
    return _form(request, found, form)


@login_required
def measure_about(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_measure_to_change(request.user, pk)
    form = MeasureForm(request.POST or None, instance=found)
    if form.is_valid():
        actions.change_measure(found, form.changes, by=request.user, at=timezone.now())
        return redirect("plans:measure", found.pk)
    return _form(request, found.initiative, form)


@require_safe
@login_required
def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, access.get_measure(request.user, pk))


@require_POST
@login_required
def reading_added(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_measure_to_change(request.user, pk)
    form = ReadingForm(request.POST, today=_today(found))
    if not form.is_valid():
        return _page(request, found, form)
    new = actions.add_readings(found, [form.draft], by=request.user, at=timezone.now())
    if not new:
        messages.info(request, _("This reading was there already."))
    return redirect("plans:measure", found.pk)


@login_required
def readings_imported(request: SignedInRequest, pk: int) -> HttpResponse:
    """Many at once: all of them, or none and the reason why, line by line."""
    found = access.get_measure_to_change(request.user, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReadingsForm(*posted, today=_today(found))
    if form.is_valid():
        good = form.read.good
        new = actions.add_readings(found, good, by=request.user, at=timezone.now())
        messages.success(request, _taken(new, len(good) - new))
        return redirect("plans:measure", found.pk)
    context = {"initiative": found.initiative, "measure": found, "form": form, "here": "plan"}
    status = 400 if form.errors else 200
    return render(request, "plans/readings_imported.html", context, status=status)


def _taken(new: int, known: int) -> str:
    said = ngettext("%d reading taken.", "%d readings taken.", new) % new
    there = ngettext("%d was there already.", "%d were there already.", known) % known
    return f"{said} {there}" if known else said


@login_required
def reading_corrected(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new row names the old one; or the old one is taken back."""
    found = access.get_reading(request.user, pk)
    today = _today(found.measure)
    form = ReadingForm(request.POST or None, today=today, reading=found)
    takes_back = "taken_back" in request.POST
    if takes_back or form.is_valid():
        draft = None if takes_back else form.draft
        try:
            actions.correct_reading(found, draft, by=request.user, at=timezone.now())
        except actions.AlreadyCorrected:
            messages.info(request, _("It was corrected before. Here is how it stands."))
        return redirect("plans:measure", found.measure_id)
    measure = found.measure
    context = {"initiative": measure.initiative, "measure": measure, "reading": found, "form": form}
    status = 400 if form.errors else 200
    return render(
        request, "plans/reading_corrected.html", {**context, "here": "plan"}, status=status
    )


@require_safe
@login_required
def readings_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every reading that holds, as CSV: as it can be read in again."""
    found = access.get_measure(request.user, pk)
    name = slugify(found.name) or "readings"
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response)
    sheet.writerow([_("day"), _("value"), _("source")])
    for one in queries.readings_of(found):
        value = written(shown(one.value)) if one.value is not None else ""
        sheet.writerow([one.on.isoformat(), value, harmless(one.source)])
    return response


@require_POST
@login_required
def measure_followed(request: SignedInRequest, pk: int, *, on: bool) -> HttpResponse:
    found = access.get_measure_to_change(request.user, pk)
    actions.follow_measure(found, on=on, by=request.user, at=timezone.now())
    return redirect("plans:measure", found.pk)


def _page(
    request: SignedInRequest, found: Measure, wrong: ReadingForm | None = None
) -> HttpResponse:
    rows = queries.readings_of(found)
    context = {
        "initiative": found.initiative,
        "measure": found,
        "picture": charts.picture_of(found, rows),
        "readings": rows[::-1][:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "leads": _leads(request, found.initiative),
        "form": wrong or ReadingForm(today=_today(found)),
        "here": "plan",
    }
    return render(request, "plans/measure.html", context, status=400 if wrong else 200)


def _form(request: SignedInRequest, initiative: Initiative, form: MeasureForm) -> HttpResponse:
    context = {"initiative": initiative, "form": form, "here": "plan"}
    return render(request, "plans/measure_form.html", context, status=400 if form.errors else 200)


def _leads(request: SignedInRequest, initiative: Initiative) -> bool:
    return initiatives.role_on(request.user, initiative) in LEADING


def _today(measure: Measure) -> date:
    return measure.initiative.workspace.day(timezone.now())
