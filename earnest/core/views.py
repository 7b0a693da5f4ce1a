"""Hints while one writes; nothing of it is kept."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from earnest.core.wording import hints_in


@require_POST
@login_required
def wording(request: HttpRequest) -> HttpResponse:
    """The hints for one field, as it is now (4.1): read, answered, forgotten."""
    asked = request.GET
    words = request.POST.get(asked.get("in", ""), "")
    found = hints_in(words, asked.get("language") or get_language() or "")
    return render(request, "core/hints.html", {"hints": found, "field": asked.get("at", "")})
