"""Ideas of a space and the plan: taken up as an input; words said elsewhere brought into a space."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.ideas import access as ideas
from earnest.ideas.actions import IdeaGone, SpaceClosed
from earnest.ideas.models import Space
from earnest.initiatives.models import AskedToStop
from earnest.plans import access, actions, queries
from earnest.plans.actions import NotPassedOn, WrongSpace


@require_safe
@login_required
def became(request: SignedInRequest, pk: int) -> HttpResponse:
    """What became of an idea: for its page, which lies below, or by itself."""
    idea = ideas.get_idea(request.user, pk)
    context = {
        "initiative": idea.initiative,
        "idea": idea,
        "taken": queries.ideas_taken_up([pk]).get(pk),
        "reply": queries.became_of_ideas([pk]).get(pk),
        "here": "ideas",
    }
    within = "HX-Request" in request.headers
    page = "plans/idea_became.html" if within else "plans/idea_became_page.html"
    return render(request, page, context)


@require_POST
@login_required
def taken_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is owed an answer from now on, and so is whatever it grew from (1.14)."""
    idea = ideas.get_idea(request.user, pk)
    try:
        taken, new = actions.take_idea_up(idea, by=request.user, at=now())
    except (IdeaGone, AskedToStop) as cannot:
        messages.warning(request, cannot.sentence)
        return redirect("ideas:idea", pk)
    said = _("Taken up. It waits for an answer, and whoever it came from is answered with it.")
    messages.success(request, said if new else _("It was taken up before."))
    return redirect("plans:input", taken.pk)


@require_POST
@login_required
def into_space(request: SignedInRequest, pk: int) -> HttpResponse:
    """Their words become an idea of a space, as far as they pass them on."""
    taken = access.get_input(request.user, pk)
    space = _space(request, taken.initiative_id)
    if space is None:
        messages.info(request, _("That space is not there any more. Choose again."))
        return redirect("plans:input", pk)
    try:
        idea, new = actions.bring_into_space(taken, space, by=request.user, at=now())
    except (SpaceClosed, NotPassedOn, WrongSpace, AskedToStop) as cannot:
        messages.warning(request, cannot.sentence)
        return redirect("plans:input", pk)
    messages.success(
        request,
        _("It stands there now, in their words.") if new else _("It stood there before."),
    )
    return redirect("ideas:idea", idea.pk)


def _space(request: SignedInRequest, initiative_pk: int) -> Space | None:
    pk = read_number(request.POST.get("space", ""))
    rows = ideas.spaces_led_by(request.user).filter(initiative=initiative_pk, closed_at=None)
    return rows.filter(pk=pk).first() if pk else None
