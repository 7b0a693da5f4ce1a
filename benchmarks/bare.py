"""The bare page: the same middleware and session, one row by its key, one line of template.

What Django itself costs on this machine. Every figure is read as a ratio to it. Beside it the bare
peers of a tap: the same statements in raw SQL, and one inserted row.
"""

from __future__ import annotations

import json
from secrets import token_hex

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import include, path
from django.views.decorators.http import require_POST

from benchmarks import replay
from earnest.initiatives.models import Initiative


@login_required
def bare(_request: HttpRequest, pk: int) -> HttpResponse:
    row = Initiative.objects.get(pk=pk)
    return HttpResponse(render_to_string("bare.html", {"row": row}))


@require_POST
def same_statements(request: HttpRequest, name: str) -> HttpResponse:
    """What a tap asks of the database, and nothing else."""
    replay.run(name, json.loads(request.POST["stands"]))
    return HttpResponseRedirect("/")


@require_POST
def one_row(_request: HttpRequest) -> HttpResponse:
    """The least a tap can be: one row inserted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_lease (name, holder, until, beat_at, last_run_at)"
            " VALUES (%s, '', NULL, NULL, NULL)",
            [token_hex(20)],
        )
    return HttpResponseRedirect("/")


urlpatterns = [
    path("bare/<int:pk>/", bare),
    path("bare/replay/<slug:name>/", same_statements),
    path("bare/one-row/", one_row),
    path("", include("earnest.config.urls")),
]
