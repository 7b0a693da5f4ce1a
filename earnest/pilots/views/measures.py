"""What is measured of a pilot: by hand, from a sheet, corrected, and to take along (1.11)."""

from __future__ import annotations

import csv
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING
from earnest.people.imports.problems import harmless
from earnest.pilots import access, actions, queries
from earnest.pilots.forms import PilotMeasureForm, PilotReadingForm, PilotReadingsForm
from earnest.pilots.forms.measures import OTHER_FIGURES
from earnest.pilots.models import Pilot, PilotMeasure, PilotReading
from earnest.pilots.views.running import show_pilot
from earnest.plans.forms.cells import written

_MEASURED_ALREADY = gettext_lazy(
    "This is measured already. Give it another name, or change that one."
)


@login_required
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_pilot_to_lead(request.user, pk)
    form = PilotMeasureForm(request.POST or None, instance=PilotMeasure(pilot=found))
    if form.is_valid():
        try:
            actions.add_measure(found, form.draft, by=request.user, at=now())
        except actions.MeasuredAlready:
            form.add_error("name", _MEASURED_ALREADY)
        else:
            return redirect("pilots:pilot", found.pk)
    return _form(request, found, form)


@login_required
def about(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_measure(request.user, pk)
    form = PilotMeasureForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            actions.change_measure(found, form.changes, by=request.user, at=now())
        except actions.MeasuredAlready:
            form.add_error("name", _MEASURED_ALREADY)
        except actions.ReadAlready:
            form.add_error("counts", OTHER_FIGURES)
        except actions.PilotOver:
            messages.info(request, _("It is over, and stays as it was."))
            return redirect("pilots:pilot", found.pilot_id)
        else:
            return redirect("pilots:pilot", found.pilot_id)
    return _form(request, found.pilot, form)


def _form(request: SignedInRequest, pilot: Pilot, form: PilotMeasureForm) -> HttpResponse:
    context = {"initiative": pilot.initiative, "pilot": pilot, "form": form, "here": "pilots"}
    return render(request, "pilots/measure_form.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def reading_added(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_measure(request.user, pk)
    form = PilotReadingForm(request.POST, measure=found, today=_today(found))
    if not form.is_valid():
        return show_pilot(request, found.pilot, wrong=form, status=400)
    taken = actions.add_readings(found, [form.draft], by=request.user, at=now())
    messages.info(request, told(taken))
    return redirect("pilots:pilot", found.pilot_id)


@login_required
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Many at once: all of them, or none and the reason why, line by line."""
    found = access.get_measure(request.user, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PilotReadingsForm(*posted, measure=found, today=_today(found))
    if form.is_valid():
        taken = actions.add_readings(
            found,
            form.read.good,
            by=request.user,
            at=now(),
            source=PilotReading.Source.FILE,
        )
        messages.success(request, told(taken))
        return redirect("pilots:pilot", found.pilot_id)
    context = {
        "initiative": found.pilot.initiative,
        "pilot": found.pilot,
        "measure": found,
        "form": form,
        "here": "pilots",
    }
    return render(request, "pilots/sheet.html", context, status=400 if form.errors else 200)


def told(taken: actions.Taken) -> str:
    """What became of readings that came together."""
    said = [ngettext("%d reading taken.", "%d readings taken.", taken.new) % taken.new]
    if taken.corrected:
        words = ngettext("%d corrected an older one.", "%d corrected older ones.", taken.corrected)
        said.append(words % taken.corrected)
    if taken.known:
        words = ngettext("%d was there already.", "%d were there already.", taken.known)
        said.append(words % taken.known)
    return " ".join(said)


@login_required
def corrected(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new row names the old one; or the old one is taken back."""
    found = access.get_reading(request.user, pk)
    measure = found.measure
    form = PilotReadingForm(
        request.POST or None, measure=measure, today=_today(measure), reading=found
    )
    takes_back = "taken_back" in request.POST
    if takes_back or form.is_valid():
        draft = None if takes_back else form.draft
        try:
            actions.correct_reading(found, draft, by=request.user, at=now())
        except actions.AlreadyCorrected:
            messages.info(request, _("It was corrected before. Here is how it stands."))
        return redirect("pilots:pilot", measure.pilot_id)
    context = {
        "initiative": measure.pilot.initiative,
        "pilot": measure.pilot,
        "measure": measure,
        "reading": found,
        "form": form,
        "here": "pilots",
    }
    status = 400 if form.errors else 200
    return render(request, "pilots/reading_corrected.html", context, status=status)


@require_safe
@login_required
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every reading that holds and may be read, as CSV: as it can be read in again, and by ``earnest effect``."""
    found = access.get_measure_to_read(request.user, pk)
    (told,) = queries.measured_of([found])
    if initiatives.role_on(request.user, found.pilot.initiative) not in LEADING:
        (told,) = queries.cut_measured(found.pilot.initiative, [told])
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = slugify(found.name)[:60] or "readings"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    rows = csv.writer(response)
    counted = any(one.of for one in told.readings)
    rows.writerow(["group", "at", "value", *(["of"] if counted else []), "source"])
    for one in told.readings:
        value, of = written(queries.shown(one.value)), [one.of or ""] if counted else []
        rows.writerow([one.group, one.on.isoformat(), value, *of, harmless(one.note)])
    return response


def _today(measure: PilotMeasure) -> date:
    return measure.pilot.initiative.workspace.day(now())
