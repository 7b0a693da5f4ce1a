"""Pilots: all of an initiative, one with what was read of it, and what its leads decide (1.11)."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING, AskedToStop, Initiative
from earnest.pilots import access, actions, queries
from earnest.pilots.charts import picture_of
from earnest.pilots.forms import ExtendForm, PersonForm, PilotForm, PilotReadingForm, WhyForm
from earnest.pilots.models import Pilot, PilotStep
from earnest.pilots.queries.cards import waiting_requests

Kind = PilotStep.Kind
DECIDES = {
    Kind.STOPPED: actions.stop_pilot,
    Kind.ENDED: actions.end_pilot,
    Kind.WENT_ON: actions.go_on,
}


@require_safe
@login_required
def pilots(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_initiative(request.user, initiative_pk)
    leads = initiatives.role_on(request.user, found) in LEADING
    there = queries.pilots_of(found)
    if not leads:
        measures = [one for pilot in there for one in pilot.measures.all()]
        queries.cut_typed(found, [*there, *measures])
    became = queries.became_of(there, leads=leads)
    context = {
        "initiative": found,
        "pilots": [
            (one, became.get(one.pk), queries.began_on(one), queries.last_day(one)) for one in there
        ],
        "asked_for_it": waiting_requests(found) if leads else [],
        "call": queries.call_on(found),
        "leads": leads,
        "today": _today(found),
        "here": "pilots",
    }
    return render(request, "pilots/pilots.html", context)


@require_safe
@login_required
def pilot(request: SignedInRequest, pk: int) -> HttpResponse:
    return show_pilot(request, access.get_pilot(request.user, pk))


def show_pilot(
    request: SignedInRequest,
    found: Pilot,
    *,
    wrong: PilotReadingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Did it help, beside what would make us stop; people and their words for leads alone."""
    initiative = found.initiative
    leads = initiatives.role_on(request.user, initiative) in LEADING
    shown = access.figures_are_shown(found, leads=leads)
    told = queries.measured(found) if shown else []
    steps = queries.steps_of(found)
    if not leads:
        told = queries.cut_measured(initiative, told, [found, *steps])
    began = queries.began_on(found)
    today = _today(initiative)
    forms = {
        one.measure.pk: PilotReadingForm(measure=one.measure, today=today, prefix=None)
        for one in told
        if leads
    }
    if wrong:
        forms[wrong.measure.pk] = wrong
    context = {
        "initiative": initiative,
        "pilot": found,
        "began": began,
        "until": queries.last_day(found),
        "measured": [
            (one, picture_of(one, began=began), forms.get(one.measure.pk)) for one in told
        ],
        "shown": shown,
        "leads": leads,
        "steps": steps,
        "today": today,
        "wrong": wrong.measure.pk if wrong else None,
        "here": "pilots",
    }
    if leads:
        context["people"] = list(queries.people_in(found))
        context["words"] = queries.words_about(found)
        context["person_form"] = PersonForm(pilot=found)
    return render(request, "pilots/pilot.html", context, status=status)


@login_required
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """A pilot with a part that said yes."""
    said = access.get_volunteer(request.user, pk)
    initiative = said.call.initiative
    form = PilotForm(
        request.POST or None,
        initiative=initiative,
        today=_today(initiative),
        what=said.call.what,
    )
    if form.is_valid():
        try:
            made = actions.plan_pilot(
                initiative,
                form.draft(said.part, said.team),
                volunteer=said,
                by=request.user,
                at=now(),
            )
        except actions.VolunteerSettled:
            messages.info(request, _("They have their answer, or took it back."))
            return redirect("pilots:call", said.call_id)
        messages.success(request, _("Now say by what one would see that it helps."))
        return redirect("pilots:new_measure", made.pk)
    context = {"initiative": initiative, "volunteer": said, "form": form, "here": "pilots"}
    return render(request, "pilots/pilot_form.html", context, status=400 if form.errors else 200)


@login_required
def about(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_pilot_to_lead(request.user, pk)
    initiative = found.initiative
    form = PilotForm(
        request.POST or None, initiative=initiative, today=_today(initiative), pilot=found
    )
    if form.is_valid():
        try:
            actions.change_pilot(found, form.changes, by=request.user, at=now())
        except actions.PilotOver:
            messages.info(request, _("It is over, and stays as it was."))
        except actions.OutOfOrder:
            said = _("Somebody moved the other day meanwhile: the last would lie before the first.")
            messages.info(request, said)
        return redirect("pilots:pilot", found.pk)
    context = {"initiative": initiative, "pilot": found, "form": form, "here": "pilots"}
    return render(request, "pilots/pilot_form.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def started(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_pilot_to_lead(request.user, pk)
    try:
        actions.start_pilot(found, by=request.user, at=now())
        messages.success(request, _("It runs. Everyone in it sees so on their own page."))
    except actions.NotYet as missing:
        messages.info(request, missing.sentence)
    except actions.PilotOver:
        messages.info(request, _("It was started, or is over. Here is how it stands."))
    return redirect("pilots:pilot", found.pk)


@login_required
def extended(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_pilot_to_lead(request.user, pk)
    form = ExtendForm(request.POST or None, pilot=found)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.extend_pilot(found, said["ends_on"], said["why"], by=request.user, at=now())
        except actions.PilotOver:
            messages.info(request, _("It is over, and stays as it was."))
        except actions.EndsLater:
            messages.info(request, _("It was extended meanwhile. Here is how it stands."))
        return redirect("pilots:pilot", found.pk)
    return _decide(request, found, form, Kind.EXTENDED)


@login_required
def decided(request: SignedInRequest, pk: int, kind: PilotStep.Kind) -> HttpResponse:
    """Stopped before its time, ended, or gone on though the line is crossed: each with its reason."""
    found = access.get_pilot_to_lead(request.user, pk)
    form = WhyForm(request.POST or None, initiative=found.initiative)
    if form.is_valid():
        try:
            DECIDES[kind](found, form.cleaned_data["why"], by=request.user, at=now())
        except actions.PilotOver:
            messages.info(request, _("It is over, and stays as it was."))
        return redirect("pilots:pilot", found.pk)
    return _decide(request, found, form, kind)


def _decide(
    request: SignedInRequest, found: Pilot, form: WhyForm, kind: PilotStep.Kind
) -> HttpResponse:
    context = {
        "initiative": found.initiative,
        "pilot": found,
        "form": form,
        "kind": kind,
        "here": "pilots",
    }
    return render(request, "pilots/decide.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def person_added(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_pilot_to_lead(request.user, pk)
    form = PersonForm(request.POST, pilot=found)
    if not form.is_valid():
        messages.info(request, _("Choose somebody who is on the initiative, and not in it yet."))
        return redirect("pilots:pilot", found.pk)
    try:
        actions.add_person(found, form.cleaned_data["who"], by=request.user, at=now())
    except (AskedToStop, actions.PilotOver):
        messages.info(request, _("Nothing was changed."))
    return redirect("pilots:pilot", found.pk)


@require_POST
@login_required
def person_removed(request: SignedInRequest, pk: int) -> HttpResponse:
    there = access.get_person_in(request.user, pk)
    actions.remove_person(there, by=request.user, at=now())
    return redirect("pilots:pilot", there.pilot_id)


def _today(initiative: Initiative) -> date:
    return initiative.workspace.day(now())
