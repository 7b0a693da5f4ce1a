"""Who leads, backs and helps, and handing people over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access, actions, queries
from earnest.initiatives.forms.roles import NEEDS_HEIR, ChangeRoleForm, HeirForm, RoleForm
from earnest.initiatives.models import LEADING, Role

REFUSED = (actions.LastLead, actions.NeedsHeir, actions.NotALead, actions.OnlyLeads)


@login_required
def roles(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    mine = access.role_on(request.user, found)
    form = RoleForm(request.POST or None, initiative=found, by_lead=mine == Role.Kind.LEAD)
    if form.is_valid():
        user, kind = form.cleaned_data["email"], form.cleaned_data["kind"]
        try:
            actions.give_role(found, user, kind=kind, by=request.user, at=timezone.now())
        except (actions.NotAMember, actions.HasARole, actions.OnlyLeads):
            messages.warning(request, _("Somebody changed this meanwhile. Please look once more."))
        return redirect("initiatives:roles", found.pk)
    shown = [
        (one, access.may_change(request.user, one, kind=mine)) for one in queries.roles_on(found)
    ]
    context = {"initiative": found, "form": form, "roles": shown, "here": "initiative"}
    return render(request, "initiatives/roles.html", context)


@login_required
def role(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    """Change a role: who stops leading hands over the people they hold in the same step."""
    found = access.get_role(request.user, initiative_pk=initiative_pk, pk=pk)
    held = queries.held_count(found)
    form = _change_form(request, found, held, request.POST or None)
    if form.is_valid():
        kind, heir, at = form.cleaned_data["kind"], form.goes_to, timezone.now()
        try:
            handed = actions.change_role(found, kind=kind, by=request.user, at=at, heir=heir)
        except REFUSED as error:
            _explain(form, error)
        else:
            return _done(request, found, handed)
    leave = HeirForm(role=found, held=held, auto_id="leave_%s")
    return _role_page(request, found, form, leave)


@require_POST
@login_required
def role_removed(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_role(request.user, initiative_pk=initiative_pk, pk=pk)
    held = queries.held_count(found)
    leave = HeirForm(request.POST, role=found, held=held, auto_id="leave_%s")
    if leave.is_valid():
        at, heir = timezone.now(), leave.goes_to
        try:
            handed = actions.remove_role(found, by=request.user, at=at, heir=heir)
        except REFUSED as error:
            _explain(leave, error)
        else:
            return _done(request, found, handed)
    return _role_page(request, found, _change_form(request, found, held), leave)


def _change_form(
    request: SignedInRequest, role: Role, held: int, posted: QueryDict | None = None
) -> ChangeRoleForm:
    by_lead = access.role_on(request.user, role.initiative) == Role.Kind.LEAD
    return ChangeRoleForm(
        posted, initial={"kind": role.kind}, role=role, held=held, by_lead=by_lead
    )


def _explain(form: HeirForm, error: Exception) -> None:
    if isinstance(error, actions.LastLead):
        kind = "kind" if "kind" in form.fields else None
        words = _("They are the only lead. Make somebody else a lead first: there is always one.")
        form.add_error(kind, words)
        return
    if isinstance(error, actions.OnlyLeads):
        form.add_error(None, _("Who leads and co-leads is for leads to say."))
        return
    form.add_error("heir" if "heir" in form.fields else None, str(NEEDS_HEIR))


def _role_page(
    request: SignedInRequest, role: Role, form: ChangeRoleForm, leave: HeirForm
) -> HttpResponse:
    context = {
        "initiative": role.initiative,
        "role": role,
        "held": form.held,
        "form": form,
        "leave": leave,
        "here": "initiative",
    }
    return render(request, "initiatives/role.html", context)


def _done(request: SignedInRequest, role: Role, handed: int) -> HttpResponse:
    """Say what was handed over; who gave up their own seat goes back to their list."""
    if handed:
        words = ngettext(
            "One person was handed over.", "%(count)s people were handed over.", handed
        )
        messages.success(request, words % {"count": handed})
    if access.role_on(request.user, role.initiative) not in LEADING:
        return redirect("initiatives:initiatives")
    return redirect("initiatives:roles", role.initiative_id)
