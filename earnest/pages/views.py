"""Pages that join contexts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from earnest.accounts.requests import SignedInRequest


@login_required
def today(request: SignedInRequest) -> HttpResponse:
    return render(request, "core/shell.html", {"here": "today"})


@login_required
def first(request: SignedInRequest) -> HttpResponse:
    return render(request, "core/shell.html", {"here": "first"})
