"""Answering a check-in: results beside, what was heard and what changes, told to everyone asked."""

from __future__ import annotations

from typing import Any

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
from earnest.checkins import access as checkins
from earnest.checkins import queries as figures
from earnest.checkins.charts import charts_of
from earnest.checkins.models import Round
from earnest.core.reading import CHANGE, LOOK, Reading, Seen, carried
from earnest.engine.language import sensitive_topics
from earnest.initiatives.models import Participation
from earnest.listening.queries import word_list
from earnest.plans import actions, emails, queries
from earnest.plans.actions import Heard, LinesWait, NeedsAReason, NotClosedYet
from earnest.plans.forms import LinesForm, RoundReplyForm
from earnest.plans.models import RoundReply
from earnest.plans.queries import Reached
from earnest.plans.views.replies import said_of_reached


@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Written with the results beside it, read as they will, then sent to everyone asked."""
    found = checkins.get_led_round(request.user, pk)
    if found.closed_at is None:
        messages.info(request, _("It is still open. Its results stand here once it has closed."))
        return redirect(found)
    given = RoundReply.objects.filter(round=found).select_related("by").first()
    data = request.POST if request.method == "POST" and not given else None
    form, lines = RoundReplyForm(data), LinesForm(data, auto_id="lines-%s")
    if given or data is None or CHANGE in data or not (form.is_valid() and lines.is_valid()):
        return _show(request, found, form, lines, given=given)
    if LOOK in data and not queries.lines_missed(found, answered=bool(lines.answer)):
        return _read_as(request, found, form)
    return _send(request, found, form, lines)


def _show(
    request: SignedInRequest,
    found: Round,
    form: RoundReplyForm,
    lines: LinesForm,
    *,
    given: RoundReply | None = None,
) -> HttpResponse:
    page = figures.page_of(found, is_led=True)
    wrong = bool(form.errors or lines.errors) and CHANGE not in request.POST
    context: dict[str, Any] = {
        "here": "check-ins",
        "initiative": found.initiative,
        "round": found,
        "page": page,
        "charts": charts_of(page.figures, page.earlier),
        "form": form,
        "lines_form": lines,
        "lines": queries.lines_of(found),
        "waiting": queries.lines_waiting(found),
        "given": given,
    }
    return render(request, "plans/round_answer.html", context, status=400 if wrong else 200)


def _read_as(request: SignedInRequest, found: Round, form: RoundReplyForm) -> HttpResponse:
    reached = Reached(actions.asked_in(found))
    one = next(iter(reached.to_write), None)
    heard = form.cleaned_data
    reading = Reading(
        name=one.person.first_name if one else "",
        does=_("Send to %d") % len(reached.people),
        carried=carried(request.POST),
        typed=(heard["words"], heard["changes"]),
        speaks=one.person.speaks if one else "",
        mails=(_mail(found, heard, one, request),) if one else (),
        sensitive=tuple(sensitive_topics(" ".join(heard.values()), word_list())),
    )
    context = {
        "here": "check-ins",
        "initiative": found.initiative,
        "reading": reading,
        "reached": reached,
        "mail_is_set_up": mail_is_set_up(),
        "open_mail": True,
    }
    return render(request, "plans/round_check.html", context)


def _mail(
    found: Round, heard: dict[str, str], one: Participation, request: SignedInRequest
) -> Seen:
    answer = RoundReply(round=found, words=heard["words"], changes=heard["changes"])
    draft = emails.round_reply(answer, one, by=request.user)
    text = draft.text.replace("[[page]]", _("(a link to their own page)"))
    return Seen(one.person.name, "", draft.subject, text.partition("\n-- \n")[0].strip())


def _send(
    request: SignedInRequest, found: Round, form: RoundReplyForm, lines: LinesForm
) -> HttpResponse:
    heard = Heard(**form.cleaned_data, lines=lines.answer)
    try:
        told = actions.answer_round(found, heard, by=request.user, at=now())
    except LinesWait as wait:
        words = ngettext(
            "%d line waits for an answer: answer it, or say that this answers all lines.",
            "%d lines wait for an answer: answer them, or say that this answers all lines.",
            wait.count,
        )
        lines.add_error("all_lines", words % wait.count)
        return _show(request, found, form, lines)
    except (NeedsAReason, NotClosedYet):  # the form says so before; two tabs may not
        return redirect("plans:round_answer", found.pk)
    said = said_of_reached(told.reached) if told.is_new else _("That was sent before.")
    messages.success(request, said)
    return redirect(found)


@require_POST
@login_required
def lines_taken(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its lines stand among what waits for an answer, so that each can have its own.

    Whoever had begun to write stays where they wrote: the lines are beside it, each with a link.
    """
    found = checkins.get_led_round(request.user, pk)
    actions.take_lines(found, at=now())
    typed = [*RoundReplyForm.base_fields, *LinesForm.base_fields]
    if not any(request.POST.get(name, "").strip() for name in typed):
        return redirect("plans:replies", found.initiative_id)
    messages.info(request, _("Each line has its own “Answer” now. What you wrote is still here."))
    form, lines = RoundReplyForm(initial=request.POST), LinesForm(initial=request.POST)
    return _show(request, found, form, lines)
