"""For who runs a workspace: reading one person page, with a reason all concerned will see."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from earnest.accounts import access as accounts
from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import actions, queries
from earnest.initiatives.forms.glass import GlassForm
from earnest.initiatives.views.initiative import list_key


@login_required
def glass(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose whom and say why; below, every time it was done (privacy.md 8)."""
    workspace = accounts.get_run_workspace(request.user, pk)
    form = GlassForm(request.POST or None, workspace=workspace)
    at = timezone.now()
    if form.is_valid():
        actions.break_glass(
            form.cleaned_data["participation"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=at,
        )
        messages.success(request, _("Open to you for one hour. They and their leads are shown it."))
        return redirect("initiatives:glass", workspace.pk)
    context = {
        "workspace": workspace,
        "form": form,
        "open_now": queries.open_breaks(request.user, workspace, at=at),
        "past": queries.glass_breaks_in(workspace, before=list_key(request, "before")),
    }
    return render(request, "initiatives/glass.html", context)
