"""A file of a lesson, handed out to be saved: never as a page, whatever is in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from earnest.practice.models import LessonFile


def handed_out(file: LessonFile) -> HttpResponse:
    """As a download of no type a browser would open, sandboxed, and never guessed at."""
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
