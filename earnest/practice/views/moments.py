"""Moments of an initiative: written, mended, stopped, noticed by hand."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.engine.language import sensitive_topics
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.listening.queries import word_list
from earnest.practice import access
from earnest.practice.actions import moments as actions
from earnest.practice.actions.moments import Noticed
from earnest.practice.forms.moments import MomentForm, NoticeForm, written
from earnest.practice.models import Moment
from earnest.practice.queries import moments as queries


@require_safe
@login_required
def moments(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """What waits, and what is written; ``?stopped`` shows what was stopped."""
    found = initiatives.get_led(request.user, initiative_pk)
    page = queries.moments_page(
        found, after=request.GET.get("after", ""), stopped="stopped" in request.GET
    )
    context = {"initiative": found, "page": page, "here": "lessons"}
    return render(request, "practice/moments.html", context)


@login_required
def new(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Written beforehand: ``?for`` names a person, ``?point`` what it is for."""
    found = initiatives.get_led(request.user, initiative_pk)
    point = read_number(request.GET.get("point", ""))
    first = {"point": point, **_for_whom(request)}
    form = _form(request, found, first=first, point=point)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_moment(found, form.draft, by=request.user, at=now())
        except AskedToStop as stopped:
            form.add_error("person", stopped.sentence)
        else:
            messages.success(request, _("Written down. When it comes, it is first on Today."))
            _warn(request, made)
            return redirect("practice:moment", made.pk)
    return _show_form(request, found, form)


def _for_whom(request: SignedInRequest) -> dict[str, str]:
    pk = read_number(request.GET.get("for", ""))
    if pk is None:
        return {}
    one = initiatives.get_participation(request.user, pk)
    return {"person": one.person.email or one.person.name}


def _form(
    request: SignedInRequest, found: Initiative, *, first: Mapping[str, object], point: int | None
) -> MomentForm:
    return MomentForm(
        request.POST or None,
        initiative=found,
        today=found.workspace.day(now()),
        point=point,
        initial=first,
    )


def _warn(request: SignedInRequest, moment: Moment) -> None:
    """What touches somebody's own matters is theirs to read too; whoever wrote it is told so."""
    topics = sensitive_topics(f"{moment.what}\n{moment.link}", word_list())
    if topics:
        said = _("It touches %(topics)s. Everybody it is for can read it. Is it needed?")
        messages.warning(request, said % {"topics": ", ".join(topics)})


def _show_form(
    request: SignedInRequest, found: Initiative, form: MomentForm, moment: Moment | None = None
) -> HttpResponse:
    context = {"initiative": found, "moment": moment, "form": form, "here": "lessons"}
    status = 400 if form.errors else 200
    return render(request, "practice/moment_form.html", context, status=status)


@login_required
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_moment(request.user, pk)
    form = _form(request, found.initiative, first=written(found), point=found.point_id)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.mend_moment(found, form.draft, by=request.user, at=now())
        except AskedToStop as stopped:
            form.add_error("person", stopped.sentence)
        except actions.MomentStopped:
            messages.info(request, _("It was stopped before."))
            return redirect("practice:moment", pk)
        else:
            _warn(request, made)
            return redirect("practice:moment", pk)
    return _show_form(request, found.initiative, form, found)


@require_safe
@login_required
def moment(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, access.get_moment(request.user, pk))


def _show(request: SignedInRequest, found: Moment, wrong: NoticeForm | None = None) -> HttpResponse:
    context = {
        "initiative": found.initiative,
        "moment": found,
        "page": queries.seen_page(found, after=request.GET.get("after", "")),
        "form": wrong or NoticeForm(moment=found),
        "here": "lessons",
    }
    return render(request, "practice/moment.html", context, status=400 if wrong else 200)


@require_POST
@login_required
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_moment(request.user, pk)
    if actions.stop_moment(found, by=request.user, at=now()):
        messages.success(request, _("Stopped. Nothing is noticed by it any more."))
    return redirect("practice:moments", found.initiative_id)


@require_POST
@login_required
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """It came, says a lead; what there is to do with it stands on the page it leads to."""
    found = access.get_moment(request.user, pk)
    form = NoticeForm(request.POST, moment=found)
    if not form.is_valid():
        return _show(request, found, form)
    at = now()
    noticed = Noticed(
        Moment.How.HAND, f"hand {at:%Y-%m-%d %H:%M:%S.%f}", words=form.cleaned_data["words"]
    )
    try:
        seen = actions.notice(found, form.whose, noticed, by=request.user, at=at)
    except actions.MomentStopped:
        messages.info(request, _("It was stopped, so nothing is noticed by it."))
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    except actions.NotToBeWatched:
        said = _("It is not for %(name)s, or they do not want it watched for.")
        messages.warning(request, said % {"name": form.whose.person.first_name})
    except actions.NoticedBefore:
        messages.info(request, _("It came before, and still waits for you."))
    else:
        return redirect("practice:seen", seen.pk)
    return redirect("practice:moment", pk)
