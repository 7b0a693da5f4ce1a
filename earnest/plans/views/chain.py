"""What somebody values and how this serves it: written, read as they will, told (1.6 to 1.9)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.reading import CHANGE, LOOK, Reading, Seen, carried
from earnest.engine.language import sensitive_topics
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening.emails import as_read
from earnest.listening.queries import word_list
from earnest.listening.queries.leaving import how_it_leaves
from earnest.listening.views.leaving import on_its_way
from earnest.messaging import queries as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.plans import access
from earnest.plans.actions import chain as actions
from earnest.plans.emails import chain as emails
from earnest.plans.forms.chain import ChainForm, SaidForm
from earnest.plans.models import Chain
from earnest.plans.queries.chain import sources_of

REFUSALS = (AskedToStop, actions.NotTheirs, actions.TheirsToChange)


@login_required
def new_chain(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """Written here, and read as they will before it is saved."""
    found = initiatives.get_participation(request.user, participation_pk)
    return _write(request, found, None)


@login_required
def change_chain(request: SignedInRequest, pk: int) -> HttpResponse:
    chain = access.get_chain(request.user, pk)
    if chain.stands_as_theirs:
        messages.info(request, actions.TheirsToChange().sentence)
        return redirect("plans:chain", pk)
    return _write(request, chain.participation, chain)


def _write(request: SignedInRequest, found: Participation, chain: Chain | None) -> HttpResponse:
    form = ChainForm(
        request.POST or None, participation=found, sources=sources_of(found), chain=chain
    )
    if request.method != "POST" or CHANGE in request.POST or not form.is_valid():
        return _show(request, found, form, chain)
    if LOOK in request.POST:
        return _read_as(request, found, form)
    return _save(request, found, form, chain)


def _show(
    request: SignedInRequest, found: Participation, form: ChainForm, chain: Chain | None
) -> HttpResponse:
    wrong = CHANGE not in request.POST and bool(form.errors)
    context = {**_about(found), "form": form, "chain": chain}
    return render(request, "plans/chain_form.html", context, status=400 if wrong else 200)


def _about(found: Participation) -> dict[str, Any]:
    return {
        "here": "people",
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
    }


def _read_as(request: SignedInRequest, found: Participation, form: ChainForm) -> HttpResponse:
    draft, person = form.draft, found.person
    chain = Chain(participation=found, by=request.user, **draft.columns())
    reading = Reading(
        name=person.first_name,
        does=_("Save it"),
        carried=carried(request.POST),
        typed=(draft.link,) if draft.quote else (draft.value, draft.link),
        speaks=form.speaks,
        page=_their_page(chain),
        sensitive=sensitive_topics(f"{draft.value}\n{draft.link}", word_list()),
    )
    return render(request, "core/read_as.html", {**_about(found), "reading": reading})


def _their_page(chain: Chain) -> str:
    """What stands on their own page, in their language and by their clock."""
    with as_they_read(chain.participation):
        return render_to_string("plans/chain_words.html", {"chain": chain, "own": True})


def _save(
    request: SignedInRequest, found: Participation, form: ChainForm, chain: Chain | None
) -> HttpResponse:
    try:
        if chain is None:
            made = actions.make_chain(found, form.draft, by=request.user, at=now())
        else:
            actions.change_chain(chain, form.draft, by=request.user, at=now())
            made = chain
    except REFUSALS as refused:
        form.add_error(None, refused.sentence)
        return _show(request, found, form, chain)
    messages.success(request, _("Saved. Now it can be told back."))
    return redirect("plans:chain", made.pk)


@require_safe
@login_required
def chain(request: SignedInRequest, pk: int) -> HttpResponse:
    """One chain: how it stands, the mail as they will read it, and what they said to it."""
    return _show_chain(request, access.get_chain(request.user, pk))


def _show_chain(
    request: SignedInRequest, found: Chain, *, form: SaidForm | None = None
) -> HttpResponse:
    at, person = now(), found.participation.person
    message = Message.objects.filter(pk=found.message_id or 0).first()
    told = found.is_known and not (message and message.state in actions.NEVER_LEFT)
    stopped = found.participation.asked_to_stop
    leaving = how_it_leaves(person, at)
    context = {
        **_about(found.participation),
        "chain": found,
        "message": message,
        "told": told,
        "stopped": stopped,
        "seen": None if told or stopped else _mail(found, request),
        "by_mail": leaving.by_mail,
        "how": leaving.sentence,
        "room": messaging.room_for(person, at),
        "form": form or SaidForm(today=found.participation.initiative.workspace.day(at)),
        "speaks": person.speaks,
    }
    return render(request, "plans/chain.html", context, status=400 if form else 200)


def _mail(found: Chain, request: SignedInRequest) -> Seen:
    """The mail as it would leave, but for the secret of the link."""
    participation = found.participation
    draft = emails.told_back(found, by=request.user)
    text = as_read(draft, participation, by=request.user)
    return Seen(participation.person.name, "", draft.subject, text)


@require_POST
@login_required
def told(request: SignedInRequest, pk: int) -> HttpResponse:
    """Told back by mail: progress, within the limits."""
    found = access.get_chain(request.user, pk)
    at = now()
    try:
        message = actions.tell_chain(found, by=request.user, at=at)
    except actions.AlreadyTold as before:
        messages.info(request, before.sentence)
    except (AskedToStop, MayNotWrite) as no:
        messages.warning(request, no.sentence)
    else:
        return on_its_way(request, message, at=at, back=reverse("plans:chain", args=[pk]))
    return redirect("plans:chain", pk)


@require_POST
@login_required
def said(request: SignedInRequest, pk: int) -> HttpResponse:
    """Told in a talk, on a day."""
    found = access.get_chain(request.user, pk)
    at = now()
    workspace = found.participation.initiative.workspace
    form = SaidForm(request.POST, today=workspace.day(at))
    if not form.is_valid():
        return _show_chain(request, found, form=form)
    noon = datetime.combine(form.cleaned_data["on"], time(12), ZoneInfo(workspace.time_zone))
    try:
        actions.say_told(found, told_at=min(noon, at), by=request.user, at=at)
        messages.success(request, _("Noted. What they say to it stands here, too."))
    except actions.AlreadyTold as before:
        messages.info(request, before.sentence)
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    return redirect("plans:chain", pk)


@require_POST
@login_required
def answer_read(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_chain(request.user, pk)
    if actions.read_answer(found, by=request.user, at=now()):
        messages.success(request, _("Read. They can see that you did."))
    return redirect("plans:chain", pk)


@require_POST
@login_required
def dropped(request: SignedInRequest, pk: int) -> HttpResponse:
    """Taken back before they said anything to it."""
    found = access.get_chain(request.user, pk)
    if actions.drop_chain(found, by=request.user, at=now()):
        messages.success(request, _("Taken back. It stands nowhere any more."))
        return redirect(found.participation.get_absolute_url())
    messages.info(request, _("They said something to it meanwhile, so it stays."))
    return redirect("plans:chain", pk)
