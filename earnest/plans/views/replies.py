"""The queue of what waits for an answer, and answering: written, seen as they see it, sent (3.11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.queries import mail_is_set_up
from earnest.accounts.requests import SignedInRequest
from earnest.core.reading import CHANGE, Reading, Seen, carried
from earnest.engine.language import sensitive_topics
from earnest.ideas.models import Space
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Need
from earnest.listening.queries import word_list
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.plans import access, actions, emails, queries
from earnest.plans.actions import AnsweredMeanwhile, NobodysAnyMore, Told
from earnest.plans.forms import PlaceForm, ReplyForm
from earnest.plans.models import Input, Part, Reply
from earnest.plans.queries import Reached, Waiting

TO_SEE = 20


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that waits, with its form."""

    waiting: Waiting
    form: ReplyForm


@require_safe
@login_required
def replies(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """What waits for an answer, the oldest first; who waits for a word of yours in a thread."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    at = now()
    page = queries.queue(initiative, after=request.GET.get("after", ""), at=at)
    parts, begins = _parts(initiative), not request.GET.get("after")
    whole = begins and not page.after  # all of it is here: no count can be more right
    context = {
        "here": "replies",
        "initiative": initiative,
        "cards": [Card(one, _form_of(one.of, parts)) for one in page.waiting],
        "after": page.after,
        "begins": begins,
        "count": len(page.waiting) if whole else initiative.inputs_open,
        "answered": queries.answered_line(initiative, at=at),
        "posts": list(queries.unread_posts(initiative)[:TO_SEE]),
    }
    return render(request, "plans/replies.html", context)


def _parts(initiative: Initiative) -> list[Part]:
    return list(initiative.parts.filter(dropped_at=None).order_by("position", "pk"))


def _form_of(to: Input | Need, parts: list[Part], *, seen: int = 0) -> ReplyForm:
    return ReplyForm(of=f"{_sort(to)}-{to.pk}", parts=parts, seen=seen)


def _sort(to: Input | Need) -> str:
    return "need" if isinstance(to, Need) else "input"


def _get(request: SignedInRequest, of: str, pk: int) -> Input | Need:
    """What is answered; an input under a need, or with one alike, is answered with that."""
    if of == "need":
        return access.get_need(request.user, pk)
    return access.get_input(request.user, pk)


def _answered_with(to: Input | Need) -> Input | Need | None:
    if isinstance(to, Input):
        return to.need or to.same_as
    return None


@require_safe
@login_required
def answer(request: SignedInRequest, of: str, pk: int) -> HttpResponse:
    """One input or need by itself: what was said, what was answered so far, and the form."""
    to = _get(request, of, pk)
    return _show(request, to)


def _show(
    request: SignedInRequest, to: Input | Need, *, form: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    initiative, at = to.initiative, now()
    given = list(to.replies.select_related("by", "part").order_by("pk"))
    seen = given[-1].pk if given else 0
    context = {
        "here": "replies",
        "initiative": initiative,
        "waiting": queries.waiting(initiative, to, queries.oldest_moment(to), at=at),
        "given": given,
        "with": _answered_with(to),
        "form": form or _form_of(to, _parts(initiative), seen=seen),
        "place": place_form(to) if isinstance(to, Input) and not to.answered_at else None,
        "said": queries.said_under(to),
        "spaces": _spaces_for(to),
        "parts": bool(form and form.parts),
    }
    return render(request, "plans/reply_form.html", context, status=status)


def _spaces_for(to: Input | Need) -> list[Space]:
    """Open spaces where it could stand as an idea: of somebody, only those with names (1.13)."""
    if isinstance(to, Need) or (to.idea and to.idea.space_id):
        return []
    open_ones = Space.objects.filter(initiative=to.initiative_id, closed_at=None)
    if to.participation_id:
        open_ones = open_ones.filter(names=True)
    return list(open_ones[:20])


def place_form(to: Input, data: Any = None) -> PlaceForm:
    """Needs and open inputs it could be answered with; as many as fit on a page."""
    needs = to.initiative.needs.exclude(words="erased").order_by("-people_count", "pk")[:50]
    alike = queries.open_inputs(to.initiative).exclude(pk=to.pk).order_by("at", "pk")[:50]
    now_at = f"need-{to.need_id}" if to.need_id else f"input-{to.same_as_id}"
    kept = [one for one in (to.same_as,) if one]
    there = now_at if to.need_id or to.same_as_id else ""
    return PlaceForm(data, needs=needs, inputs=[*kept, *alike], now=there)


@require_POST
@login_required
def checked(request: SignedInRequest, of: str, pk: int) -> HttpResponse:
    """As one of them will read it, and how it gets to whom: nothing is sent yet (1.9)."""
    to = _get(request, of, pk)
    form = _posted(request, to)
    if not form.is_valid():
        return _show(request, to, form=form, status=400)
    reached = Reached(list(queries.reached_by(to)))
    context = {
        "here": "replies",
        "initiative": to.initiative,
        "reached": reached,
        "in_round": isinstance(to, Input) and to.round_id,
        "mail_is_set_up": mail_is_set_up(),
        "reading": _as_one_reads_it(request, to, form, reached),
    }
    return render(request, "plans/reply_check.html", context)


def _posted(request: SignedInRequest, to: Input | Need) -> ReplyForm:
    parts = _parts(to.initiative)
    return ReplyForm(request.POST, of=f"{_sort(to)}-{to.pk}", parts=parts)


def _as_one_reads_it(
    request: SignedInRequest, to: Input | Need, form: ReplyForm, reached: Reached
) -> Reading:
    """One of them, with their words beside the answer; each sees only their own."""
    given, many = form.answer, len(reached.people)
    reply = Reply(initiative=to.initiative, outcome=given.outcome, words=given.words)
    reply.part, reply.at = given.part, now()
    one = next(iter([*reached.to_write, *reached.people]), None)
    words = queries.words_of(to, [one]).get(one.pk, []) if one else [to.words]
    mails: tuple[Seen, ...] = ()
    if one and not one.asked_to_stop:
        mails = (_mail(emails.reply(reply, one, words, by=request.user), one),)
    return Reading(
        name=one.person.first_name if one else "",
        does=_("Send to %d") % many if many > 1 else _("Send"),
        carried=carried(request.POST),
        typed=(given.words,),
        speaks=one.person.speaks if one else "",
        mails=mails,
        page=page_of(reply, words, one),
        sensitive=tuple(sensitive_topics(given.words, word_list())),
        action=reverse(f"plans:{_sort(to)}_replied", args=[to.pk]),
    )


def _mail(draft: Draft, one: Participation) -> Seen:
    """Word for word, links and the small print in words."""
    text = draft.text.replace("[[page]]replies/0/", _("(a link to their own page)"))
    said = text.partition("\n-- \n")[0].strip()
    return Seen(one.person.name, "", draft.subject, said)


def page_of(reply: Reply, words: list[str], one: Participation | None) -> str:
    """What stands on their own page, in their language and by their clock."""
    values = {"reply": reply, "words": words}
    if one is None:
        return render_to_string("plans/reply_words.html", values)
    with as_they_read(one):
        return render_to_string("plans/reply_words.html", values)


@require_POST
@login_required
def sent(request: SignedInRequest, of: str, pk: int) -> HttpResponse:
    """Written, closed, and on its way to everyone it is for; pressed twice is once."""
    to = _get(request, of, pk)
    form = _posted(request, to)
    if CHANGE in request.POST or not form.is_valid():
        wrong = CHANGE not in request.POST
        return _show(request, to, form=form, status=400 if wrong else 200)
    try:
        told = actions.reply(to, form.answer, by=request.user, at=now())
    except AnsweredMeanwhile as meanwhile:
        name = meanwhile.reply.by or _("Somebody")
        said = _("%(name)s answered it a moment ago. Look at that first; yours is still here.")
        messages.info(request, said % {"name": name})
        return _show(request, to, form=_again(request, to, meanwhile.reply), status=409)
    except NobodysAnyMore:
        messages.info(request, _("These words were taken back. There is nothing to answer here."))
    else:
        messages.success(request, said_of(told))
    return redirect("plans:replies", to.initiative_id)


def _again(request: SignedInRequest, to: Input | Need, last: Reply) -> ReplyForm:
    """What was typed, beside the answer that came between."""
    data = request.POST.copy()
    data["seen"] = str(last.pk)
    return ReplyForm(data, of=f"{_sort(to)}-{to.pk}", parts=_parts(to.initiative))


def said_of(told: Told) -> str:
    """How many it goes to, and who has to be told otherwise."""
    if not told.is_new:
        return _("That was sent before. It stands as you wrote it.")
    reached = told.reached
    if not reached.people:
        return _("Answered. It stands where it was asked.")
    return said_of_reached(reached)


def said_of_reached(reached: Reached) -> str:
    """Mail, hand over, page: each counted and said."""
    many = len(reached.people)
    parts = [ngettext("Answered for %d person.", "Answered for %d people.", many) % many]
    if reached.without_address or (not mail_is_set_up() and reached.to_write):
        by_hand = reached.without_address if mail_is_set_up() else len(reached.to_write)
        words = ngettext(
            "For %d it waits among the messages, to be handed over.",
            "For %d it waits among the messages, to be handed over.",
            by_hand,
        )
        parts.append(words % by_hand)
    if reached.stopped:
        words = ngettext(
            "%d asked to be left alone and gets no mail: their page shows it.",
            "%d asked to be left alone and get no mail: their pages show it.",
            reached.stopped,
        )
        parts.append(words % reached.stopped)
    return " ".join(parts)
