"""Asking one person or a few: written, seen as they will see it, sent, followed, taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.models import User
from earnest.accounts.requests import SignedInRequest
from earnest.core.reading import carried
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import access, emails
from earnest.listening.actions import asks as actions
from earnest.listening.forms.asks import AskForm, LargeAskForm, SmallerForm, WhyForm
from earnest.listening.forms.times import Clock, TimesForm, times_so_far
from earnest.listening.models import Ask, Invitation, ProposedTime
from earnest.listening.queries import asks as queries
from earnest.listening.queries import briefs, stepping
from earnest.listening.queries.leaving import Leaving, how_it_leaves
from earnest.messaging import emails as mails
from earnest.messaging import queries as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.messaging.models import Message

REFUSALS = (actions.CannotAsk, AskedToStop, MayNotWrite)


@login_required
def ask(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """Written here; looked at as they will see it before it is sent. Nothing is kept until then."""
    found = initiatives.get_participation(request.user, participation_pk)
    at = now()
    form = _form(request, found, at)
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        return _preview(request, found, form, at)
    return _show(request, found, form, at)


def _form(request: SignedInRequest, found: Participation, at: datetime) -> AskForm:
    clock = Clock(at, found.initiative.workspace.day(at))
    return AskForm(
        request.POST or None,
        participation=found,
        gate=briefs.gate_for(found),
        clock=clock,
        initial={
            "form": queries.form_for(found).form,
            **_how(request, found),
            **_stepping_back(request, found),
        },
    )


def _how(request: SignedInRequest, found: Participation) -> dict[str, Any]:
    """How would *you* make it work? (1.13): drafted from the target, in writing or in a talk."""
    if "how" not in request.GET:
        return {}
    target = Truncator(found.initiative.target).chars(240)
    about = _("How would you make it work: %(target)s") % {"target": target}
    gets = _("You read what becomes of your idea, and it is credited as you wish.")
    return {"kind": Ask.Kind.INPUT, "about": about, "gets": gets}


def _stepping_back(request: SignedInRequest, found: Participation) -> dict[str, Any]:
    """To understand why they do not commit: its own words to begin with (3.16)."""
    there = stepping.open_with(found) if "step_back" in request.GET else None
    if there is None or there.invitation_id:
        return {}
    return {"step_back": there.pk, "form": Ask.Form.ONE_TO_ONE, **stepping.opening_words()}


def _show(
    request: SignedInRequest, found: Participation, form: AskForm, at: datetime
) -> HttpResponse:
    wrong = "change" not in request.POST and bool(form.errors)
    context = {
        "here": "people",
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "form": form,
        "gate": form.gate,
        "proposed": queries.form_for(found),
        "room": messaging.room_for(found.person, at),
        "away": queries.away_now_or_soon(found.person, form.clock.today),
        "steps_back": form["step_back"].value(),
    }
    return render(request, "listening/ask.html", context, status=400 if wrong else 200)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one of them will get: the mail, and whether it can go now."""

    participation: Participation
    invitation: Invitation
    words: mails.Words
    room: messaging.Room
    leaving: Leaving
    zone: str

    @property
    def by_mail(self) -> bool:
        return self.leaving.by_mail


def _preview(
    request: SignedInRequest, found: Participation, form: AskForm, at: datetime
) -> HttpResponse:
    draft = form.draft(form.cleaned_data["answer_by"])
    made = Ask(
        initiative=found.initiative,
        by=request.user,
        **{name: getattr(draft, name) for name in ("kind", "minutes", "about", "gets", "form")},
        place=draft.place,
        steps_back=draft.step_back is not None,
    )
    times = [ProposedTime(ask=made, starts_at=one) for one in draft.times]
    rows = [
        Invitation(ask=made, participation=one, why_you=why, answer_by=draft.answer_by)
        for one, why in form.asked()
    ]
    seen = [as_seen(row, times, by=request.user, at=at) for row in rows]
    context = {
        "here": "people",
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "ask": made,
        "times": times,
        "seen": seen,
        "carried": carried(request.POST, but={"key"}),
        "key": uuid4(),
        "sensitive": form.sensitive,
        "typed": form.typed,
        "speaks": form.speaks,
        "can_go": all(one.room.free for one in seen),
        "by_mail": all(one.by_mail for one in seen),
    }
    return render(request, "listening/ask_preview.html", context)


def as_seen(row: Invitation, times: Sequence[ProposedTime], *, by: User, at: datetime) -> Seen:
    """The mail as it would leave, but for the secret of the link."""
    participation = row.participation
    draft = emails.invitation(row, times, by=by)
    message = Message(
        participation=participation, by=by, kind=draft.kind, subject=draft.subject, text=draft.text
    )
    told = mails.told(message, first=participation.first_told_at is None)
    page = mails.page_address("…")
    return Seen(
        participation,
        row,
        mails.filled(told, page=page, address=participation.person.email),
        messaging.room_for(participation.person, at),
        how_it_leaves(participation.person, at),
        messaging.zone_of(participation.person),
    )


