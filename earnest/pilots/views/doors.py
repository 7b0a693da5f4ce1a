"""Where another program brings readings: its address and secret, what came, and again by hand."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core import actions as core
from earnest.core.actions import DoorTurned, KeyUsedTwice, NothingToRepeat
from earnest.core.signed import NotSigned
from earnest.core.views import not_signed, signed_request
from earnest.pilots import access, actions
from earnest.pilots.models import PilotMeasure, ReadingCame

SHOWN = 50


@require_safe
@login_required
def door(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, access.get_measure(request.user, pk))


@require_POST
@login_required
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """The one page on which its secret stands, or a new one."""
    found = access.get_measure(request.user, pk)
    try:
        secret = actions.open_reading_door(found, by=request.user, at=now())
    except DoorTurned:
        messages.info(request, _("Somebody else made a new secret this moment: theirs holds."))
        return redirect("pilots:door", found.pk)
    response = _page(request, found, secret=secret)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def closed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_measure(request.user, pk)
    there = access.door_of(found)
    if there and core.close_door(there, by=request.user, at=now()):
        messages.success(request, _("Closed. What came stays."))
    return redirect("pilots:door", found.pk)


@require_POST
@login_required
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """What could not be used then may be of use now."""
    found = access.get_came(request.user, pk)
    try:
        done = actions.repeat_came(found, by=request.user, at=now())
        messages.info(request, _("Taken.") if done else _("It cannot be used as it is."))
    except NothingToRepeat:
        messages.info(request, _("It was taken already, or is no longer kept."))
    return redirect("pilots:door", found.door.measure_id)


@csrf_exempt  # another program sends it, signed
@require_POST
def hook(request: HttpRequest, address: str) -> HttpResponse:
    """202: taken, once. 422: it is genuine, and no reading of this measure. 409: the key came before
    with something else in it."""
    found = access.get_open_door(address)
    at = now()
    try:
        came = actions.take_signed(found, signed_request(request, found, at=at), at=at)
    except NotSigned as error:
        return not_signed(error)
    except KeyUsedTwice:
        core.note_refused(found, found.Why.OTHER, at=at)
        return HttpResponse(status=409)
    return HttpResponse(status=422 if came.state == ReadingCame.State.REFUSED else 202)


def _page(request: SignedInRequest, found: PilotMeasure, *, secret: str = "") -> HttpResponse:
    there = access.door_of(found)
    context = {
        "initiative": found.pilot.initiative,
        "pilot": found.pilot,
        "measure": found,
        "door": there,
        "secret": secret,
        "place": settings.BASE_URL + reverse("pilots:hook", args=[there.address]) if there else "",
        "came": list(there.came.all()[:SHOWN]) if there else [],
        "here": "pilots",
    }
    return render(request, "pilots/door.html", context)
