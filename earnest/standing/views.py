"""The estimate: the owner's page, and what it is and is not, for everyone (privacy.md 5)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts import access
from earnest.accounts.models import Workspace
from earnest.accounts.requests import SignedInRequest
from earnest.standing import actions, queries
from earnest.standing.forms import TurnOffForm, TurnOnForm


@login_required
def estimates(request: SignedInRequest, pk: int) -> HttpResponse:
    """On or off, why, and every time it was turned; an owner turns it on here."""
    workspace, at = access.get_owned_workspace(request.user, pk), now()
    form = TurnOnForm(request.POST or None, today=workspace.day(at))
    if request.method == "POST" and form.is_valid():
        if actions.turn_on(workspace, form.grounds, by=request.user, at=at):
            messages.success(request, _("The estimate is on, with your record of why."))
        else:
            messages.info(request, _("It was on already. What stands there was left as it is."))
        return redirect("standing:estimates", pk)
    return _show(request, workspace, form, TurnOffForm())


def _show(
    request: HttpRequest, workspace: Workspace, form: TurnOnForm, off: TurnOffForm
) -> HttpResponse:
    turns = list(queries.turns_of(workspace)[:50])
    context = {"workspace": workspace, "form": form, "off": off, "turns": turns}
    status = 400 if form.errors or off.errors else 200
    return render(request, "standing/estimates.html", context, status=status)


@require_POST
@login_required
def estimates_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """At any time; the estimates are deleted, the record of on and off stays."""
    workspace, at = access.get_owned_workspace(request.user, pk), now()
    off = TurnOffForm(request.POST)
    if not off.is_valid():
        return _show(request, workspace, TurnOnForm(today=workspace.day(at)), off)
    if actions.turn_off(workspace, off.cleaned_data["why"], by=request.user, at=at):
        messages.success(request, _("The estimate is off, and every estimate was deleted."))
    else:
        messages.info(request, _("It was off already. What stands there was left as it is."))
    return redirect("standing:estimates", pk)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What it is and what it is not: the same words for leads and for people asked."""
    return render(request, "standing/about.html")
