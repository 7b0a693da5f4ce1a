"""Forms of accounts: they parse and say plainly what is wrong, and write nothing."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from earnest.accounts import queries
from earnest.accounts.models import Membership, User, Workspace

MONTHS = (MinValueValidator(1), MaxValueValidator(120))


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"), choices=queries.time_zones, initial=settings.TIME_ZONE
    )


def email_field() -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=_("E-mail address"), max_length=254, widget=widget)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["remember"].label = _("Stay signed in on this device")
        self.fields["password"].help_text = ""  # the page says where help is
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("So that you know it again: “my phone”, “blue key”.")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "The device asks for your finger, face or PIN. Leave this off for an older security "
            "key: it is then asked for after your password."
        )


class RenamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=100)


class TurnOnCodesForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("The six digits the app shows now")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["inputmode"] = "numeric"


class EmailForm(forms.Form):
    """Where to send a link."""

    email = email_field()


class NewEmailForm(forms.Form):
    email = email_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == self.user.email:
            raise ValidationError(_("This is your address already."))
        return email


class NewUserForm(forms.Form):
    """Name and password of somebody new."""

    email = ""
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As the people you talk with know you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        help_text=_("At least ten characters. A few words in a row are easy to keep."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        email = cleaned.get("email") or self.email
        if cleaned.get("password"):
            self._check_password(cleaned["password"], email, cleaned.get("name", ""))
        return cleaned

    def _check_password(self, password: str, email: str, name: str) -> None:
        try:
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            self.add_error("password", error)


class SetUpForm(NewUserForm):
    """The first owner, and the workspace they begin."""

    time_zone = zone_field()
    email_address = email_field()
    workspace = forms.CharField(
        label=_("Your organisation or team"),
        max_length=120,
        help_text=_("The workspace is called so. You can change it later."),
    )
    field_order = ("name", "email_address", "password", "workspace", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # what was chosen stays; nothing chosen begins with the browser's own
            self.fields["time_zone"].widget.attrs["data-own-zone"] = ""

    def clean_email_address(self) -> str:
        self.email = self.cleaned_data["email_address"].lower()
        return self.email


class AccountForm(forms.ModelForm[User]):
    time_zone = zone_field()
    language = forms.ChoiceField(
        label=_("Language"), choices=lazy(lambda: settings.LANGUAGES, list)()
    )

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["time_zone"].help_text = _("Times on your pages are shown in this zone.")
        if len(settings.LANGUAGES) == 1:
            self.fields["language"].widget = forms.HiddenInput()
            self.initial["language"] = settings.LANGUAGES[0][0]


class NewWorkspaceForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the organisation or team"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    time_zone = zone_field()


class WorkspaceForm(forms.ModelForm[Workspace]):
    """What owner and admin set for everybody (privacy.md 2, 10)."""

    time_zone = zone_field()
    notes_kept_months = forms.IntegerField(
        label=_("Keep conversation notes for, in months"),
        validators=MONTHS,
        help_text=_("After that the notes are erased. What was promised stays. Usual: 6."),
    )
    records_kept_months = forms.IntegerField(
        label=_("Keep a person's records after the initiative closes, in months"),
        validators=MONTHS,
        help_text=_("After that only counts are left. Usual: 12."),
    )

    class Meta:
        model = Workspace
        fields = (
            "name",
            "time_zone",
            "legal_basis",
            "privacy_contact",
            "notes_kept_months",
            "records_kept_months",
        )
        labels = {
            "name": _("Name"),
            "legal_basis": _("Why you may keep what people say"),
            "privacy_contact": _("Who people can ask about their data"),
        }
        help_texts = {
            "legal_basis": _(
                "The legal basis. People read it in the first message they get. If you are not "
                "sure, ask who looks after privacy where you work."
            ),
            "privacy_contact": _(
                "A name with an e-mail address or a telephone number. People read it in the first "
                "message they get and on their page."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].help_text = _("A promise is late by the clock of this zone.")


class RoleForm(forms.Form):
    """A role, of those the asking user may give."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)

    def __init__(self, *args: Any, by_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.initial = Membership.Role.MEMBER
        if not by_owner:
            field.choices = [c for c in Membership.Role.choices if c[0] != Membership.Role.OWNER]


class InviteForm(RoleForm):
    email = email_field()
    field_order = ("email", "role")

    def __init__(self, *args: Any, workspace: Workspace, by_owner: bool, **kwargs: Any) -> None:
        self.workspace = workspace
        super().__init__(*args, by_owner=by_owner, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["role"].help_text = _(
            "A member leads initiatives and takes part in them. An admin also runs the workspace: "
            "settings, members, invitations. Neither role opens anybody's person page."
        )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if self.workspace.memberships.filter(user__email__iexact=email).exists():
            raise ValidationError(_("Somebody with this address is a member already."))
        return email
