"""Introductions as leads see them: who may be worth meeting whom, and why (4.6)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.rhythm.actions import introducing
from earnest.rhythm.models import Introduction
from earnest.rhythm.queries.introductions import Match, match_of, proposals

PAGE = 50


@require_safe
@login_required
def introductions(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Proposed now, each with its reason; and those offered, never whose no it was."""
    found = initiatives.get_led(request.user, initiative_pk)
    rows = found.introductions.exclude(state=Introduction.State.LEFT)
    if after := read_number(request.GET.get("after", "")):
        rows = rows.filter(pk__lt=after)
    offered = list(rows.select_related("low__person", "high__person")[: PAGE + 1])
    context = {
        "initiative": found,
        "proposed": proposals(found),
        "offered": offered[:PAGE],
        "more": offered[PAGE - 1] if len(offered) > PAGE else None,
        "here": "people",
    }
    return render(request, "rhythm/introductions.html", context)


def _asked_for(request: SignedInRequest, found: Initiative) -> Match | None:
    keys = [read_number(request.POST.get(name, "")) or 0 for name in ("low", "high")]
    match = match_of(found, *keys)
    if match is None:
        messages.info(
            request, _("That was decided before, or it no longer fits. Here is how it is.")
        )
    return match


@require_POST
@login_required
def introduction_offered(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    if match := _asked_for(request, found):
        by_mail = "by_mail" in request.POST
        try:
            done = introducing.offer(match, by_mail=by_mail, by=request.user, at=now())
        except AskedToStop as stopped:
            messages.info(request, stopped.sentence)
        else:
            told = _("Offered to both, on their own pages; a message to each is ready.")
            on_pages = _("Offered to both, on their own pages.")
            messages.success(request, told if by_mail and not done.not_mailed else on_pages)
            if done.not_mailed:
                said = _("No mail to %(names)s now: asked enough, or without an address.")
                messages.info(request, said % {"names": ", ".join(done.not_mailed)})
    return redirect("rhythm:introductions", initiative_pk)


@require_POST
@login_required
def introduction_left(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    if match := _asked_for(request, found):
        introducing.leave(match, by=request.user, at=now())
        messages.success(request, _("Not these two. It is not proposed again."))
    return redirect("rhythm:introductions", initiative_pk)
