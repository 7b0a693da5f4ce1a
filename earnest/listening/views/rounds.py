"""A listening round: drafted, people ticked, why each, begun, paused, ended; how it stands."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.forms.people import SearchForm
from earnest.initiatives.models import Initiative
from earnest.listening import access
from earnest.listening.actions import rounds as actions
from earnest.listening.actions.asks import AskDraft, CannotAsk
from earnest.listening.forms.rounds import (
    NotHeardForm,
    RoundForm,
    WhyYouForm,
    draft_so_far,
    numbers,
)
from earnest.listening.forms.times import Clock
from earnest.listening.models import Round
from earnest.listening.queries import asks as asked
from earnest.listening.queries import free_times
from earnest.listening.queries import rounds as queries
from earnest.listening.views.asks import as_seen


@login_required
def new_round(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """One draft for many, sent in daily batches within everybody's limits."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    at = now()
    clock = Clock(at, initiative.workspace.day(at))
    form = RoundForm(request.POST or None, initiative=initiative, clock=clock)
    if request.method == "POST" and form.is_valid():
        draft, per_day = _draft(form, clock), form.cleaned_data["per_day"]
        try:
            made = actions.draft_round(initiative, draft, per_day=per_day, by=request.user, at=at)
            return redirect("listening:round_people", made.pk)
        except CannotAsk as no:
            form.add_error(None, no.sentence)
    return _draft_page(request, initiative, form, None)


def _draft(form: RoundForm, clock: Clock) -> AskDraft:
    return form.draft(clock.today + timedelta(days=form.cleaned_data["days"]))


def _draft_page(
    request: SignedInRequest, initiative: Initiative, form: RoundForm, round_: Round | None
) -> HttpResponse:
    context = {"here": "asks", "initiative": initiative, "form": form, "round": round_}
    status = 400 if form.errors else 200
    return render(request, "listening/round_draft.html", context, status=status)


