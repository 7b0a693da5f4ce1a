"""Later, or not this one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from earnest.accounts.requests import SignedInRequest
from earnest.rhythm import access, actions, queries
from earnest.rhythm.forms import ChooseForm, is_step


@login_required
def later(request: SignedInRequest) -> HttpResponse:
    """GET asks until when; POST puts the step off."""
    named = _step_named(request)
    form = ChooseForm(request.POST or None, today=localdate(), initial={"step": named})
    if request.method == "POST" and form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        step = form.cleaned_data["step"]
        actions.put_off(step, until, by=request.user, at=now(), reason=reason)
        day = date_format(until, "l j F")
        messages.success(request, _("You will see it again on %(day)s.") % {"day": day})
        return redirect("pages:today")
    return _page(request, form, _("Later"), "rhythm/choose.html")


@login_required
def dismiss(request: SignedInRequest) -> HttpResponse:
    """GET asks why; POST takes the step off Today."""
    initial = {"step": _step_named(request)}
    form = ChooseForm(request.POST or None, today=localdate(), dismiss=True, initial=initial)
    del form.fields["until"]
    if request.method == "POST" and form.is_valid():
        step, reason = form.cleaned_data["step"], form.cleaned_data["reason"]
        actions.dismiss(step, reason, by=request.user, at=now())
        messages.success(request, _("Gone from Today, with your reason."))
        return redirect("pages:today")
    return _page(request, form, _("Not this one"), "rhythm/choose.html")


def _step_named(request: SignedInRequest) -> str:
    """The key of the step, through its door where it can be one; the form refuses any other."""
    asked = request.POST if request.method == "POST" else request.GET
    key = asked.get("step", "")
    if is_step(key):
        access.get_place(request.user, key)
    return key


def _page(request: SignedInRequest, form: ChooseForm, title: str, template: str) -> HttpResponse:
    steps = {step.key: step for step in queries.steps_for(request.user, at=now())}
    about = steps.get(str(form["step"].value()))
    context = {"form": form, "title": title, "about": about, "here": "today"}
    return render(request, template, context, status=400 if form.errors else 200)
