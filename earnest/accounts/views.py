"""Getting in, one's own account, and the workspace one runs."""

from __future__ import annotations

import logging
from copy import copy
from datetime import datetime
from typing import Protocol, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.views import login, logout
from allauth.core import ratelimit
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from requests import RequestException

from earnest.accounts import access, actions, adapter, forms, queries
from earnest.accounts.models import Invite, Membership
from earnest.accounts.requests import SignedInRequest

logger = logging.getLogger(__name__)
OWNER = Membership.Role.OWNER
LAST_OWNER = gettext_lazy("A workspace needs an owner. Make somebody else an owner first.")


# Getting in


def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; on a new server, where to find the set-up link."""
    if not queries.anyone_exists():
        return render(request, "accounts/not_set_up.html")
    return cast("HttpResponse", login(request))


def sign_out(request: HttpRequest) -> HttpResponse:
    """Signed out; the device forgets everything, once its script said that no word is unsent."""
    response = cast("HttpResponse", logout(request))
    if request.method == "POST" and request.POST.get("device") == "clear":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the organisation's own sign-in; when it is down, a page says so."""
    try:
        return cast("HttpResponse", openid_connect.login(request, provider_id))
    except RequestException as error:
        logger.warning("The sign-in provider cannot be reached: %s", error)
        return render(request, "socialaccount/authentication_error.html", status=502)


@sensitive_post_parameters()
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """The first run makes the owner."""
    if not queries.opens_setup(token):
        raise Http404
    form = forms.SetUpForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/set_up.html", {"form": form})
    told = form.cleaned_data
    new = actions.NewUser(told["name"], told["password"], told["email_address"], told["time_zone"])
    try:
        owner = actions.set_up(new, workspace=told["workspace"], at=timezone.now())
    except actions.AlreadySetUp as error:
        raise Http404 from error
    return adapter.sign_in(request, owner, how="password", then=reverse("pages:first"))


def ask_sign_in_link(request: HttpRequest) -> HttpResponse:
    words = {
        "heading": _("Get a link that signs you in"),
        "how_long": _("It works once, for fifteen minutes."),
    }
    return _ask_link(request, actions.ask_sign_in_link, "request_login_code", words)


def ask_password_link(request: HttpRequest) -> HttpResponse:
    words = {"heading": _("Choose a new password"), "how_long": _("It works for an hour.")}
    return _ask_link(request, actions.ask_password_link, "reset_password", words)


class Ask(Protocol):
    """Mails a link to an address, where it is known."""

    def __call__(self, email: str, *, at: datetime) -> None: ...


def _ask_link(request: HttpRequest, ask: Ask, limit: str, words: dict[str, str]) -> HttpResponse:
    """Every address gets the same answer."""
    form = forms.EmailForm(request.POST or None)
    page = {**words, "form": form, "mail": queries.mail_is_set_up(), "sent": False}
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action=limit, key=email.lower()):
            return _too_many(request)
        ask(email, at=timezone.now())
        page["sent"] = True
    return render(request, "accounts/ask_link.html", page)


def _too_many(request: HttpRequest) -> HttpResponse:
    return cast("HttpResponse", ratelimit.respond_429(request))


def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link shows a button; only the button signs in, for mail scanners open links."""
    now = timezone.now()
    link = access.sign_in_link_opened_by(secret, at=now)
    if link is None:
        return render(request, "accounts/link_is_over.html", status=404)
    if request.method != "POST":
        return render(request, "accounts/sign_in_link.html", {"link": link})
    try:
        user = actions.use_sign_in_link(link, at=now)
    except actions.LinkIsOver:
        return render(request, "accounts/link_is_over.html", status=404)
    return adapter.sign_in(request, user, how="link")


@sensitive_post_parameters()
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites to what; taken up with the account one has, or with a new one."""
    invite = access.invite_opened_by(secret, at=timezone.now())
    if invite is None:
        return render(request, "accounts/invite_is_over.html", status=404)
    try:
        if request.user.is_authenticated:
            return _join_signed_in(cast("SignedInRequest", request), invite)
        if queries.user_known_as(invite.email):
            there = urlencode({"next": request.path})
            known = {"invite": invite, "sign_in": f"{reverse('account_login')}?{there}"}
            return render(request, "accounts/join_known.html", known)
        return _join_as_new(request, invite)
    except (actions.LinkIsOver, actions.EmailTaken):
        return render(request, "accounts/invite_is_over.html", status=404)


def _join_signed_in(request: SignedInRequest, invite: Invite) -> HttpResponse:
    if not invite.is_for(request.user):
        page = {"invite": invite}
        return render(request, "accounts/join_as_another.html", page, status=403)
    if request.method != "POST":
        return render(request, "accounts/join_signed_in.html", {"invite": invite})
    actions.join(invite, by=request.user, at=timezone.now())
    messages.success(request, _("Welcome to %s.") % invite.workspace)
    return redirect("pages:today")


def _join_as_new(request: HttpRequest, invite: Invite) -> HttpResponse:
    form = forms.NewUserForm(request.POST or None)
    form.email = invite.email
    if not form.is_valid():
        return render(request, "accounts/join_new.html", {"form": form, "invite": invite})
    new = actions.NewUser(
        form.cleaned_data["name"],
        form.cleaned_data["password"],
        time_zone=invite.workspace.time_zone,
    )
    user = actions.join_as_new(invite, new, at=timezone.now())
    return adapter.sign_in(request, user, how="password")


# One's own account