@login_required
def change_round(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft, while nobody got it yet."""
    found = access.get_round(request.user, pk)
    initiative, at = found.ask.initiative, now()
    clock = Clock(at, initiative.workspace.day(at))
    form = RoundForm(
        request.POST or None, initiative=initiative, clock=clock, initial=draft_so_far(found)
    )
    if request.method == "POST" and form.is_valid():
        per_day = form.cleaned_data["per_day"]
        try:
            actions.change_round(
                found, _draft(form, clock), per_day=per_day, by=request.user, at=at
            )
            return redirect("listening:round", pk)
        except CannotAsk as no:
            form.add_error(None, no.sentence)
    return _draft_page(request, initiative, form, found)


@login_required
def round_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """How it stands: asked, answered, waiting and why. Nobody is ranked."""
    found = access.get_round(request.user, pk)
    at = now()
    ask = found.ask
    page = queries.waiting_page(found, at=at, after=request.GET.get("after", ""))
    states = asked.states_of([ask]).get(ask.pk, Counter())
    first = next((one for one in page.turns if one.invitation.why_you), None)
    context = {
        "here": "asks",
        "initiative": ask.initiative,
        "round": found,
        "ask": ask,
        "row": asked.AskRow(ask, states),
        "states": states,
        "waiting": states["waiting"],
        "asked": sum(states.values()) - states["waiting"],
        "page": page,
        "without_why": queries.without_why(found),
        "seen": _seen(first, at) if first else None,
        "round_words": [ask.about, ask.gets, first.invitation.why_you if first else ""],
    }
    return render(request, "listening/round.html", context)


def _seen(turn: queries.Turn, at: datetime) -> object:
    """The mail as the next of them will get it."""
    ask = turn.invitation.ask
    return as_seen(turn.invitation, free_times(turn.invitation, at=at), by=ask.by, at=at)


@login_required
def people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ticked from the list of people, fifty at a time."""
    found = access.get_round(request.user, pk)
    initiative = found.ask.initiative
    if request.method == "POST":
        return _tick(request, found)
    search = SearchForm(request.GET, workspace=initiative.workspace)
    rows, more, there = queries.people_page(found, search.sought(request.user))
    held = queries.held_back(rows, initiative, at=now())
    kept = {name: request.GET[name] for name in ("q", "team", "mine") if request.GET.get(name)}
    context = {
        "here": "asks",
        "initiative": initiative,
        "round": found,
        "people": [(one, held.get(one.pk, "")) for one in rows],
        "there": there,
        "search": search,
        "narrowed": bool(kept),
        "not_heard": NotHeardForm(initiative=initiative),
        "more": f"?{urlencode({**kept, 'after': more})}" if more else "",
    }
    return render(request, "listening/round_people.html", context)


def _tick(request: SignedInRequest, found: Round) -> HttpResponse:
    """Who is ticked comes in, who was shown and is not goes out, as long as they were not asked."""
    shown, ticked = numbers(request.POST.getlist("shown")), numbers(request.POST.getlist("in"))
    here = initiatives.participations_for(request.user).filter(initiative=found.ask.initiative_id)
    try:
        new = actions.take_in(found, here.filter(pk__in=ticked & shown), by=request.user, at=now())
    except CannotAsk as no:
        messages.warning(request, no.sentence)
        return redirect("listening:round", found.pk)
    actions.leave_out(found, shown - ticked, by=request.user, at=now())
    said = ngettext("One more is in the round.", "%(n)s more are in the round.", new)
    messages.success(request, said % {"n": new} if new else _("Saved."))
    if more := request.POST.get("more", ""):
        return redirect(f"{request.path}{more}" if more.startswith("?") else request.path)
    return redirect("listening:round_why", found.pk)


@require_POST
@login_required
def not_heard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everyone who was not heard yet, of a team or of all."""
    found = access.get_round(request.user, pk)
    form = NotHeardForm(request.POST, initiative=found.ask.initiative)
    team = form.cleaned_data["team"] if form.is_valid() else None
    those = queries.not_heard(found, team=team.pk if team else None).select_related("person")
    try:
        new = actions.take_in(found, those, by=request.user, at=now())
    except CannotAsk as no:
        messages.warning(request, no.sentence)
        return redirect("listening:round", pk)
    said = ngettext("One more is in the round.", "%(n)s more are in the round.", new)
    messages.success(request, said % {"n": new})
    return redirect("listening:round_why", pk)


@login_required
def why(request: SignedInRequest, pk: int) -> HttpResponse:
    """Why each of them; who has no why waits, and is shown."""
    found = access.get_round(request.user, pk)
    at = now()
    only = "" if request.GET.get("all") else "why"
    page = queries.waiting_page(found, at=at, after=request.GET.get("after", ""), only=only)
    rows = [one.invitation for one in page.turns]
    if request.method == "POST":
        ids = numbers(request.POST.getlist("shown"))
        rows = queries.waiting_rows(found, ids)
    held = queries.held_back([one.participation for one in rows], found.ask.initiative, at=at)
    form = WhyYouForm(request.POST or None, rows=rows, held=held)
    with_care = "kept_with_care" in request.POST
    if request.method == "POST" and form.is_fine(with_care=with_care):
        said = actions.say_why_you(found, form.words(), by=request.user, at=at)
        messages.success(request, _("Saved. Each can read their own."))
        more = said and only and queries.without_why(found)
        return redirect("listening:round_why" if more else "listening:round", pk)
    context = {
        "here": "asks",
        "initiative": found.ask.initiative,
        "round": found,
        "ask": found.ask,
        "form": form,
        "rows": rows,
        "page": page,
        "all": not only,
    }
    wrong = bool(form.errors or form.sensitive)
    return render(request, "listening/round_why.html", context, status=400 if wrong else 200)


@require_POST
@login_required
def paused(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_round(request.user, pk)
    actions.pause_round(found, by=request.user, at=now())
    messages.success(request, _("Paused. Nobody more is asked until it goes on."))
    return redirect("listening:round", pk)


@require_POST
@login_required
def going(request: SignedInRequest, pk: int) -> HttpResponse:
    """It begins, or goes on."""
    found = access.get_round(request.user, pk)
    actions.go_on(found, by=request.user, at=now())
    messages.success(request, _("It goes on, so many a day, from Monday to Friday."))
    return redirect("listening:round", pk)


@require_POST
@login_required
def ended(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_round(request.user, pk)
    actions.end_round(found, by=request.user, at=now())
    messages.success(request, _("Ended. Who was asked can still answer."))
    return redirect("listening:round", pk)
