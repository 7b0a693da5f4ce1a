"""A file of people, straight onto an initiative: the steps in between are those of people."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access
from earnest.pages.jobs import write_import_onto
from earnest.people import actions
from earnest.people.forms import FileForm


@login_required
def people(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Upload; everyone in the file comes into the directory and onto the initiative."""
    initiative = access.get_led(request.user, initiative_pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            import_ = actions.begin_import(
                initiative.workspace,
                form.cleaned_data["file"],
                by=request.user,
                at=now(),
                initiative_id=initiative.pk,
                job=write_import_onto,
            )
        except actions.Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect("people:import", import_.pk)
    context = {"initiative": initiative, "form": form, "here": "people"}
    status = 400 if form.errors else 200
    return render(request, "people/import_begin.html", context, status=status)
