"""Polis' files: a conversation brought in as a space, and what is published of a space taken out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.ideas import access
from earnest.ideas.actions.bringing import bring_in
from earnest.ideas.forms.votes import PolisForm
from earnest.ideas.queries import files, maps
from earnest.initiatives import access as initiatives


@require_safe
@login_required
def map_files(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is published, and nothing else; only once something is."""
    space = access.get_space(request.user, pk)
    stored = maps.latest_map(space)
    if stored is None:
        raise Http404
    out = HttpResponse(files.as_polis(space, stored), content_type="application/zip")
    out["Content-Disposition"] = f'attachment; filename="space-{space.pk}-map-{stored.version}.zip"'
    return out


@login_required
def brought(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Its statements and votes, as a space without names; each line that makes no sense is named."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    form = PolisForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if form.is_valid():
        typed = form.cleaned_data
        came = bring_in(
            initiative,
            typed["question"],
            comments=typed["comments"],
            votes=typed["votes"],
            by=request.user,
            at=now(),
        )
        if came.space:
            messages.success(request, _("It is here. Its map is drawn within a minute."))
            return redirect("ideas:map", came.space.pk)
        faults = came.faults
    context = {"initiative": initiative, "form": form, "faults": faults, "here": "ideas"}
    status = 400 if form.errors or faults else 200
    return render(request, "ideas/brought.html", context, status=status)
