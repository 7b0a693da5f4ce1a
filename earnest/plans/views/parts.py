"""The plan with its parts in order: read by all who may, changed by those who lead (2.20)."""

from __future__ import annotations

from typing import Literal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING, AskedToStop
from earnest.listening.queries.needs import problem_counts
from earnest.plans import access, actions, queries
from earnest.plans.forms.parts import DropForm, PartForm
from earnest.plans.models import Part


@login_required
def plan(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The plan as it stands; a member who only reads what is open reads what was published."""
    found = initiatives.get_initiative(request.user, initiative_pk)
    role = initiatives.role_on(request.user, found)
    latest = found.versions.first()
    context = {"initiative": found, "leads": role in LEADING, "latest": latest, "here": "plan"}
    if not role:
        context["shown"] = queries.read_version(latest) if latest else None
        return render(request, "plans/published.html", context)
    context["plan"] = queries.plan_of(found, leads=role in LEADING)
    context["problem"] = problem_counts(found)
    return render(request, "plans/plan.html", context)


@require_safe
@login_required
def glance(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The plan in a few lines: for the page of the initiative, which lies below, or by itself."""
    found = initiatives.get_initiative(request.user, initiative_pk)
    role = initiatives.role_on(request.user, found)
    context = {
        "initiative": found,
        "leads": role in LEADING,
        "glance": queries.glance_at(found, published=not role, leads=role in LEADING),
        "here": "plan",
    }
    if role in LEADING:
        context["answered"] = queries.answered_line(found, at=timezone.now())
    within = "HX-Request" in request.headers
    return render(request, "plans/glance.html" if within else "plans/glance_page.html", context)


@login_required
def new_part(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    form = PartForm(request.POST or None, initiative=found)
    if form.is_valid():
        try:
            actions.add_part(found, form.draft, by=request.user, at=timezone.now())
        except AskedToStop as stopped:
            form.add_error("owner", stopped.sentence)
        else:
            return redirect("plans:plan", found.pk)
    context = {"initiative": found, "form": form, "here": "plan"}
    return render(request, "plans/part_form.html", context, status=_status(form))


@login_required
def part(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_part(request.user, pk)
    form = PartForm(request.POST or None, instance=found, initiative=found.initiative)
    if form.is_valid():
        try:
            actions.change_part(found, form.changes, by=request.user, at=timezone.now())
        except AskedToStop as stopped:
            form.add_error("owner", stopped.sentence)
        else:
            return redirect("plans:plan", found.initiative_id)
    context = {"initiative": found.initiative, "part": found, "form": form, "here": "plan"}
    return render(request, "plans/part_form.html", context, status=_status(form))


@require_POST
@login_required
def part_moved(request: SignedInRequest, pk: int, to: Literal["earlier", "later"]) -> HttpResponse:
    found = access.get_part(request.user, pk)
    actions.move_part(found, to, by=request.user, at=timezone.now())
    return redirect("plans:plan", found.initiative_id)


@login_required
def part_dropped(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks why; then it is dropped, and can come back."""
    found = access.get_part(request.user, pk)
    form = DropForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            actions.drop_part(found, why, by=request.user, at=timezone.now())
        except actions.NotInThePlan:
            messages.info(request, _("It was dropped before."))
        return redirect("plans:plan", found.initiative_id)
    context = {"initiative": found.initiative, "part": found, "form": form, "here": "plan"}
    return render(request, "plans/part_dropped.html", context, status=_status(form))


@require_POST
@login_required
def part_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found: Part = access.get_part(request.user, pk)
    try:
        actions.bring_part_back(found, by=request.user, at=timezone.now())
    except actions.StillInThePlan:
        messages.info(request, _("It stands in the plan."))
    return redirect("plans:plan", found.initiative_id)


def _status(form: PartForm | DropForm) -> int:
    return 400 if form.errors else 200
