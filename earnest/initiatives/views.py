"""The initiative and the people on it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access


@login_required
def initiative(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_initiative(request.user, initiative_pk)
    return render(request, "core/shell.html", {"initiative": found})


@login_required
def people(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    return render(request, "core/shell.html", {"initiative": found})
