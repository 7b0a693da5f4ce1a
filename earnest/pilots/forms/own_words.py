"""What leads type for others to read holds nobody's words but their own (privacy.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, override

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import Sent
from earnest.initiatives.models import Initiative
from earnest.plans.queries.stories import copied_words


def refuse_copied(
    form: forms.BaseForm, initiative: Initiative, names: Iterable[str], said: str | Promise
) -> None:
    """An error at each field somebody's own words were copied into; ``said`` names them."""
    for name in names:
        for words in copied_words(initiative, [form.cleaned_data.get(name) or ""])[:1]:
            form.add_error(name, str(said) % words)


class OwnWords(Sent):
    """A form of leads whose words people read who do not lead."""

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initiative = initiative

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        said = _("“%s” is somebody's own word. Say it in yours: others read this.")
        refuse_copied(self, self.initiative, self.sent, said)
        return given
