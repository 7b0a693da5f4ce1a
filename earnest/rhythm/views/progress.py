"""What changed: drafted from the record, read as one of them, sent to many (3.10, 3.13)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.listening.emails import as_read
from earnest.rhythm import access, actions, emails
from earnest.rhythm.forms.progress import ProgressForm, begun
from earnest.rhythm.models import AudienceKind, ProgressMail
from earnest.rhythm.queries.progress import Drafted, drafted
from earnest.rhythm.queries.reach import Reach, reach_of, receivers
from earnest.rhythm.queries.theirs import theirs_of


@dataclass(frozen=True, slots=True)
class Preview:
    """The mail as one of them will read it."""

    whom: str
    subject: str
    mail: str
    gets_none: bool = False


@login_required
def progress(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """GET drafts it; POST shows it as one of them reads it, or sends it."""
    found = initiatives.get_led(request.user, initiative_pk)
    if request.method != "POST":
        record = drafted(found, at=now())
        form = ProgressForm(initiative=found, initial=begun(found, record))
        return _page(request, found, form, record=record)
    form = ProgressForm(request.POST, initiative=found)
    if not form.is_valid() or "send" not in request.POST:
        return _page(request, found, form)
    try:
        mail = actions.send_progress(found, form.draft, by=request.user, at=now())
    except actions.AlreadySent as sent:
        messages.info(request, _("This one is out already. Here it is."))
        return redirect("rhythm:progress_sent", found.pk, sent.mail.number)
    messages.success(request, _said(mail))
    return redirect("rhythm:progress_sent", found.pk, mail.number)


@login_required
def progress_sent(request: SignedInRequest, initiative_pk: int, number: int) -> HttpResponse:
    """One that was sent, as it was written, and how many it reached."""
    mail = access.get_progress_mail(request.user, initiative_pk=initiative_pk, number=number)
    context = {
        "initiative": mail.initiative,
        "mail": mail,
        "changed": emails.lines_of(mail.changed),
        "coming": emails.lines_of(mail.coming),
        "here": "rhythm",
    }
    return render(request, "rhythm/progress_sent.html", context)


def _page(
    request: SignedInRequest,
    found: Initiative,
    form: ProgressForm,
    *,
    record: Drafted | None = None,
) -> HttpResponse:
    nothing = record is not None and not record.changed and "anyway" not in request.GET
    context = {
        "initiative": found,
        "form": form,
        "record": record,
        "nothing": nothing,
        "reach": _reach(found, form),
        "preview": _preview(request, found, form) if "look" in request.POST else None,
        "here": "rhythm",
    }
    status = 400 if form.errors else 200
    return render(request, "rhythm/progress.html", context, status=status)


def _reach(found: Initiative, form: ProgressForm) -> Reach:
    kind, team = AudienceKind.EVERYONE.value, None
    if form.is_bound and form.is_valid():
        kind, team = form.draft.kind, form.draft.team
    return reach_of(found, kind, team.pk if team else None, at=now())


def _preview(request: SignedInRequest, found: Initiative, form: ProgressForm) -> Preview | None:
    if not form.is_valid():
        return None
    mail = actions.written(found, form.draft, by=request.user, at=now())
    people = receivers(found, mail.kind, mail.team_id)
    whole = people.select_related("person__workspace", "initiative__workspace", "held_by")
    rows = whole.filter(pk=form.reader.pk) if form.reader else whole
    whom = rows.order_by("person__name", "pk").first()
    if whom is None:
        return Preview(form.reader.person.name, "", "", gets_none=True) if form.reader else None
    draft = emails.progress(
        whom, actions.as_told(mail), theirs_of(mail, [whom])[whom.pk], by=request.user
    )
    return Preview(whom.person.name, draft.subject, as_read(draft, whom, by=request.user))


def _said(mail: ProgressMail) -> str:
    if mail.told_at is None:
        return _("On its way: some at a time, to each in their own working hours.")
    told = ngettext("One person is told.", "%d people are told.", mail.told_count)
    said = told % mail.told_count if mail.told_count > 1 else told
    if not mail.told_count:
        said = _("Nobody is told.")
        if not mail.not_told_count:
            said += " " + _("Whom it is for was not spoken with yet, or wants no such mail.")
    if mail.not_told_count:
        said += " " + ngettext(
            "One cannot be written to now: asked enough, asked for less, or without an address.",
            "%d cannot be written to now: asked enough, asked for less, or without an address.",
            mail.not_told_count,
        ).replace("%d", str(mail.not_told_count))
    return said
