"""Hints while one writes; and what every view for signed requests begins with."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from earnest.core import actions
from earnest.core.models import SignedDoor
from earnest.core.signed import LONGEST_BODY, NotSigned, SecretLost, Signed, read_signed, unseal
from earnest.core.wording import hints_in


@require_POST
@login_required
def wording(request: HttpRequest) -> HttpResponse:
    """The hints for one field, as it is now (4.1): read, answered, forgotten."""
    asked = request.GET
    words = request.POST.get(asked.get("in", ""), "")
    found = hints_in(words, asked.get("language") or get_language() or "")
    return render(request, "core/hints.html", {"hints": found, "field": asked.get("at", "")})


def signed_request(request: HttpRequest, door: SignedDoor, *, at: datetime) -> Signed:
    """What another system brought to this door; raises NotSigned, noted beside the door.

    Its view is exempt from the CSRF token: no browser and no cookie stands behind it. At most
    ``LONGEST_BODY`` is read, and no more is kept in memory.
    """
    try:
        body = request.read(LONGEST_BODY + 1)
        return read_signed(request.headers, body, secret=unseal(door.sealed), at=at)
    except (NotSigned, SecretLost) as error:
        why = error.why if isinstance(error, NotSigned) else door.Why.SECRET
        actions.note_refused(door, why, at=at)
        raise NotSigned(why) from error


def not_signed(error: NotSigned) -> HttpResponse:
    """The answer to whoever is not known: 413 when it was too long, else 401, and no reason."""
    return HttpResponse(status=413 if error.why == "long" else 401)
