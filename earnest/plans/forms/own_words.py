"""What leads type for others to read holds nobody's words but their own (privacy.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, override

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import Sent
from earnest.initiatives.models import Initiative, Participation
from earnest.plans.queries.kept import copied_quotes, without_kept_words

SAY_IT_IN_YOURS = _("“%s” is somebody's own word. Say it in yours: others read this.")


def refuse_copied(
    form: forms.BaseForm,
    initiative: Initiative,
    names: Iterable[str],
    said: str | Promise = SAY_IT_IN_YOURS,
    *,
    to: Participation | None = None,
) -> None:
    """An error at each field somebody's own words were copied into; ``said`` names them. One query.

    Where ``to`` alone reads it, their own words may be said to them.
    """
    texts = {name: str(form.cleaned_data.get(name) or "") for name in names}
    found = copied_quotes(initiative, texts.values())
    others = [one.words for one in found if to is None or one.participation_id != to.pk]
    for name, text in texts.items():
        for words in [one for one in others if without_kept_words(text, [one]) != text][:1]:
            form.add_error(name, str(said) % words)


class OwnWords(Sent):
    """A form of leads whose words people read who do not lead; or ``to`` alone, one of them."""

    def __init__(
        self, *args: Any, initiative: Initiative, to: Participation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initiative, self.to = initiative, to

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        refuse_copied(self, self.initiative, self.sent, to=self.to)
        return given
