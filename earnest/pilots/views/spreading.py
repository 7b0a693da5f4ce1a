"""Reading a published card, asking for it, answering who asked, and how it spreads (1.12, 3.18)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING, AskedToStop
from earnest.pilots import access
from earnest.pilots.actions import spreading as actions
from earnest.pilots.charts import spread as charts
from earnest.pilots.forms.cards import AnswerForm, AskForm
from earnest.pilots.forms.running import PilotForm
from earnest.pilots.models import CardVersion, SpreadRequest
from earnest.pilots.queries import cards as queries
from earnest.pilots.queries.spread import parts_of, spread_of
from earnest.pilots.views.cards import leads_card, shown_as
from earnest.plans import access as plans


@require_safe
@login_required
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """As it was published, for whoever may read it."""
    version = access.get_card_version(request.user, pk)
    return _card(request, version)


def _card(
    request: SignedInRequest, version: CardVersion, *, form: AskForm | None = None
) -> HttpResponse:
    parts = parts_of(version.card.initiative)
    context = {
        "initiative": version.card.initiative,
        "card": version.card,
        **shown_as(queries.read_card(version)),
        "leads": leads_card(request, version),
        "asked": queries.request_of(version, Q(user=request.user)),
        "parts": parts,
        "form": form or AskForm(teams=parts, initial={"seen": version.number}),
        "here": "all-cards",
    }
    return render(request, "pilots/card.html", context, status=400 if form else 200)


@require_POST
@login_required
def asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """For their part, by the version they had before them."""
    version = access.get_card_version(request.user, pk)
    form = AskForm(request.POST, teams=parts_of(version.card.initiative))
    if not form.is_valid():
        return _card(request, version, form=form)
    who = actions.asker_of(request.user, version)
    on_it = bool(initiatives.role_on(request.user, version.card.initiative))
    seen = access.version_seen(version, form.cleaned_data["seen"], on_it=on_it)
    try:
        actions.ask_for_it(seen, who, form.wish, at=timezone.now())
    except actions.AskedBefore:
        messages.info(request, _("You asked for it before, and it waits for an answer."))
    except AskedToStop:
        messages.warning(
            request, _("You asked to be left alone there. Take that back on your page first.")
        )
    else:
        messages.success(request, _("Asked for. Here you read what becomes of it."))
    return redirect("pilots:card", pk)


@require_POST
@login_required
def taken_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_request_by(request.user, pk)
    if actions.take_back(found, by=request.user, at=timezone.now()):
        messages.success(request, _("Taken back."))
    return redirect("pilots:all_cards")


@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who asked, for which part, why, and which version they had read; what becomes of it."""
    found = access.get_request(request.user, pk)
    form = AnswerForm(request.POST or None, initiative=found.initiative, to=found.participation)
    if form.is_valid():
        return _answered(request, found, form)
    context = {
        "initiative": found.initiative,
        "asked": found,
        "form": form,
        "seen": queries.read_card(found.version),
        "here": "pilots",
    }
    return render(request, "pilots/request.html", context, status=400 if form.is_bound else 200)


def _answered(request: SignedInRequest, found: SpreadRequest, form: AnswerForm) -> HttpResponse:
    try:
        why = actions.answer_request(found, form.answer, by=request.user, at=timezone.now())
    except actions.AnsweredBefore:
        messages.info(request, _("It was answered before, or taken back. Here is how it stands."))
    else:
        messages.success(request, _("Answered. They read it where they asked."))
        if why:
            messages.info(request, why)
    return redirect("pilots:request", found.pk)


@login_required
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """A pilot with the part that asked for it; they hear it as it is planned."""
    found = access.get_request(request.user, pk)
    today = found.initiative.workspace.day(timezone.now())
    what = found.version.card.pilot.what
    form = PilotForm(
        request.POST or None,
        initiative=found.initiative,
        today=found.wanted_from or today,
        what=what,
    )
    if form.is_valid():
        draft = form.draft(found.part, found.team)
        said = actions.Answer(SpreadRequest.State.BEGINS)
        try:
            made = actions.begin_there(found, draft, said, by=request.user, at=timezone.now())
        except actions.AnsweredBefore:
            messages.info(request, _("It was answered before, or taken back."))
            return redirect("pilots:request", pk)
        messages.success(request, _("Planned, and they hear it. Now say what is measured."))
        return redirect("pilots:new_measure", made.pk)
    context = {"initiative": found.initiative, "asked": found, "form": form, "here": "pilots"}
    status = 400 if form.is_bound else 200
    return render(request, "pilots/request_pilot.html", context, status=status)


@require_safe
@login_required
def spread(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """For whoever is on it: its leads read each request, others parts of five people and more."""
    found = plans.get_on_it(request.user, initiative_pk)
    leads = initiatives.role_on(request.user, found) in LEADING
    today = found.workspace.day(timezone.now())
    seen = spread_of(found, today=today, leads=leads)
    context = {
        "initiative": found,
        "leads": leads,
        "spread": seen,
        "picture": charts.picture_of(seen),
        "rows": [(row, [(one, charts.said(one.became)) for one in row.ran]) for row in seen.rows],
        "requests": queries.requests_of(found) if leads else [],
        "cards": queries.cards_of(found) if leads else [],
        "here": "pilots",
    }
    return render(request, "pilots/spread.html", context)
