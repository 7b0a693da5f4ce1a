"""Looking back on a talk: what was heard, seen before it leaves, told back with one tap (2.15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.queries import mail_is_set_up
from earnest.accounts.requests import SignedInRequest
from earnest.core.reading import CHANGE, LOOK, Reading, Seen, carried
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import access as listening
from earnest.listening import actions as listened
from earnest.listening.actions import AlreadyToldBack
from earnest.listening.emails import as_read
from earnest.listening.forms import ProblemForm
from earnest.listening.models import Conversation, Recap
from earnest.messaging.actions import CannotBeHandedOver, Draft, MayNotWrite
from earnest.messaging.models import Message
from earnest.pages import actions, emails, queries
from earnest.pages.forms import LineForm
from earnest.pages.queries import Heard


@dataclass(frozen=True, slots=True)
class Telling:
    """One who was there: what was heard of them, and how it can be told back."""

    heard: Heard
    form: LineForm
    preview: str
    message: Message | None

    @property
    def can_mail(self) -> bool:
        return _can_mail(self.heard.participation)


def _can_mail(participation: Participation) -> bool:
    """Nobody in the example is real: mail to them never leaves."""
    person = participation.person
    return bool(person.email) and not person.is_example and mail_is_set_up()


@require_safe
@login_required
def look_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was heard, person by person: each sees only what is theirs."""
    conversation = listening.get_conversation(request.user, pk)
    if conversation.form == Conversation.Form.WRITTEN:
        return redirect("listening:conversation", pk)
    return _show(request, conversation)


def _show(
    request: SignedInRequest,
    conversation: Conversation,
    *,
    wrong: LineForm | None = None,
    of: int = 0,
) -> HttpResponse:
    people = conversation.people.present().select_related("person").order_by("pk")
    heard = queries.heard_in(conversation, people)
    told = _messages_of(heard)
    context = {
        "here": "conversations",
        "conversation": conversation,
        "initiative": conversation.initiative,
        "tellings": [
            Telling(
                one,
                wrong if wrong and one.participation.pk == of else _line(one.participation),
                "" if one.recap else _preview(conversation, one, request),
                told.get(one.mail or 0),
            )
            for one in heard
        ],
        "waiting": conversation.findings.filter(state="offered").count(),
        "to_tell": len(queries.still_to_tell(heard)),
        "mail_is_set_up": mail_is_set_up(),
        "problem": ProblemForm(conversation=conversation),
        "today": conversation.initiative.workspace.day(now()),
    }
    status = 400 if wrong and wrong.errors and CHANGE not in request.POST else 200
    return render(request, "pages/look_back.html", context, status=status)


def _messages_of(heard: list[Heard]) -> dict[int, Message]:
    keys = [one.mail for one in heard if one.mail]
    return Message.objects.in_bulk(keys) if keys else {}


def _preview(conversation: Conversation, heard: Heard, request: SignedInRequest) -> str:
    """The mail word for word, before it leaves; links and the small print in words."""
    text = _draft(conversation, heard, "", request).text
    text = text.replace("[[page]]heard/0/", _("(a link to their own page)"))
    return text.partition("\n-- \n")[0].strip()


def _draft(conversation: Conversation, heard: Heard, words: str, request: SignedInRequest) -> Draft:
    participation = heard.participation
    participation.initiative = conversation.initiative
    participation.person.workspace = conversation.initiative.workspace
    recap = Recap(pk=0, conversation=conversation, participation=participation, words=words)
    return emails.recap(recap, heard, by=request.user)


def _line(participation: Participation, data: Any = None) -> LineForm:
    form = LineForm(data, of=participation.pk)
    form.speaks = participation.person.speaks
    return form


def _read_as(
    request: SignedInRequest, conversation: Conversation, whose: Participation, words: str
) -> HttpResponse:
    """The whole mail with the line of one's own, before it leaves (1.9)."""
    person, heard = whose.person, queries.heard_by(conversation, whose)
    draft = _draft(conversation, heard, words, request)
    by_mail = _can_mail(whose)
    reading = Reading(
        name=person.first_name,
        does=_("Send it") if by_mail else _("Text to hand over"),
        carried=carried(request.POST),
        typed=(words,),
        speaks=person.speaks,
        mails=(Seen(person.name, "", draft.subject, as_read(draft, whose, by=request.user)),),
        sensitive=tuple(heard.sensitive),
        action="" if by_mail else reverse("pages:tell_by_hand", args=[conversation.pk, whose.pk]),
    )
    about = {"participation": whose, "initiative": conversation.initiative, "reading": reading}
    return render(request, "core/read_as.html", {**about, "here": "conversations"})


def _there(conversation: Conversation, pk: int) -> Participation:
    there = conversation.people.present().select_related("person", "initiative__workspace")
    return get_object_or_404(there, pk=pk)


@require_POST
@login_required
def tell(request: SignedInRequest, pk: int, participation_pk: int) -> HttpResponse:
    """One tap sends it; told twice is told once."""
    conversation = listening.get_conversation(request.user, pk)
    participation = _there(conversation, participation_pk)
    form = _line(participation, request.POST)
    if not form.is_valid() or CHANGE in request.POST:
        return _show(request, conversation, wrong=form, of=participation.pk)
    if LOOK in request.POST:
        return _read_as(request, conversation, participation, form.cleaned_data["words"])
    name = {"name": participation.person.first_name}
    try:
        words = form.cleaned_data["words"]
        actions.tell_back(conversation, participation, words, by=request.user, at=now())
    except AlreadyToldBack:
        messages.info(request, _("%(name)s was told before.") % name)
    except (AskedToStop, MayNotWrite) as no:
        messages.warning(request, no.sentence)
    else:
        messages.success(request, _said(participation))
    return _onwards(request, conversation)


def _said(participation: Participation) -> str:
    name = {"name": participation.person.first_name}
    if _can_mail(participation):
        return _("On its way to %(name)s, who can mend it with one tap.") % name
    return _("Ready for %(name)s. It cannot be mailed from here: hand it over below.") % name


def _onwards(request: SignedInRequest, conversation: Conversation) -> HttpResponse:
    return redirect("pages:look_back", conversation.pk)


@require_POST
@login_required
def by_hand(request: SignedInRequest, pk: int, participation_pk: int) -> HttpResponse:
    """The text to copy, to open in one's own mail program, or to take along; shown this once."""
    conversation = listening.get_conversation(request.user, pk)
    participation = _there(conversation, participation_pk)
    form = _line(participation, request.POST)
    if not form.is_valid() or CHANGE in request.POST:
        return _show(request, conversation, wrong=form, of=participation.pk)
    try:
        words = form.cleaned_data["words"]
        message, filled = actions.tell_by_hand(
            conversation, participation, words, by=request.user, at=now()
        )
    except CannotBeHandedOver:
        messages.info(request, _("It has left by mail already."))
    except (AskedToStop, MayNotWrite) as no:
        messages.warning(request, no.sentence)
    else:
        context = {
            "here": "conversations",
            "message": message,
            "filled": filled,
            "participation": participation,
            "person": participation.person,
            "initiative": conversation.initiative,
        }
        return render(request, "messaging/by_hand.html", context)
    return _onwards(request, conversation)


@require_POST
@login_required
def done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Looked back, and nothing more to tell."""
    conversation = listening.get_conversation(request.user, pk)
    if listened.look_back(conversation, by=request.user, at=now()):
        messages.success(request, _("Done. The talk is looked back on."))
    return redirect("pages:today")
