"""Take more time: why, which days move, who is told; looked at before it is sent (3.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative, Participation, ScheduleChange
from earnest.initiatives.queries import MOVABLE, RUN_UP, days_moved, heard_of
from earnest.listening.emails import as_read
from earnest.plans import actions, emails, queries
from earnest.plans.forms.more_time import MoreTimeForm


@dataclass(frozen=True, slots=True)
class Preview:
    """The mail as the first of them will read it."""

    subject: str
    mail: str


@login_required
def more_time(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    form = MoreTimeForm(
        request.POST or None,
        initiative=found,
        steps=list(found.run_up.filter(done_at=None)),
        today=found.workspace.day(timezone.now()),
        initial={"cause": _proposed(found)},
    )
    if not form.is_valid() or "take" not in request.POST:
        return _page(request, found, form)
    try:
        change = actions.take_more_time(found, form.more, by=request.user, at=timezone.now())
    except actions.NothingMoves:
        messages.info(request, _("These days stand already."))
    else:
        messages.success(request, _said(change))
    return redirect("initiatives:initiative", found.pk)


def _proposed(initiative: Initiative) -> str:
    """A cause from what is known: who was not heard yet."""
    heard, everyone = heard_of(initiative)
    if heard == everyone:
        return ""
    return ngettext(
        "%(left)d of %(all)d person is not heard yet.",
        "%(left)d of %(all)d people are not heard yet.",
        everyone,
    ) % {"left": everyone - heard, "all": everyone}


def _said(change: ScheduleChange) -> str:
    if change.told_at is None:
        return _("Recorded. Everyone on it is being told.")
    told = ngettext(
        "Recorded. %d person is told.", "Recorded. %d people are told.", change.told_count
    )
    said = told % change.told_count
    if change.not_told_count:
        said += " " + ngettext(
            "%d cannot be written to now: it stands on their page.",
            "%d cannot be written to now: it stands on their pages.",
            change.not_told_count,
        ) % (change.not_told_count)
    return said


def _page(request: SignedInRequest, found: Initiative, form: MoreTimeForm) -> HttpResponse:
    everyone = Participation.objects.may_be_asked().filter(initiative=found)
    looks = "look" in request.POST and form.is_valid()
    context = {
        "initiative": found,
        "form": form,
        "reach": queries.reach_of(everyone, at=timezone.now()),
        "preview": _preview(request, found, form) if looks else None,
        "here": "initiative",
    }
    status = 400 if form.errors else 200
    return render(request, "plans/more_time.html", context, status=status)


def _preview(request: SignedInRequest, found: Initiative, form: MoreTimeForm) -> Preview | None:
    there = Participation.objects.may_be_asked().filter(initiative=found)
    whole = there.select_related("person__workspace", "initiative__workspace", "held_by")
    first = whole.order_by("person__name", "pk").first()
    if first is None:
        return None
    more, names = form.more, {f"{RUN_UP}{one.pk}": str(one) for one in form.steps}
    was: dict[str, date | None] = {name: getattr(found, name) for name in MOVABLE}
    was |= {f"{RUN_UP}{one.pk}": one.on for one in form.steps}
    now = {**more.days, **{f"{RUN_UP}{pk}": day for pk, day in more.steps.items()}}
    moved = {
        key: [(before := was[key]) and before.isoformat(), day.isoformat()]
        for key, day in now.items()
        if was[key] != day
    }
    change = ScheduleChange(cause=more.cause, moved=moved, by=request.user)
    mail = emails.more_time(first, change, days_moved(change, names))
    return Preview(mail.subject, as_read(mail, first, by=request.user))
