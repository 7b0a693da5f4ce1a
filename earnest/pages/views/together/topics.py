"""Open questions on the phone of whoever was asked: answer, see what the others say; name one tip,
reply, say what helped, follow by mail (1.10, 1.1). By either door of the space."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.core.paging import read_number
from earnest.ideas.access import topics as doors
from earnest.ideas.actions import answers as actions
from earnest.ideas.actions import tips as peers
from earnest.ideas.actions.answers import EnoughSaid
from earnest.ideas.actions.topics import TopicClosed
from earnest.ideas.forms.topics import AnswerForm, TipForm, WordsForm, passing_choices
from earnest.ideas.models import Passing, Topic
from earnest.ideas.queries import topics as queries
from earnest.initiatives.models import AskedToStop
from earnest.pages.actions import own_answers
from earnest.pages.views.together.door import Here
from earnest.plans import actions as plans
from earnest.plans import queries as became


@require_safe
def topics(request: HttpRequest, here: Here) -> HttpResponse:
    """All open questions of a space."""
    context = {
        "here": here,
        "space": here.space,
        "initiative": here.initiative,
        "topics": queries.topics_in(here.space),
    }
    return render(request, "pages/together/topics.html", context)


@require_safe
def topic(request: HttpRequest, here: Here, topic_pk: int) -> HttpResponse:
    return show(request, here, doors.get_topic_in(here.space, topic_pk))


def show(
    request: HttpRequest,
    here: Here,
    found: Topic,
    *,
    answer: AnswerForm | None = None,
    tip: TipForm | None = None,
    wrong: WordsForm | None = None,
) -> HttpResponse:
    """A question as they see it, with what they typed where it could not be taken."""
    context = {
        "here": here,
        "space": here.space,
        "initiative": here.initiative,
        "topic": found,
        "wrong": wrong,
        "reply": wrong if wrong and wrong.about is None else WordsForm(),
    }
    if found.asks_tips:
        me = queries.speaker_in(found, here.voice)
        thread = queries.thread(found, me, before=request.GET.get("before", ""))
        context |= {"thread": thread, "tip": tip or _tip_form(thread)}
        name = "pages/together/tips.html"
    else:
        mine = queries.answered_by(found, here.voice)
        context |= {
            "answer": answer or AnswerForm(names=found.names),
            "mine": mine,
            "passing": passing_choices(names=found.names),
            "became": became.became_of_answers(one.pk for one in mine),
            "waits": any(not one.shown for one in mine),
            "grouped": queries.for_everyone(found) if mine else None,
        }
        name = "pages/together/topic.html"
    status = 400 if any(form and form.errors for form in (answer, tip, wrong)) else 200
    return render(request, name, context, status=status)


def _tip_form(thread: queries.Thread) -> TipForm:
    mine = thread.mine
    if mine is None:
        return TipForm()
    named = mine.passing == Passing.NAMED
    return TipForm(initial={"words": mine.words, "named": named, "in_playbook": mine.in_playbook})


def _back(here: Here, found: Topic, *, at_tip: int | None = None) -> HttpResponse:
    """To the page, and on a long one to the tip they were at."""
    return redirect(here.url("topic", found.pk) + (f"#tip-{at_tip}" if at_tip else ""))


REFUSED = (TopicClosed, EnoughSaid, AskedToStop)


@require_POST
def answered(request: HttpRequest, here: Here, topic_pk: int) -> HttpResponse:
    found = doors.get_question_in(here.space, topic_pk)
    form = AnswerForm(request.POST, names=found.names)
    if not form.is_valid():
        return show(request, here, found, answer=form)
    try:
        actions.give_answer(found, here.speak(at=now()), form.said, at=now())
        messages.success(request, _("Thank you. It is there, in your words."))
    except REFUSED as no:
        messages.warning(request, no.sentence)
    return _back(here, found)


@require_POST
def reworded(request: HttpRequest, here: Here, topic_pk: int, answer_pk: int) -> HttpResponse:
    """That is not what I meant."""
    found = doors.get_question_in(here.space, topic_pk)
    own = doors.get_own_answer(found, here.voice, answer_pk)
    form = WordsForm(request.POST, about=own.pk)
    if not form.is_valid():
        return show(request, here, found, wrong=form)
    if own_answers.change(own, form.cleaned_data["words"], at=now()):
        messages.success(request, _("Your new words stand in its place, everywhere."))
    return _back(here, found)


@require_POST
def taken_back(request: HttpRequest, here: Here, topic_pk: int, answer_pk: int) -> HttpResponse:
    found = doors.get_question_in(here.space, topic_pk)
    own = doors.get_own_answer(found, here.voice, answer_pk)
    if own_answers.take_back(own, at=now()):
        messages.success(request, _("Taken back. It stands nowhere any more."))
    return _back(here, found)


@require_POST
def passed_on(request: HttpRequest, here: Here, topic_pk: int, answer_pk: int) -> HttpResponse:
    """For the leads alone, without their name, or with it: obeyed at once."""
    found = doors.get_question_in(here.space, topic_pk)
    own = doors.get_own_answer(found, here.voice, answer_pk)
    chosen = request.POST.get("passing", "")
    if chosen in Passing.values:
        plans.pass_answer_on(own, chosen, at=now())
        messages.success(request, _("Obeyed at once."))
    return _back(here, found)


@require_POST
def tip_named(request: HttpRequest, here: Here, topic_pk: int) -> HttpResponse:
    """Their one tip; a second takes the place of the first."""
    found = doors.get_tips_in(here.space, topic_pk)
    form = TipForm(request.POST)
    if not form.is_valid():
        return show(request, here, found, tip=form)
    try:
        peers.name_tip(found, here.speak(at=now()), form.draft, at=now())
        messages.success(request, _("Thank you. Your tip stands there."))
    except REFUSED as no:
        messages.warning(request, no.sentence)
    return _back(here, found)


@require_POST
def tip_taken_back(request: HttpRequest, here: Here, topic_pk: int) -> HttpResponse:
    found = doors.get_tips_in(here.space, topic_pk)
    peers.take_tip_back(doors.get_own_tip(found, here.voice), at=now())
    messages.success(request, _("Taken back. It stands nowhere any more."))
    return _back(here, found)


@require_POST
def helped(
    request: HttpRequest, here: Here, *, topic_pk: int, tip_pk: int, state: str
) -> HttpResponse:
    """This helped me; or no longer."""
    found = doors.get_tips_in(here.space, topic_pk)
    tip = doors.get_tip(found, tip_pk)
    try:
        peers.say_helped(tip, here.speak(at=now()), helped=state == "helped", at=now())
    except REFUSED as no:
        messages.warning(request, no.sentence)
        return _back(here, found)
    return _back(here, found, at_tip=tip.pk)


@require_POST
def replied(request: HttpRequest, here: Here, topic_pk: int) -> HttpResponse:
    """A reply under the question, or under a tip. With names, always."""
    found = doors.get_tips_in(here.space, topic_pk)
    tip_pk = read_number(request.POST.get("tip", ""))
    tip = doors.get_tip(found, tip_pk) if tip_pk is not None else None
    form = WordsForm(request.POST, about=tip_pk)
    if not form.is_valid():
        return show(request, here, found, wrong=form)
    try:
        words = form.cleaned_data["words"]
        peers.reply(found, here.speak(at=now()), words, tip=tip, at=now())
    except REFUSED as no:
        messages.warning(request, no.sentence)
        return _back(here, found)
    return _back(here, found, at_tip=tip_pk)


@require_POST
def reply_taken_back(
    request: HttpRequest, here: Here, topic_pk: int, reply_pk: int
) -> HttpResponse:
    found = doors.get_tips_in(here.space, topic_pk)
    peers.take_reply_back(doors.get_own_reply(found, here.voice, reply_pk), at=now())
    return _back(here, found)


@require_POST
def followed(request: HttpRequest, here: Here, topic_pk: int, state: str) -> HttpResponse:
    """New replies by mail, one mail a day at most; or no longer."""
    found = doors.get_tips_in(here.space, topic_pk)
    wanted = state == "followed"
    try:
        if peers.follow(found, here.speak(at=now()), wanted=wanted, at=now()):
            said = (
                _("New replies come by mail, once a day at most.")
                if wanted
                else _("No mail of it any more.")
            )
            messages.success(request, said)
    except REFUSED as no:
        messages.warning(request, no.sentence)
    return _back(here, found)
