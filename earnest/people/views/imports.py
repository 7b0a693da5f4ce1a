"""A file of people, from upload to done. Seen by the user who began it alone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earnest.accounts import access as accounts
from earnest.accounts.requests import SignedInRequest
from earnest.people import access, actions
from earnest.people.forms import ColumnsForm, ConfirmForm, FileForm
from earnest.people.models import PeopleImport

TEMPLATES = {
    PeopleImport.State.MATCHING: "people/import_columns.html",
    PeopleImport.State.CHECKING: "people/import_progress.html",
    PeopleImport.State.READY: "people/import_preview.html",
    PeopleImport.State.WRITING: "people/import_progress.html",
    PeopleImport.State.DONE: "people/import_done.html",
    PeopleImport.State.FAILED: "people/import_failed.html",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    workspace = accounts.get_run_workspace(request.user, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            import_ = actions.begin_import(
                workspace, form.cleaned_data["file"], by=request.user, at=timezone.now()
            )
        except actions.Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect("people:import", import_.pk)
    return render(request, "people/import_begin.html", {"workspace": workspace, "form": form})


@login_required
@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page of the step the import is at."""
    import_ = access.get_import(request.user, pk)
    template = TEMPLATES[PeopleImport.State(import_.state)]
    return render(request, template, {"import": import_, "form": ColumnsForm(import_=import_)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    import_ = access.get_import(request.user, pk)
    if not import_.can_be_matched:
        return redirect("people:import", pk)
    form = ColumnsForm(request.POST or None, import_=import_)
    if request.method == "POST" and form.is_valid():
        actions.match_columns(
            import_,
            form.matched(),
            has_header=form.cleaned_data["has_header"],
            at=timezone.now(),
        )
        return redirect("people:import", pk)
    return render(request, "people/import_columns.html", {"import": import_, "form": form})


@login_required
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    import_ = access.get_import(request.user, pk)
    form = ConfirmForm(request.POST)
    skip_bad = form.is_valid() and form.cleaned_data["which"] == "good"
    if not actions.confirm_import(import_, skip_bad=skip_bad, at=timezone.now()):
        messages.warning(request, _("This import is not waiting for that."))
    return redirect("people:import", pk)


@login_required
@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    import_ = access.get_import(request.user, pk)
    if not actions.drop_import(import_, by=request.user, at=timezone.now()):
        messages.warning(request, _("It is being written, or done: it cannot be left any more."))
        return redirect("people:import", pk)
    messages.success(request, _("Nothing was imported, and the file is gone."))
    return redirect("pages:today")


@login_required
@require_safe
def problems(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every line that cannot be imported, as a sheet to mend the file by."""
    import_ = access.get_import(request.user, pk)
    return HttpResponse(
        bytes(import_.problems_csv),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="lines-to-mend.csv"'},
    )
