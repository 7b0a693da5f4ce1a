"""A person's own page: opened by their link, without an account (privacy.md 3, 6, 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any, Concatenate
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.checkins.charts import own_check_in
from earnest.initiatives import access as initiatives
from earnest.initiatives import actions
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Participation
from earnest.listening.actions import rounds
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.pages import access
from earnest.pages.estimate import estimate_of
from earnest.pages.own_forms import (
    AwayForm,
    MeantForm,
    MeantInputForm,
    MyWorkForm,
    SayForm,
    move_form,
    own_inputs,
    own_words,
    took_on,
)
from earnest.pages.queries import limits_of
from earnest.pages.record import record_of
from earnest.people import actions as people
from earnest.people.actions import Refused
from earnest.promises import access as promises
from earnest.promises import actions as promising
from earnest.promises.forms import MoveForm, WhyForm
from earnest.promises.models import Promise

COOKIE = "mine"
OWN_PAGES = "mine/<int:pk>/"

type OwnView[**P] = Callable[Concatenate[HttpRequest, Participation, P], HttpResponse]


def gone(request: HttpRequest) -> HttpResponse:
    """One answer to every link that opens nothing: unknown, over, revoked, or another's page."""
    response = render(request, "pages/mine_gone.html", status=404)
    response["Referrer-Policy"] = "no-referrer"
    return response


def cookie_path(pk: int) -> str:
    return reverse("pages:mine", args=[pk])


def deep_link(request: HttpRequest, pk: int, to: str) -> str:
    """Where a longer link leads: to one of the pages below their own, and nowhere else."""
    own = cookie_path(pk)
    try:
        wanted = resolve(f"{own}{to}/") if to else None
    except Resolver404:
        wanted = None
    if wanted is None or not wanted.route.startswith(OWN_PAGES) or wanted.kwargs.get("pk") != pk:
        return own
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{own}{to}/{query}"


