"""One's own digest: how often, when, when not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.queries import mail_is_set_up
from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.rhythm import actions
from earnest.rhythm.actions.digest import DigestChoice
from earnest.rhythm.forms.digest import DigestForm, as_chosen
from earnest.rhythm.models import Digest


@login_required
def digest(request: SignedInRequest) -> HttpResponse:
    row = Digest.objects.filter(user=request.user).first()
    form = DigestForm(request.POST or None, initial=as_chosen(row))
    if request.method == "POST" and form.is_valid():
        row = actions.choose_digest(request.user, form.choice, at=now())
        messages.success(request, _said(request, row))
        return redirect("rhythm:digest")
    context = {
        "form": form,
        "row": row,
        "next": row.next_at.astimezone(ZoneInfo(request.user.time_zone))
        if row and row.next_at
        else None,
        "leads": initiatives.initiatives_led_by(request.user).exists(),
        "mails": mail_is_set_up(),
        "here": "account",
    }
    status = 400 if form.errors else 200
    return render(request, "rhythm/digest.html", context, status=status)


@require_POST
@login_required
def declined(request: SignedInRequest) -> HttpResponse:
    """Offered on Today once; whoever chose meanwhile keeps what they chose."""
    if not Digest.objects.filter(user=request.user).exists():
        actions.choose_digest(request.user, DigestChoice(Digest.Every.OFF), at=now())
    messages.success(request, _("No mail, then. Under your account you can choose it at any time."))
    return redirect("pages:today")


def _said(request: SignedInRequest, row: Digest) -> str:
    if row.next_at is None:
        return _("Kept. No mail about what waits; Today shows it whenever you look.")
    there = row.next_at.astimezone(ZoneInfo(request.user.time_zone))
    return _("Kept. The next one: %(day)s.") % {"day": date_format(there, "l j F, H:i")}
