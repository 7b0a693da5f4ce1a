"""Where it shows in the plan that somebody stepped back: what changed by it (3.16)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives.models import AskedToStop
from earnest.listening import access as listening
from earnest.plans import access
from earnest.plans.actions import stepped as actions
from earnest.plans.forms.stepped import ChangedForm
from earnest.plans.queries import stepped as queries


@login_required
def after_step_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said to have changed by it, and one thing more."""
    found = listening.get_step_back(request.user, pk)
    things = queries.changeable(found.initiative)
    form = ChangedForm(request.POST if request.method == "POST" else None, changeable=things)
    if form.is_valid():
        try:
            actions.say_changed(found, form.chosen, by=request.user, at=now())
            messages.success(request, _("Said. It shows there, as far as each person allows."))
        except AskedToStop as stopped:
            messages.warning(request, stopped.sentence)
        return redirect("plans:after_step_back", pk)
    context = {
        "here": "plan",
        "step_back": found,
        "participation": found.participation,
        "person": found.participation.person,
        "initiative": found.initiative,
        "changed": queries.changed_by(found),
        "something": bool(form.things),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "plans/after_step_back.html", context, status=status)


@require_POST
@login_required
def not_changed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Said by mistake."""
    row = access.get_after_step_back(request.user, pk)
    actions.say_unchanged(row, by=request.user, at=now())
    messages.success(request, _("Taken out. It shows there no more."))
    return redirect("plans:after_step_back", row.step_back_id)
