"""What is put to the vote in a space, for its leads: reading, showing, not showing; and its map."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.ideas import access, drawing
from earnest.ideas.access import votes as doors
from earnest.ideas.actions import SpaceClosed, outcomes
from earnest.ideas.actions import statements as actions
from earnest.ideas.forms.votes import OutcomeForm, ReasonForm, SeedForm, StatementForm
from earnest.ideas.models import OpinionMap, Space, Statement
from earnest.ideas.queries import maps
from earnest.ideas.queries.statements import statements_in

State = Statement.State


@require_safe
@login_required
def statements(request: SignedInRequest, pk: int) -> HttpResponse:
    """Waiting, shown, not shown: each with what was said of it."""
    return _statements(request, access.get_space(request.user, pk))


def _statements(
    request: SignedInRequest, space: Space, *, wrong: forms.Form | None = None, about: int = 0
) -> HttpResponse:
    """``wrong`` is what was typed wrongly, of the statement ``about`` or of new ones."""
    asked = request.GET.get("state", "")
    state = asked if asked in State.values else State.WAITING.value
    page = statements_in(space, state, after=read_number(request.GET.get("after", "")))
    if not asked and not page.rows and page.counts[State.SHOWN]:
        state, page = State.SHOWN.value, statements_in(space, State.SHOWN.value)
    context = {
        "initiative": space.initiative,
        "space": space,
        "here": "ideas",
        "state": state,
        "states": [(one.value, one.label, page.counts[one]) for one in State],
        "page": page,
        "seed": wrong if isinstance(wrong, SeedForm) else SeedForm(),
        "reason": wrong if isinstance(wrong, ReasonForm) else None,
        "about": about,
    }
    return render(request, "ideas/statements.html", context, status=400 if wrong else 200)


@require_POST
@login_required
def put_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Statements to begin with, a line each: shown at once, and marked as the leads'."""
    space, form = access.get_space(request.user, pk), SeedForm(request.POST)
    if not form.is_valid():
        return _statements(request, space, wrong=form)
    lines = form.cleaned_data["words"]
    try:
        for line in lines:
            actions.seed_statement(space, line, by=request.user, at=now())
    except SpaceClosed as closed:
        messages.info(request, closed.sentence)
    else:
        said = ngettext("%(n)s is put to the vote.", "%(n)s are put to the vote.", len(lines))
        messages.success(request, said % {"n": len(lines)})
    return redirect("ideas:statements", pk)


@require_POST
@login_required
def shown(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_statement(request.user, pk)
    try:
        actions.show(found, by=request.user, at=now())
    except actions.CannotStand as no:
        messages.info(request, no.sentence)
    else:
        messages.success(request, _("It is put to the vote."))
    return redirect("ideas:statements", found.space_id)


@require_POST
@login_required
def hidden(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not shown, for a reason that whoever wrote it reads."""
    found, form = doors.get_statement(request.user, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _statements(request, found.space, wrong=form, about=pk)
    actions.hide(found, form.cleaned_data["reason"], by=request.user, at=now())
    messages.success(request, _("It is not shown. Whoever wrote it, or voted on it, reads why."))
    return redirect("ideas:statements", found.space_id)


@login_required
def to_vote(request: SignedInRequest, pk: int) -> HttpResponse:
    """An idea becomes a statement, in words fit for voting."""
    idea = doors.get_idea_led(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = StatementForm(data, initial={"words": idea.words[:280]})
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            actions.put_to_the_vote(idea, words, by=request.user, at=now())
        except (SpaceClosed, actions.CannotStand) as no:
            messages.info(request, no.sentence)
        else:
            messages.success(request, _("It is put to the vote. Its author keeps the credit."))
        return redirect("ideas:statements", idea.space_id or 0)
    context = {"idea": idea, "space": idea.space, "initiative": idea.initiative, "form": form}
    page = {**context, "here": "ideas"}
    return render(request, "ideas/to_vote.html", page, status=400 if form.errors else 200)


@require_safe
@login_required
def opinion_map(request: SignedInRequest, pk: int) -> HttpResponse:
    return _map(request, access.get_space(request.user, pk))


def _map(request: SignedInRequest, space: Space, form: OutcomeForm | None = None) -> HttpResponse:
    """Just what everyone in the space sees: a lead sees no single vote either."""
    stored = _version(space, request.GET.get("version", ""))
    read = maps.read_map(stored) if stored else None
    context = {
        "initiative": space.initiative,
        "space": space,
        "here": "ideas",
        "read": read,
        "picture": drawing.picture_of(read) if read else None,
        "versions": maps.versions_of(space),
        "outcomes": space.outcomes.select_related("by")[: maps.LATEST],
        "form": form or OutcomeForm(),
    }
    return render(request, "ideas/map.html", context, status=400 if form else 200)


def _version(space: Space, asked: str) -> OpinionMap | None:
    """The last one, or an earlier one by its number."""
    number = read_number(asked)
    if number is None:
        return maps.latest_map(space)
    found = OpinionMap.objects.filter(space=space, version=number).first()
    if found is None:
        raise Http404
    return found


@require_POST
@login_required
def outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    """What becomes of it: in the space, and by mail to who wished to hear."""
    space, form = access.get_space(request.user, pk), OutcomeForm(request.POST)
    if not form.is_valid():
        return _map(request, space, form)
    outcomes.say_outcome(space, form.cleaned_data["words"], by=request.user, at=now())
    messages.success(request, _("It stands in the space. Who wished to hear of it is told."))
    return redirect("ideas:map", pk)
