"""Where allauth asks us: nobody signs up unasked, and a provider's word is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from earnest.accounts import actions, queries
from earnest.accounts.models import User, Workspace

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.contrib.auth.base_user import AbstractBaseUser


def sign_in(request: HttpRequest, user: User, *, how: str, then: str | None = None) -> HttpResponse:
    """Sign the user in through allauth's stages, so that a second step is still asked for."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method=how)
    response: HttpResponse = perform_login(request, user, redirect_url=then)
    return response


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address and the password do not go together."),
        "enter_current_password": _("This is not your password of today."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or is too old. Wait for the next one."),
        "too_many_login_attempts": _("Too many tries. Please wait five minutes."),
        "rate_limited": _("Too many tries. Please wait a minute."),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    @override
    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """A first name for a passkey; its owner may change it at once."""
        return gettext("This device")

    @override
    def _get_site_name(self) -> str:
        return "Earnest"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The organisation's own sign-in."""

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False  # who may come in is decided below, before allauth would sign anybody up

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect who is known, take in who may join, and refuse everybody else plainly."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        email = _vouched_for(sociallogin)
        user = queries.user_known_as(email) if email else None
        if email and user is None:
            user = _joins(sociallogin, email)
        if user is None:
            page = {"email": email, "provider": settings.OIDC.name}
            refused = render(request, "socialaccount/not_known.html", page, status=403)
            raise ImmediateHttpResponse(refused)
        sociallogin.connect(request, user)


def _vouched_for(sociallogin: SocialLogin) -> str:
    """The address the provider verified; some say so with the word instead of the value."""
    vouched = [a.email for a in sociallogin.email_addresses if a.verified in {True, "true"}]
    return vouched[0].lower() if vouched else ""


def _joins(sociallogin: SocialLogin, email: str) -> User | None:
    if User.objects.filter(email__iexact=email).exists():
        return None  # known, and shut out
    joins = settings.OIDC.joins_workspace
    workspace = Workspace.objects.filter(pk=joins).first() if joins else None
    if workspace is None:
        return None
    told = sociallogin.account.extra_data
    name = {**told, **(told.get("id_token") or {}), **(told.get("userinfo") or {})}.get("name", "")
    return actions.join_from_provider(
        str(name)[:120], email, workspace=workspace, at=timezone.now()
    )
