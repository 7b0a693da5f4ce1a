"""One invitation, for those who lead: how it stands, and noting an answer in one tap (2.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives.models import AskedToStop
from earnest.listening import access, actions, queries
from earnest.listening.actions import AnswerOver, Came, NotAgreed, OfAnother, SlotGone, TimeOver
from earnest.listening.forms import (
    CAME_BY,
    CameOn,
    Days,
    HourForm,
    NoForm,
    NotedAnotherTimeForm,
    NotedElseForm,
    NotedHourForm,
    NotedNoForm,
    NotedWordsForm,
    OfferForm,
    came_by,
)
from earnest.listening.models import Invitation
from earnest.listening.queries.asks import mail_of
from earnest.messaging.limits import MayNotWrite


@require_safe
@login_required
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked of one person, everything that happened, and what came back."""
    return _show(request, access.get_invitation(request.user, pk))


def _show(
    request: SignedInRequest, found: Invitation, wrong: forms.Form | None = None
) -> HttpResponse:
    at = now()
    context = {
        "here": "people",
        "invitation": found,
        "ask": found.ask,
        "participation": found.participation,
        "person": found.participation.person,
        "initiative": found.initiative,
        "events": found.events.select_related("by"),
        "times": queries.free_times(found, at=at),
        "so_far": queries.asked_so_far(queries.invitations_of(found.participation)),
        "can_be_answered": found.can_be_answered,
        "mail": mail_of(found),
        "named_instead": queries.named_instead(found),
        "is_over": bool(found.starts_at and found.starts_at <= at),
        "came_by": CAME_BY,
        **_forms(_days(found), wrong),
    }
    return render(request, "listening/invitation.html", context, status=400 if wrong else 200)


def _days(found: Invitation) -> Days:
    """Between which days an answer to it can have come."""
    day = found.initiative.workspace.day
    return Days(day(found.sent_at or found.state_at), day(now()))


def _forms(days: Days, wrong: forms.Form | None) -> dict[str, Any]:
    """Each answer's own small form; the wrong one as it was typed."""
    at, came = now(), {"came_on": days.today}
    fresh: dict[str, forms.Form] = {
        "agreed": NotedHourForm(at=at, auto_id="agreed-%s", initial=came),
        "ours": HourForm(at=at, auto_id="ours-%s"),
        "suits": HourForm(at=at, auto_id="suits-%s"),
        "another": NotedAnotherTimeForm(at=at, auto_id="another-%s", initial=came),
        "offer": OfferForm(at=at, auto_id="offer-%s"),
        "written": NotedWordsForm(auto_id="written-%s", initial=came),
        "else": NotedElseForm(auto_id="else-%s", initial=came),
        "no": NotedNoForm(auto_id="no-%s", initial=came),
        "off": NoForm(auto_id="off-%s"),
    }
    if wrong is not None:
        fresh = {
            name: wrong if wrong.auto_id == one.auto_id else one for name, one in fresh.items()
        }
    return {f"form_{name}": form for name, form in fresh.items()}


type Say = Callable[[Invitation], str]


def _note(
    request: SignedInRequest, pk: int, say: Say, *, form: forms.Form | None = None
) -> HttpResponse:
    """Through the door, one action, back to the page, told what was done."""
    found = access.get_invitation(request.user, pk)
    if isinstance(form, CameOn):
        form.days = _days(found)
    if form is not None and not form.is_valid():
        return _show(request, found, form)
    try:
        messages.success(request, say(found))
    except SlotGone:
        messages.warning(request, _("Somebody else took that time a moment before."))
    except TimeOver:
        messages.warning(request, _("That does not fit the hour: it is over, or still to come."))
    except (AnswerOver, NotAgreed):
        messages.info(request, _("It changed meanwhile. Here is how it stands."))
    except OfAnother:
        messages.warning(request, _("That answer is to another invitation, or from somebody else."))
    except (AskedToStop, MayNotWrite) as no:
        messages.warning(request, no.sentence)
    return redirect("listening:invitation", pk)


def _came(request: SignedInRequest, form: CameOn) -> Came:
    """Which way their answer came, and on which day."""
    return Came(came_by(request.POST), form.cleaned_data["came_on"])


@require_POST
@login_required
def time(request: SignedInRequest, pk: int, time_pk: int) -> HttpResponse:
    """They agreed to one of the times proposed."""

    def agreed(found: Invitation) -> str:
        chosen = access.get_time(found, time_pk)
        came = Came(came_by(request.POST))
        actions.choose_time(found, chosen, by=request.user, at=now(), came=came)
        return _("Noted: agreed.")

    return _note(request, pk, agreed)


@require_POST
@login_required
def agreed(request: SignedInRequest, pk: int) -> HttpResponse:
    """They agreed to a time that was none of those proposed."""
    form = NotedHourForm(request.POST, at=now(), auto_id="agreed-%s")

    def noted(found: Invitation) -> str:
        came, starts_at = _came(request, form), form.starts_at()
        actions.agree_on(found, starts_at, by=request.user, at=now(), came=came)
        return _("Noted: agreed.")

    return _note(request, pk, noted, form=form)


