"""Needs a person lets later initiatives know, and a lead takes along with that yes (1.2)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import access
from earnest.listening.actions import carrying as actions
from earnest.listening.models import NeedNamed
from earnest.pages.views.mine import by_link, by_tap
from earnest.plans.actions import gathering


@require_POST
@by_tap
def carry(request: HttpRequest, found: Participation, named_pk: int) -> HttpResponse:
    """May be known in later initiatives."""
    if not actions.let_carry(NeedNamed(pk=named_pk, participation=found), at=now()):
        access.get_own_need(found, named_pk)  # said before, or not theirs at all
    return _own_page(found)


@require_POST
@by_link
def not_carried(request: HttpRequest, found: Participation, named_pk: int) -> HttpResponse:
    """Not, or not any more: it is gone where it was taken along."""
    named = access.get_own_need_anywhere(found, named_pk)
    gathering.take_carrying_back(named, at=now())
    messages.success(request, _("It stays in the initiative where you said it, and nowhere else."))
    return _own_page(found)


@require_POST
@login_required
def taken_along(request: SignedInRequest, pk: int, named_pk: int) -> HttpResponse:
    """A need from before, known here from now on."""
    found = initiatives.get_participation(request.user, pk)
    named = access.get_need_of_person(found, named_pk)
    name = {"name": found.person.first_name}
    try:
        gathering.take_along(found, named, by=request.user, at=now())
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    except actions.NotTheirYes:
        messages.info(
            request, _("Not to be taken along any more. Below is what %(name)s allows.") % name
        )
    else:
        messages.success(request, _("Taken along. %(name)s sees it on their page.") % name)
    return redirect("pages:person", found.initiative_id, found.pk)


def _own_page(found: Participation) -> HttpResponse:
    page = redirect("pages:mine", found.pk)
    page["Location"] += "#words"
    return page
