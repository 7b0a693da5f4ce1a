"""Leaving a workspace, or being removed from it: what they led is led on (accounts lies below)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from earnest.accounts import access
from earnest.accounts import actions as accounts
from earnest.accounts.models import Membership
from earnest.accounts.requests import SignedInRequest
from earnest.accounts.views import LAST_OWNER
from earnest.initiatives import actions
from earnest.initiatives.forms.workspace import LetGoForm


@login_required
def remove_member(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    member = access.get_member(request.user, pk, member_pk)
    return _end_membership(request, member, "initiatives/remove_member.html")


@login_required
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    member = access.get_own_membership(request.user, pk)
    return _end_membership(request, member, "initiatives/leave.html")


def _end_membership(request: SignedInRequest, member: Membership, asking: str) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = LetGoForm(posted, member=member, by=request.user)
    page = {"member": member, "workspace": member.workspace, "form": form}
    if posted is None or not form.is_valid():
        return render(request, asking, page, status=400 if form.errors else 200)
    try:
        actions.let_member_go(member, by=request.user, at=timezone.now(), heir=form.heir)
    except (accounts.LastOwner, actions.NeedsALead) as error:
        form.add_error(None, _why_not(error))
        return render(request, asking, page, status=409)
    messages.success(request, _("%s is no member any more.") % member.user)
    runs_it = access.workspaces_run_by(request.user).filter(pk=member.workspace_id).exists()
    return redirect("accounts:members", member.workspace_id) if runs_it else redirect("pages:today")


def _why_not(error: Exception) -> str:
    if isinstance(error, accounts.LastOwner):
        return str(LAST_OWNER)
    return _("They lead an initiative alone. Name who will lead it.")
