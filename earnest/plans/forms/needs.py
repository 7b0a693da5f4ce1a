"""Gathering, naming, splitting and merging needs, and what a part does for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative
from earnest.listening.gathered import MOST_LETTERS
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.plans.models import Answers, Part

GONE = _("One of these is not here any more. Look again, and choose anew.")
NONE_CHOSEN = _("Choose at least one of them.")


def chosen_of(queryset: Any, *, required: bool = True) -> forms.ModelMultipleChoiceField[Any]:
    errors = {"required": NONE_CHOSEN, "invalid_choice": GONE, "invalid_pk_value": GONE}
    return forms.ModelMultipleChoiceField(queryset, required=required, error_messages=errors)


class NameForm(forms.Form):
    """What a need is called: short, and in words that others may read."""

    words = forms.CharField(
        label=_("What do they need?"),
        max_length=MOST_LETTERS,
        error_messages={"required": _("Give it a name, in a few words.")},
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if words := data.get("words"):
            data["words"] = " ".join(words.split())
        return data


class GatherForm(NameForm):
    """Quotes, and the need they are gathered under: one there is, or a new one."""

    field_order = ("quotes", "words")

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Quote.objects.filter(initiative=initiative, erased_at=None)
        self.fields["quotes"] = chosen_of(here)
        self.fields["words"].label = _("The need they speak of: one there is, or a new one")
        self.fields["words"].widget.attrs["list"] = "needs-there"

    @property
    def chosen(self) -> list[str]:
        """What was chosen, to be chosen still where something else was wrong."""
        return self.data.getlist("quotes") if self.is_bound else []  # type: ignore[attr-defined]


class SplitForm(NameForm):
    """Some of what lies under a need, and what that is called."""

    prefix = "split"

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quotes"] = chosen_of(need.quotes.filter(erased_at=None), required=False)
        self.fields["named"] = chosen_of(NeedNamed.objects.filter(need=need), required=False)
        self.fields["words"].label = _("What is the other need called?")

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data.get("quotes") or data.get("named")):
            self.add_error(None, NONE_CHOSEN)
        return data

    @property
    def chosen_quotes(self) -> list[str]:
        return self._chosen("quotes")

    @property
    def chosen_named(self) -> list[str]:
        return self._chosen("named")

    def _chosen(self, name: str) -> list[str]:
        return self.data.getlist(self.add_prefix(name)) if self.is_bound else []  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Which of these needs gives its name to all of them."""

    into = forms.ModelChoiceField(
        Need.objects.none(),
        label=_("What is it called from now on?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the name it keeps."), "invalid_choice": GONE},
    )

    def __init__(self, *args: Any, needs: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Need.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in needs]
        ).order_by("-people_count", "words")
        self.fields["into"].initial = needs[0] if needs else None


class LookForm(forms.Form):
    """For one need, what each part of the plan does."""

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[f"part-{part.pk}"] = forms.ChoiceField(
                choices=[("", ""), *Answers.How.choices], required=False
            )

    @property
    def hows(self) -> dict[int, str]:
        """What was said, by the key of the part; a part that was not shown is left as it was."""
        said = {name: self.cleaned_data[name] for name in self.fields if name in self.data}
        return {int(name.removeprefix("part-")): how for name, how in said.items()}
