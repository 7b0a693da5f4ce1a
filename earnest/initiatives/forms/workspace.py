"""Who will lead: named by who runs a workspace, or by who leaves it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import Membership, User, Workspace
from earnest.initiatives import queries


class AppointForm(forms.Form):
    """The new lead, by address."""

    email = forms.EmailField(
        label=_("E-mail address of the new lead"), help_text=_("A member of this workspace.")
    )

    def __init__(self, *args: Any, workspace: Workspace, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace, self.by = workspace, by

    def clean_email(self) -> User:
        members = User.objects.filter(memberships__workspace=self.workspace)
        user = members.filter(email__iexact=self.cleaned_data["email"]).first()
        if user is None:
            raise forms.ValidationError(_("Nobody in this workspace has this address."))
        if user == self.by:
            raise forms.ValidationError(_("This is you. Name somebody else."))
        return user


class LetGoForm(AppointForm):
    """Asks who will lead what a member leads alone, where they do and somebody can be named."""

    def __init__(self, *args: Any, member: Membership, by: User, **kwargs: Any) -> None:
        super().__init__(*args, workspace=member.workspace, by=by, **kwargs)
        self.member = member
        self.alone = queries.led_alone(member, by=by)
        if not self.alone or not queries.somebody_to_name(member, by=by):
            del self.fields["email"]

    def clean_email(self) -> User:
        user = super().clean_email()
        if user.pk == self.member.user_id:
            raise forms.ValidationError(_("They are the one who goes. Name somebody else."))
        return user

    @property
    def heir(self) -> User | None:
        found: User | None = self.cleaned_data.get("email")
        return found