@require_POST
@login_required
def another_time(request: SignedInRequest, pk: int) -> HttpResponse:
    form = NotedAnotherTimeForm(request.POST, at=now(), auto_id="another-%s")

    def noted(found: Invitation) -> str:
        came, wanted = _came(request, form), form.wanted()
        actions.propose_time(found, wanted, by=request.user, at=now(), came=came)
        return _("Noted: another time.")

    return _note(request, pk, noted, form=form)


@require_POST
@login_required
def suits(request: SignedInRequest, pk: int) -> HttpResponse:
    """The time they proposed suits; where they gave words, the hour we read from them."""
    form = HourForm(request.POST, at=now(), auto_id="suits-%s") if "day" in request.POST else None

    def settled(found: Invitation) -> str:
        starts_at = form.starts_at() if form else None
        actions.accept_proposed(found, by=request.user, at=now(), starts_at=starts_at)
        return _("Agreed. They are told, with a file for their calendar.")

    return _note(request, pk, settled, form=form)


@require_POST
@login_required
def offered(request: SignedInRequest, pk: int) -> HttpResponse:
    """Their time does not suit: other times."""
    form = OfferForm(request.POST, at=now(), auto_id="offer-%s")

    def sent(found: Invitation) -> str:
        actions.offer_times(found, form.times(), by=request.user, at=now())
        return _("Offered. They have as many days to answer.")

    return _note(request, pk, sent, form=form)


@require_POST
@login_required
def moved(request: SignedInRequest, pk: int) -> HttpResponse:
    """We have to move it ourselves."""
    form = HourForm(request.POST, at=now(), auto_id="ours-%s")

    def set_anew(found: Invitation) -> str:
        actions.move_ourselves(found, form.starts_at(), by=request.user, at=now())
        return _("Moved. They are told, and it is noted as ours.")

    return _note(request, pk, set_anew, form=form)


@require_POST
@login_required
def written(request: SignedInRequest, pk: int) -> HttpResponse:
    """What they wrote, or what their calendar answered."""
    form = NotedWordsForm(request.POST, request.FILES, auto_id="written-%s")

    def noted(found: Invitation) -> str:
        data, by, at = form.cleaned_data, request.user, now()
        channel = came_by({"channel": "mail", **request.POST.dict()})
        if reply := data["reply"]:
            actions.take_reply(found, reply, by=by, at=at, channel=channel)
            return _("Read: the answer of their calendar.")
        came = Came(channel, data["came_on"], data["source"])
        actions.answer_in_writing(found, data["text"], by=by, at=at, came=came)
        return _("Kept in their words. One line is a full answer.")

    return _note(request, pk, noted, form=form)


@require_POST
@login_required
def someone_else(request: SignedInRequest, pk: int) -> HttpResponse:
    form = NotedElseForm(request.POST, auto_id="else-%s")

    def noted(found: Invitation) -> str:
        name, why = form.cleaned_data["name"], form.cleaned_data["why"]
        actions.refer(found, name, why, by=request.user, at=now(), came=_came(request, form))
        return _("Noted, to be followed until spoken to.")

    return _note(request, pk, noted, form=form)


@require_POST
@login_required
def no(request: SignedInRequest, pk: int) -> HttpResponse:
    form = NotedNoForm(request.POST, auto_id="no-%s")

    def noted(found: Invitation) -> str:
        reason, came = form.cleaned_data["reason"], _came(request, form)
        actions.decline(found, reason, by=request.user, at=now(), came=came)
        return _("Noted. Thank them for saying so.")

    return _note(request, pk, noted, form=form)


@require_POST
@login_required
def cancelled(request: SignedInRequest, pk: int) -> HttpResponse:
    """Called off: by them, or by us."""
    form = NoForm(request.POST, auto_id="off-%s")

    def off(found: Invitation) -> str:
        actions.call_off(
            found,
            by=request.user,
            at=now(),
            channel=came_by(request.POST),
            reason=form.cleaned_data["reason"],
            ours=request.POST.get("whose") == "ours",
        )
        return _("Called off. It counts neither way.")

    return _note(request, pk, off, form=form)


@require_POST
@login_required
def held(request: SignedInRequest, pk: int) -> HttpResponse:
    """It took place; now the words, while they are fresh."""

    def noted(found: Invitation) -> str:
        actions.say_held(found, came=True, by=request.user, at=now())
        return _("It took place. Note their words while they are fresh.")

    return _note(request, pk, noted)


@require_POST
@login_required
def not_held(request: SignedInRequest, pk: int) -> HttpResponse:
    """It did not take place: information, not blame."""

    def noted(found: Invitation) -> str:
        actions.say_held(found, came=False, by=request.user, at=now())
        return _("Noted: it did not take place.")

    return _note(request, pk, noted)


@require_safe
@login_required
def calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was agreed, as a file for the lead's own calendar."""
    found = access.get_invitation(request.user, pk)
    text = queries.calendar_file(found, at=now())
    if not text:
        return redirect("listening:invitation", pk)
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="invite.ics"'},
    )
