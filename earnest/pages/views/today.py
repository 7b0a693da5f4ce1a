"""Today: promises first, then the rest; five things at most, the others for later."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.pages import queries


@login_required
def today(request: SignedInRequest) -> HttpResponse:
    """What is owed and who to talk with, across everything this user leads."""
    page = queries.today_of(request.user, at=now(), everything="all" in request.GET)
    if page.is_new:
        looks_on = initiatives.initiatives_for(request.user).exists()
        return redirect("initiatives:initiatives" if looks_on else "pages:first")
    context = {"here": "today", "page": page, "hour": localtime(now()).hour}
    return render(request, "pages/today.html", context)
