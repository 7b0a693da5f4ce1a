"""Who signs in, and the organisation everything belongs to."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import date, datetime
from typing import Any, ClassVar, Self, override
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @override
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Somebody who signs in. The people one asks need no user: see ``people.Person``."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), unique=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default=settings.TIME_ZONE)
    language = models.CharField(_("language"), max_length=12, default="en")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_any_case"),)

    @override
    def __str__(self) -> str:
        return self.name or self.email

    @override
    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email


class Workspace(models.Model):
    """The organisation. Everything below belongs to exactly one."""

    class LegalBasis(models.TextChoices):
        INTEREST = "interest", _("legitimate interest of the organisation")
        CONSENT = "consent", _("consent of each person")
        AGREEMENT = "agreement", _("an agreement with the works council or union")
        CONTRACT = "contract", _("the employment contract")

    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=60, default=settings.TIME_ZONE)
    legal_basis = models.CharField(
        _("legal basis"), max_length=20, choices=LegalBasis, default=LegalBasis.INTEREST
    )
    privacy_contact = models.CharField(_("privacy contact"), max_length=200, blank=True)
    notes_kept_months = models.PositiveSmallIntegerField(_("months notes are kept"), default=6)
    records_kept_months = models.PositiveSmallIntegerField(
        _("months a person's records are kept after the initiative closes"), default=12
    )
    created_at = models.DateTimeField()
    # On since then; who turned it on, why, and what covers it stands in the last EstimateTurn.
    estimates_since = models.DateTimeField(null=True)
    estimates_cover_reports = models.BooleanField(default=False)

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def estimates(self) -> bool:
        """Whether named people are estimated here at all: off until the owner says so."""
        return self.estimates_since is not None

    def day(self, at: datetime) -> date:
        """The day it is in this workspace: a date is late by its time zone."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def hour(self, at: datetime) -> int:
        """The hour of the day it is in this workspace."""
        return at.astimezone(ZoneInfo(self.time_zone)).hour


class Membership(models.Model):
    """A user in a workspace. Owner and admin run it, and see no person pages."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        ADMIN = "admin", _("admin")
        MEMBER = "member", _("member")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "workspace"), name="member_once"),)

    @override
    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def runs_it(self) -> bool:
        """Owner and admin run the workspace."""
        return self.role in {self.Role.OWNER, self.Role.ADMIN}


class EstimateTurn(models.Model):
    """The owner turned the estimate on or off, and why (privacy.md 5). Never changed, never deleted."""

    workspace = models.ForeignKey(
        Workspace, on_delete=models.CASCADE, related_name="estimate_turns"
    )
    is_on = models.BooleanField()
    why = models.CharField(_("why"), max_length=500)
    told_on = models.DateField(_("when people were told"), null=True)
    agreement = models.CharField(_("which agreement covers it"), max_length=300, blank=True)
    covers_reports = models.BooleanField(default=False)  # a lead's own direct reports, too
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    @override
    def __str__(self) -> str:
        return self.why


def new_salt() -> str:
    return secrets.token_hex(16)


class SecretLinkQuerySet[T: "SecretLink"](models.QuerySet[T]):
    def opened_by(self, secret: str) -> Self:
        """The row this secret opens, if any."""
        return self.filter(secret_hash=hashlib.sha256(secret.encode()).hexdigest())


class SecretLink(models.Model):
    """A link that opens something once.

    The row keeps the secret's hash, and a salt our own key turns into the secret: whoever reads
    the database alone cannot make the link, and the job that mails it need not carry it.
    """

    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.secret_hash:
            self.secret_hash = hashlib.sha256(self.secret.encode()).hexdigest()
        super().save(*args, **kwargs)

    @property
    def secret(self) -> str:
        made = salted_hmac("earnest.accounts.link", self.salt, algorithm="sha256").digest()
        return base64.urlsafe_b64encode(made[:24]).decode()


class InviteQuerySet(SecretLinkQuerySet["Invite"]):
    def live(self, at: datetime) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)


class Invite(SecretLink):
    """An invitation to join a workspace."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invites")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"), max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER
    )
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InviteQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return self.email

    def is_for(self, user: User) -> bool:
        """An invitation is good for the address it went to, not for whoever holds the link."""
        return self.email.lower() == user.email.lower()


class SignInLinkQuerySet(SecretLinkQuerySet["SignInLink"]):
    def live(self, at: datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=at, user__is_active=True)


class SignInLink(SecretLink):
    """Signs one user in, once, within a quarter of an hour."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return f"link {self.pk}"
