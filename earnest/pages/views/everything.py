"""Everything held about a person: shown, taken along, erased. With a code mailed afresh."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.pages import access, erasure, proof
from earnest.pages.everything import as_zip, everything_about
from earnest.pages.labels import readable
from earnest.pages.models import LASTS
from earnest.pages.own_forms import CodeForm
from earnest.pages.views.mine import COOKIE, by_link, cookie_path

PROOF = "proof"


@require_safe
@by_link
def everything(request: HttpRequest, found: Participation) -> HttpResponse:
    """What is held, to read; before it, the code where one can be mailed."""
    if not _proved(request, found):
        return _ask(request, found, CodeForm())
    data = everything_about(found, at=now())
    context: dict[str, Any] = {
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
    }
    context["nodes"] = readable(data)
    return render(request, "pages/mine_everything.html", context)


def _proved(request: HttpRequest, found: Participation) -> bool:
    token = request.COOKIES.get(PROOF, "")
    return not proof.is_needed(found) or access.has_proved(token, found, at=now())


def _ask(request: HttpRequest, found: Participation, form: CodeForm) -> HttpResponse:
    sent = found.codes.filter(used_at=None, made_at__gt=now() - LASTS).exists()
    context = {
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "form": form,
        "sent": sent,
    }
    status = 400 if form.errors else 200
    return render(request, "pages/mine_code.html", context, status=status)


@require_POST
@by_link
def code_asked(request: HttpRequest, found: Participation) -> HttpResponse:
    """Mail six digits to the address the directory holds."""
    if proof.is_needed(found):
        try:
            proof.ask_for_code(found, at=now())
        except proof.TooManyCodes:
            messages.warning(request, _("Three codes were sent. Wait a quarter of an hour."))
    return redirect("pages:everything", found.pk)


@require_POST
@by_link
def code_entered(request: HttpRequest, found: Participation) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, found, form)
    code = proof.enter_code(found, form.cleaned_data["code"], at=now())
    if code is None:
        form.add_error("code", _("That is not the code, or it is over. Have another one sent."))
        return _ask(request, found, form)
    response = redirect("pages:everything", found.pk)
    response.set_cookie(
        PROOF,
        access.proof_for(code),
        max_age=LASTS,
        path=cookie_path(found.pk),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@require_safe
@by_link
def download(request: HttpRequest, found: Participation) -> HttpResponse:
    """One file: a page to read, and the same for programs."""
    if not _proved(request, found):
        return _ask(request, found, CodeForm())
    data = everything_about(found, at=now())
    response = HttpResponse(as_zip(data), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="everything.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def erase(request: HttpRequest, found: Participation) -> HttpResponse:
    """GET says what goes; POST, the second tap, erases it."""
    if not _proved(request, found):
        return _ask(request, found, CodeForm())
    context = _reach(found)
    if request.method != "POST":
        return render(request, "pages/mine_erase.html", context)
    if context["everywhere"]:
        erasure.erase_person(found.person, by=None, at=now())
    else:
        erasure.erase_from_initiative(found, by=None, at=now())
    response = render(request, "pages/mine_erased.html", context)
    for cookie in (COOKIE, PROOF):
        response.delete_cookie(cookie, path=cookie_path(found.pk), samesite="Lax")
    return response


def _reach(found: Participation) -> dict[str, Any]:
    """How far erasing by this page reaches, and why no further."""
    return {
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "everywhere": proof.erases_everywhere(found, at=now()),
        "address_is_new": not proof.is_settled(found.person, at=now()),
    }
