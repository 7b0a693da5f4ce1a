"""The overview: what a lead looks at once a week, on the page and on paper (0.1, 2.3, 3.1)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.pages import printed
from earnest.pages.charts import said_and_done as charts
from earnest.pages.queries import overview as queries
from earnest.plans import charts as plans


@require_safe
@login_required
def overview(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Where everyone stands, what was said and done, what is owed, and the story so far."""
    found = initiatives.get_led(request.user, initiative_pk)
    at = timezone.now()
    page = queries.overview_of(found, at=at, after=request.GET.get("after", ""))
    drawn = [(one, plans.picture_of(one.measure, one.readings)) for one in page.measures]
    context = {
        "initiative": found,
        "page": page,
        "picture": charts.picture_of(page.over_time),
        "measures": drawn,
        "today": found.workspace.day(at),
        "people_url": reverse("initiatives:people", args=[found.pk]),
        "sponsor_url": reverse("pages:sponsor", args=[found.pk]),
        "alternative": printed.in_words(found, page),
        "here": "overview",
    }
    return render(request, "pages/overview.html", context)


@require_safe
@login_required
def pdf(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The same on paper, without anybody's name."""
    found = initiatives.get_led(request.user, initiative_pk)
    at = timezone.now()
    page = queries.overview_to_print(found, at=at)
    today = found.workspace.day(at)
    return _file(
        printed.as_pdf(found, page, today=today), "application/pdf", f"overview-{today}.pdf"
    )


@require_safe
@login_required
def picture(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The same as one picture; the words that go with it stand on the overview."""
    found = initiatives.get_led(request.user, initiative_pk)
    at = timezone.now()
    page = queries.overview_to_print(found, at=at)
    today = found.workspace.day(at)
    return _file(printed.as_picture(found, page, today=today), "image/png", f"overview-{today}.png")


def _file(content: bytes, sort: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=sort, headers=headers)
