"""For who runs a workspace: which initiatives there are, and a new lead where all have left."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from earnest.accounts import access as accounts
from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import actions, queries
from earnest.initiatives.forms.workspace import AppointForm


@login_required
def of_workspace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Titles and leads, nothing of the people on them."""
    workspace = accounts.get_run_workspace(request.user, pk)
    page = queries.initiatives_with_leads(workspace, before=request.GET.get("before", ""))
    context = {"workspace": workspace, "page": page}
    return render(request, "initiatives/of_workspace.html", context)


@login_required
def appoint(request: SignedInRequest, pk: int, initiative_pk: int) -> HttpResponse:
    """Name a member as lead of an initiative whose leads have all left."""
    workspace = accounts.get_run_workspace(request.user, pk)
    found = get_object_or_404(workspace.initiatives, pk=initiative_pk)
    form = AppointForm(request.POST or None, workspace=workspace, by=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["email"]
        try:
            actions.appoint_lead(found, user, by=request.user, at=timezone.now())
        except actions.StillLed:
            messages.info(request, _("It is led by somebody here; they say who leads with them."))
            return redirect("initiatives:of_workspace", pk)
        except actions.CoLeadFirst:
            form.add_error("email", _("A co-lead of it is still here. Make them its lead."))
        else:
            messages.success(request, _("%(name)s leads it now.") % {"name": user})
            return redirect("initiatives:of_workspace", pk)
    context = {"workspace": workspace, "initiative": found, "form": form}
    status = 400 if form.errors else 200
    return render(request, "initiatives/appoint.html", context, status=status)
