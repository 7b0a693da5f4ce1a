"""An answer without a name: by a link that says nothing of who holds it (privacy.md 12).

No session is touched here, no message is queued, nothing is logged: what is written is one slot.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from earnest.checkins import access, actions
from earnest.checkins.actions import AlreadySent, RoundOver
from earnest.checkins.forms import FourTapsForm
from earnest.checkins.models import AnswerSlot, Round
from earnest.core.paging import read_number

COOKIE = "check-in"
OPEN_FOR = timedelta(days=1)  # of a round of weeks: the mail opens it again


def _nothing(request: HttpRequest, secret: str) -> HttpResponse:
    """A link we made, of a round that is over; or one that opens nothing."""
    if over := access.closed_round(secret):
        return render(request, "checkins/over.html", {"round": over}, status=410)
    return render(request, "checkins/nothing.html", status=404)


@require_safe
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Change the link for a cookie that opens this one place. Nothing is written down."""
    slot = access.slot_of(secret)
    if slot is None:
        response = _nothing(request, secret)
        response["Referrer-Policy"] = "no-referrer"
        return response
    path = reverse("checkins:answer", args=[slot.round_id])
    response = HttpResponseRedirect(path)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=OPEN_FOR,
        path=path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def answer(request: HttpRequest, round_pk: int) -> HttpResponse:
    """Four taps; once they were sent, thanks, and nothing of what was sent."""
    secret = request.COOKIES.get(COOKIE, "")
    slot = access.slot_of(secret)
    if slot is None or slot.round_id != round_pk:
        return _nothing(request, secret)
    if slot.state != AnswerSlot.State.EMPTY:
        took = read_number(request.GET.get("took", ""))
        before = "before" in request.GET
        context = {"round": slot.round, "took": took, "before": before}
        return render(request, "checkins/thanks.html", context)
    return _taps(request, slot.round, FourTapsForm())


def _taps(request: HttpRequest, round_: Round, form: FourTapsForm) -> HttpResponse:
    context = {"round": round_, "initiative": round_.initiative, "form": form}
    return render(request, "checkins/taps.html", context, status=400 if form.errors else 200)


@require_POST
def answered(request: HttpRequest, round_pk: int) -> HttpResponse:
    """Sent is final. The round is read only where something has to be said about it."""
    secret = request.COOKIES.get(COOKIE, "")
    if access.round_of(secret) != round_pk:
        return _nothing(request, secret)
    form = FourTapsForm(request.POST)
    if not form.is_valid():
        slot = access.slot_of(secret)
        return _taps(request, slot.round, form) if slot else _nothing(request, secret)
    page = reverse("checkins:answer", args=[round_pk])
    try:
        actions.answer_unnamed(secret, form.taps())
    except AlreadySent:
        return redirect(f"{page}?before")
    except RoundOver:
        return _nothing(request, secret)
    return redirect(f"{page}?took={form.took}" if form.took else page)
