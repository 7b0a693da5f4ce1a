"""Publishing the plan, and its versions as they are read (3.10, 1.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING, Initiative
from earnest.listening.emails import as_read
from earnest.plans import access, actions, emails, queries
from earnest.plans.actions import Publication
from earnest.plans.forms.versions import PublishForm
from earnest.plans.models import Change, Version
from earnest.plans.queries import NextVersion, Reach, VersionShown


@dataclass(frozen=True, slots=True)
class Preview:
    """The version and the mail about it, as one of those who gave input will read them."""

    version: VersionShown
    subject: str
    mail: str
    whom: str


@login_required
def publish(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """What changed and through whom; looked at as they will read it; then published."""
    found = initiatives.get_led(request.user, initiative_pk)
    coming = queries.next_version(found)
    if request.method != "POST" or "change" in request.POST:
        return _draft(request, found, PublishForm(request.POST or None, coming=coming))
    form = PublishForm(request.POST, coming=coming)
    if not form.is_valid() or "publish" not in request.POST:
        return _draft(request, found, form)
    said = Publication(
        number=read_number(request.POST.get("number", "")) or 0,
        mark=request.POST.get("mark", ""),
        summary=form.cleaned_data["summary"],
        chosen=form.chosen,
    )
    return _publish(request, found, form, said)


def _publish(
    request: SignedInRequest, found: Initiative, form: PublishForm, said: Publication
) -> HttpResponse:
    try:
        version = actions.publish(found, said, by=request.user, at=timezone.now())
    except actions.AlreadyPublished as published:
        version = published.version
        messages.info(request, _("This version is out already. Here it is."))
    except actions.NothingChanged:
        messages.info(request, _("The plan is as it was published."))
        return redirect("plans:versions", found.pk)
    except actions.ChangedMeanwhile:
        form.add_error(None, _("The plan changed while you looked. See once more what is new."))
        return _draft(request, found, form)
    return redirect("plans:version", found.pk, version.number)


def _draft(request: SignedInRequest, found: Initiative, form: PublishForm) -> HttpResponse:
    at = timezone.now()
    looks = "look" in request.POST and form.is_valid()
    context = {
        "initiative": found,
        "form": form,
        "coming": form.coming,
        "reach": queries.reach_of(queries.who_gave_input(found), at=at),
        "preview": _preview(request, found, form, at=at) if looks else None,
        "here": "plan",
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "plans/publish.html", context, status=status)


def _preview(
    request: SignedInRequest, found: Initiative, form: PublishForm, *, at: datetime
) -> Preview:
    coming = form.coming
    shown = queries.as_it_would_read(found, coming, form.chosen)
    whom = queries.who_gave_input(found).select_related(
        "person__workspace", "initiative__workspace", "held_by"
    )
    first = whom.order_by("person__name", "pk").first()
    if first is None:
        return Preview(shown, "", "", "")
    version = Version(initiative=found, number=coming.number, by=request.user, published_at=at)
    version.summary = form.cleaned_data["summary"]
    changes = [Change(pk=n, **_said(coming, n)) for n in range(len(coming.changes))]
    through = {
        n
        for n, one in enumerate(coming.changes)
        if any(
            given.participation_id == first.pk and given.pk in form.chosen[one.part.pk].inputs
            for given in one.inputs
        )
    }
    told, rows = queries.as_told(version, changes)
    mail = emails.version_news(first, told, rows, yours=through)
    return Preview(shown, mail.subject, as_read(mail, first, by=request.user), first.person.name)


def _said(coming: NextVersion, n: int) -> dict[str, str]:
    one = coming.changes[n]
    return {"kind": one.kind, "title": one.title, "words": one.words}


@require_safe
@login_required
def versions(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_initiative(request.user, initiative_pk)
    before = read_number(request.GET.get("before", ""))
    leads = initiatives.role_on(request.user, found) in LEADING
    rows = queries.versions_of(found, leads=leads, before=before)
    more = len(rows) > queries.PAGE
    context = {
        "initiative": found,
        "versions": rows[: queries.PAGE],
        "next_key": rows[queries.PAGE - 1].number if more else None,
        "leads": leads,
        "here": "plan",
    }
    return render(request, "plans/versions.html", context)


@require_safe
@login_required
def version(request: SignedInRequest, initiative_pk: int, number: int) -> HttpResponse:
    found = access.get_version(request.user, initiative_pk=initiative_pk, number=number)
    leads = initiatives.role_on(request.user, found.initiative) in LEADING
    context = {
        "initiative": found.initiative,
        "shown": queries.read_version(found, leads=leads),
        "leads": leads,
        "told": Reach(found.told_count, found.not_told_count),
        "here": "plan",
    }
    return render(request, "plans/version.html", context)
