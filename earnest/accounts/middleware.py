"""What every signed-in request gets from the account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from earnest.core.middleware import Respond


class TheirLanguage:
    """Speaks the language the signed-in user chose, where this server knows it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        self.known = dict(settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language not in self.known:
            return self.get_response(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)
