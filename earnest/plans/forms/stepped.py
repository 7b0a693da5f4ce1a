"""What in the plan changed after somebody stepped back: one thing at a time (3.16)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from earnest.plans.actions.stepped import Thing
from earnest.plans.queries.stepped import Changeable


class ChangedForm(forms.Form):
    """A part with those dropped, more time taken, or a smaller ask."""

    thing = forms.ChoiceField(
        label=gettext_lazy("What changed?"),
        error_messages={
            "required": gettext_lazy("What changed? Choose one."),
            "invalid_choice": gettext_lazy("That is not there any more. Choose another."),
        },
    )

    def __init__(self, *args: Any, changeable: Changeable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things: dict[str, Thing] = {}
        groups = [
            (gettext_lazy("Parts of the plan"), "part", changeable.parts),
            (gettext_lazy("More time taken"), "time", changeable.schedule),
            (gettext_lazy("A smaller ask"), "ask", changeable.large),
        ]
        self.fields["thing"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("choose")),
            *(
                (name, [(self._keep(sort, one), str(one)) for one in things])
                for name, sort, things in groups
                if things
            ),
        ]

    def _keep(self, sort: str, one: Thing) -> str:
        key = f"{sort}-{one.pk}"
        self.things[key] = one
        return key

    @property
    def chosen(self) -> Thing:
        """What was chosen, once valid."""
        return self.things[self.cleaned_data["thing"]]
