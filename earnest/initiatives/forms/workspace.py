"""For who runs a workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import User, Workspace


class AppointForm(forms.Form):
    """The new lead, by address."""

    email = forms.EmailField(
        label=_("E-mail address of the new lead"), help_text=_("A member of this workspace.")
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace

    def clean_email(self) -> User:
        members = User.objects.filter(memberships__workspace=self.workspace)
        user = members.filter(email__iexact=self.cleaned_data["email"]).first()
        if user is None:
            raise forms.ValidationError(_("Nobody in this workspace has this address."))
        return user
