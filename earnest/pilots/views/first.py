"""Who would like to go first? Asked, and what came back, with advice among those who said yes (1.11)."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.pilots import access, actions, queries
from earnest.pilots.forms import AnswerForm, CallForm, MailForm, NotedForm
from earnest.pilots.models import Call, Volunteer

OFFERED = 50


@login_required
def ask(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    form = CallForm(request.POST or None, initiative=found, today=_today(found))
    if form.is_valid():
        try:
            made = actions.ask_who_goes_first(found, form.draft, by=request.user, at=now())
        except actions.AlreadyAsked:
            messages.info(request, _("It is being asked already. Here is how it stands."))
            return redirect("pilots:pilots", found.pk)
        messages.success(request, _("It stands on everyone's own page now."))
        return redirect("pilots:call", made.pk)
    context = {"initiative": found, "form": form, "here": "pilots"}
    return render(request, "pilots/ask.html", context, status=400 if form.errors else 200)


@require_safe
@login_required
def call(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those who said yes, in the order in which they did, each with what is to be known."""
    return _show_call(request, access.get_call(request.user, pk))


def _show_call(
    request: SignedInRequest,
    found: Call,
    *,
    wrong: AnswerForm | None = None,
    about: int | None = None,
) -> HttpResponse:
    from earnest.pilots import advising  # noqa: PLC0415  (it loads NumPy)

    said = queries.volunteers_of(found)
    waiting = [one for one in said if one.answered_at is None]
    context = {
        "initiative": found.initiative,
        "call": found,
        "weighed": advising.weigh(found.initiative, waiting),
        "answered": [one for one in said if one.answered_at],
        "to_mail": queries.not_mailed(found).count() if found.is_open else 0,
        "form": wrong or AnswerForm(initiative=found.initiative),
        "wrong": about,
        "here": "pilots",
    }
    return render(request, "pilots/call.html", context, status=400 if wrong else 200)


@require_POST
@login_required
def closed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_call(request.user, pk)
    if actions.close_call(found, by=request.user, at=now()):
        messages.success(request, _("Not asked any more. Who said yes still stands."))
    return redirect("pilots:call", found.pk)


@login_required
def mail(request: SignedInRequest, pk: int) -> HttpResponse:
    """By mail as well, each once, within the limits of asking."""
    found = access.get_call(request.user, pk)
    waiting = list(queries.not_mailed(found).order_by("person__name", "pk")[:OFFERED])
    form = MailForm(request.POST or None, initiative=found.initiative, waiting=waiting)
    if form.is_valid():
        chosen = {one.pk for one in form.cleaned_data["people"]}
        people = [one for one in waiting if one.pk in chosen]
        try:
            done = actions.mail_call(
                found, people, form.cleaned_data["words"], by=request.user, at=now()
            )
        except actions.CallClosed:
            messages.info(request, _("It is not asked any more."))
            return redirect("pilots:call", found.pk)
        _say_mailed(request, done)
        return redirect("pilots:call", found.pk)
    context = {
        "initiative": found.initiative,
        "call": found,
        "form": form,
        "waiting": waiting,
        "here": "pilots",
    }
    return render(request, "pilots/mail.html", context, status=400 if form.errors else 200)


def _say_mailed(request: SignedInRequest, done: actions.MailedNow) -> None:
    said = ngettext("One person is written to.", "%(n)d people are written to.", done.count)
    messages.success(request, said % {"n": done.count})
    for sentence in dict.fromkeys(done.not_now):
        messages.info(request, sentence)


@login_required
def noted(request: SignedInRequest, pk: int) -> HttpResponse:
    """A yes that was said to a lead: its person reads it, and can take it back."""
    found = access.get_call(request.user, pk)
    form = NotedForm(request.POST or None, initiative=found.initiative)
    if form.is_valid():
        whose = form.cleaned_data["who"]
        try:
            actions.volunteer(found, whose, form.offer_of(whose), by=request.user, at=now())
        except actions.CallClosed:
            messages.info(request, _("It is not asked any more."))
        except AskedToStop as stopped:
            messages.info(request, stopped.sentence)
        return redirect("pilots:call", found.pk)
    context = {"initiative": found.initiative, "call": found, "form": form, "here": "pilots"}
    return render(request, "pilots/noted.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def not_now(request: SignedInRequest, pk: int) -> HttpResponse:
    found: Volunteer = access.get_volunteer(request.user, pk)
    form = AnswerForm(request.POST, initiative=found.call.initiative, to=found.participation)
    if not form.is_valid():
        return _show_call(request, found.call, wrong=form, about=found.pk)
    try:
        actions.answer_not_now(found, form.cleaned_data["words"], by=request.user, at=now())
        messages.success(request, _("They read it on their page."))
    except actions.VolunteerSettled:
        messages.info(request, _("They have their answer, or took it back."))
    return redirect("pilots:call", found.call_id)


def _today(initiative: Initiative) -> date:
    return initiative.workspace.day(now())
