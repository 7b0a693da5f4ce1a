"""The people on an initiative: the list, adding, why each is here."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access, actions, queries
from earnest.initiatives.forms.people import PeopleForm, SearchForm, WhyForm


@login_required
def people(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """By name, fifty at a time; narrowed by name, team, or who holds them."""
    found = access.get_led(request.user, initiative_pk)
    form = SearchForm(request.GET, workspace=found.workspace)
    sought = form.sought(request.user)
    page = queries.people_on(found, sought)
    context = {
        "initiative": found,
        "form": form,
        "page": page,
        "narrowed": bool(sought.q or sought.team or sought.held_by or sought.stands),
        "later": sought.after is not None,
        "more": _more(request, page.next_key),
        "here": "people",
    }
    return render(request, "initiatives/people.html", context)


def _more(request: SignedInRequest, key: int | None) -> str:
    """The address of the next page, narrowed as this one."""
    kept = {
        name: request.GET[name] for name in ("q", "team", "mine", "stands") if request.GET.get(name)
    }
    return f"?{urlencode({**kept, 'after': key})}" if key else ""


@login_required
def add(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Pasted names: known people are found, new ones added, all in one transaction."""
    found = access.get_led(request.user, initiative_pk)
    leads = queries.leads_of(found)
    form = PeopleForm(request.POST or None, leads=leads, initial={"held_by": request.user.pk})
    if form.is_valid():
        try:
            new = actions.add_and_put_on(
                found,
                form.cleaned_data["people"],
                held_by=form.cleaned_data["held_by"],
                why=form.why,
                by=request.user,
                at=timezone.now(),
            )
        except actions.NotALead:
            form.add_error("held_by", _("They stopped leading meanwhile. Choose a lead."))
        else:
            messages.success(request, _added(new, len(form.cleaned_data["people"])))
            return redirect("initiatives:people", found.pk)
    context = {"initiative": found, "form": form, "here": "people"}
    return render(request, "initiatives/people_add.html", context)


def _added(new: int, named: int) -> str:
    words = ngettext("One person is new here.", "%(count)s people are new here.", new)
    words %= {"count": new}
    return words if new == named else f"{words} {_('The others were on it already.')}"


@login_required
def why(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    """Why this person is here, and which lead holds them."""
    found = access.get_participation_on(request.user, initiative_pk=initiative_pk, pk=pk)
    leads = queries.leads_of(found.initiative)
    form = WhyForm(request.POST or None, instance=found, leads=leads)
    if request.method == "POST" and form.is_valid():
        actions.say_why(
            found,
            form.why,
            held_by=form.cleaned_data["held_by"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("initiatives:people", initiative_pk)
    context = {"initiative": found.initiative, "one": found, "form": form, "here": "people"}
    return render(request, "initiatives/why.html", context)
