"""The rounds of an initiative: made, read as those asked will, opened, reminded, and what came."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.queries import mail_is_set_up
from earnest.accounts.requests import SignedInRequest
from earnest.checkins import access, actions, emails, queries
from earnest.checkins.actions import AlreadyOpen, CannotCheckIn, LastNotAnswered
from earnest.checkins.charts import charts_of
from earnest.checkins.forms import FourTapsForm, RoundForm, round_so_far
from earnest.checkins.models import Round
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.messaging.actions import MayNotWrite
from earnest.messaging.emails import PAGE
from earnest.messaging.models import ANSWER


@require_safe
@login_required
def rounds(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Every check-in of an initiative, and whether a new one can be made."""
    initiative = access.get_initiative(request.user, initiative_pk)
    shown = access.rounds_for(request.user)
    before = read_number(request.GET.get("before", ""))
    is_led = access.leads(request.user, initiative)
    context = {
        "here": "check-ins",
        "initiative": initiative,
        "page": queries.rounds_of(shown, initiative, before=before),
        "is_led": is_led,
        "waits": queries.waits_for_answer(initiative) if is_led else None,
    }
    return render(request, "checkins/rounds.html", context)


@login_required
def new(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """A draft; nobody is asked yet."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    at = now()
    form = RoundForm(
        request.POST or None,
        initiative=initiative,
        today=initiative.workspace.day(at),
        initial={"changed": queries.last_change(initiative)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_round(initiative, form.draft(), by=request.user, at=at)
        except LastNotAnswered as no:
            messages.warning(request, no.sentence)
            return redirect("checkins:rounds", initiative_pk)
        except CannotCheckIn as no:
            form.add_error(None, no.sentence)
        else:
            return redirect(made)
    elif waits := queries.waits_for_answer(initiative):
        messages.info(request, LastNotAnswered(waits).sentence)
        return redirect("checkins:rounds", initiative_pk)
    return _form_page(request, initiative, form, None)


@login_required
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft, while nobody was asked."""
    found = access.get_led_round(request.user, pk)
    initiative, at = found.initiative, now()
    if found.opened_at:
        messages.info(request, AlreadyOpen().sentence)
        return redirect(found)
    today = initiative.workspace.day(at)
    so_far = round_so_far(found)
    form = RoundForm(request.POST or None, initiative=initiative, today=today, initial=so_far)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_round(found, form.draft(), by=request.user, at=at)
        except AlreadyOpen as no:
            messages.info(request, no.sentence)
        return redirect(found)
    return _form_page(request, initiative, form, found)


def _form_page(
    request: SignedInRequest, initiative: Initiative, form: RoundForm, found: Round | None
) -> HttpResponse:
    context = {
        "here": "check-ins",
        "initiative": initiative,
        "form": form,
        "round": found,
        "mail_is_set_up": mail_is_set_up(),
    }
    return render(request, "checkins/form.html", context, status=400 if form.errors else 200)


@require_safe
@login_required
def round_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft as they will see it; an open one without a number of answers; a closed one's results."""
    found = access.get_round(request.user, pk)
    is_led = access.leads(request.user, found.initiative)
    context = {
        "here": "check-ins",
        "initiative": found.initiative,
        "round": found,
        "is_led": is_led,
        "mail_is_set_up": mail_is_set_up(),
    }
    if found.opened_at is None:
        return render(request, "checkins/preview.html", {**context, **_preview(found)})
    page = queries.page_of(found, is_led=is_led)
    show_names = is_led and not found.is_anonymous
    context |= {
        "page": page,
        "charts": charts_of(page.figures, page.earlier),
        "answers": queries.named_answers(found) if show_names else [],
        "lines": found.lines.all() if is_led else [],
    }
    return render(request, "checkins/round.html", context)


def _preview(found: Round) -> dict[str, object]:
    """The page and the mail as they will be, and how many get them."""
    mail = emails.check_in(found, get_language() or settings.LANGUAGE_CODE)
    shown = mail.text.partition("\n-- \n")[0].strip()
    for link in (ANSWER, f"{PAGE}check-in/{found.pk}/"):
        shown = shown.replace(link, _("(a link of their own)"))
    who = queries.who_is_asked(found, at=now())
    can_open = mail_is_set_up() or not found.is_anonymous
    return {"who": who, "taps": FourTapsForm(), "mail": mail, "shown": shown, "can_open": can_open}


@require_POST
@login_required
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_led_round(request.user, pk)

    def ask() -> str:
        n = actions.open_round(found, by=request.user, at=now())
        return ngettext(
            "It is open. %(n)s person is asked.", "It is open. %(n)s people are asked.", n
        ) % {"n": n}

    return _done(request, found, ask)


@require_POST
@login_required
def reminded(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_led_round(request.user, pk)

    def remind() -> str:
        n = actions.remind(found, by=request.user, at=now())
        if not n:
            return _("Nobody is reminded: whoever is left was asked enough for now.")
        return ngettext("%(n)s person is reminded.", "%(n)s people are reminded.", n) % {"n": n}

    return _done(request, found, remind)


def _done(request: SignedInRequest, found: Round, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except (CannotCheckIn, MayNotWrite, AskedToStop) as no:
        messages.warning(request, no.sentence)
    return redirect(found)


@require_POST
@login_required
def dropped(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_led_round(request.user, pk)
    try:
        actions.drop_round(found, by=request.user, at=now())
    except AlreadyOpen as no:
        messages.info(request, no.sentence)
        return redirect(found)
    messages.success(request, _("The draft is gone. Nobody was asked."))
    return redirect("checkins:rounds", found.initiative_id)
