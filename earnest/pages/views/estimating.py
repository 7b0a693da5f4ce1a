"""What a person says to the estimate of them, on their own page: none, or not so (privacy.md 5)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link
from earnest.standing import actions


@require_POST
@by_link
def not_estimated(request: HttpRequest, found: Participation) -> HttpResponse:
    """One tap: deleted everywhere at once; to the leads it looks as if too little were known.

    Also beforehand, while it is off: it is obeyed from the first minute it is on.
    """
    actions.refuse_estimate(found, at=now())
    if found.initiative.workspace.estimates:
        said = _("You are not estimated any more, anywhere. What was, is deleted.")
    else:
        said = _("Noted. Should it ever be turned on, you are not estimated.")
    messages.success(request, said)
    return _back(found)


@require_POST
@by_link
def estimated(request: HttpRequest, found: Participation) -> HttpResponse:
    """They changed their mind; nobody else can."""
    actions.allow_estimate(found, at=now())
    messages.success(request, _("Taken back. You may be estimated again."))
    return _back(found)


@require_POST
@by_link
def not_right(request: HttpRequest, found: Participation, evidence_pk: UUID) -> HttpResponse:
    """Something among the reasons is not so: it counts no more, from this minute."""
    if actions.say_not_right(found, evidence_pk, at=now()):
        messages.success(
            request, _("Taken out. It counts no more, and those who lead this see so.")
        )
    else:
        messages.info(request, _("That was said before. Here is how it stands."))
    return _back(found)


def _back(found: Participation) -> HttpResponse:
    """To where it was tapped."""
    place = "estimate" if found.initiative.workspace.estimates else "wishes"
    return redirect(f"{reverse('pages:mine', args=[found.pk])}#{place}")
