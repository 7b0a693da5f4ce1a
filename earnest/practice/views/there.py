"""Who was there, by ticks, fifty people at a time; of a lesson ahead, who is asked to come."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from earnest.accounts.queries import mail_is_set_up
from earnest.accounts.requests import SignedInRequest
from earnest.initiatives.forms.people import SearchForm
from earnest.practice import access, actions, queries
from earnest.practice.forms import ticks
from earnest.practice.models import Attendance, Lesson

State = Attendance.State


@login_required
def who_was_there(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is chosen is saved for the people shown; the others stay as they were noted."""
    found = access.get_lesson(request.user, pk)
    form = SearchForm(request.GET, workspace=found.initiative.workspace)
    sought = form.sought(request.user)
    people, next_key = queries.people_page(found, sought)
    ahead = found.is_ahead(found.initiative.workspace.day(now()))
    kept = {name: request.GET[name] for name in ("q", "team") if request.GET.get(name)}
    if request.method == "POST":
        _note(request, found, people, ahead=ahead)
        if next_key and "further" in request.POST:
            return redirect(f"{request.path}?{urlencode({**kept, 'after': next_key})}")
        return redirect("practice:lesson", found.pk)
    context = {
        "initiative": found.initiative,
        "lesson": found,
        "form": form,
        "people": people,
        "more": bool(next_key),
        "narrowed": bool(kept),
        "ahead": ahead,
        "states": [(State.THERE, _("there")), (State.NOT_THERE, _("not there"))],
        "here": "lessons",
    }
    return render(request, "practice/who_was_there.html", context)


def _note(
    request: SignedInRequest, found: Lesson, people: list[queries.Ticked], *, ahead: bool
) -> None:
    by_key = {one.participation.pk: one.participation for one in people}
    if ahead:
        chosen = {key: request.POST.get(f"state-{key}", "") for key in by_key}
        chosen = {key: State.UNKNOWN if state else "" for key, state in chosen.items()}
    else:
        chosen = ticks(request.POST, by_key, State.values)
    states = {by_key[key]: state for key, state in chosen.items()}
    try:
        noted = actions.note_who_was_there(found, states, by=request.user, at=now())
    except actions.NotTaughtYet:
        messages.info(request, _("It lies ahead: who was there is noted afterwards."))
        return
    except actions.LessonOver:
        messages.info(request, _("It was taken back: nobody was at it."))
        return
    if noted:
        said = ngettext("Noted for one person.", "Noted for %(n)d people.", noted) % {"n": noted}
        messages.success(request, said)


@require_POST
@login_required
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """By mail, to who is asked to come and has had none."""
    found = access.get_lesson(request.user, pk)
    try:
        invited = actions.invite_by_mail(found, by=request.user, at=now())
    except actions.LessonOver:
        messages.info(request, _("It was taught, so nobody is invited to it any more."))
    else:
        _say_invited(request, invited)
    return redirect("practice:lesson", found.pk)


def _say_invited(request: SignedInRequest, invited: actions.Invited) -> None:
    sent = len(invited.rows)
    if sent and not mail_is_set_up():
        messages.info(request, _("Ready under Messages. No mail leaves from here: hand it over."))
    elif sent:
        said = ngettext(
            "One mail leaves in their working hours.",
            "%(n)d mails leave in their working hours.",
            sent,
        )
        messages.success(request, said % {"n": sent})
    without = [
        (invited.no_room, _("asked enough for now: %(n)d")),
        (invited.no_address, _("without an address: %(n)d")),
        (invited.left_out, _("left out as they wish: %(n)d")),
    ]
    if told := ", ".join(words % {"n": n} for n, words in without if n):
        messages.info(request, _("No mail, but it stands on their page: %s.") % told)
    elif not sent:
        messages.info(request, _("Everybody who is asked to come has had a mail, or answered."))
