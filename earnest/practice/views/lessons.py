"""Lessons: recorded, mended, taken back, with their files and the days of their follow-ups."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.practice import access, actions, queries
from earnest.practice.forms import DaysForm, FileForm, LessonForm, written
from earnest.practice.models import Lesson
from earnest.practice.views.files import handed_out


@require_safe
@login_required
def lessons(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    context = {
        "initiative": found,
        "page": queries.lessons_page(found, after=request.GET.get("after", "")),
        "later": bool(request.GET.get("after")),
        "today": found.workspace.day(now()),
        "here": "lessons",
    }
    return render(request, "practice/lessons.html", context)


@login_required
def new(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    first = {"taught_on": found.workspace.day(now()), "taught_by": request.user.name}
    form = LessonForm(request.POST or None, initial=first, initiative=found)
    if form.is_valid():
        made = actions.record_lesson(found, form.draft, by=request.user, at=now())
        messages.success(request, _("Written down. Who was there?"))
        return redirect("practice:who_was_there", made.pk)
    return _form(request, found, form)


@login_required
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_lesson(request.user, pk)
    form = LessonForm(request.POST or None, initial=written(found), initiative=found.initiative)
    if form.is_valid():
        try:
            actions.mend_lesson(found, form.draft, by=request.user, at=now())
        except actions.NotTaughtYet:
            said = _("It was noted who was there, so it cannot lie ahead.")
            form.add_error("taught_on", said)
        else:
            return redirect("practice:lesson", found.pk)
    return _form(request, found.initiative, form, found)


def _form(
    request: SignedInRequest, found: Initiative, form: LessonForm, lesson: Lesson | None = None
) -> HttpResponse:
    context = {"initiative": found, "lesson": lesson, "form": form, "here": "lessons"}
    status = 400 if form.errors else 200
    return render(request, "practice/lesson_form.html", context, status=status)


@require_safe
@login_required
def lesson(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, access.get_lesson(request.user, pk))


def _page(request: SignedInRequest, found: Lesson, wrong: FileForm | None = None) -> HttpResponse:
    today = found.initiative.workspace.day(now())
    context = {
        "initiative": found.initiative,
        "lesson": found,
        "page": queries.lesson_page(found),
        "ahead": found.is_ahead(today),
        "form": wrong or FileForm(),
        "leads": True,
        "here": "lessons",
    }
    return render(request, "practice/lesson.html", context, status=400 if wrong else 200)


@require_POST
@login_required
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_lesson(request.user, pk)
    try:
        actions.take_lesson_back(found, by=request.user, at=now())
    except actions.CameUpAlready:
        said = _("It came up for somebody, and what they said of it stands. You can mend it.")
        messages.info(request, said)
        return redirect("practice:lesson", found.pk)
    messages.success(request, _("Taken back. Nobody is asked about it any more."))
    return redirect("practice:lessons", found.initiative_id)


@require_POST
@login_required
def file_added(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_lesson(request.user, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            actions.add_file(found, form.name, content, by=request.user, at=now())
        except actions.TooManyFiles:
            form.add_error("file", _("Ten files are there already. Take one away first."))
    if form.errors:
        return _page(request, found, form)
    return redirect("practice:lesson", found.pk)


@require_safe
@login_required
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    return handed_out(access.get_file(request.user, pk))


@require_POST
@login_required
def file_removed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_file(request.user, pk)
    actions.remove_file(found, by=request.user, at=now())
    messages.success(request, _("Taken away."))
    return redirect("practice:lesson", found.lesson_id)


@login_required
def days(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """After how many days a point is brought back: a row each, for the leads to change."""
    found = initiatives.get_led(request.user, initiative_pk)
    known = ", ".join(str(one) for one in found.follow_up_days.all())
    form = DaysForm(request.POST or None, initial={"days": known})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["days"]
        if actions.change_days(found, wanted, by=request.user, at=now()):
            messages.success(request, _("Changed, for whoever is noted as there from now on."))
        return redirect("practice:lessons", found.pk)
    context = {"initiative": found, "form": form, "here": "lessons"}
    return render(request, "practice/days.html", context, status=400 if form.errors else 200)
