"""The bare page: the same middleware and session, one row by its key, one line of template.

What Django itself costs on this machine. Every figure is read as a ratio to it.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import include, path

from earnest.initiatives.models import Initiative


@login_required
def bare(_request: HttpRequest, pk: int) -> HttpResponse:
    row = Initiative.objects.get(pk=pk)
    return HttpResponse(render_to_string("bare.html", {"row": row}))


urlpatterns = [path("bare/<int:pk>/", bare), path("", include("earnest.config.urls"))]
