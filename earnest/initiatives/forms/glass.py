"""Which person page is opened, and why."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import Workspace
from earnest.initiatives import queries
from earnest.initiatives.models import (
    Initiative,
)


class GlassForm(forms.Form):
    """Which person page is opened, and the reason everybody concerned will read.

    The person is looked up only once a reason stands: without one, nothing tells who is on it.
    """

    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("Initiative"),
        empty_label=gettext_lazy("choose one"),
    )
    who = forms.CharField(
        label=gettext_lazy("Person"),
        max_length=254,
        help_text=gettext_lazy("Their e-mail address, or their name exactly as it is written."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The person and the leads of the initiative will read this."),
        error_messages={
            "required": gettext_lazy("Say why, in words the person would understand."),
            "min_length": gettext_lazy("Say why in a few more words: at least ten characters."),
        },
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["initiative"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.initiatives_in(workspace)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            found = queries.find_person(cleaned["initiative"], cleaned["who"])
            if found is None:
                self.add_error(
                    "who", _("No single person of that address or name is on this initiative.")
                )
            cleaned["participation"] = found
        return cleaned
