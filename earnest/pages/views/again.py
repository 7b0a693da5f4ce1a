"""How is it now: one tap, and a line if they like, on their own page (4.2)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link
from earnest.promises import access, actions, queries
from earnest.promises.forms import AgainForm
from earnest.promises.models import AskedAgain

THANKS = {
    AskedAgain.Answer.GOES_ON: gettext_lazy("Good to know. Thank you."),
    AskedAgain.Answer.ANOTHER_WAY: gettext_lazy("Your own way counts just as much. Thank you."),
    AskedAgain.Answer.NO_OCCASION: gettext_lazy("Then it says nothing about you. Thank you."),
    AskedAgain.Answer.NOT_ANY_MORE: gettext_lazy(
        "Thank you for saying so. It helps more than a yes."
    ),
}


@require_safe
@by_link
def again(request: HttpRequest, found: Participation, again_pk: int) -> HttpResponse:
    """The question; a link of the mail only brings its answer to the front."""
    return _show(request, found, access.get_own_again(found, again_pk))


def _show(
    request: HttpRequest, found: Participation, row: AskedAgain, wrong: AgainForm | None = None
) -> HttpResponse:
    said = {"answer": row.answer, "words": row.words, "is_no": row.is_no}
    chosen = request.GET.get("answer", "")
    tapped = wrong["answer"].value() if wrong else ""
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "again": row,
        "deed": queries.deeds_in_words([row])[row.pk],
        "open": queries.can_be_answered(row),
        "answers": sorted(AskedAgain.Answer.choices, key=lambda one: one[0] != chosen),
        "chosen": chosen if chosen in AskedAgain.Answer.values else "",
        "answered": tapped if tapped in AskedAgain.Answer.values else row.answer,
        "form": wrong or AgainForm(initial=said),
    }
    return render(request, "pages/again.html", context, status=400 if wrong else 200)


@require_POST
@by_link
def answered(request: HttpRequest, found: Participation, again_pk: int) -> HttpResponse:
    """Their word, changeable until the next question; tapped twice is once."""
    row = access.get_own_again(found, again_pk)
    form = AgainForm(request.POST)
    if not form.is_valid():
        return _show(request, found, row, form)
    try:
        if actions.answer_again(row, form.said(), at=now()):
            messages.success(request, str(THANKS[AskedAgain.Answer(form.said().answer)]))
    except actions.AnswerOver:
        messages.info(request, _("This question is over. Here is how it stands."))
    return redirect("pages:mine_again", found.pk, row.pk)
