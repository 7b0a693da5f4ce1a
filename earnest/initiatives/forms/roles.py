"""Roles, and to whom people go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import User
from earnest.initiatives import queries
from earnest.initiatives.models import (
    LEADING,
    Initiative,
    Role,
)


def _without_leading(form: forms.Form, *kept: str) -> None:
    """A co-lead says nothing about who leads; the first of ``kept`` is what they begin with."""
    field = form.fields["kind"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [c for c in Role.Kind.choices if c[0] not in LEADING or c[0] in kept]
        field.initial = kept[0]


class RoleForm(forms.Form):
    """A member of the workspace, by their address, and what they are here."""

    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        error_messages={"required": gettext_lazy("Which address do they sign in with?")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Role.Kind.choices, initial=Role.Kind.CO_LEAD
    )

    def __init__(self, *args: Any, initiative: Initiative, by_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initiative = initiative
        if not by_lead:
            _without_leading(self, Role.Kind.CONTRIBUTOR)

    def clean_email(self) -> User:
        """The member of that address. Who is elsewhere and who is nowhere look the same."""
        members = User.objects.filter(memberships__workspace=self.initiative.workspace_id)
        user = members.filter(email__iexact=self.cleaned_data["email"]).first()
        if user is None:
            raise forms.ValidationError(
                _(
                    "Nobody in this workspace signs in with that address. Whoever runs the "
                    "workspace can invite them."
                )
            )
        if self.initiative.roles.filter(user=user).exists():
            raise forms.ValidationError(_("They have a role already. Change it in the list."))
        return user


NEEDS_HEIR = gettext_lazy(
    "They hold people. Choose the lead or co-lead who will hold them from now on."
)


class HeirForm(forms.Form):
    """To whom the people go whom somebody holds who stops leading."""

    heir = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who will hold their people?"),
        empty_label=gettext_lazy("choose a lead"),
        error_messages={"required": NEEDS_HEIR},
    )

    def __init__(self, *args: Any, role: Role, held: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role, self.held = role, held
        field = self.fields["heir"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.leads_of(role.initiative).exclude(pk=role.user_id)
        if not held:
            del self.fields["heir"]

    @property
    def goes_to(self) -> User | None:
        found: User | None = self.cleaned_data.get("heir")
        return found


class ChangeRoleForm(HeirForm):
    kind = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.Kind.choices)
    field_order = ("kind", "heir")

    def __init__(self, *args: Any, by_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_lead:
            _without_leading(self, self.role.kind)
        if "heir" in self.fields:  # needed only by who stops leading: the action decides
            self.fields["heir"].required = False
            self.fields["heir"].label = _("When they stop leading, who will hold their people?")
