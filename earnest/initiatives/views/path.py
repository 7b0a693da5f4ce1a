"""Stages, run-up and backing: three short lists, each with its own page."""

from __future__ import annotations

from typing import Literal

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access, actions, queries
from earnest.initiatives.forms.initiative import BackingForm, RunUpForm, StageForm
from earnest.initiatives.models import Backing, RunUpStep, Stage


@login_required
def stages(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The path (1.16): add, put in order, mark what has been reached."""
    found = access.get_led(request.user, initiative_pk)
    form = StageForm(request.POST or None)
    if form.is_valid():
        actions.add_stage(found, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("initiatives:stages", found.pk)
    stages = list(found.stages.all())
    missing = set(Stage.Kind) - {one.kind for one in stages}
    context = {"initiative": found, "form": form, "stages": stages, "missing": len(missing)}
    return render(request, "initiatives/stages.html", {**context, "here": "initiative"})


@require_POST
@login_required
def path_taken(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The five stages, or those of them that are missing, taken later (1.16)."""
    found = access.get_led(request.user, initiative_pk)
    actions.take_path(found, by=request.user, at=timezone.now())
    return redirect("initiatives:stages", found.pk)


@login_required
def stage(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(Stage, request.user, initiative_pk=initiative_pk, pk=pk)
    form = StageForm(request.POST or None, instance=found)
    return _edit(request, found, form)


@require_POST
@login_required
def stage_moved(
    request: SignedInRequest, initiative_pk: int, pk: int, to: Literal["earlier", "later"]
) -> HttpResponse:
    found = access.get_part(Stage, request.user, initiative_pk=initiative_pk, pk=pk)
    actions.move_stage(found, to, by=request.user, at=timezone.now())
    return redirect("initiatives:stages", initiative_pk)


@require_POST
@login_required
def stage_marked(
    request: SignedInRequest, initiative_pk: int, pk: int, *, reached: bool
) -> HttpResponse:
    found = access.get_part(Stage, request.user, initiative_pk=initiative_pk, pk=pk)
    actions.mark_reached(found, reached=reached, by=request.user, at=timezone.now())
    return redirect("initiatives:stages", initiative_pk)


@require_POST
@login_required
def stage_left_out(
    request: SignedInRequest, initiative_pk: int, pk: int, *, out: bool
) -> HttpResponse:
    found = access.get_part(Stage, request.user, initiative_pk=initiative_pk, pk=pk)
    actions.leave_stage_out(found, out=out, by=request.user, at=timezone.now())
    return redirect("initiatives:stages", initiative_pk)


@login_required
def run_up(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Who hears what, in which order, before the launch (1.5)."""
    found = access.get_led(request.user, initiative_pk)
    form = RunUpForm(request.POST or None)
    if form.is_valid():
        actions.add_run_up_step(found, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("initiatives:run_up", found.pk)
    context = {"initiative": found, "form": form, "run_up": queries.run_up_of(found)}
    return render(request, "initiatives/run_up.html", {**context, "here": "initiative"})


@login_required
def run_up_step(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(RunUpStep, request.user, initiative_pk=initiative_pk, pk=pk)
    form = RunUpForm(request.POST or None, instance=found)
    return _edit(request, found, form)


@require_POST
@login_required
def run_up_marked(
    request: SignedInRequest, initiative_pk: int, pk: int, *, done: bool
) -> HttpResponse:
    found = access.get_part(RunUpStep, request.user, initiative_pk=initiative_pk, pk=pk)
    actions.mark_step_done(found, done=done, by=request.user, at=timezone.now())
    return redirect("initiatives:run_up", initiative_pk)


@login_required
def backings(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """What a sponsor said or gave, noted apart (3.2)."""
    found = access.get_led(request.user, initiative_pk)
    form = BackingForm(request.POST or None)
    if form.is_valid():
        actions.add_backing(found, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("initiatives:backings", found.pk)
    context = {"initiative": found, "form": form, "backings": found.backings.all()}
    return render(request, "initiatives/backings.html", {**context, "here": "initiative"})


@login_required
def backing(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(Backing, request.user, initiative_pk=initiative_pk, pk=pk)
    form = BackingForm(request.POST or None, instance=found)
    return _edit(request, found, form)


@require_POST
@login_required
def stage_removed(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(Stage, request.user, initiative_pk=initiative_pk, pk=pk)
    return _remove(request, found)


@require_POST
@login_required
def run_up_removed(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(RunUpStep, request.user, initiative_pk=initiative_pk, pk=pk)
    return _remove(request, found)


@require_POST
@login_required
def backing_removed(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_part(Backing, request.user, initiative_pk=initiative_pk, pk=pk)
    return _remove(request, found)


type Part = Stage | RunUpStep | Backing
type PartForm = forms.ModelForm[Stage] | forms.ModelForm[RunUpStep] | forms.ModelForm[Backing]

# The list each part stands in, and what its own page is called.
LISTS: dict[type[Part], tuple[str, str | Promise]] = {
    Stage: ("initiatives:stages", gettext_lazy("This stage")),
    RunUpStep: ("initiatives:run_up", gettext_lazy("This step of the run-up")),
    Backing: ("initiatives:backings", gettext_lazy("This backing")),
}


def _edit(request: SignedInRequest, part: Part, form: PartForm) -> HttpResponse:
    back, heading = LISTS[type(part)]
    if form.is_valid():
        actions.change_part(part, form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(back, part.initiative_id)
    context = {
        "initiative": part.initiative,
        "form": form,
        "heading": heading,
        "back": reverse(back, args=[part.initiative_id]),
        "here": "initiative",
    }
    return render(request, "initiatives/edit.html", context)


def _remove(request: SignedInRequest, part: Part) -> HttpResponse:
    back, _heading = LISTS[type(part)]
    actions.remove_part(part, by=request.user, at=timezone.now())
    return redirect(back, part.initiative_id)
