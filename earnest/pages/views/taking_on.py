"""Taking something on with one's name, after a session without names (4.6): on one's own page alone.

No row leads from the promise to the session, so that it tells nothing of who said what there.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from earnest.ideas.forms.sessions import TryForm
from earnest.ideas.models import Idea
from earnest.initiatives.models import AskedToStop, Participation
from earnest.pages.views.mine import by_link
from earnest.promises import actions as promising
from earnest.promises.models import Promise


@by_link
def take_on(request: HttpRequest, found: Participation) -> HttpResponse:
    """Their own word, confirmed by it."""
    data = request.POST if request.method == "POST" else None
    form = TryForm(data, ideas=Idea.objects.none(), today=found.initiative.workspace.day(now()))
    del form.fields["idea"]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        draft = promising.Draft(said["words"], Promise.Direction.THEIRS, due=said["due"])
        try:
            promising.make_promise(found, draft, by=None, at=now())
            messages.success(request, _("Good. It stands here, as you said it."))
        except AskedToStop as stopped:
            messages.info(request, stopped.sentence)
        return redirect("pages:mine", found.pk)
    context = {"participation": found, "initiative": found.initiative, "form": form}
    status = 400 if form.errors else 200
    return render(request, "pages/mine_take_on.html", context, status=status)
