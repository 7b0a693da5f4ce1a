"""The shelf of evidence from elsewhere: read by all who may, filled by those who lead (1.15)."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access, actions, queries
from earnest.initiatives.forms.evidence import EvidenceForm
from earnest.initiatives.models import LEADING, Initiative, OutsideEvidence


@require_safe
@login_required
def evidence(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_initiative(request.user, initiative_pk)
    leads = access.role_on(request.user, found) in LEADING
    form = EvidenceForm(today=_today(found)) if leads else None
    return _shelf(request, found, form)


@login_required
def new_evidence(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    form = EvidenceForm(request.POST or None, today=_today(found))
    if form.is_valid():
        actions.add_evidence(found, form.found, by=request.user, at=timezone.now())
        return redirect("initiatives:evidence", found.pk)
    return _shelf(request, found, form)


def _shelf(request: SignedInRequest, found: Initiative, form: EvidenceForm | None) -> HttpResponse:
    """Those who lead have the form below it."""
    context = {
        "initiative": found,
        "evidence": queries.evidence_of(found, today=_today(found)),
        "leads": form is not None,
        "form": form,
        "here": "initiative",
    }
    status = 400 if form and form.errors else 200
    return render(request, "initiatives/evidence.html", context, status=status)


def _today(initiative: Initiative) -> date:
    return initiative.workspace.day(timezone.now())


@login_required
def evidence_one(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(OutsideEvidence, request.user, initiative_pk=initiative_pk, pk=pk)
    form = EvidenceForm(request.POST or None, instance=found, today=_today(found.initiative))
    if form.is_valid():
        actions.change_part(found, form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("initiatives:evidence", initiative_pk)
    context = {
        "initiative": found.initiative,
        "form": form,
        "heading": _("This evidence from elsewhere"),
        "back": reverse("initiatives:evidence", args=[initiative_pk]),
        "here": "initiative",
    }
    status = 400 if form.errors else 200
    return render(request, "initiatives/edit.html", context, status=status)


@require_POST
@login_required
def evidence_removed(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(OutsideEvidence, request.user, initiative_pk=initiative_pk, pk=pk)
    actions.remove_part(found, by=request.user, at=timezone.now())
    return redirect("initiatives:evidence", initiative_pk)
