"""The outbox of an initiative, one message as it will look, and what can be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from earnest.accounts.queries import mail_is_set_up
from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop
from earnest.messaging import access, actions, emails, queries
from earnest.messaging.actions import CannotBeHandedOver, CannotBeWithdrawn, Filled, MayNotWrite
from earnest.messaging.models import Message


@login_required
def outbox(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Every mail of an initiative: what waits, what left, what needs a look."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    which = request.GET.get("show", "")
    here = access.messages_for(request.user).filter(initiative=initiative)
    context = {
        "here": "messages",
        "initiative": initiative,
        "page": queries.outbox_of(
            here, before=read_number(request.GET.get("before", "")), only=which
        ),
        "which": which if which in queries.SHOWN else "",
        "mail_is_set_up": mail_is_set_up(),
    }
    return render(request, "messaging/outbox.html", context)


@login_required
def message(request: SignedInRequest, pk: int) -> HttpResponse:
    """One message, with every try to send it."""
    found = access.get_message(request.user, pk)
    participation = found.participation
    context = {
        "here": "messages",
        "message": found,
        "participation": participation,
        "person": participation.person,
        "initiative": participation.initiative,
        "text": emails.shown(found),
        "suppressed": queries.suppression_of(participation.person),
        "deliveries": found.deliveries.all(),
        "mail_is_set_up": mail_is_set_up(),
    }
    return render(request, "messaging/message.html", context)


@require_POST
@login_required
def withdrawn(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_message(request.user, pk)
    try:
        actions.withdraw(found, by=request.user, at=now())
    except CannotBeWithdrawn:
        messages.warning(request, _("It had left already, so it cannot be taken back."))
    else:
        messages.success(request, _("Taken back. It does not leave."))
    return redirect("messaging:message", pk)


@require_POST
@login_required
def by_hand(request: SignedInRequest, pk: int) -> HttpResponse:
    """The message with its links, this once, to send it oneself."""
    found = access.get_message(request.user, pk)
    filled = _filled(request, found)
    if filled is None:
        return redirect("messaging:message", pk)
    participation = found.participation
    context = {
        "here": "messages",
        "message": found,
        "filled": filled,
        "person": participation.person,
        "participation": participation,
        "initiative": participation.initiative,
    }
    return render(request, "messaging/by_hand.html", context)


@require_POST
@login_required
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """As a file that one's own mail program opens as a mail not sent yet."""
    filled = _filled(request, access.get_message(request.user, pk))
    if filled is None:
        return redirect("messaging:message", pk)
    headers = {"Content-Disposition": f'attachment; filename="message-{pk}.eml"'}
    return HttpResponse(filled.eml, content_type="message/rfc822", headers=headers)


def _filled(request: SignedInRequest, found: Message) -> Filled | None:
    try:
        return actions.hand_over(found, by=request.user, at=now())
    except (AskedToStop, MayNotWrite) as no:
        messages.warning(request, no.sentence)
    except CannotBeHandedOver:
        messages.warning(request, _("It has left, or was taken back, so it is not handed over."))
    return None


@require_POST
@login_required
def arrived(request: SignedInRequest, pk: int) -> HttpResponse:
    return _resolved(request, pk, arrived=True)


@require_POST
@login_required
def not_arrived(request: SignedInRequest, pk: int) -> HttpResponse:
    return _resolved(request, pk, arrived=False)


def _resolved(request: SignedInRequest, pk: int, *, arrived: bool) -> HttpResponse:
    found = access.get_message(request.user, pk)
    said = actions.say_unclear_resolved(found, arrived=arrived, by=request.user, at=now())
    if not said:
        messages.info(request, _("This was settled before."))
    elif arrived:
        messages.success(request, _("Good. It arrived, and counts as sent."))
    else:
        messages.success(request, _("Noted. It did not arrive; you can hand it over yourself."))
    return redirect("messaging:message", pk)


@require_POST
@login_required
def address_works(request: SignedInRequest, pk: int) -> HttpResponse:
    """The server that refused it was mended, or the mailbox made again."""
    found = access.get_message(request.user, pk)
    actions.say_address_works(found.participation.person, by=request.user, at=now())
    messages.success(request, _("Good. Mail is sent there again."))
    return redirect("messaging:message", pk)


@csrf_exempt  # a mail program sends it, without our page (RFC 8058)
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """One click in a mail program: nothing more of this initiative. To look, go to their page."""
    if request.method != "POST":
        return redirect(f"/p/{secret}/")
    participation = initiatives.participation_by_secret(secret, at=now())
    if participation is None:
        raise Http404
    actions.unsubscribe(participation, at=now())
    return render(request, "messaging/stopped.html", {"initiative": participation.initiative})
