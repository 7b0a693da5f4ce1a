"""One's own account, and the workspace one runs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from earnest.accounts import access
from earnest.accounts.requests import SignedInRequest


@login_required
def account(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/account.html")


@login_required
def workspace(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_run_workspace(request.user, pk)
    return render(request, "accounts/account.html", {"workspace": found})