@login_required
def account(request: SignedInRequest) -> HttpResponse:
    form = forms.AccountForm(request.POST or None, instance=request.user)
    if form.is_valid():
        actions.change_account(request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("accounts:account")
    page = {
        "here": "account",
        "form": form,
        "steps": queries.second_steps_of(request.user),
        "memberships": request.user.memberships.select_related("workspace").order_by("pk")[:50],
        "provider": settings.OIDC.name,
    }
    return render(request, "accounts/account.html", page)


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def ask_new_email(request: SignedInRequest) -> HttpResponse:
    """The new address counts once its own link was opened."""
    form = forms.NewEmailForm(request.POST or None, user=request.user)
    page = {"form": form, "mail": queries.mail_is_set_up(), "sent": False}
    if form.is_valid() and page["mail"]:
        if not ratelimit.consume(request, action="manage_email", user=request.user):
            return _too_many(request)
        actions.ask_new_email(request.user, form.cleaned_data["email"], at=timezone.now())
        page["sent"] = True
    return render(request, "accounts/new_email.html", page)


@login_required
def confirm_email(request: SignedInRequest, token: str) -> HttpResponse:
    email = queries.new_email_in(token, request.user)
    if email is None:
        return render(request, "accounts/email_is_over.html", status=404)
    if request.method != "POST":
        return render(request, "accounts/confirm_email.html", {"email": email})
    try:
        actions.change_email(request.user, email, at=timezone.now())
    except actions.EmailTaken:
        return render(request, "accounts/email_is_over.html", status=404)
    messages.success(request, _("From now on you sign in with %s.") % email)
    return redirect("accounts:account")


# Workspaces


@login_required
def new_workspace(request: SignedInRequest) -> HttpResponse:
    zone = {"time_zone": request.user.time_zone}
    form = forms.NewWorkspaceForm(request.POST or None, initial=zone)
    if not form.is_valid():
        return render(request, "accounts/new_workspace.html", {"form": form})
    name, zone_name = form.cleaned_data["name"], form.cleaned_data["time_zone"]
    begun = actions.start_workspace(name, time_zone=zone_name, by=request.user, at=timezone.now())
    return redirect("accounts:workspace", begun.pk)


@login_required
def workspace(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_run_workspace(request.user, pk)
    form = forms.WorkspaceForm(request.POST or None, instance=copy(found))
    if form.is_valid():
        wanted = actions.WorkspaceSettings(**form.cleaned_data)
        actions.change_workspace(found, wanted, by=request.user, at=timezone.now())
        messages.success(request, _("Kept."))
        return redirect("accounts:workspace", pk)
    return render(request, "accounts/workspace.html", {"workspace": found, "form": form})


@login_required
def members(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_run_workspace(request.user, pk)
    by_owner = access.role_in(request.user, found) == OWNER
    rows, following = queries.members_page(found, _after(request))
    shown = [(member, _role_form(member, by_owner=by_owner)) for member in rows]
    page = {"workspace": found, "members": shown, "following": following}
    return render(request, "accounts/members.html", page)


def _after(request: HttpRequest) -> int:
    after = request.GET.get("after", "")
    return int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0


def _role_form(member: Membership, *, by_owner: bool) -> forms.RoleForm | None:
    """Nothing to choose for who may not change this member."""
    if member.role == OWNER and not by_owner:
        return None
    name = f"role-{member.pk}"
    return forms.RoleForm(initial={"role": member.role}, by_owner=by_owner, auto_id=f"{name}-%s")


@login_required
@require_POST
def change_role(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    member = access.get_member(request.user, pk, member_pk)
    by_owner = access.role_in(request.user, member.workspace) == OWNER
    form = forms.RoleForm(request.POST, by_owner=by_owner)
    if not form.is_valid():
        raise Http404
    try:
        role = form.cleaned_data["role"]
        actions.change_role(member, role, by=request.user, at=timezone.now())
        said = {"user": member.user, "role": member.get_role_display()}
        messages.success(request, _("%(user)s is %(role)s now.") % said)
    except actions.LastOwner:
        messages.error(request, LAST_OWNER)
    return _to_members(request, pk)


def _to_members(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to the list, or to Today for who does not run the workspace any more."""
    runs_it = access.workspaces_run_by(request.user).filter(pk=pk).exists()
    return redirect("accounts:members", pk) if runs_it else redirect("pages:today")


@login_required
def invites(request: SignedInRequest, pk: int) -> HttpResponse:
    found, now = access.get_run_workspace(request.user, pk), timezone.now()
    by_owner = access.role_in(request.user, found) == OWNER
    form = forms.InviteForm(request.POST or None, workspace=found, by_owner=by_owner)
    page = {"workspace": found, "form": form, "mail": queries.mail_is_set_up()}
    if form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        made = actions.invite(found, email, role=role, by=request.user, at=now)
        link = settings.BASE_URL + reverse("accounts:join", args=[made.secret])
        empty = forms.InviteForm(workspace=found, by_owner=by_owner)
        page |= {"made": made, "link": link, "form": empty}
    page["invites"], page["following"] = queries.invites_page(found, _after(request), now)
    return render(request, "accounts/invites.html", page)


@login_required
@require_POST
def revoke_invite(request: SignedInRequest, pk: int, invite_pk: int) -> HttpResponse:
    now = timezone.now()
    invite = access.get_open_invite(request.user, pk, invite_pk, at=now)
    actions.revoke_invite(invite, by=request.user, at=now)
    messages.success(request, _("The invitation of %s is taken back.") % invite.email)
    return redirect("accounts:invites", pk)
