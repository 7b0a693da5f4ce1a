"""A whole initiative taken out as files: what will be in them, and the zip itself."""

from __future__ import annotations

import tempfile
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access
from earnest.initiatives.models import Initiative
from earnest.pages import actions
from earnest.pages.export import What, listed, to_zip, zip_name
from earnest.pages.export.forms import TakeOutForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export(request: SignedInRequest, initiative_pk: int) -> HttpResponseBase:
    """Looked at, nothing happens; made, it is noted first, and told on each person's page."""
    found = access.get_led(request.user, initiative_pk)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    at = now()
    if form.is_valid():
        return _taken_out(request, found, form.cleaned_data["with_people"], at)
    without = listed(What(found, False, "", at))
    context = {
        "initiative": found,
        "form": form,
        "here": "initiative",
        "without": without,
        "with_people": [one for one in listed(What(found, True, "", at)) if one not in without],
        "before": found.taken_out.select_related("by")[:5],
    }
    return render(request, "pages/export.html", context, status=400 if form.errors else 200)


def _taken_out(
    request: SignedInRequest, found: Initiative, with_people: bool, at: datetime
) -> FileResponse:
    actions.note_taken_out(found, with_people=with_people, by=request.user, at=at)
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    to_zip(What(found, with_people, str(request.user), at), made)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=zip_name(found, at))
