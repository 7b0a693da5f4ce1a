"""What one reads after something was told by mail; pages above tell by it, too."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from earnest.accounts.requests import SignedInRequest
from earnest.listening.queries.leaving import how_it_leaves
from earnest.messaging.models import Message


def on_its_way(
    request: SignedInRequest, message: Message, *, at: datetime, back: str
) -> HttpResponse:
    """When it leaves; what does not leave by itself is shown, to be handed over."""
    leaving = how_it_leaves(message.participation.person, at)
    if not leaving.by_mail:
        messages.info(request, leaving.sentence)
        return redirect("messaging:message", message.pk)
    messages.success(request, " ".join([_("Told."), leaving.sentence]))
    return redirect(back)
