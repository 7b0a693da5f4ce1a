"""Mail that leaves after the page has answered. Jobs carry ids; links are made as the mail leaves."""

from __future__ import annotations

from django.tasks import task

from earnest.accounts import emails
from earnest.accounts.models import Invite, SignInLink, User


@task()
def mail_sign_in_link(link_pk: int) -> None:
    link = SignInLink.objects.select_related("user").filter(pk=link_pk, used_at=None).first()
    if link:
        emails.sign_in_link(link).send()


@task()
def mail_password_link(user_pk: int) -> None:
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user:
        emails.password_link(user).send()


@task()
def mail_invitation(invite_pk: int) -> None:
    open_still = Invite.objects.filter(pk=invite_pk, revoked_at=None, accepted_at=None)
    invite = open_still.select_related("workspace", "invited_by").first()
    if invite:
        emails.invitation(invite).send()


@task()
def mail_new_email(user_pk: int, email: str) -> None:
    """To the new address: does it reach them?"""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user:
        emails.new_email(user, email).send()


@task()
def mail_email_changed(user_pk: int, old: str) -> None:
    """To the old address, so that nobody is moved without knowing."""
    user = User.objects.filter(pk=user_pk).first()
    if user:
        emails.email_changed(user, old).send()
