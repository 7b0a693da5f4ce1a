"""Spaces of an initiative: started, asked into, closed; and one with its ideas as trees (4.4, 4.5)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.ideas import access, actions, drawing, queries
from earnest.ideas.actions import SpaceClosed
from earnest.ideas.actions.inviting import AT_ONCE
from earnest.ideas.forms.ideas import IdeaForm
from earnest.ideas.forms.spaces import InviteForm, SpaceForm
from earnest.ideas.models import Space, Statement
from earnest.ideas.queries import Reader
from earnest.initiatives import access as initiatives


@require_safe
@login_required
def spaces(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Every question that was put to everyone; whoever contributes reads them too."""
    found = access.get_read(request.user, initiative_pk)
    before = read_number(request.GET.get("before", ""))
    rows, more = queries.spaces_page(found, before=before)
    leads = access.leads(request.user, found)
    context = {"initiative": found, "spaces": rows, "more": more, "leads": leads, "here": "ideas"}
    return render(request, "ideas/spaces.html", context)


@login_required
def new_space(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    data = request.POST if request.method == "POST" else None
    form = SpaceForm(data, initial={"question": queries.drafted_question(found)})
    if form.is_valid():
        made = actions.start_space(found, form.draft, by=request.user, at=now())
        return redirect("ideas:space", made.pk)
    context = {"initiative": found, "form": form, "here": "ideas"}
    return render(request, "ideas/space_new.html", context, status=400 if form.errors else 200)


@require_safe
@login_required
def space(request: SignedInRequest, pk: int) -> HttpResponse:
    return show(request, access.get_space(request.user, pk))


def show(request: SignedInRequest, found: Space, form: IdeaForm | None = None) -> HttpResponse:
    """One space for those who lead: whom to ask, its ideas as trees, an idea of their own."""
    context = {
        "initiative": found.initiative,
        "space": found,
        "trees": queries.trees_page(found, Reader(leads=True), after=request.GET.get("after", "")),
        "form": form or IdeaForm(names=False, label=_("An idea of yours")),
        **({} if found.names else _handed_round(found)),
        "asked": found.invited.count() if found.names else 0,
        "waiting": found.statements.filter(state=Statement.State.WAITING).exists(),
        "leads": True,
        "here": "ideas",
    }
    return render(request, "ideas/space.html", context, status=400 if form else 200)


def _handed_round(space: Space) -> dict[str, str]:
    """The address of a space without names, in letters and for phones."""
    address = address_of(space)
    return {"address": address, "picture": drawing.picture_for_phones(address)}


def address_of(space: Space) -> str:
    """The one address of a space without names, whole: to copy, to print, to hang up."""
    there = reverse("pages:space", args=[access.token_of(space)])
    return f"{settings.BASE_URL}{there}"


@login_required
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask people into a space with names; without, there is an address to hand round."""
    found = access.get_space(request.user, pk)
    if not found.names or not found.is_open:
        return redirect("ideas:space", pk)
    waiting = list(queries.to_invite(found).order_by("person__name", "pk")[:AT_ONCE])
    data = request.POST if request.method == "POST" else None
    form = InviteForm(data, people=waiting)
    if form.is_valid():
        return _invite(request, found, form)
    context = {
        "initiative": found.initiative,
        "space": found,
        "form": form,
        "waiting": waiting,
        "here": "ideas",
    }
    return render(request, "ideas/invite.html", context, status=400 if form.errors else 200)


def _invite(request: SignedInRequest, found: Space, form: InviteForm) -> HttpResponse:
    people, words = form.cleaned_data["people"], form.cleaned_data["words"]
    try:
        done = actions.invite(found, people, words, by=request.user, at=now())
    except SpaceClosed as closed:
        messages.warning(request, closed.sentence)
        return redirect("ideas:space", found.pk)
    said = ngettext("One person is asked.", "%(count)d people are asked.", done.count)
    messages.success(request, said % {"count": done.count})
    for sentence in dict.fromkeys(done.not_now):
        messages.info(request, sentence)
    return redirect("ideas:space", found.pk)


@require_POST
@login_required
def closed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_space(request.user, pk)
    if actions.close_space(found, by=request.user, at=now()):
        messages.success(request, _("Closed. What stands there can still be read."))
    else:
        messages.info(request, _("It was closed before."))
    return redirect("ideas:space", pk)


@require_POST
@login_required
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_space(request.user, pk)
    if actions.open_space(found, by=request.user, at=now()):
        messages.success(request, _("It goes on: ideas can be given again."))
    else:
        messages.info(request, _("It is open."))
    return redirect("ideas:space", pk)
