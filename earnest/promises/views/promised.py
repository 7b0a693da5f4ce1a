"""A promise: made, kept, moved and told, released."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.core.redirects import back_to
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop
from earnest.promises import access, actions, queries
from earnest.promises.forms import MoveForm, PromiseForm, WhyForm
from earnest.promises.models import Promise


@login_required
def promises(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Every promise of an initiative, both ways, and the kept record."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    today = initiative.workspace.day(now())
    here = access.promises_of(initiative)
    page = queries.page_of(
        here, after=request.GET.get("after", ""), only=request.GET.get("only", "")
    )
    return render(
        request,
        "promises/list.html",
        {
            "here": "promises",
            "initiative": initiative,
            "page": page,
            "kept": queries.records_on(initiative, today=today),
            "today": today,
        },
    )


@login_required
def promise(request: SignedInRequest, pk: int) -> HttpResponse:
    """One promise, what happened to it, and everything that can be done about it."""
    found = access.get_for_write(request.user, pk)
    return _show(request, found)


@login_required
def new(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """A promise written by hand."""
    participation = initiatives.get_participation(request.user, participation_pk)
    form = PromiseForm(
        request.POST or None,
        name=participation.person.first_name,
        initial={"direction": "ours", "when": "dated"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_promise(participation, form.draft(), by=request.user, at=now())
        except AskedToStop as stopped:
            form.add_error(None, stopped.sentence)
        else:
            messages.success(request, _("Written down. You will see it again in time."))
            return redirect("promises:promise", made.pk)
    context = {"form": form, "participation": participation, "here": "people"}
    return render(request, "promises/new.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def keep(request: SignedInRequest, pk: int) -> HttpResponse:
    def kept(found: Promise) -> str:
        actions.keep_promise(found, by=request.user, at=now())
        return _("Kept: %(words)s") % {"words": found.words}

    return _change(request, pk, kept)


@require_POST
@login_required
def miss(request: SignedInRequest, pk: int) -> HttpResponse:
    def missed(found: Promise) -> str:
        why = _why(request)
        actions.miss_promise(found, by=request.user, at=now(), why=why)
        return _("Noted, openly: not done.")

    return _change(request, pk, missed)


@require_POST
@login_required
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    def released(found: Promise) -> str:
        why = _why(request)
        actions.release_promise(found, by=request.user, at=now(), why=why)
        return _("Released. It counts neither way.")

    return _change(request, pk, released)


@require_POST
@login_required
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    def taken(found: Promise) -> str:
        actions.take_back(found, by=request.user, at=now())
        return _("Open again. The record shows both.")

    return _change(request, pk, taken)


@require_POST
@login_required
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    def told(found: Promise) -> str:
        actions.tell_moved(found, by=request.user, at=now())
        return _("Good. %(name)s knows the new date.") % {
            "name": found.participation.person.first_name
        }

    return _change(request, pk, told)


@require_POST
@login_required
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another date; the page then shows the words with which to tell the other side."""
    found = access.get_for_write(request.user, pk)
    today = found.participation.initiative.workspace.day(now())
    form = MoveForm(request.POST, today=today)
    if not form.is_valid():
        return _show(request, found, form)
    try:
        actions.move_promise(
            found,
            form.cleaned_data["due"],
            by=request.user,
            at=now(),
            why=form.cleaned_data["why"],
        )
    except actions.PromiseOver:
        messages.info(request, _("This promise was settled before."))
        return redirect("promises:promise", pk)
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
        return redirect("promises:promise", pk)
    messages.success(request, _("Moved. Now tell %(name)s.") % {"name": _name(found)})
    return redirect("promises:promise", pk)


def _change(request: SignedInRequest, pk: int, change: Callable[[Promise], str]) -> HttpResponse:
    """Through the door, one action, and back to where one was, told what happened."""
    found = access.get_for_write(request.user, pk)
    try:
        messages.success(request, change(found))
    except actions.PromiseOver:
        messages.info(request, _("This promise was settled before."))
    except TooLong:
        messages.warning(
            request, _("Nothing was changed: the reason is longer than 300 characters.")
        )
    except actions.NothingToUndo:
        messages.info(request, _("This promise is open already."))
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    return back_to(request, reverse("promises:promise", args=[pk]))


def _why(request: SignedInRequest) -> str:
    """The reason as typed. Raises TooLong rather than dropping a word of it."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        raise TooLong
    why: str = form.cleaned_data["why"]
    return why


class TooLong(Exception):
    """The reason is longer than what is kept of it."""


def _name(found: Promise) -> str:
    return found.participation.person.first_name


def _show(request: SignedInRequest, found: Promise, form: MoveForm | None = None) -> HttpResponse:
    today = found.participation.initiative.workspace.day(now())
    happened = list(found.events.select_related("by"))
    context = {
        "here": "promises",
        "promise": found,
        "initiative": found.participation.initiative,
        "participation": found.participation,
        "events": happened,
        "untold": found.untold_at is not None,
        "telling": queries.telling_of(found, happened),
        "form": form or MoveForm(today=today),
        "why_missed": WhyForm(auto_id="missed-%s"),
        "why_released": WhyForm(auto_id="released-%s"),
        "today": today,
        "late": found.is_late(today),
    }
    return render(request, "promises/promise.html", context, status=400 if form else 200)
