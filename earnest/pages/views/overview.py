"""The overview: what a lead looks at once a week, on the page and on paper (0.1, 2.3, 3.1)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.pages.queries import overview as queries


@require_safe
@login_required
def overview(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Where everyone stands, what was said and done, what is owed, and the story so far."""
    found = initiatives.get_led(request.user, initiative_pk)
    teams = queries.teams_of(found, after=request.GET.get("after", ""))
    context = {
        "initiative": found,
        "teams": teams,
        "totals": teams.kinds,
        "people_url": reverse("initiatives:people", args=[found.pk]),
        "here": "overview",
    }
    return render(request, "pages/overview.html", context)
