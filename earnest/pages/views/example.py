"""The example, built with one tap. It is removed where initiatives are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from earnest.accounts import access as accounts
from earnest.accounts.requests import SignedInRequest
from earnest.pages import actions


@require_POST
@login_required
def example(request: SignedInRequest) -> HttpResponse:
    """Build it in the user's workspace, or open the one that is there."""
    workspace = accounts.workspaces_of(request.user).order_by("pk").first()
    if workspace is None:
        return redirect("pages:first")
    actions.build_example(workspace, by=request.user, at=now())
    return redirect("pages:today")
