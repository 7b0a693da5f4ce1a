"""Conversations: noted, read again, answered."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.core.reading import CHANGE, LOOK, Reading, carried
from earnest.core.redirects import back_to
from earnest.engine.language import sensitive_topics
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation
from earnest.listening import access, actions, queries
from earnest.listening.forms import AnswerForm
from earnest.listening.models import Question
from earnest.messaging.emails import as_they_read


@login_required
def conversations(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Every conversation of an initiative, the latest first."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    page = queries.page_of(initiative, before=request.GET.get("before", ""))
    context = {"here": "conversations", "initiative": initiative, "page": page}
    context["not_ended"] = queries.not_ended(initiative)
    return render(request, "listening/list.html", context)


@login_required
def conversation(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notes as written, with everything taken from them in its place."""
    found = access.get_conversation(request.user, pk)
    findings = list(found.findings.all())
    people = list(found.people.present().select_related("person"))
    context = {
        "here": "conversations",
        "conversation": found,
        "initiative": found.initiative,
        "people": people,
        "recaps": queries.recaps_of(found, people),
        "pieces": queries.pieces(found, findings, queries.mended_in(found)),
        "waiting": sum(one.state == "offered" for one in findings),
        "findings": findings,
    }
    return render(request, "listening/conversation.html", context)


@login_required
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """An answer that is owed."""
    found = access.get_question(request.user, pk)
    form = AnswerForm(request.POST or None, initial={"answer": found.answer})
    whose = found.participation
    form.speaks = whose.person.speaks if whose else form.speaks
    going_back = CHANGE in request.POST
    if request.method == "POST" and not going_back and form.is_valid():
        answer = form.cleaned_data["answer"]
        if whose and LOOK in request.POST:
            return _read_as(request, found, whose, answer)
        actions.answer_question(found, answer, by=request.user, at=now())
        messages.success(request, _("Answered. It stands on their page, beside their question."))
        return redirect("pages:today")
    context = {"question": found, "form": form, "initiative": found.initiative}
    status = 400 if form.errors and not going_back else 200
    return render(request, "listening/question.html", context, status=status)


def _read_as(
    request: SignedInRequest, found: Question, whose: Participation, answer: str
) -> HttpResponse:
    """The answer as it will stand on their page, before it does (1.9)."""
    with as_they_read(whose):
        values = {"question": found, "answer": answer, "today": now()}
        page = render_to_string("listening/answer_as_read.html", values)
    reading = Reading(
        name=whose.person.first_name,
        does=_("Answer"),
        carried=carried(request.POST),
        typed=(answer,),
        speaks=whose.person.speaks,
        page=page,
        sensitive=sensitive_topics(answer, queries.word_list()),
    )
    context = {"participation": whose, "initiative": found.initiative, "reading": reading}
    return render(request, "core/read_as.html", context)


@require_POST
@login_required
def leave_referral(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not followed, on purpose."""
    referral = access.get_referral(request.user, pk)
    actions.leave_referral(referral, by=request.user, at=now())
    messages.success(request, _("Left. %(name)s is not proposed again.") % {"name": referral.name})
    return back_to(request, reverse("pages:today"))


@require_POST
@login_required
def balance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mostly asked, half and half, mostly explained."""
    found = access.get_conversation(request.user, pk)
    chosen = request.POST.get("balance", "")
    if chosen in found.Balance.values:
        actions.set_balance(found, chosen, by=request.user, at=now())
    return back_to(request, reverse("listening:conversation", args=[pk]))
