"""The mirror: what I pushed and what came back, seen by oneself alone (0.5, 0.6, 4.7, 2.22)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.models import User
from earnest.accounts.requests import SignedInRequest
from earnest.core.redirects import back_to
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.messaging import calendars
from earnest.pages import access
from earnest.pages.actions import mirror as actions
from earnest.pages.charts import mirror as charts
from earnest.pages.mirror_forms import QUESTION, AskedForm, LineForm, PlanForm
from earnest.pages.models import LeaderQuestion
from earnest.pages.queries import mirror as queries

MOST_LED = 50


@require_safe
@login_required
def mirror(request: SignedInRequest) -> HttpResponse:
    """Over everything this user leads."""
    led = list(initiatives.initiatives_led_by(request.user).order_by("-made_at", "-pk")[:MOST_LED])
    lines = queries.lines_of(request.user)
    context = _reflected(request.user, led) | {"led": led, "lines": _written(lines)}
    return render(request, "pages/mirror.html", context)


@require_safe
@login_required
def mirror_on(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """On one initiative, and person by person."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    at, after = now(), request.GET.get("after", "")
    lines = queries.lines_of(request.user, initiative)
    monday = queries.monday_of(request.user, at)
    page = queries.people_on(request.user, initiative, at=at, after=after)
    context = _reflected(request.user, [initiative]) | {
        "initiative": initiative,
        "people": [(one, charts.small_lines(one.weeks)) for one in page.people],
        "more": page.after,
        "later": after,
        "line": next((one for one in lines if one.monday == monday), None),
        "lines": _written(lines),
        "form": LineForm(),
    }
    return render(request, "pages/mirror.html", context)


def _reflected(user: User, among: list[Initiative]) -> dict[str, Any]:
    at = now()
    weeks = queries.weeks_of(user, among, at=at) if among else []
    return {
        "here": "mirror",
        "weeks": list(reversed(weeks)),
        "reflected": charts.reflected(weeks) if weeks else None,
        "promises": queries.open_promises(user, among, today=_today(user)),
        "wordings": queries.wordings_of(user, among),
        "questions": queries.questions_of(user),
        "today": _today(user),
    }


def _written(lines: list[Any]) -> list[Any]:
    return [one for one in lines if one.words]


def _today(user: User) -> date:
    return now().astimezone(queries.zone_of(user)).date()


@login_required
def question(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """ "How do I help us cooperate?": shown alone, or inside another page; answered here (4.7)."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    if request.method != "POST":
        line = queries.line_of_week(request.user, initiative, at=now())
        begin = {"words": line.words} if line else None
        return _asked(request, initiative, LineForm(initial=begin), line=line)
    form = LineForm(request.POST)
    if form.is_valid():
        try:
            actions.write_line(initiative, form.cleaned_data["words"], by=request.user, at=now())
        except actions.NamesSomebody as named:
            form.add_error("words", named.sentence)
        else:
            messages.success(request, _("Kept, for you alone."))
            return _back(request, initiative)
    return _asked(request, initiative, form, status=400)


def _asked(
    request: SignedInRequest,
    initiative: Initiative,
    form: LineForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "here": "mirror",
        "initiative": initiative,
        "form": form,
        "next": request.POST.get("next", "") or request.GET.get("next", ""),
        **more,
    }
    name = "pages/mirror_question.html" if request.htmx else "pages/mirror_question_page.html"
    return render(request, name, context, status=status)


def _back(request: SignedInRequest, initiative: Initiative) -> HttpResponse:
    return back_to(request, reverse("pages:mirror_on", args=[initiative.pk]))


@require_POST
@login_required
def question_left(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Not this week: a choice like any other."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    actions.leave_week(initiative, by=request.user, at=now())
    messages.success(request, _("Left for this week. That counts for nothing."))
    return _back(request, initiative)


@require_POST
@login_required
def line_removed(request: SignedInRequest, pk: int) -> HttpResponse:
    line = access.get_own_line(request.user, pk)
    actions.erase_line(line, at=now())
    messages.success(request, _("Deleted. It is gone for good."))
    return back_to(request, reverse("pages:mirror"))


@login_required
def leader(request: SignedInRequest) -> HttpResponse:
    """ "How do you get a yes from us?": plan to ask it, and what was said before (2.22)."""
    today = _today(request.user)
    form = PlanForm(request.POST or None, initial={"question": QUESTION}, today=today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.plan_question(given["question"], given["planned_on"], by=request.user, at=now())
        except actions.NamesSomebody as named:
            form.add_error("question", named.sentence)
        except actions.AlreadyPlanned:
            messages.info(request, _("One is planned already. You can change it here."))
            return redirect("pages:leader_question")
        else:
            messages.success(request, _("Planned. You see it on Today when its day has come."))
            return redirect("pages:leader_question")
    return _leaders(request, form)


def _leaders(request: SignedInRequest, form: PlanForm) -> HttpResponse:
    found = queries.questions_of(request.user)
    context = {
        "here": "mirror",
        "form": form,
        "planned": next((one for one in found if one.asked_on is None), None),
        "asked": [one for one in found if one.asked_on],
        "today": _today(request.user),
    }
    return render(request, "pages/mirror_leader.html", context, status=400 if form.errors else 200)


@login_required
def leader_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another day, or other words, while it was not asked."""
    planned = access.get_leader_question(request.user, pk)
    begin = {"question": planned.question, "planned_on": planned.planned_on}
    form = PlanForm(request.POST or None, initial=begin, today=_today(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_question(
                planned, given["question"], given["planned_on"], by=request.user, at=now()
            )
        except actions.NamesSomebody as named:
            form.add_error("question", named.sentence)
        except actions.AlreadyAsked:
            messages.info(request, _("You noted it as asked meanwhile, so its day stays."))
            return redirect("pages:leader_question")
        else:
            messages.success(request, _("Changed. Take the calendar file again if you use it."))
            return redirect("pages:leader_question")
    return _one(request, planned, form)


@login_required
def leader_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """What my leader said, and what I will do differently."""
    found = access.get_leader_question(request.user, pk)
    form = AskedForm(request.POST or None, question=found, today=_today(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_answer(found, form.noted(), by=request.user, at=now())
        except actions.NamesSomebody as named:
            form.add_error(None, named.sentence)
        else:
            messages.success(request, _("Kept, for you alone."))
            return redirect("pages:leader_question")
    return _one(request, found, form)


def _one(
    request: SignedInRequest, found: LeaderQuestion, form: PlanForm | AskedForm
) -> HttpResponse:
    context = {
        "here": "mirror",
        "question": found,
        "form": form,
        "notes": isinstance(form, AskedForm),
    }
    status = 400 if form.errors else 200
    return render(request, "pages/mirror_leader_one.html", context, status=status)


@require_POST
@login_required
def leader_removed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_leader_question(request.user, pk)
    actions.erase_question(found)
    messages.success(request, _("Deleted. It is gone for good."))
    return redirect("pages:leader_question")


@require_safe
@login_required
def leader_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """The day in one's own calendar; nobody is invited."""
    found = access.get_leader_question(request.user, pk)
    planned = calendars.OwnDay(
        uid=str(found.uid),
        sequence=found.sequence,
        day=found.planned_on,
        summary=_("Ask my leader: %(question)s") % {"question": found.question},
    )
    return HttpResponse(
        calendars.own_day(planned, at=found.changed_at).text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="question.ics"'},
    )
