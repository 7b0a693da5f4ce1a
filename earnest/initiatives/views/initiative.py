"""The list, the page of one initiative, and the forms for what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from earnest.accounts import access as accounts
from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.initiatives import access, actions, queries
from earnest.initiatives.forms.initiative import (
    AboutForm,
    CommissionForm,
    DatesForm,
    DecidedForm,
    StartForm,
    ValueForm,
)
from earnest.initiatives.models import LEADING, Initiative, Role


def list_key(request: SignedInRequest, name: str) -> int | None:
    """Where a list goes on; what is no number begins it anew."""
    given = request.GET.get(name, "")
    return read_number(given)


@login_required
def initiatives(request: SignedInRequest) -> HttpResponse:
    """All of mine, in whatever role, and apart from them what is open to the workspace."""
    context = {
        "mine": queries.roles_of(request.user, before=list_key(request, "before")),
        "open": queries.open_to(request.user, before=list_key(request, "open_before")),
        "may_begin": accounts.workspaces_of(request.user).exists(),
        "here": "initiatives",
    }
    return render(request, "initiatives/list.html", context)


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    workspaces = accounts.workspaces_of(request.user).order_by("name", "pk")
    form = StartForm(request.POST or None, workspaces=workspaces)
    if form.is_valid():
        begin = actions.start_initiative if form.with_path else actions.start_without_path
        begun = begin(
            form.chosen,
            title=form.cleaned_data["title"],
            target=form.cleaned_data["target"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("initiatives:initiative", begun.pk)
    context = {"form": form, "may_begin": workspaces.exists(), "here": "initiatives"}
    return render(request, "initiatives/new.html", context)


@login_required
def initiative(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Each role sees its own page of it (architecture.md, "Doors")."""
    found = access.get_initiative(request.user, initiative_pk)
    role = access.role_on(request.user, found)
    today = found.workspace.day(timezone.now())
    context = {"initiative": found, "role": role, "here": "initiative"}
    if role in LEADING:
        context["page"] = queries.page_for_lead(found, today=today)
        return render(request, "initiatives/lead.html", context)
    if role == Role.Kind.SPONSOR:
        context["page"] = queries.page_for_sponsor(found, today=today)
        context["people_shown"] = queries.people_shown(found)
        return render(request, "initiatives/sponsor.html", context)
    if role == Role.Kind.CONTRIBUTOR:
        context["page"] = queries.page_for_contributor(found, today=today)
        return render(request, "initiatives/contributor.html", context)
    return render(request, "initiatives/initiative.html", context)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page that has its own small form."""

    form: type[forms.ModelForm[Initiative]]
    heading: str | Promise
    why: str | Promise


BLOCKS = {
    "about": Block(
        AboutForm,
        gettext_lazy("What should be happening?"),
        gettext_lazy("Share the target, and let people find the ways together."),
    ),
    "decided": Block(
        DecidedForm,
        gettext_lazy("Already decided, still open"),
        gettext_lazy("Said on every ask, so that nobody is asked about what is settled."),
    ),
    "value": Block(
        ValueForm,
        gettext_lazy("What is gained"),
        gettext_lazy("A reason for the organisation, and one for each person it touches."),
    ),
    "dates": Block(
        DatesForm,
        gettext_lazy("First day and launch"),
        gettext_lazy("The run-up is what happens between them."),
    ),
}


@login_required
def edit(request: SignedInRequest, initiative_pk: int, block: str) -> HttpResponse:
    """One block of the page, in its own form."""
    found = access.get_led(request.user, initiative_pk)
    chosen = BLOCKS[block]
    form = chosen.form(request.POST or None, instance=found)
    for field in form.fields.values():
        field.show_hidden_initial = True
    if request.method == "POST" and form.is_valid():
        # What this tab did not touch stays as somebody else may have written it meanwhile.
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.change_initiative(found, changes, by=request.user, at=timezone.now())
        return redirect("initiatives:initiative", found.pk)
    context = {"initiative": found, "form": form, "heading": chosen.heading, "why": chosen.why}
    return render(request, "initiatives/edit.html", {**context, "here": "initiative"})


@login_required
def commission(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    form = CommissionForm(request.POST or None, initial=_commission_so_far(found))
    if form.is_valid():
        actions.write_commission(
            found, form.words, talk_to=form.talk_to, by=request.user, at=timezone.now()
        )
        return redirect("initiatives:initiative", found.pk)
    context = {
        "initiative": found,
        "form": form,
        "heading": _("Who asked for it"),
        "why": _(
            "Before anybody else: is it the problem they want solved, and what will they give?"
        ),
        "here": "initiative",
    }
    return render(request, "initiatives/edit.html", context)


def _commission_so_far(initiative: Initiative) -> dict[str, str | bool]:
    noted = queries.commission_of(initiative)
    if noted is None:
        return {"talk": True}
    return {
        "asked_by": noted.asked_by,
        "problem": noted.problem,
        "will_give": noted.will_give,
        "talk": noted.person is not None,
        "email": noted.person.email if noted.person else "",
    }


@require_POST
@login_required
def closed(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    try:
        actions.close_initiative(found, by=request.user, at=timezone.now())
    except actions.AlreadyClosed:
        messages.info(request, _("It was closed before."))
    return redirect("initiatives:initiative", found.pk)


@require_POST
@login_required
def reopened(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    try:
        actions.reopen_initiative(found, by=request.user, at=timezone.now())
    except actions.NotClosed:
        messages.info(request, _("It is open already."))
    return redirect("initiatives:initiative", found.pk)


@require_POST
@login_required
def example_removed(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_led(request.user, initiative_pk)
    try:
        actions.remove_example(found, by=request.user, at=timezone.now())
    except actions.NotAnExample:
        messages.warning(request, _("This is not the example, so it stays. You can close it."))
        return redirect("initiatives:initiative", found.pk)
    messages.success(request, _("The example is gone, with everything in it."))
    return redirect("initiatives:initiatives")
