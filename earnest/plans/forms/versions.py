"""What a lead adds when the plan is published: a sentence, and through whom each change came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import Sent
from earnest.listening.models import Need
from earnest.plans import queries
from earnest.plans.models import Input
from earnest.plans.queries import Changed, Chosen, NextVersion


class PublishForm(Sent):
    """One sentence, and a tick for every input and need a change came from (1.14)."""

    sent = ("summary",)

    summary = forms.CharField(
        label=gettext_lazy("What is new, in a sentence"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It begins the mail to those who gave input."),
        error_messages={"required": gettext_lazy("Say in a sentence what is new.")},
    )

    def __init__(self, *args: Any, coming: NextVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coming = coming
        for one in coming.changes:
            self._offer(f"inputs-{one.part.pk}", [(x.pk, _input(x)) for x in one.inputs])
            self._offer(f"needs-{one.part.pk}", [(x.pk, _need(x)) for x in one.needs])

    def _offer(self, name: str, choices: list[tuple[int, str]]) -> None:
        """All ticked at first: what does not belong is taken out, nobody is left out by haste."""
        if choices:
            self.fields[name] = forms.TypedMultipleChoiceField(
                choices=choices,
                coerce=int,
                required=False,
                initial=[pk for pk, _words in choices],
                label=_("Through") if name.startswith("inputs") else _("For what people need"),
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def changes(self) -> list[tuple[Changed, list[BoundField]]]:
        """Each change with its ticks."""
        return [(one, self._ticks(one)) for one in self.coming.changes]

    def _ticks(self, one: Changed) -> list[BoundField]:
        names = (f"inputs-{one.part.pk}", f"needs-{one.part.pk}")
        return [self[name] for name in names if name in self.fields]

    @property
    def chosen(self) -> dict[int, Chosen]:
        d = self.cleaned_data
        return {
            one.part.pk: Chosen(
                frozenset(d.get(f"inputs-{one.part.pk}", ())),
                frozenset(d.get(f"needs-{one.part.pk}", ())),
            )
            for one in self.coming.changes
        }


def _input(given: Input) -> str:
    """Whose it is, their words, and how it will stand there."""
    there = given.participation
    person = there.person.name if there else given.nobodys or _("nobody knows whose")
    shown = queries.shown_as(given)
    how = _("shown as: %s") % shown if shown else _("not shown: they pass nothing on")
    return f"{person}: “{Truncator(given.words).chars(120)}” ({how})"


def _need(need: Need) -> str:
    if need.people_count < queries.SHOWN_FROM:
        return _("%s (fewer than five named it: not shown to others)") % need.words
    if need.called_at is None:
        return _("%s (as somebody put it: not shown to others before you name it)") % need.words
    return need.words
