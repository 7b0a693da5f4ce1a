"""The plan on a person's own page: as it was published, what came through them, and its news (3.10)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link
from earnest.plans import actions
from earnest.plans import queries as plans
from earnest.plans.models import NewsStop


@require_safe
@by_link
def plan(request: HttpRequest, found: Participation) -> HttpResponse:
    """The latest version as they may read it, and every day that moved."""
    latest = found.initiative.versions.first()
    context = {
        "participation": found,
        "initiative": found.initiative,
        "shown": plans.read_version(latest, you=found) if latest else None,
        "schedule": initiatives.schedule_of(found.initiative),
        "no_news": NewsStop.objects.filter(participation=found).exists(),
    }
    return render(request, "pages/mine_whole_plan.html", context)


@require_safe
@by_link
def news(request: HttpRequest, found: Participation) -> HttpResponse:
    """Where the link in the mail leads: one tap stops it; looking changes nothing."""
    context = {
        "participation": found,
        "initiative": found.initiative,
        "no_news": NewsStop.objects.filter(participation=found).exists(),
    }
    return render(request, "pages/mine_plan_news.html", context)


@require_POST
@by_link
def news_stopped(request: HttpRequest, found: Participation) -> HttpResponse:
    actions.stop_news(found, at=now())
    messages.success(request, _("No mail about the plan any more. It stands here all the same."))
    return redirect("pages:mine_plan_news", found.pk)


@require_POST
@by_link
def news_wanted(request: HttpRequest, found: Participation) -> HttpResponse:
    actions.want_news(found, at=now())
    messages.success(request, _("Good. You are told when the plan changes."))
    return redirect("pages:mine_plan_news", found.pk)
