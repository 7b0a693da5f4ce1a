"""The path of an initiative, with what the record says beside each stage (1.16)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access
from earnest.pages.queries.path import path_of


@require_safe
@login_required
def path(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    page = path_of(found, today=found.workspace.day(timezone.now()))
    context = {"initiative": found, "page": page, "here": "initiative"}
    return render(request, "pages/path.html", context)
