"""What accounts mails: one message per function."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from earnest.accounts import queries
from earnest.accounts.models import Invite, SignInLink, User
from earnest.core.emails import rendered


def sign_in_link(link: SignInLink) -> EmailMultiAlternatives:
    path = reverse("accounts:sign_in_link", args=[link.secret])
    return _message("sign_in_link", link.user.email, path, link.user.language, user=link.user)


def password_link(user: User) -> EmailMultiAlternatives:
    path = queries.password_path(user)
    return _message("password_link", user.email, path, user.language, user=user)


def new_email(user: User, email: str) -> EmailMultiAlternatives:
    path = reverse("accounts:confirm_email", args=[queries.new_email_token(user, email)])
    return _message("new_email", email, path, user.language, user=user)


def email_changed(user: User, old: str) -> EmailMultiAlternatives:
    return _message("email_changed", old, reverse("account_login"), user.language, user=user)


def invitation(invite: Invite) -> EmailMultiAlternatives:
    path = reverse("accounts:join", args=[invite.secret])
    language = invite.invited_by.language if invite.invited_by else settings.LANGUAGE_CODE
    return _message("invitation", invite.email, path, language, invite=invite)


def _message(
    name: str, to: str, path: str, language: str, **context: User | Invite
) -> EmailMultiAlternatives:
    values = {**context, "url": settings.BASE_URL + path, "LANGUAGE_CODE": language}
    with translation.override(language):
        subject, text, html = rendered(f"accounts/emails/{name}", values)
    message = EmailMultiAlternatives(subject, text, to=[to])
    message.attach_alternative(html, "text/html")
    return message
