"""The teams of a workspace: a tree, changed by those who run it."""

from __future__ import annotations

from collections.abc import Callable

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
from earnest.people.forms import MoveForm, RenameForm, TeamForm
from earnest.people.models import Team
from earnest.people.queries import TeamTree


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tree, and a form to add to it."""
    workspace = accounts.get_run_workspace(request.user, pk)
    tree = TeamTree(workspace)
    form = TeamForm(request.POST or None, tree=tree)
    if request.method == "POST" and form.is_valid():

        def add() -> object:
            said = form.cleaned_data
            return actions.add_team(
                workspace, said["name"], parent=said["parent"], by=request.user, at=timezone.now()
            )

        if _done(form, add):
            messages.success(request, _("The team is there."))
            return redirect("people:teams", pk)
    shown = {"workspace": workspace, "rows": tree.rows(), "form": form}
    return render(request, "people/teams.html", shown)


@login_required
@require_safe
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    return _team_page(request, access.get_team(request.user, pk))


@login_required
@require_POST
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_team(request.user, pk)
    form = RenameForm(request.POST, tree=TeamTree(found.workspace))
    if form.is_valid() and _done(
        form,
        lambda: actions.rename_team(
            found, form.cleaned_data["name"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("people:teams", found.workspace_id)
    return _team_page(request, access.get_team(request.user, pk), rename_form=form)


@login_required
@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_team(request.user, pk)
    form = MoveForm(request.POST, tree=TeamTree(found.workspace))
    if form.is_valid() and _done(
        form,
        lambda: actions.move_team(
            found, parent=form.cleaned_data["parent"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("people:teams", found.workspace_id)
    return _team_page(request, access.get_team(request.user, pk), move_form=form)


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_team(request.user, pk)
    try:
        actions.remove_team(found, by=request.user, at=timezone.now())
    except actions.Refused as refused:
        messages.error(request, refused.reason)
        return redirect("people:team", pk)
    messages.success(request, _("The team is gone; its people stay."))
    return redirect("people:teams", found.workspace_id)


def _done(form: TeamForm, action: Callable[[], object]) -> bool:
    """Whether the action went through; if not, the form says why beside its field."""
    try:
        action()
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return False
    return True


def _team_page(
    request: SignedInRequest,
    found: Team,
    *,
    rename_form: TeamForm | None = None,
    move_form: TeamForm | None = None,
) -> HttpResponse:
    tree = TeamTree(found.workspace)
    now = {"name": found.name, "parent": tree.path(found.parent_id)}
    shown = {
        "team": found,
        "workspace": found.workspace,
        "rename_form": rename_form or RenameForm(tree=tree, initial=now),
        "move_form": move_form or MoveForm(tree=tree, initial=now),
    }
    return render(request, "people/team.html", shown)
