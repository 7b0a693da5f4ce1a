"""From notes to the first promise: begin, note a conversation, take what was found."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.accounts import access as accounts
from earnest.accounts.models import Workspace
from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.core.redirects import back_to
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import access as listening
from earnest.listening import queries as listened
from earnest.listening.actions import AlreadyDecided, Notes
from earnest.listening.forms import ConversationForm
from earnest.listening.models import Conversation
from earnest.pages import actions
from earnest.pages.forms import CaptureForm, FirstForm, Review

MOST_TO_CHOOSE = 50  # initiatives in a list to choose from


@login_required
def first(request: SignedInRequest) -> HttpResponse:
    """Start with a conversation you already had."""
    workspaces = list(accounts.workspaces_of(request.user))
    if not workspaces:
        return render(request, "pages/no_workspace.html", {"here": "first"})
    at = now()
    form = FirstForm(
        request.POST or None,
        request.FILES or None,
        workspaces=workspaces,
        today=_latest_day(workspaces, at),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        notes = Notes(
            data["notes"],
            form.day(form.workspace),
            source=data["source"],
            author=form.author(request.user),
        )
        conversation = actions.begin(form.workspace, data["target"], notes, by=request.user, at=at)
        return redirect("pages:found", conversation.pk)
    context = {"form": form, "here": "first"}
    return render(request, "pages/first.html", context, status=400 if form.errors else 200)


def _latest_day(workspaces: list[Workspace], at: datetime) -> date:
    """The latest day it is for the user or their workspaces: no talk of today lies in the future."""
    return max(localdate(at), *(one.day(at) for one in workspaces))


@login_required
def note(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Note a conversation on an initiative."""
    initiative, at = initiatives.get_led(request.user, initiative_pk), now()
    form = ConversationForm(
        request.POST or None, request.FILES or None, today=_latest_day([initiative.workspace], at)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        notes = Notes(
            data["notes"],
            form.day(initiative.workspace),
            source=data["source"],
            balance=data["balance"],
            author=form.author(request.user),
        )
        try:
            noted = actions.note_conversation(
                initiative, notes, data["who"], by=request.user, at=at
            )
        except AskedToStop as stopped:
            form.add_error("who", stopped.sentence)
        else:
            return redirect("pages:found", noted.pk)
    context = {"form": form, "initiative": initiative, "here": "conversations"}
    return render(request, "pages/note.html", context, status=400 if form.errors else 200)


@login_required
def note_anywhere(request: SignedInRequest) -> HttpResponse:
    """The key "c", on any page: a few lines, with whom, and back to where one was."""
    led = list(initiatives.initiatives_led_by(request.user).filter(closed_at=None)[:MOST_TO_CHOOSE])
    if not led:
        return redirect("pages:first")
    with_whom = _somebody(request)
    form = CaptureForm(
        request.POST or None,
        led=led,
        initial=_where_one_was(request, with_whom),
        today=_latest_day([one.workspace for one in led], now()),
    )
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, now()
        notes = Notes(data["notes"], data["held_on"])
        try:
            noted = actions.note_conversation(
                form.initiative, notes, data["who"], by=request.user, at=at
            )
        except AskedToStop as stopped:
            form.add_error("who", stopped.sentence)
        else:
            if "later" not in request.POST:
                return redirect("pages:found", noted.pk)
            messages.success(request, _("Kept. What was found in it waits on Today."))
            return back_to(request, reverse("pages:today"))
    context = {"form": form, "here": "capture", "next": _next(request)}
    return render(request, "pages/capture.html", context, status=400 if form.errors else 200)


def _somebody(request: SignedInRequest) -> Participation | None:
    """The person whose page one was on, where one may see it."""
    number = read_number(request.GET.get("with", ""))
    people = initiatives.participations_for(request.user)
    return people.filter(pk=number).first() if number is not None else None


def _where_one_was(request: SignedInRequest, with_whom: Participation | None) -> dict[str, object]:
    """What the page one came from says already: the initiative, and with whom."""
    if with_whom is None:
        return {"on": request.GET.get("on", "")}
    person = with_whom.person
    line = f"{person.name} <{person.email}>" if person.email else person.name
    return {"on": str(with_whom.initiative_id), "who": line}


def _next(request: SignedInRequest) -> str:
    return request.POST.get("next", request.GET.get("next", ""))


@login_required
def found(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was found in the notes: each to take, change or leave."""
    conversation = listening.get_conversation(request.user, pk)
    at = now()
    offered = listened.offered(conversation)
    review = Review.of(
        conversation,
        offered,
        today=conversation.initiative.workspace.day(at),
        data=request.POST or None,
    )
    if request.method == "POST" and review.is_valid():
        try:
            made = actions.take_found(
                conversation,
                review.who.named(),
                review.decisions(),
                by=request.user,
                at=at,
                own=review.own_promise(),
            )
        except actions.NobodyNamed:  # somebody was renamed or taken off meanwhile
            messages.warning(request, _("Somebody named here is not on it any more. Look again."))
            return redirect("pages:found", pk)
        except AlreadyDecided:
            messages.info(request, _("Some of this was decided before. Here is what still waits."))
            return redirect("pages:found", pk)
        except AskedToStop as stopped:
            review.who.add_error("who", stopped.sentence)
        else:
            messages.success(request, _said(made))
            return _after(conversation)
    context = {
        "here": "conversations",
        "review": review,
        "conversation": conversation,
        "initiative": conversation.initiative,
        "wrong": request.method == "POST",
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "pages/found.html", context, status=status)


def _after(conversation: Conversation) -> HttpResponse:
    """More to decide; then the look back, where anybody was there to tell it to."""
    if conversation.findings.filter(state="offered").exists():
        return redirect("pages:found", conversation.pk)
    if conversation.people.present().exists():
        return redirect("pages:look_back", conversation.pk)
    return redirect("pages:today")


def _said(made: int) -> str:
    if not made:
        return _("Done. Your notes are kept.")
    return ngettext("%(n)s promise written down.", "%(n)s promises written down.", made) % {
        "n": made
    }
