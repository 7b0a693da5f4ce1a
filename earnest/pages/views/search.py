"""Search: what was said, promised and planned, as far as this user's doors go. Nothing is written."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.pages import search as index
from earnest.pages.search import asking
from earnest.pages.search.sorts import BY_NAME


@require_safe
@login_required
def search(request: SignedInRequest) -> HttpResponse:
    """The box and what was found, the newest of each sort first; one sort page by page."""
    typed = request.GET.get("q", "")[: asking.LONGEST]
    sort = BY_NAME.get(request.GET.get("sort", ""))
    after = read_number(request.GET.get("after", ""))
    results = index.find(
        request.user,
        typed,
        sort=sort.name if sort else "",
        initiative=read_number(request.GET.get("in", "")),
        after=after,
    )
    context = {
        "here": "search",
        "typed": typed,
        "sort": sort,
        "sorts": [sort] if sort else [group.sort for group in results.groups],
        "chosen": read_number(request.GET.get("in", "")),
        "results": results,
        "later": sort and after is not None,
    }
    return render(request, "pages/search.html", context)
