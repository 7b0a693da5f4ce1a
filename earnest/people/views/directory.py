"""The people of a workspace, for those who run it. Nothing of any initiative is shown here."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from earnest.accounts import access as accounts
from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.people import access, actions, queries
from earnest.people.forms import PersonForm


@login_required
@require_safe
def directory(request: SignedInRequest, pk: int) -> HttpResponse:
    workspace = accounts.get_run_workspace(request.user, pk)
    text = request.GET.get("q", "")[:120].replace("\x00", "")
    after = request.GET.get("after", "")
    people = access.directory_for(request.user).filter(workspace=workspace)
    page = queries.people_page(people, text=text, after=read_number(after))
    shown = {"workspace": workspace, "page": page, "text": text, "after": after}
    return render(request, "people/directory.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    workspace = accounts.get_run_workspace(request.user, pk)
    form = PersonForm(request.POST or None, workspace=workspace)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.add_person(
                workspace, form.details(), by=request.user, at=timezone.now()
            )
        except actions.Refused as refused:
            form.add_error(refused.field or None, refused.reason)
        else:
            messages.success(request, _("%(name)s is in the directory.") % {"name": person})
            return redirect("people:directory", pk)
    return render(request, "people/person_form.html", {"workspace": workspace, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    person = access.get_in_directory(request.user, pk)
    form = PersonForm(request.POST or None, workspace=person.workspace, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(person, form.details(), by=request.user, at=timezone.now())
        except actions.Refused as refused:
            form.add_error(refused.field or None, refused.reason)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:directory", person.workspace_id)
    shown = {"workspace": person.workspace, "form": form, "person": person}
    return render(request, "people/person_form.html", shown)
