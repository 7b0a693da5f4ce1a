"""What the sponsor sees: the same page for them and for the leads, and the same as a PDF."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access
from earnest.pages.printed import sponsor_pdf
from earnest.pages.queries.sponsor import page_for_sponsor
from earnest.standing.charts import picture_of


@require_safe
@login_required
def sponsor(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Nothing on it depends on who looks: leads see what sponsors see."""
    found = access.get_seen_in_groups(request.user, initiative_pk)
    page = page_for_sponsor(found)
    context = {
        "initiative": found,
        "page": page,
        "picture": picture_of(page.groups.course),
        "here": "sponsor",
    }
    return render(request, "pages/sponsor.html", context)


@require_safe
@login_required
def sponsor_paper(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = access.get_seen_in_groups(request.user, initiative_pk)
    name = slugify(found.title) or "initiative"
    answer = HttpResponse(sponsor_pdf(page_for_sponsor(found)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