@require_POST
@login_required
def sent(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """Out it goes, once; whatever came up since it was looked at is said, and nothing is kept."""
    found = initiatives.get_participation(request.user, participation_pk)
    at = now()
    form = _form(request, found, at)
    if not form.is_valid():
        return _show(request, found, form, at)
    data = form.cleaned_data
    draft = form.draft(data["answer_by"], data["key"])
    try:
        made = actions.make_ask(found.initiative, draft, form.asked(), by=request.user, at=at)
    except REFUSALS as refused:
        form.add_error(None, refused.sentence)
        return _show(request, found, form, at)
    messages.success(request, _said([one for one, _why in form.asked()], at))
    return redirect("listening:asked", made.pk)


def _said(people: Sequence[Participation], at: datetime) -> str:
    """When it leaves, or that it is theirs to send: of each, where there are several."""
    ways = [(one.person.first_name, how_it_leaves(one.person, at)) for one in people]
    begins = _("Asked.") if all(way.by_mail for _name, way in ways) else _("Kept, not sent yet.")
    alone = len(ways) == 1
    said = [way.sentence if alone else f"{name}: {way.sentence}" for name, way in ways]
    return " ".join([begins, *said])


@login_required
def asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """One ask: how each invitation stands, what happened to it, and what can still be done."""
    found = access.get_ask(request.user, pk)
    only = request.GET.get("only", "")
    page = queries.ask_page(found, after=request.GET.get("after", ""), only=only)
    context = {
        "here": "people",
        "ask": found,
        "initiative": found.initiative,
        "round": getattr(found, "round", None),
        "page": page,
        "times": list(found.times.all()),
        "row": queries.AskRow(found, queries.states_of([found]).get(found.pk, Counter())),
        "only": only,
        "form": WhyForm(),
    }
    return render(request, "listening/asked.html", context)


@login_required
def times(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other times to choose from, as long as nobody agreed to one."""
    found = access.get_ask(request.user, pk)
    at = now()
    free = found.times.filter(taken_at=None, invitations=None, starts_at__gt=at)
    clock = Clock(at, found.initiative.workspace.day(at))
    form = TimesForm(request.POST or None, clock=clock, initial=times_so_far(free))
    if request.method == "POST" and form.is_valid():
        actions.change_times(found, form.cleaned_data["times"], by=request.user, at=at)
        messages.success(request, _("Saved. Their page shows them; no mail is sent for it."))
        return redirect("listening:asked", pk)
    context = {"here": "people", "ask": found, "initiative": found.initiative, "form": form}
    status = 400 if form.errors else 200
    return render(request, "listening/ask_times.html", context, status=status)


@require_POST
@login_required
def withdrawn(request: SignedInRequest, pk: int) -> HttpResponse:
    """Taken back before it left, or before it was answered."""
    found = access.get_invitation(request.user, pk)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else request.POST.get("why", "")[:300]
    try:
        actions.withdraw_invitation(found, by=request.user, at=now(), why=why)
        messages.success(request, _("Taken back. Who has the mail is told."))
    except actions.CannotBeTakenBack:
        messages.info(request, _("It was answered meanwhile. Here is how it stands."))
    return redirect("listening:asked", found.ask_id)


@login_required
def asks(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Everything that was asked, whose turn it is, and what the small asks foretell (2.2)."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    context = {
        "here": "asks",
        "initiative": initiative,
        "page": queries.asks_page(initiative, before=request.GET.get("before", "")),
        "waiting": queries.waiting_for_us(initiative),
        "test": queries.early_test(initiative, today=initiative.workspace.day(now())),
        "history": queries.large_history(initiative),
        "form": LargeAskForm(),
    }
    return render(request, "listening/asks.html", context)


@login_required
def large_ask(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """What the small asks lead up to."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    form = LargeAskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        actions.name_large_ask(initiative, words, by=request.user, at=now())
        return redirect("listening:asks", initiative.pk)
    context: dict[str, Any] = {"initiative": initiative, "form": form, "large": None}
    return _large(request, context)


@login_required
def smaller(request: SignedInRequest, pk: int) -> HttpResponse:
    """A smaller one in its place; what it was stays in the history."""
    large = access.get_large_ask(request.user, pk)
    form = SmallerForm(request.POST or None, large=large)
    if request.method == "POST" and form.is_valid():
        made = actions.make_smaller(large, form.cleaned_data["words"], by=request.user, at=now())
        said = _("Made smaller. What it was stays in the history.")
        messages.success(request, said if made else _("It was changed before. Here it is."))
        return redirect("listening:asks", large.initiative_id)
    return _large(request, {"initiative": large.initiative, "form": form, "large": large})


def _large(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    status = 400 if context["form"].errors else 200
    return render(request, "listening/large_ask.html", {**context, "here": "asks"}, status=status)