@require_safe
def open_link(request: HttpRequest, secret: str, to: str = "") -> HttpResponse:
    """Change the secret for a cookie that opens this one page. Nothing is written down.

    Mail scanners follow links: whoever comes here has changed nothing.
    """
    link = initiatives.link_by_secret(secret, at=now())
    if link is None:
        return gone(request)
    response = HttpResponseRedirect(deep_link(request, link.participation_id, to))
    response.set_cookie(
        COOKIE,
        access.token_for(link),
        max_age=access.OPEN_FOR,
        path=cookie_path(link.participation_id),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


@contextmanager
def as_they_see(found: Participation) -> Iterator[None]:
    """In the person's own language and time zone, where they have one."""
    with ExitStack() as stack:
        zone = found.person.time_zone or found.initiative.workspace.time_zone
        stack.enter_context(timezone.override(ZoneInfo(zone)))
        if found.person.own_language:
            stack.enter_context(translation.override(found.person.own_language))
        yield


def by_link[**P](view: OwnView[P]) -> Callable[..., HttpResponse]:
    """Opens the page its cookie was made for, in the person's own language and time zone.

    The page keeps the site's referrer policy, which tells other sites nothing: with "no-referrer"
    a browser sends the origin of a form as "null", and the form could not be told from a forged one.
    """

    @wraps(view)
    def opened(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = access.own_page(request.COOKIES.get(COOKIE, ""), pk, at=now())
        if found is None:
            return gone(request)
        with as_they_see(found):
            return view(request, found, *args, **kwargs)

    return opened


def by_tap[**P](view: OwnView[P]) -> Callable[..., HttpResponse]:
    """The same for one tap, after which they are led back: no more is read than who it is."""

    @wraps(view)
    def tapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = access.whose_tap(request.COOKIES.get(COOKIE, ""), pk, at=now())
        return view(request, found, *args, **kwargs) if found else gone(request)

    return tapped


@require_safe
@by_link
def mine(request: HttpRequest, found: Participation) -> HttpResponse:
    """What became of what they said, what was promised both ways, and everything behind it."""
    return show(request, found)


def show(
    request: HttpRequest,
    found: Participation,
    *,
    wrong: MoveForm | None = None,
    meant: MeantForm | None = None,
    meant_input: MeantInputForm | None = None,
    **mending: Form,
) -> HttpResponse:
    """The page, with the one form to be mended where there is one: work, away or say."""
    page = page_of(found, wrong=wrong, meant=meant, meant_input=meant_input)
    status = 400 if wrong or meant or meant_input or mending else 200
    context = {**page, **mending}
    return render(request, "pages/mine.html", context, status=status)


def page_of(
    found: Participation,
    *,
    wrong: MoveForm | None = None,
    meant: MeantForm | None = None,
    meant_input: MeantInputForm | None = None,
) -> dict[str, Any]:
    """What stands on the page; the lead who looks at it as the person sees the very same."""
    initiative, at = found.initiative, now()
    today = initiative.workspace.day(at)
    record = record_of(found, today=today, own=True)
    return {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": initiative,
        "workspace": initiative.workspace,
        "record": record,
        "estimate": estimate_of(found, record.evidence, at=at),
        "check_in": own_check_in(found),
        "own_words": own_words(record.quotes, wrong=meant),
        "own_inputs": own_inputs(record.told, wrong=meant_input),
        "passing": Quote.PassedOn.choices,
        "took_on": took_on(record, today=today, wrong=wrong),
        "limits": limits_of(found.person, at=at),
        "stages": list(initiative.stages.all()),
        "leads": [],  # the partials show leads' buttons to leads alone
        "today": today,
        "work": MyWorkForm(work=found.own_work),
        "away": AwayForm(),
        "say": SayForm(),
    }


def _back(found: Participation) -> HttpResponse:
    return redirect("pages:mine", found.pk)


def _change(
    request: HttpRequest, found: Participation, pk: int, change: Callable[[Promise], str]
) -> HttpResponse:
    """Find their own promise, do the one thing, say what was done."""
    promise = promises.get_theirs(found, pk)
    try:
        messages.success(request, change(promise))
    except promising.PromiseOver:
        messages.info(request, _("That was said before. Here is how it stands."))
    return _back(found)


@require_POST
@by_link
def kept(request: HttpRequest, found: Participation, promise_pk: int) -> HttpResponse:
    def done(promise: Promise) -> str:
        promising.keep_promise(promise, by=None, at=now())
        return _("Done. Thank you for saying so.")

    return _change(request, found, promise_pk, done)


@require_POST
@by_link
def moved(request: HttpRequest, found: Participation, promise_pk: int) -> HttpResponse:
    today = found.initiative.workspace.day(now())
    promise = promises.get_theirs(found, promise_pk)
    form = move_form(promise, today=today, data=request.POST)
    if not form.is_valid():
        return show(request, found, wrong=form)

    def later(promise: Promise) -> str:
        due, why = form.cleaned_data["due"], form.cleaned_data["why"]
        promising.move_promise(promise, due, by=None, at=now(), why=why)
        return _("Moved. They can see the new date.")

    return _change(request, found, promise_pk, later)


@require_POST
@by_link
def released(request: HttpRequest, found: Participation, promise_pk: int) -> HttpResponse:
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else request.POST.get("why", "")[:300]

    def let_go(promise: Promise) -> str:
        promising.release_promise(promise, by=None, at=now(), why=why)
        return _("You are free of it. It counts neither way.")

    return _change(request, found, promise_pk, let_go)


@require_POST
@by_link
def confirmed(request: HttpRequest, found: Participation, promise_pk: int) -> HttpResponse:
    def yes(promise: Promise) -> str:
        promising.confirm_promise(promise, at=now())
        return _("Good. Now it stands as you said it.")

    return _change(request, found, promise_pk, yes)


@require_POST
@by_link
def not_said(request: HttpRequest, found: Participation, promise_pk: int) -> HttpResponse:
    """Noted wrongly: let go, with that as its reason, and no trace in what they did."""

    def never(promise: Promise) -> str:
        promising.deny_promise(promise, at=now(), why=_("not what I said"))
        return _("Taken out. Whoever wrote it down can see that you did not say it.")

    return _change(request, found, promise_pk, never)


@require_POST
@by_link
def own_work(request: HttpRequest, found: Participation) -> HttpResponse:
    """Their own goals and measures, in their own hand (1.6)."""
    form = MyWorkForm(request.POST, work=found.own_work)
    if form.is_valid():
        try:
            actions.write_own_work(found, **form.cleaned_data, by=None, at=now())
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
    if form.errors:
        return show(request, found, work=form)
    messages.success(request, _("Saved, in your words."))
    return _back(found)


@require_POST
@by_link
def away(request: HttpRequest, found: Participation) -> HttpResponse:
    """Days they are not there: nobody waits for an answer in them."""
    form = AwayForm(request.POST)
    if not form.is_valid():
        return show(request, found, away=form)
    people.note_away(found.person, **form.cleaned_data, by=None, at=now())
    messages.success(request, _("Noted. Silence in these days means nothing."))
    return _back(found)


@require_POST
@by_link
def away_removed(request: HttpRequest, found: Participation, away_pk: int) -> HttpResponse:
    people.remove_away(access.get_away(found, away_pk), by=None, at=now())
    return _back(found)


@require_POST
@by_link
def wish(request: HttpRequest, found: Participation, wish: Wish) -> HttpResponse:
    """One tap, obeyed the same minute."""
    rounds.obey(found, wish, at=now())
    said = {
        Wish.LESS: _("Less from now on: nobody is reminded to ask you anything."),
        Wish.NOT_THIS: _("You are left alone on this initiative, from now on."),
        Wish.NOT_AT_ALL: _("You are left alone on every initiative, from now on."),
    }
    messages.success(request, said[wish])
    return _back(found)


@require_POST
@by_link
def wish_undone(request: HttpRequest, found: Participation, wish: Wish) -> HttpResponse:
    messaging.take_wish_back(found, wish, at=now())
    messages.success(request, _("Taken back. It is as before."))
    return _back(found)
