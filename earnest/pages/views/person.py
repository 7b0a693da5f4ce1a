"""The person page: what happened between us, dated, in order. They can read all of it."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access
from earnest.initiatives.models import AskedToStop, Participation
from earnest.pages.estimate import Estimate, estimate_of
from earnest.pages.forms import ReasonForm
from earnest.pages.record import Record, record_of
from earnest.rhythm import queries as rhythm
from earnest.rhythm.cases import Read
from earnest.rhythm.queries import Proposed
from earnest.standing import actions as standing


@login_required
def person(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    """Everything recorded, the next step, and what one can note."""
    at = now()
    found = access.get_participation_through_glass(request.user, pk, at=at)
    if found.initiative_id != initiative_pk:
        raise Http404
    return _show(request, found, ReasonForm())


def _show(request: SignedInRequest, found: Participation, form: ReasonForm) -> HttpResponse:
    at = now()
    leads = getattr(found, "is_led", True)  # other doors than the glass open to leads alone
    today = found.initiative.workspace.day(at)
    record = record_of(found, today=today)
    estimate = estimate_of(found, record.evidence, at=at) if leads else None
    context = {
        "here": "people",
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "record": record,
        "estimate": estimate,
        "step": _step(found, record, estimate, at) if leads else None,
        "leads": leads,
        "today": today,
        "form": form,
    }
    return render(request, "pages/person.html", context, status=400 if form.errors else 200)


def _step(
    found: Participation, record: Record, estimate: Estimate | None, at: datetime
) -> Proposed | None:
    both = [*record.ours, *record.theirs]
    talks = [talk.conversation for talk in record.talks]
    asked = any(one.waits_for_word for one in record.asked)
    weakest = estimate.known.weakest if estimate and estimate.known else ""
    offered = record.practised.is_offered(at)
    read = Read(both, record.questions, talks, record.brief.is_open, asked, offered, weakest)
    return rhythm.step_with(found, read, chosen=record.choices, at=at)


@require_POST
@login_required
def said_yes(request: SignedInRequest, pk: int) -> HttpResponse:
    """A yes in words: a nod, noted as one."""
    found = access.get_participation(request.user, pk)
    try:
        standing.note_yes(found, by=request.user, at=now())
        messages.success(request, _("Noted: said yes. A step with a date would show it."))
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    return _back(found)


@require_POST
@login_required
def said_no(request: SignedInRequest, pk: int) -> HttpResponse:
    """A no with its reason: welcome, and visible."""
    found = access.get_participation(request.user, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    try:
        standing.note_no(found, form.cleaned_data["reason"], by=request.user, at=now())
    except AskedToStop as stopped:
        form.add_error("reason", stopped.sentence)
        return _show(request, found, form)
    messages.success(request, _("Noted, with the reason. Thank them for it."))
    return _back(found)


@require_POST
@login_required
def word_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The last yes or no was noted by mistake."""
    found = access.get_participation(request.user, pk)
    if standing.take_word_back(found, by=request.user, at=now()):
        messages.success(request, _("Taken back."))
    return _back(found)


@require_POST
@login_required
def no_chance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Their work gave no chance yet."""
    found = access.get_participation(request.user, pk)
    try:
        standing.mark_no_chance(found, by=request.user, at=now())
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    return _back(found)


@require_POST
@login_required
def a_chance(request: SignedInRequest, pk: int) -> HttpResponse:
    """A chance came up."""
    found = access.get_participation(request.user, pk)
    standing.clear_no_chance(found, by=request.user, at=now())
    return _back(found)


def _back(found: Participation) -> HttpResponse:
    return redirect("pages:person", found.initiative_id, found.pk)
