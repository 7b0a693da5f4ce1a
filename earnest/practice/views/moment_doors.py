"""Where other systems say that a moment came: the page of its leads, and the door itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core import actions as core
from earnest.core.signed import NotSigned
from earnest.core.views import not_signed, signed_request
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.practice import access
from earnest.practice.actions import moment_doors as actions
from earnest.practice.models import MomentDoor
from earnest.practice.queries import moments as queries


@csrf_exempt
@require_POST
def came(request: HttpRequest, address: str) -> HttpResponse:
    """A signed message. Whatever became of it, whoever sent it is answered the same."""
    door, at = access.door_at(address), now()
    if door is None:
        return not_signed(NotSigned("missing"))
    try:
        actions.receive(door, signed_request(request, door, at=at), at=at)
    except NotSigned as error:
        return not_signed(error)
    except core.KeyUsedTwice:
        core.note_refused(door, MomentDoor.Why.OTHER, at=at)
        return HttpResponse(status=409)
    except actions.TooMany:
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    return HttpResponse(status=202)


@require_safe
@login_required
@never_cache
def door(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Its address, how to sign, what came and what became of it."""
    found = initiatives.get_led(request.user, initiative_pk)
    return _show(request, found)


def _show(request: SignedInRequest, found: Initiative, secret: str = "") -> HttpResponse:
    there = MomentDoor.objects.filter(initiative=found).first()
    path = reverse("practice:came", args=[there.address]) if there else ""
    context = {
        "initiative": found,
        "door": there,
        "address": f"{settings.BASE_URL}{path}",
        "secret": secret,
        "came": queries.came_to(there) if there else [],
        "open_moments": queries.open_of("hook").filter(initiative=found)[:50],
        "here": "lessons",
    }
    return render(request, "practice/moment_door.html", context)


@require_POST
@login_required
@never_cache
def begin(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Begun, or with a new secret where it was begun before: shown on this page, once."""
    found = initiatives.get_led(request.user, initiative_pk)
    there, at = MomentDoor.objects.filter(initiative=found).first(), now()
    try:
        if there is None:
            secret = actions.begin_moment_door(found, by=request.user, at=at)[1]
        else:
            secret = core.turn_secret(there, by=request.user, at=at)
    except core.DoorTurned:
        messages.info(request, _("It is closed, or somebody else made a new secret just now."))
        return redirect("practice:moment_door", found.pk)
    return _show(request, found, secret)


@require_POST
@login_required
def close(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_door(request.user, initiative_pk)
    core.close_door(found, by=request.user, at=now())
    return redirect("practice:moment_door", initiative_pk)


@require_POST
@login_required
def open_again(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_door(request.user, initiative_pk)
    core.open_door(found, by=request.user, at=now())
    return redirect("practice:moment_door", initiative_pk)


@require_POST
@login_required
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do it once more, by hand."""
    found = access.get_came(request.user, pk)
    try:
        taken = actions.take_again(found, by=request.user, at=now())
    except core.NothingToRepeat:
        messages.info(request, _("It was taken before, or is no longer kept."))
    else:
        messages.info(request, _("Noticed.") if taken else _("It still could not be used."))
    return redirect("practice:moment_door", found.door.initiative_id)
