"""What somebody was asked, on their own page: their answer, without an account (2.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import access, actions, queries
from earnest.listening.actions import AnswerOver, Came, NotAgreed, SlotGone, TimeOver
from earnest.listening.forms import AnotherTimeForm, NoForm, SomebodyElseForm, WrittenForm
from earnest.listening.models import Invitation
from earnest.messaging.emails import zone_in_words
from earnest.pages import actions as joined
from earnest.pages.views.mine import by_link

State = Invitation.State


@require_safe
@by_link
def asked(request: HttpRequest, found: Participation, invitation_pk: int) -> HttpResponse:
    """Who asks, for what, why them, and every way to answer."""
    return show(request, found, access.get_asked(found, invitation_pk))


def show(
    request: HttpRequest,
    found: Participation,
    invitation: Invitation,
    wrong: forms.Form | None = None,
) -> HttpResponse:
    """The page, with the one form to be mended where there is one."""
    at = now()
    invitation.participation, invitation.initiative = found, found.initiative
    chosen = request.GET.get("time", "")
    times = queries.free_times(invitation, at=at)
    times.sort(key=lambda one: str(one.pk) != chosen)
    context = {
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "workspace": found.initiative.workspace,
        "invitation": invitation,
        "ask": invitation.ask,
        "times": times,
        "chosen": chosen,
        "answer": request.GET.get("answer", ""),
        "gone": bool(chosen) and chosen not in {str(one.pk) for one in times},
        "zone": zone_in_words(),
        "over": invitation.is_over,
        "answered": invitation.is_answered,
        "named_instead": queries.named_instead(invitation),
        "said": invitation.conversation if invitation.state == State.ANSWERED else None,
        **_forms(wrong),
    }
    return render(request, "pages/asked.html", context, status=400 if wrong else 200)


def _forms(wrong: forms.Form | None) -> dict[str, Any]:
    """Each answer's own small form; the wrong one as it was typed."""
    fresh: dict[str, forms.Form] = {
        "another": AnotherTimeForm(at=now(), auto_id="another-%s"),
        "written": WrittenForm(auto_id="written-%s"),
        "else": SomebodyElseForm(auto_id="else-%s"),
        "no": NoForm(auto_id="no-%s"),
        "off": NoForm(auto_id="off-%s"),
    }
    shown = {name: _or_wrong(form, wrong) for name, form in fresh.items()}
    return {f"form_{name}": form for name, form in shown.items()}


def _or_wrong(form: forms.Form, wrong: forms.Form | None) -> forms.Form:
    return wrong if wrong is not None and wrong.auto_id == form.auto_id else form


type Say = Callable[[Invitation], str]


def _answer(request: HttpRequest, found: Participation, pk: int, say: Say) -> HttpResponse:
    """Through the door, one action, back to the page, told what was done."""
    invitation = access.get_asked(found, pk)
    try:
        messages.success(request, say(invitation))
    except SlotGone:
        messages.warning(request, _("Somebody took that time a moment before. See what is free."))
    except TimeOver:
        messages.warning(request, _("That time is over. See what is still to come."))
    except (AnswerOver, NotAgreed):
        messages.info(request, _("It changed meanwhile. Here is how it stands."))
    except AskedToStop:
        messages.info(
            request,
            _("You asked to be left alone, so nothing was written down. Take that back first."),
        )
    return redirect("pages:mine_asked", found.pk, pk)


@require_POST
@by_link
def time(
    request: HttpRequest, found: Participation, invitation_pk: int, time_pk: int
) -> HttpResponse:
    """One of the times proposed: one tap."""

    def chosen(invitation: Invitation) -> str:
        time = access.get_time(invitation, time_pk)
        actions.choose_time(invitation, time, by=None, at=now())
        return _("Agreed. It is written down, and %(name)s knows.") % {"name": invitation.ask.by}

    return _answer(request, found, invitation_pk, chosen)


@require_POST
@by_link
def another_time(request: HttpRequest, found: Participation, invitation_pk: int) -> HttpResponse:
    invitation = access.get_asked(found, invitation_pk)
    form = AnotherTimeForm(request.POST, at=now(), auto_id="another-%s")
    if not form.is_valid():
        return show(request, found, invitation, form)

    def proposed(invitation: Invitation) -> str:
        row = actions.propose_time(invitation, form.wanted(), by=None, at=now())
        if row.state == State.ACCEPTED:
            return _("That is one of the times proposed, so it is agreed.")
        return _("Passed on. You hear as soon as it is settled.")

    return _answer(request, found, invitation_pk, proposed)


@require_POST
@by_link
def written(request: HttpRequest, found: Participation, invitation_pk: int) -> HttpResponse:
    """One line is a full answer."""
    form = WrittenForm(request.POST, auto_id="written-%s")
    if not form.is_valid():
        return show(request, found, access.get_asked(found, invitation_pk), form)

    def wrote(invitation: Invitation) -> str:
        text = form.cleaned_data["text"]
        came = Came(source=_("their page"))
        joined.answer_in_writing(invitation, text, by=None, at=now(), came=came)
        return _("Thank you. It stands on your page, in your words.")

    return _answer(request, found, invitation_pk, wrote)


@require_POST
@by_link
def someone_else(request: HttpRequest, found: Participation, invitation_pk: int) -> HttpResponse:
    form = SomebodyElseForm(request.POST, auto_id="else-%s")
    if not form.is_valid():
        return show(request, found, access.get_asked(found, invitation_pk), form)

    def named(invitation: Invitation) -> str:
        name, why = form.cleaned_data["name"], form.cleaned_data["why"]
        actions.refer(invitation, name, why, by=None, at=now())
        return _("Thank you. That is a full answer.")

    return _answer(request, found, invitation_pk, named)


@require_POST
@by_link
def no(request: HttpRequest, found: Participation, invitation_pk: int) -> HttpResponse:
    """No, with a reason or without."""
    form = NoForm(request.POST, auto_id="no-%s")
    if not form.is_valid():
        return show(request, found, access.get_asked(found, invitation_pk), form)

    def said(invitation: Invitation) -> str:
        actions.decline(invitation, form.cleaned_data["reason"], by=None, at=now())
        return _("Thank you for saying so. You need do nothing more.")

    return _answer(request, found, invitation_pk, said)


@require_POST
@by_link
def cancelled(request: HttpRequest, found: Participation, invitation_pk: int) -> HttpResponse:
    """What was agreed does not suit after all."""
    form = NoForm(request.POST, auto_id="off-%s")
    if not form.is_valid():
        return show(request, found, access.get_asked(found, invitation_pk), form)

    def off(invitation: Invitation) -> str:
        actions.call_off(invitation, by=None, at=now(), reason=form.cleaned_data["reason"])
        return _("Called off, and %(name)s knows.") % {"name": invitation.ask.by}

    return _answer(request, found, invitation_pk, off)


@require_safe
@by_link
def calendar(request: HttpRequest, found: Participation, invitation_pk: int) -> HttpResponse:
    """What was agreed, as a file every calendar opens."""
    invitation = access.get_asked(found, invitation_pk)
    invitation.participation = found
    text = queries.calendar_file(invitation, at=now())
    if not text:
        return redirect("pages:mine_asked", found.pk, invitation_pk)
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="invite.ics"'},
    )
