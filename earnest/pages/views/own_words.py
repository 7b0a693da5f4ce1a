"""What a person does with their own words: says what was meant, who may see them, adds to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.listening import access as listening
from earnest.listening import actions
from earnest.listening.models import Quote, Recap
from earnest.pages import actions as joined
from earnest.pages import queries
from earnest.pages.own_forms import CorrectionForm, MeantForm, SayForm, own_words
from earnest.pages.views.mine import by_link, show


@require_safe
@by_link
def heard(request: HttpRequest, found: Participation, recap_pk: int) -> HttpResponse:
    """This is what was heard: is it right? One tap says yes, or mends it."""
    return _show_heard(request, found, listening.get_own_recap(found, recap_pk))


def _show_heard(
    request: HttpRequest,
    found: Participation,
    recap: Recap,
    *,
    form: CorrectionForm | None = None,
    wrong: MeantForm | None = None,
) -> HttpResponse:
    said = queries.heard_by(recap.conversation, found)
    context: dict[str, Any] = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "recap": recap,
        "heard": said,
        "own_words": own_words(said.quotes, wrong=wrong),
        "form": form or CorrectionForm(initial={"correction": recap.correction}),
        "today": found.initiative.workspace.day(now()),
    }
    status = 400 if form or wrong else 200
    return render(request, "pages/mine_heard.html", context, status=status)


@require_POST
@by_link
def right(request: HttpRequest, found: Participation, recap_pk: int) -> HttpResponse:
    recap = listening.get_own_recap(found, recap_pk)
    if actions.say_right(recap, at=now()):
        messages.success(request, _("Good to know. Thank you."))
    return redirect("pages:heard", found.pk, recap.pk)


@require_POST
@by_link
def corrected(request: HttpRequest, found: Participation, recap_pk: int) -> HttpResponse:
    recap = listening.get_own_recap(found, recap_pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _show_heard(request, found, recap, form=form)
    if actions.correct_recap(recap, form.cleaned_data["correction"], at=now()):
        messages.success(request, _("Thank you. %(name)s reads it.") % {"name": found.held_by})
    return redirect("pages:heard", found.pk, recap.pk)


@require_POST
@by_link
def meant(request: HttpRequest, found: Participation, quote_pk: int) -> HttpResponse:
    """That is not what I meant: the new words stand in its place, everywhere (privacy.md 4)."""
    quote = listening.get_own_quote(found, quote_pk)
    form = MeantForm(request.POST, quote=quote)
    if not form.is_valid():
        recap = _came_from(request, found)
        if recap:
            return _show_heard(request, found, recap, wrong=form)
        return show(request, found, meant=form)
    if joined.mend_quote(quote, form.cleaned_data["words"], at=now()):
        messages.success(request, _("Your new words stand in its place, everywhere."))
    return _back(request, found, quote)


@require_POST
@by_link
def struck(request: HttpRequest, found: Participation, quote_pk: int) -> HttpResponse:
    quote = listening.get_own_quote(found, quote_pk)
    if joined.strike_quote(quote, at=now()):
        messages.success(request, _("Taken back. It stands nowhere any more."))
    else:
        messages.info(request, _("That was taken back before."))
    return _back(request, found)


@require_POST
@by_link
def passed_on(request: HttpRequest, found: Participation, quote_pk: int) -> HttpResponse:
    """For the leads alone, without their name, or with it: obeyed at once everywhere."""
    quote = listening.get_own_quote(found, quote_pk)
    chosen = request.POST.get("passed_on", "")
    if chosen in Quote.PassedOn.values:
        joined.pass_on(quote, Quote.PassedOn(chosen), at=now())
        said = {
            Quote.PassedOn.LEADS_ONLY: _("For the leads alone, from now on."),
            Quote.PassedOn.UNNAMED: _("It may be passed on, without your name."),
            Quote.PassedOn.NAMED: _("It may be passed on, with your name."),
        }
        messages.success(request, said[Quote.PassedOn(chosen)])
    return _back(request, found, quote)


@require_POST
@by_link
def say(request: HttpRequest, found: Participation) -> HttpResponse:
    """Ask or add something: in their own hand, and after a stop too, for it is their will."""
    form = SayForm(request.POST)
    if not form.is_valid():
        return show(request, found, say=form)
    at = now()
    on = found.initiative.workspace.day(at)
    joined.write_in_own_hand(found, form.cleaned_data["words"], on=on, at=at)
    messages.success(
        request,
        _("Thank you. It stands on your page, and %(name)s reads it.") % {"name": found.held_by},
    )
    return redirect("pages:mine", found.pk)


def _came_from(request: HttpRequest, found: Participation) -> Recap | None:
    """The page of one talk, where the form was sent from there."""
    pk = request.POST.get("heard", "")
    return found.recaps.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() else None


def _back(request: HttpRequest, found: Participation, quote: Quote | None = None) -> HttpResponse:
    recap = _came_from(request, found)
    page = (
        redirect("pages:heard", found.pk, recap.pk) if recap else redirect("pages:mine", found.pk)
    )
    if quote is not None:
        page["Location"] += f"#quote-{quote.pk}"
    return page
