"""A moment that came for somebody: read and sent, spoken about, used, or not the case."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.queries import mail_is_set_up
from earnest.accounts.requests import SignedInRequest
from earnest.core.redirects import back_to
from earnest.initiatives.models import AskedToStop
from earnest.listening.emails.reading import as_read
from earnest.messaging.actions import MayNotWrite
from earnest.practice import access, emails
from earnest.practice.actions import moments as actions
from earnest.practice.actions.nudging import send_nudge
from earnest.practice.forms.moments import NudgeForm
from earnest.practice.models import MomentSeen
from earnest.practice.queries import moments as queries


@require_safe
@login_required
def seen(request: SignedInRequest, pk: int) -> HttpResponse:
    """The point, their link, and the mail as they would read it."""
    return _show(request, access.get_seen(request.user, pk))


def _show(
    request: SignedInRequest, found: MomentSeen, wrong: NudgeForm | None = None
) -> HttpResponse:
    link = queries.link_for(found)
    draft = emails.the_moment(found, link=link, line="", by=request.user)
    context = {
        "initiative": found.participation.initiative,
        "participation": found.participation,
        "seen": found,
        "moment": found.moment,
        "link": link,
        "mail": as_read(draft, found.participation, by=request.user),
        "form": wrong or NudgeForm(seen=found, initial={"link": link}),
        "today": found.participation.initiative.workspace.day(now()),
        "here": "lessons",
    }
    return render(request, "practice/moment_seen.html", context, status=400 if wrong else 200)


@require_POST
@login_required
def nudge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Only now it goes, within the limits of asking."""
    found = access.get_seen(request.user, pk)
    form = NudgeForm(request.POST, seen=found)
    if not form.is_valid():
        return _show(request, found, form)
    given = form.cleaned_data
    try:
        message = send_nudge(
            found, link=given["link"], line=given["line"], by=request.user, at=now()
        )
    except (AskedToStop, MayNotWrite) as no:
        form.add_error(None, no.sentence)
        return _show(request, found, form)
    except actions.SeenOver:
        messages.info(request, _("What became of it was said before."))
        return redirect("practice:seen", pk)
    if mail_is_set_up():
        messages.success(request, _("On its way, in their working hours."))
    else:
        messages.info(request, _("Ready. It cannot be mailed from here: hand it over below."))
    return redirect("messaging:message", message.pk)


@require_POST
@login_required
def spoken(request: SignedInRequest, pk: int) -> HttpResponse:
    def said(found: MomentSeen) -> str:
        actions.say_spoken(found, by=request.user, at=now())
        return _("Noted: you spoke about it.")

    return _say(request, pk, said)


@require_POST
@login_required
def used(request: SignedInRequest, pk: int) -> HttpResponse:
    def said(found: MomentSeen) -> str:
        actions.say_used(found, by=request.user, at=now())
        return _("Noted: they used it. It counts as done when they say so themselves.")

    return _say(request, pk, said)


@require_POST
@login_required
def not_so(request: SignedInRequest, pk: int) -> HttpResponse:
    def said(found: MomentSeen) -> str:
        actions.say_not_the_case(found, by=request.user, at=now())
        return _("Noted: it was not the case.")

    return _say(request, pk, said)


def _say(request: SignedInRequest, pk: int, say: Callable[[MomentSeen], str]) -> HttpResponse:
    """Through the door, one action, and back to where one was."""
    found = access.get_seen(request.user, pk)
    try:
        messages.success(request, say(found))
    except actions.SeenOver:
        messages.info(request, _("What became of it was said before."))
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    return back_to(request, reverse("practice:seen", args=[pk]))
