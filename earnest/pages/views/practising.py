"""Lessons on a person's own page: it came up, how it went, and one point brought back (0.4, 0.8, 0.9)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import AskedToStop, Participation
from earnest.pages.views.mine import by_link
from earnest.practice import access, actions, queries
from earnest.practice.forms import ColleagueForm, FollowUpForm, HowForm
from earnest.practice.models import Attendance, CameUp, FollowUp
from earnest.practice.views.files import handed_out

THANKS = {
    CameUp.How.HELPED: gettext_lazy("Good to know that it helped. Thank you."),
    CameUp.How.NO_HELP: gettext_lazy("Thank you. That it did not help is worth knowing."),
    CameUp.How.CHOSE_NOT: gettext_lazy("Thank you for saying so. It is welcome."),
    CameUp.How.NOT_SO: gettext_lazy("Then it counts for nothing. Thank you."),
}


def _about(found: Participation, **more: Any) -> dict[str, Any]:
    return {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        **more,
    }


@require_safe
@by_link
def lesson(request: HttpRequest, found: Participation, lesson_pk: int) -> HttpResponse:
    return _lesson(request, found, lesson_pk)


def _lesson(
    request: HttpRequest, found: Participation, lesson_pk: int, wrong: ColleagueForm | None = None
) -> HttpResponse:
    """Its points, each a tap away from *it came up*; ahead, whether they will come."""
    attendance = access.get_own_attendance(found, lesson_pk)
    shown = queries.own_lesson(attendance, today=found.initiative.workspace.day(now()))
    agreed = list(queries.agreements_of(found))
    form = wrong or ColleagueForm()
    context = _about(found, shown=shown, lesson=shown.lesson, agreed=agreed, form=form)
    status = 400 if wrong else 200
    return render(request, "pages/own_lesson.html", context, status=status)


@require_POST
@by_link
def will(request: HttpRequest, found: Participation, lesson_pk: int, will: str) -> HttpResponse:
    attendance = access.get_own_attendance(found, lesson_pk)
    if will not in Attendance.Will.values:
        raise Http404
    try:
        actions.say_will(found, attendance.lesson, will, at=now())
    except actions.LessonOver:
        messages.info(request, _("It was taught already. Here is how it stands."))
    else:
        said = {
            Attendance.Will.COME: _("Good. You are expected."),
            Attendance.Will.NOT_COME: _("Good to know. Nobody waits for you."),
        }
        messages.success(request, said[Attendance.Will(will)])
    return redirect("pages:mine_lesson", found.pk, lesson_pk)


@require_safe
@by_link
def file(request: HttpRequest, found: Participation, lesson_pk: int, file_pk: int) -> HttpResponse:
    return handed_out(access.get_own_file(found, lesson_pk, file_pk))


@require_POST
@by_link
def it_came_up(request: HttpRequest, found: Participation, point_pk: int) -> HttpResponse:
    """The moment is now: the point opens at once."""
    point = access.get_own_point(found, point_pk)
    row = actions.say_it_came_up(found, point, at=now())
    return redirect("pages:mine_came_up", found.pk, row.pk)


@require_safe
@by_link
def came_up(request: HttpRequest, found: Participation, came_up_pk: int) -> HttpResponse:
    return _card(request, found, access.get_own_came_up(found, came_up_pk))


def _card(
    request: HttpRequest, found: Participation, row: CameUp, wrong: HowForm | None = None
) -> HttpResponse:
    """The point, large and alone, with what belongs to it; below, how it went."""
    stands, files = queries.how_it_stands(row), queries.files_of(row.lesson)
    queries.cut_lesson(row.lesson, [row.point], files, you=found)
    tapped = wrong["how"].value() if wrong else ""
    how = tapped if tapped in CameUp.How.values else stands.how
    context = _about(
        found,
        row=row,
        stands=stands,
        how=how,
        lesson=row.lesson,
        files=files,
        answers=CameUp.How.choices,
        form=wrong or HowForm(initial={"how": stands.how, "words": stands.words}),
    )
    return render(request, "pages/came_up.html", context, status=400 if wrong else 200)


@require_POST
@by_link
def how_it_went(request: HttpRequest, found: Participation, came_up_pk: int) -> HttpResponse:
    """Their word, changeable; tapped twice is once."""
    row = access.get_own_came_up(found, came_up_pk)
    form = HowForm(request.POST)
    if not form.is_valid():
        return _card(request, found, row, form)
    actions.say_how_it_went(row, form.went(), at=now())
    messages.success(request, str(THANKS[CameUp.How(form.went().how)]))
    return redirect("pages:mine_came_up", found.pk, row.pk)


@require_safe
@by_link
def follow_up(request: HttpRequest, found: Participation, follow_up_pk: int) -> HttpResponse:
    """One point; a link of the mail only brings its answer to the front."""
    return _asked(request, found, access.get_own_follow_up(found, follow_up_pk))


def _asked(
    request: HttpRequest, found: Participation, row: FollowUp, wrong: FollowUpForm | None = None
) -> HttpResponse:
    chosen, row = request.GET.get("answer", ""), queries.point_for(row)
    context = _about(
        found,
        asked=row,
        lesson=row.lesson,
        open=queries.can_be_answered(row),
        answers=sorted(FollowUp.Answer.choices, key=lambda one: one[0] != chosen),
        chosen=chosen if chosen in FollowUp.Answer.values else "",
        form=wrong or FollowUpForm(initial={"words": row.words}),
    )
    return render(request, "pages/follow_up.html", context, status=400 if wrong else 200)


@require_POST
@by_link
def follow_up_answered(
    request: HttpRequest, found: Participation, follow_up_pk: int
) -> HttpResponse:
    """One tap or one line; *it came up* opens the card as their tap elsewhere does, once."""
    row = access.get_own_follow_up(found, follow_up_pk)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return _asked(request, found, row, form)
    known = row.answer
    try:
        changed = actions.answer_follow_up(row, form.said(), at=now())
    except actions.AnswerOver:
        messages.info(request, _("This question is over. Here is how it stands."))
        return redirect("pages:mine_follow_up", found.pk, row.pk)
    if form.said().answer == FollowUp.Answer.CAME_UP:
        is_new = changed and known != FollowUp.Answer.CAME_UP
        up = None if is_new else queries.last_came_up(found, row.point)
        up = up or actions.say_it_came_up(found, row.point, at=now())
        if form.said().words:
            messages.success(request, _("Your line is saved."))
        return redirect("pages:mine_came_up", found.pk, up.pk)
    messages.success(request, _("Thank you. It says nothing about you, and helps us."))
    return redirect("pages:mine_follow_up", found.pk, row.pk)


@require_POST
@by_link
def colleague(request: HttpRequest, found: Participation, lesson_pk: int) -> HttpResponse:
    """Somebody may say for them that something came up: agreed once, beforehand."""
    form = ColleagueForm(request.POST)
    other = None
    if form.is_valid():
        other = queries.colleague_named(found, form.cleaned_data["name"])
        if other is None:
            said = _("Nobody else on this initiative is called so. The whole name, or the address?")
            form.add_error("name", said)
    if other is None:
        return _lesson(request, found, lesson_pk, form)
    actions.agree(found, other, at=now())
    said = _("%(name)s may say it for you from now on. You can take that back any time.")
    messages.success(request, said % {"name": other.person.first_name})
    return redirect("pages:mine_lesson", found.pk, lesson_pk)


@require_POST
@by_link
def colleague_no_more(
    request: HttpRequest, found: Participation, agreement_pk: int
) -> HttpResponse:
    actions.take_agreement_back(access.get_own_agreement(found, agreement_pk), at=now())
    messages.success(request, _("Taken back. Only you say it now."))
    return redirect("pages:mine", found.pk)


@require_safe
@by_link
def for_colleague(request: HttpRequest, found: Participation, agreement_pk: int) -> HttpResponse:
    """The points of a colleague who agreed: what may have come up for them."""
    agreed = access.get_agreement_with(found, agreement_pk)
    points = queries.points_for(agreed.participation)
    queries.cut_taught(found.initiative, [*points, *(one.lesson for one in points)], you=found)
    context = _about(found, agreed=agreed, colleague=agreed.participation.person, points=points)
    return render(request, "pages/for_colleague.html", context)


@require_POST
@by_link
def told_for_colleague(
    request: HttpRequest, found: Participation, agreement_pk: int, point_pk: int
) -> HttpResponse:
    agreed = access.get_agreement_with(found, agreement_pk)
    point = access.get_own_point(agreed.participation, point_pk)
    name = {"name": agreed.participation.person.first_name}
    try:
        actions.say_it_came_up(agreed.participation, point, told_by=found, at=now())
    except (actions.NoAgreement, AskedToStop):
        messages.info(request, _("%(name)s says it alone now.") % name)
        return redirect("pages:mine", found.pk)
    messages.success(request, _("Done. It stands on the page of %(name)s now.") % name)
    return redirect("pages:for_colleague", found.pk, agreed.pk)
