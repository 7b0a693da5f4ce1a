"""How often for whom: who is due now, who is asked enough, and the numbers behind it (3.13 to 3.15)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.rhythm import access, actions, queries
from earnest.rhythm.forms.plan import NewAudienceForm, RhythmForm
from earnest.rhythm.models import SORTS, Audience, AudienceKind, How
from earnest.rhythm.queries import page

FEW = 8


@login_required
def rhythm(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    at = now()
    context = {
        "initiative": found,
        "page": page.page_of(found, at=at, today=found.workspace.day(at), few=FEW),
        "here": "rhythm",
    }
    return render(request, "rhythm/rhythm.html", context)


@login_required
def due(request: SignedInRequest, initiative_pk: int, how: str) -> HttpResponse:
    """Everyone due one sort of word, by name."""
    if how not in How.values:
        raise Http404
    found, at = initiatives.get_led(request.user, initiative_pk), now()
    plan = queries.cadence_of(found)
    rows = queries.due(found, plan, how, at=at, today=found.workspace.day(at))
    shown = queries.due_page(rows, after=request.GET.get("after", ""))
    people = [page.due_as_shown(one, plan, how) for one in shown.rows]
    context = {
        "initiative": found,
        "people": people,
        "after": shown.after,
        "how": How(how),
        "here": "rhythm",
    }
    return render(request, "rhythm/due.html", context)


@login_required
def everyone(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The numbers for everyone: the usual ones until somebody changes them."""
    found = initiatives.get_led(request.user, initiative_pk)
    there = found.audiences.filter(kind=AudienceKind.EVERYONE).first()
    return _edit(request, found, there or Audience(initiative=found, kind=AudienceKind.EVERYONE))


@login_required
def audience(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_audience(request.user, initiative_pk=initiative_pk, pk=pk)
    return _edit(request, found.initiative, found)


@login_required
def new_audience(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Who, first; then their numbers. GET with who in it shows the numbers to begin with."""
    found = initiatives.get_led(request.user, initiative_pk)
    form = NewAudienceForm(request.GET or None, initiative=found)
    if not form.is_valid():
        context = {"initiative": found, "form": form, "here": "rhythm"}
        status = 400 if form.is_bound else 200
        return render(request, "rhythm/new_audience.html", context, status=status)
    known = found.audiences.filter(kind=form.audience.kind, team=form.audience.team).first()
    return _edit(request, found, known or form.audience)


def _edit(request: SignedInRequest, found: Initiative, whose: Audience) -> HttpResponse:
    form = RhythmForm(
        request.POST or None, initiative=found, audience=whose, days=page.days_of(whose)
    )
    if request.method == "POST" and form.is_valid():
        actions.set_rhythm(found, form.draft, by=request.user, at=now())
        messages.success(request, _("Kept. It counts from now on."))
        return redirect("rhythm:rhythm", found.pk)
    context = {"initiative": found, "form": form, "audience": whose, "here": "rhythm"}
    context["sorts"] = SORTS
    status = 400 if form.errors else 200
    return render(request, "rhythm/audience.html", context, status=status)


@login_required
@require_POST
def audience_removed(request: SignedInRequest, initiative_pk: int, pk: int) -> HttpResponse:
    found = access.get_audience(request.user, initiative_pk=initiative_pk, pk=pk)
    actions.remove_audience(found, by=request.user, at=now())
    messages.success(request, _("Gone. The rhythm of everyone counts for them."))
    return redirect("rhythm:rhythm", initiative_pk)
