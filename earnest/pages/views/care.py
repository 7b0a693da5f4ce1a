"""What a lead does for a person: their link, their own work, days away, erasing when asked to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access, actions
from earnest.initiatives.models import AskedToStop, Participation
from earnest.pages import access as own
from earnest.pages import erasure
from earnest.pages.emails import first_contact
from earnest.pages.views.mine import as_they_see, page_of
from earnest.people import actions as people
from earnest.people.actions import Refused
from earnest.people.forms import AwayForm, OwnWorkForm


@require_POST
@login_required
def link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a link and show its secret, this once."""
    found = access.get_participation(request.user, pk)
    secret = actions.make_link(found, by=request.user, at=now())
    url = settings.BASE_URL + reverse("pages:open_link", args=[secret])
    message = first_contact(found, url, by=request.user)
    context = {**_about(found), "url": url, "subject": message.subject, "body": message.body}
    return render(request, "pages/link_made.html", context)


def _about(found: Participation) -> dict[str, Any]:
    return {
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "here": "people",
    }


@require_POST
@login_required
def links_revoked(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_participation(request.user, pk)
    actions.revoke_links(found, by=request.user, at=now())
    messages.success(request, _("Every link to their page has ended. Make a new one any time."))
    return _back(found)


@require_POST
@login_required
def told(request: SignedInRequest, pk: int) -> HttpResponse:
    """They know who writes, for what, and how to object."""
    found = access.get_participation(request.user, pk)
    actions.say_told(found, by=request.user, at=now())
    return _back(found)


@require_safe
@login_required
def see_as(request: SignedInRequest, pk: int) -> HttpResponse:
    """Their own page as they see it; nothing on it can be pressed (1.9)."""
    found = own.page_as_they_see_it(request.user, pk)
    with as_they_see(found):
        return render(request, "pages/see_as.html", {**page_of(found), "readonly": True})


@login_required
def own_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """What they work for, and when they are away: written down for them (1.6, 2.1)."""
    found = access.get_participation(request.user, pk)
    form = OwnWorkForm(request.POST or None, work=found.own_work)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_own_work(found, **form.cleaned_data, by=request.user, at=now())
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        except AskedToStop as stopped:
            form.add_error(None, stopped.sentence)
        else:
            return _back(found)
    return _own_work(request, found, form, AwayForm())


@require_POST
@login_required
def away(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_participation(request.user, pk)
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _own_work(request, found, OwnWorkForm(work=found.own_work), form)
    try:
        found.refuse_if_stopped()
        people.note_away(found.person, **form.cleaned_data, by=request.user, at=now())
    except AskedToStop as stopped:
        form.add_error(None, stopped.sentence)
        return _own_work(request, found, OwnWorkForm(work=found.own_work), form)
    return redirect("pages:own_work", found.pk)


@require_POST
@login_required
def away_removed(request: SignedInRequest, pk: int, away_pk: int) -> HttpResponse:
    found = access.get_participation(request.user, pk)
    people.remove_away(own.get_away(found, away_pk), by=request.user, at=now())
    return redirect("pages:own_work", found.pk)


def _own_work(
    request: SignedInRequest, found: Participation, form: OwnWorkForm, away: AwayForm
) -> HttpResponse:
    context = {**_about(found), "form": form, "away": away}
    status = 400 if form.errors or away.errors else 200
    return render(request, "pages/own_work_form.html", context, status=status)


@login_required
def erase(request: SignedInRequest, pk: int) -> HttpResponse:
    """When they asked for it: everything of this initiative. Everywhere is for themselves alone."""
    found = access.get_participation(request.user, pk)
    if request.method != "POST":
        return render(request, "pages/erase.html", _about(found))
    return _gone(request, found, erasure.erase_from_initiative, _("Erased here. Counts stay."))


@login_required
def off(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    """Says what will be deleted, and deletes it when that was said yes to."""
    found = access.get_participation_on(request.user, initiative_pk=initiative_pk, pk=pk)
    if request.method != "POST":
        return render(request, "pages/off.html", {**_about(found), "one": found})
    name = str(found.person)
    done = _("%(name)s is off this initiative.") % {"name": name}
    return _gone(request, found, erasure.take_off, done)


def _gone(
    request: SignedInRequest, found: Participation, change: Callable[..., bool], done: str
) -> HttpResponse:
    """Do it, unless they asked for quiet: then they stay, so that it is remembered."""
    name, initiative_pk = str(found.person), found.initiative_id
    try:
        change(found, by=request.user, at=now())
    except actions.ObjectionStands:
        words = _(
            "%(name)s asked for quiet here and stays, unasked. "
            "They can erase everything themselves, on their own page."
        )
        messages.info(request, words % {"name": name})
    else:
        messages.success(request, done)
    return redirect("initiatives:people", initiative_pk)


def _back(found: Participation) -> HttpResponse:
    return redirect("pages:person", found.initiative_id, found.pk)
