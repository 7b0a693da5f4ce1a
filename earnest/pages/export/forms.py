"""What one chooses before an initiative is taken out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeOutForm(forms.Form):
    """With the people on it, or without: whoever does not say so takes no one along."""

    with_people = forms.BooleanField(
        label=_("With the people: names, what they said, and where they stand"),
        help_text=_("Each of them then reads on their page that you took it out, and when."),
        required=False,
    )
