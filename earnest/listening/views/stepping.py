"""Stepping back with somebody who does not commit: why, in their words, and what it changes (3.16)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.core.reading import Seen
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop
from earnest.listening import access, emails
from earnest.listening.actions import stepping as actions
from earnest.listening.forms.stepping import OccasionForm, OutcomeForm, ReasonForm
from earnest.listening.models import StepBack
from earnest.listening.queries import stepping as queries
from earnest.listening.queries.leaving import how_it_leaves
from earnest.listening.views.leaving import on_its_way
from earnest.messaging.actions import MayNotWrite


@login_required
def begin(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """On what occasion; where one is open with them, that one."""
    found = initiatives.get_participation(request.user, participation_pk)
    if there := queries.open_with(found):
        return redirect("listening:step_back", there.pk)
    sent = request.POST if request.method == "POST" else None
    form = OccasionForm(sent, initial={"occasion": queries.occasion_with(found)})
    if form.is_valid():
        try:
            made = actions.step_back(
                found, form.cleaned_data["occasion"], by=request.user, at=now()
            )
        except AskedToStop as stopped:
            form.add_error(None, stopped.sentence)
        else:
            return redirect("listening:step_back", made.pk)
    context = {
        "here": "people",
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "form": form,
        "prompts": queries.PROMPTS,
    }
    status = 400 if form.errors else 200
    return render(request, "listening/step_back_begin.html", context, status=status)


@login_required
@require_safe
def listed(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """All of them, the latest first, each with what it waits for; fifty by key."""
    found = initiatives.get_led(request.user, initiative_pk)
    page = queries.page_of(found, before=read_number(request.GET.get("before", "")))
    context = {"here": "people", "initiative": found, "page": page}
    return render(request, "listening/step_backs.html", context)


@login_required
@require_safe
def step_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, listen, the reason, what we change, and telling them: each when its turn has come."""
    return _show(request, access.get_step_back(request.user, pk))


def _show(
    request: SignedInRequest,
    found: StepBack,
    *,
    reason: ReasonForm | None = None,
    outcome: OutcomeForm | None = None,
) -> HttpResponse:
    whose, leaving = found.participation, how_it_leaves(found.participation.person, now())
    context = {
        "here": "people",
        "step_back": found,
        "participation": whose,
        "person": whose.person,
        "initiative": whose.initiative,
        "prompts": queries.PROMPTS,
        "reason_form": reason or _reason_form(found),
        "outcome_form": outcome or _outcome_form(found),
        "seen": _mail(found, request) if found.outcome_at and not found.told_at else None,
        "how": leaving.sentence,
        "by_mail": leaving.by_mail,
        "stopped": whose.asked_to_stop,
        "typed": (found.words,),
    }
    status = 400 if reason or outcome else 200
    return render(request, "listening/step_back.html", context, status=status)


def _reason_form(found: StepBack, data: Any = None) -> ReasonForm:
    return ReasonForm(
        data,
        quotes=queries.words_to_choose(found),
        name=found.participation.person.first_name,
        initial={"quote": str(found.quote_id or ""), "is_no": found.is_no},
        auto_id="reason-%s",
    )


def _outcome_form(found: StepBack, data: Any = None) -> OutcomeForm:
    return OutcomeForm(
        data,
        speaks=found.participation.person.speaks,
        initial={"outcome": found.outcome, "words": found.words},
        auto_id="outcome-%s",
    )


def _mail(found: StepBack, request: SignedInRequest) -> Seen:
    """As it would leave, but for the secret of the link (1.9)."""
    draft = emails.what_it_changed(found, by=request.user)
    text = emails.as_read(draft, found.participation, by=request.user)
    return Seen(found.participation.person.name, "", draft.subject, text)


@require_POST
@login_required
def reason(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_step_back(request.user, pk)
    form = _reason_form(found, request.POST)
    if not form.is_valid():
        return _show(request, found, reason=form)
    said, is_no = form.cleaned_data["words"], form.cleaned_data["is_no"]
    try:
        actions.keep_reason(found, form.chosen, said, is_no=is_no, by=request.user, at=now())
        messages.success(request, _("Kept, in their words. They can mend them, or take them back."))
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    except actions.NotTheirWords:
        messages.info(request, _("They took these words back meanwhile. Choose others."))
    except actions.StepBackOver:
        messages.info(request, _("It was told meanwhile, so it stands as it is."))
    return redirect("listening:step_back", pk)


@require_POST
@login_required
def outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_step_back(request.user, pk)
    form = _outcome_form(found, request.POST)
    if not form.is_valid():
        return _show(request, found, outcome=form)
    data = form.cleaned_data
    try:
        actions.write_outcome(found, data["outcome"], data["words"], by=request.user, at=now())
        messages.success(request, _("Written down. Read it as they will, and tell them."))
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    except actions.StepBackOver:
        messages.info(request, _("It was told meanwhile, so it stands as it is."))
    return redirect("listening:step_back", pk)


@require_POST
@login_required
def told(request: SignedInRequest, pk: int) -> HttpResponse:
    """The mail that was just read as them."""
    found = access.get_step_back(request.user, pk)
    at = now()
    try:
        message = actions.tell_outcome(found, by=request.user, at=at)
    except (AskedToStop, MayNotWrite) as no:
        messages.warning(request, no.sentence)
    except actions.NotWritten:
        messages.info(request, _("Write down first what it changes."))
    except actions.StepBackOver:
        messages.info(request, _("It was told before. Here is how it stands."))
    else:
        return on_its_way(request, message, at=at, back=reverse("listening:step_back", args=[pk]))
    return redirect("listening:step_back", pk)


@require_POST
@login_required
def dropped(request: SignedInRequest, pk: int) -> HttpResponse:
    """Opened by mistake, before anybody was asked."""
    found = access.get_step_back(request.user, pk)
    if actions.drop_step_back(found, by=request.user, at=now()):
        messages.success(request, _("Dropped. Nothing of it stays."))
        return redirect(found.participation.get_absolute_url())
    messages.info(request, _("Somebody was asked or heard under it, so it stays."))
    return redirect("listening:step_back", pk)
